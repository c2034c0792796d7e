//! What `tcapi example` prints for a dozen actions. Written by `tests/snippets.rs`.

#![allow(dead_code, missing_docs, clippy::pedantic)]

mod cvm_runinstances_detail {
    use tc_core::{Client, request};

    tc_core::import! {
        mod cvm { RunInstances }
    }

    async fn call() -> Result<(), tc_core::Error> {
        let client = Client::from_env()?;
        let answer = client.send(&request!(cvm::RunInstances {
            instance_charge_type: "POSTPAID_BY_HOUR",
            instance_charge_prepaid: cvm::InstanceChargePrepaid {
                period: 48,
                renew_flag: "NOTIFY_AND_MANUAL_RENEW",
            },
            placement: cvm::Placement {
                zone: "Zone-0b8d",
                project_id: 0,
                host_ids: ["HostIds-866b"],
                host_id: "hi-a348b6e4",
                dedicated_resource_pack_tenancy: "DedicatedResourcePackTenancy-b328",
                dedicated_resource_pack_ids: ["DedicatedResourcePackIds-8dd0"],
                rack_id: "ri-85a875c6",
            },
            instance_type: "InstanceType-0eff",
            image_id: "ii-59f7ee67",
            system_disk: cvm::SystemDisk {
                disk_type: "CLOUD_HSSD",
                disk_id: "di-76abb88d",
                disk_size: 50,
                cdc_id: "ci-0e903c44",
                disk_name: "DiskName 1",
                encrypt: false,
                kms_key_id: "kki-19fe8165",
            },
            data_disks: [cvm::DataDisk {
                disk_size: 0,
                disk_type: "LOCAL_BASIC",
                disk_id: "di-76abb88d",
                delete_with_instance: true,
                snapshot_id: "si-9ca076c9",
                encrypt: false,
                kms_key_id: "kki-19fe8165",
                throughput_performance: 569,
                cdc_id: "ci-0e903c44",
                burst_performance: true,
                disk_name: "DiskName 1",
            }],
            virtual_private_cloud: cvm::VirtualPrivateCloud {
                vpc_id: "vi-86b3e7d0",
                subnet_id: "si-87c41755",
                as_vpc_gateway: false,
                private_ip_addresses: ["PrivateIpAddresses-adae"],
                ipv6_address_count: 586,
            },
            internet_accessible: cvm::InternetAccessible {
                internet_charge_type: "BANDWIDTH_PREPAID",
                internet_max_bandwidth_out: 0,
                public_ip_assigned: true,
                bandwidth_package_id: "bpi-2ac61946",
                internet_service_provider: "BGP",
                ipv4_address_type: "HighQualityEIP",
                ipv6_address_type: "HighQualityEIPv6",
                anti_d_do_s_package_id: "adds-ecdb3bf4",
            },
            instance_count: 1,
            min_count: 6,
            instance_name: "InstanceName 1",
            login_settings: cvm::LoginSettings {
                password: "Password-fee0",
                key_ids: ["KeyIds-f737"],
                keep_image_login: "false",
            },
            security_group_ids: ["SecurityGroupIds-3b0c"],
            enhanced_service: cvm::EnhancedService {
                security_service: cvm::RunSecurityServiceEnabled {
                    enabled: true,
                },
                monitor_service: cvm::RunMonitorServiceEnabled {
                    enabled: true,
                },
                automation_service: cvm::RunAutomationServiceEnabled {
                    enabled: false,
                },
            },
            client_token: "ClientToken-0842",
            host_name: "HostName 1",
            action_timer: cvm::ActionTimer {
                timer_action: "TimerAction-99e8",
                action_time: "2024-05-22 21:21:00",
                externals: cvm::Externals {
                    release_address: false,
                    unsupport_networks: ["VPC1.0"],
                    storage_block_attr: cvm::StorageBlock {
                        r#type: "Type-6e5c",
                        min_size: 86,
                        max_size: 466,
                    },
                },
                action_timer_id: "ati-e98af31c",
                status: "DOING",
                instance_id: "ii-f6663454",
            },
            disaster_recover_group_ids: ["DisasterRecoverGroupIds-68f1"],
            tag_specification: [cvm::TagSpecification {
                resource_type: "image",
                tags: [cvm::Tag {
                    key: "Key-54bb",
                    value: "Value-58a4",
                }],
            }],
            instance_market_options: cvm::InstanceMarketOptionsRequest {
                spot_options: cvm::SpotMarketOptions {
                    max_price: "MaxPrice-18a7",
                    spot_instance_type: "SpotInstanceType-e578",
                },
                market_type: "MarketType-9a02",
            },
            user_data: "UserData-84a0",
            metadata: cvm::Metadata {
                items: [cvm::MetadataItem {
                    key: "Key-54bb",
                    value: "Value-58a4",
                }],
            },
            dry_run: false,
            cpu_topology: cvm::CpuTopology {
                core_count: 514,
                thread_per_core: 2,
            },
            cam_role_name: "CamRoleName 1",
            hpc_cluster_id: "hci-20b4f1ec",
            launch_template: cvm::LaunchTemplate {
                launch_template_id: "lti-85730215",
                launch_template_version: 192,
            },
            dedicated_cluster_id: "dci-cc71cf59",
            chc_ids: ["ChcIds-3797"],
            partition_number: 435,
            disable_api_termination: false,
            enable_jumbo_frame: false,
            network_interfaces: [cvm::NetworkInterfaces {
                interface_type: "PRIMARY",
                vpc_id: "vi-86b3e7d0",
                subnet_id: "si-87c41755",
                private_ipv4_address_count: 16,
                network_interface_id: "nii-e61655f9",
                security_group_ids: ["SecurityGroupIds-3b0c"],
                delete_with_instance: false,
            }],
        })).await?;
        println!("{:#?}\nrequest {}", *answer, answer.request_id());
        Ok(())
    }
}

mod mps_describepersonsamples_detail {
    use tc_core::{Client, request};

    tc_core::import! {
        mod mps { DescribePersonSamples }
    }

    async fn call() -> Result<(), tc_core::Error> {
        let client = Client::from_env()?;
        let answer = client.send(&request!(mps::DescribePersonSamples {
            r#type: "UserDefine",
            person_ids: ["PersonIds-41cb"],
            names: ["Names-300f"],
            tags: ["Tags-7f91"],
            offset: 0,
            limit: 100,
        })).await?;
        println!("{:#?}\nrequest {}", *answer, answer.request_id());
        Ok(())
    }
}

mod iai_getpersongroupinfo {
    use tc_core::{Client, request};

    tc_core::import! {
        mod iai { GetPersonGroupInfo }
    }

    async fn call() -> Result<(), tc_core::Error> {
        let client = Client::from_env()?;
        let answer = client.send(&request!(iai::GetPersonGroupInfo {
            person_id: "pi-5ea4a8b5",
        })).await?;
        println!("{:#?}\nrequest {}", *answer, answer.request_id());
        Ok(())
    }
}

mod cvm_describeinstances_detail {
    use tc_core::{Client, request};

    tc_core::import! {
        mod cvm { DescribeInstances }
    }

    async fn call() -> Result<(), tc_core::Error> {
        let client = Client::from_env()?;
        let answer = client.send(&request!(cvm::DescribeInstances {
            instance_ids: ["InstanceIds-2f55"],
            filters: [cvm::Filter {
                name: "Name 1",
                values: ["Values-059a"],
            }],
            offset: 0,
            limit: 20,
        })).await?;
        println!("{:#?}\nrequest {}", *answer, answer.request_id());
        Ok(())
    }
}

mod as_describeautoscalinggroups {
    use tc_core::{Client, request};

    tc_core::import! {
        mod autoscaling { DescribeAutoScalingGroups }
    }

    async fn call() -> Result<(), tc_core::Error> {
        let client = Client::from_env()?;
        let answer = client.send(&request!(autoscaling::DescribeAutoScalingGroups {
            auto_scaling_group_ids: ["AutoScalingGroupIds-c39f"],
            limit: 20,
            offset: 0,
        })).await?;
        println!("{:#?}\nrequest {}", *answer, answer.request_id());
        Ok(())
    }
}

mod tke_describeclusters_version_20220501 {
    use tc_core::{Client, request};

    tc_core::import! {
        mod tke("2022-05-01") { DescribeClusters }
    }

    async fn call() -> Result<(), tc_core::Error> {
        let client = Client::from_env()?;
        let answer = client.send(&request!(tke::DescribeClusters {
            cluster_ids: ["ClusterIds-15da"],
            offset: 0,
            limit: 20,
        })).await?;
        println!("{:#?}\nrequest {}", *answer, answer.request_id());
        Ok(())
    }
}

mod mps_describepersonsamples_site_international {
    use tc_core::{Client, request};

    tc_core::import! {
        mod mps(international) { DescribePersonSamples }
    }

    async fn call() -> Result<(), tc_core::Error> {
        let client = Client::from_env()?;
        let answer = client.send(&request!(mps::DescribePersonSamples {
            r#type: "UserDefine",
            person_ids: ["PersonIds-41cb"],
            names: ["Names-300f"],
        })).await?;
        println!("{:#?}\nrequest {}", *answer, answer.request_id());
        Ok(())
    }
}

mod cls_createalarm {
    use tc_core::{Client, request};

    tc_core::import! {
        mod cls { CreateAlarm }
    }

    async fn call() -> Result<(), tc_core::Error> {
        let client = Client::from_env()?;
        let answer = client.send(&request!(cls::CreateAlarm {
            name: "Name 1",
            alarm_targets: [cls::AlarmTarget {
                topic_id: "ti-c71f3a55",
                query: "Query-07eb",
                number: 601,
                start_time_offset: -1002,
                end_time_offset: -1083,
                logset_id: "li-12c030e3",
            }],
            monitor_time: cls::MonitorTime {
                r#type: "Fixed",
            },
            trigger_count: 1767,
            alarm_period: 971,
        })).await?;
        println!("{:#?}\nrequest {}", *answer, answer.request_id());
        Ok(())
    }
}

mod vpc_createsecuritygrouppolicies {
    use tc_core::{Client, request};

    tc_core::import! {
        mod vpc { CreateSecurityGroupPolicies }
    }

    async fn call() -> Result<(), tc_core::Error> {
        let client = Client::from_env()?;
        let answer = client.send(&request!(vpc::CreateSecurityGroupPolicies {
            security_group_id: "sgi-03c9ebb4",
            security_group_policy_set: vpc::SecurityGroupPolicySet {},
        })).await?;
        println!("{:#?}\nrequest {}", *answer, answer.request_id());
        Ok(())
    }
}

mod tke_createcluster_detail {
    use tc_core::{Client, request};

    tc_core::import! {
        mod tke { CreateCluster }
    }

    async fn call() -> Result<(), tc_core::Error> {
        let client = Client::from_env()?;
        let answer = client.send(&request!(tke::CreateCluster {
            cluster_type: "ClusterType-743e",
            cluster_cidr_settings: tke::ClusterCIDRSettings {
                cluster_cidr: "ClusterCIDR-8e1e",
                ignore_cluster_cidr_conflict: true,
                max_node_pod_num: 254,
                max_cluster_service_num: 256,
                service_cidr: "ServiceCIDR-0904",
                eni_subnet_ids: ["EniSubnetIds-b64f"],
                claim_expired_seconds: 22427,
                ignore_service_cidr_conflict: false,
            },
            run_instances_for_node: [tke::RunInstancesForNode {
                node_role: "WORKER",
                run_instances_para: ["RunInstancesPara-489b"],
                instance_advanced_settings_overrides: [tke::InstanceAdvancedSettings {
                    desired_pod_number: 300,
                    gpu_args: tke::GPUArgs {
                        cuda: tke::DriverVersion {
                            name: "Name 1",
                            version: "Version-53b5",
                        },
                        cudnn: tke::CUDNN {
                            name: "Name 1",
                            version: "Version-53b5",
                            dev_name: "DevName 1",
                            doc_name: "DocName 1",
                        },
                        custom_driver: tke::CustomDriver {
                            address: "Address-f20f",
                        },
                        driver: tke::DriverVersion {
                            name: "Name 1",
                            version: "Version-53b5",
                        },
                        mig_enable: false,
                    },
                    pre_start_user_script: "PreStartUserScript-50fc",
                    taints: [tke::Taint {
                        key: "Key-54bb",
                        value: "Value-58a4",
                        effect: "Effect-7a85",
                    }],
                    mount_target: "MountTarget-9ba2",
                    docker_graph_path: "/var/lib/docker",
                    user_script: "UserScript-0adf",
                    unschedulable: 0,
                    labels: [tke::Label {
                        name: "Name 1",
                        value: "Value-58a4",
                    }],
                    data_disks: [tke::DataDisk {
                        disk_type: "DiskType-3e1e",
                        file_system: "FileSystem-03d4",
                        disk_size: 69,
                        auto_format_and_mount: true,
                        mount_target: "MountTarget-9ba2",
                        disk_partition: "DiskPartition-a0b1",
                    }],
                    extra_args: tke::InstanceExtraArgs {
                        kubelet: ["Kubelet-df12"],
                    },
                }],
            }],
            cluster_basic_settings: tke::ClusterBasicSettings {
                cluster_os: "ClusterOs-afbf",
                cluster_version: "1.10.5",
                cluster_name: "ClusterName 1",
                cluster_description: "ClusterDescription-2dd5",
                vpc_id: "vi-86b3e7d0",
                project_id: 617,
                tag_specification: [tke::TagSpecification {
                    resource_type: "ResourceType-7a20",
                    tags: [tke::Tag {
                        key: "Key-54bb",
                        value: "Value-58a4",
                    }],
                }],
                os_customize_type: "OsCustomizeType-d7bf",
                need_work_security_group: false,
                subnet_id: "si-87c41755",
                cluster_level: "ClusterLevel-f5ef",
                auto_upgrade_cluster_level: tke::AutoUpgradeClusterLevel {
                    is_auto_upgrade: false,
                },
            },
            cluster_advanced_settings: tke::ClusterAdvancedSettings {
                as_enabled: false,
                audit_enabled: true,
                audit_log_topic_id: "alti-ab78e02f",
                audit_logset_id: "ali-8de6b391",
                base_pod_number: 462,
                cilium_mode: "CiliumMode-94a0",
                container_runtime: "docker",
                data_plane_v2: false,
                deletion_protection: true,
                enable_customized_pod_cidr: false,
                etcd_override_configs: [tke::EtcdOverrideConfig {
                    resources: ["Resources-60da"],
                }],
                extra_args: tke::ClusterExtraArgs {
                    etcd: ["Etcd-c784"],
                    kube_api_server: ["KubeAPIServer-c270"],
                    kube_controller_manager: ["KubeControllerManager-7fc1"],
                    kube_scheduler: ["KubeScheduler-0908"],
                },
                ipvs: true,
                is_dual_stack: false,
                is_non_static_ip_mode: false,
                kube_proxy_mode: "KubeProxyMode-cfbc",
                network_type: "GR",
                node_name_type: "lan-ip",
                qgpu_share_enable: true,
                runtime_version: "RuntimeVersion-6d5e",
                vpc_cni_type: "tke-route-eni",
                is_high_availability: true,
                security_mode_config: tke::SecurityModeConfig {
                    enabled: true,
                    namespaces: ["Namespaces-6aad"],
                    labels: [tke::Label {
                        name: "Name 1",
                        value: "Value-58a4",
                    }],
                },
            },
            instance_advanced_settings: tke::InstanceAdvancedSettings {
                desired_pod_number: 300,
                gpu_args: tke::GPUArgs {
                    cuda: tke::DriverVersion {
                        name: "Name 1",
                        version: "Version-53b5",
                    },
                    cudnn: tke::CUDNN {
                        name: "Name 1",
                        version: "Version-53b5",
                        dev_name: "DevName 1",
                        doc_name: "DocName 1",
                    },
                    custom_driver: tke::CustomDriver {
                        address: "Address-f20f",
                    },
                    driver: tke::DriverVersion {
                        name: "Name 1",
                        version: "Version-53b5",
                    },
                    mig_enable: false,
                },
                pre_start_user_script: "PreStartUserScript-50fc",
                taints: [tke::Taint {
                    key: "Key-54bb",
                    value: "Value-58a4",
                    effect: "Effect-7a85",
                }],
                mount_target: "MountTarget-9ba2",
                docker_graph_path: "/var/lib/docker",
                user_script: "UserScript-0adf",
                unschedulable: 0,
                labels: [tke::Label {
                    name: "Name 1",
                    value: "Value-58a4",
                }],
                data_disks: [tke::DataDisk {
                    disk_type: "DiskType-3e1e",
                    file_system: "FileSystem-03d4",
                    disk_size: 69,
                    auto_format_and_mount: true,
                    mount_target: "MountTarget-9ba2",
                    disk_partition: "DiskPartition-a0b1",
                }],
                extra_args: tke::InstanceExtraArgs {
                    kubelet: ["Kubelet-df12"],
                },
            },
            existed_instances_for_node: [tke::ExistedInstancesForNode {
                node_role: "WORKER",
                existed_instances_para: tke::ExistedInstancesPara {
                    instance_ids: ["InstanceIds-2f55"],
                    instance_advanced_settings: tke::InstanceAdvancedSettings {
                        desired_pod_number: 300,
                        gpu_args: tke::GPUArgs {
                            cuda: tke::DriverVersion {
                                name: "Name 1",
                                version: "Version-53b5",
                            },
                            cudnn: tke::CUDNN {
                                name: "Name 1",
                                version: "Version-53b5",
                                dev_name: "DevName 1",
                                doc_name: "DocName 1",
                            },
                            custom_driver: tke::CustomDriver {
                                address: "Address-f20f",
                            },
                            driver: tke::DriverVersion {
                                name: "Name 1",
                                version: "Version-53b5",
                            },
                            mig_enable: false,
                        },
                        pre_start_user_script: "PreStartUserScript-50fc",
                        taints: [tke::Taint {
                            key: "Key-54bb",
                            value: "Value-58a4",
                            effect: "Effect-7a85",
                        }],
                        mount_target: "MountTarget-9ba2",
                        docker_graph_path: "/var/lib/docker",
                        user_script: "UserScript-0adf",
                        unschedulable: 0,
                        labels: [tke::Label {
                            name: "Name 1",
                            value: "Value-58a4",
                        }],
                        data_disks: [tke::DataDisk {
                            disk_type: "DiskType-3e1e",
                            file_system: "FileSystem-03d4",
                            disk_size: 69,
                            auto_format_and_mount: true,
                            mount_target: "MountTarget-9ba2",
                            disk_partition: "DiskPartition-a0b1",
                        }],
                        extra_args: tke::InstanceExtraArgs {
                            kubelet: ["Kubelet-df12"],
                        },
                    },
                    enhanced_service: tke::EnhancedService {
                        security_service: tke::RunSecurityServiceEnabled {
                            enabled: true,
                        },
                        monitor_service: tke::RunMonitorServiceEnabled {
                            enabled: true,
                        },
                        automation_service: tke::RunAutomationServiceEnabled {
                            enabled: false,
                        },
                    },
                    login_settings: tke::LoginSettings {
                        password: "Password-fee0",
                        key_ids: ["KeyIds-f737"],
                        keep_image_login: "false",
                    },
                    security_group_ids: ["SecurityGroupIds-3b0c"],
                    host_name: "HostName 1",
                },
                instance_advanced_settings_override: tke::InstanceAdvancedSettings {
                    desired_pod_number: 300,
                    gpu_args: tke::GPUArgs {
                        cuda: tke::DriverVersion {
                            name: "Name 1",
                            version: "Version-53b5",
                        },
                        cudnn: tke::CUDNN {
                            name: "Name 1",
                            version: "Version-53b5",
                            dev_name: "DevName 1",
                            doc_name: "DocName 1",
                        },
                        custom_driver: tke::CustomDriver {
                            address: "Address-f20f",
                        },
                        driver: tke::DriverVersion {
                            name: "Name 1",
                            version: "Version-53b5",
                        },
                        mig_enable: false,
                    },
                    pre_start_user_script: "PreStartUserScript-50fc",
                    taints: [tke::Taint {
                        key: "Key-54bb",
                        value: "Value-58a4",
                        effect: "Effect-7a85",
                    }],
                    mount_target: "MountTarget-9ba2",
                    docker_graph_path: "/var/lib/docker",
                    user_script: "UserScript-0adf",
                    unschedulable: 0,
                    labels: [tke::Label {
                        name: "Name 1",
                        value: "Value-58a4",
                    }],
                    data_disks: [tke::DataDisk {
                        disk_type: "DiskType-3e1e",
                        file_system: "FileSystem-03d4",
                        disk_size: 69,
                        auto_format_and_mount: true,
                        mount_target: "MountTarget-9ba2",
                        disk_partition: "DiskPartition-a0b1",
                    }],
                    extra_args: tke::InstanceExtraArgs {
                        kubelet: ["Kubelet-df12"],
                    },
                },
                desired_pod_numbers: [17],
            }],
            instance_data_disk_mount_settings: [tke::InstanceDataDiskMountSetting {
                instance_type: "InstanceType-0eff",
                data_disks: [tke::DataDisk {
                    disk_type: "DiskType-3e1e",
                    file_system: "FileSystem-03d4",
                    disk_size: 69,
                    auto_format_and_mount: true,
                    mount_target: "MountTarget-9ba2",
                    disk_partition: "DiskPartition-a0b1",
                }],
                zone: "Zone-0b8d",
            }],
            extension_addons: [tke::ExtensionAddon {
                addon_name: "AddonName 1",
                addon_param: "AddonParam-0cf0",
            }],
            cdc_id: "ci-0e903c44",
            disable_addons: ["DisableAddons-1b99"],
        })).await?;
        println!("{:#?}\nrequest {}", *answer, answer.request_id());
        Ok(())
    }
}

mod hunyuan_chatcompletions {
    use tc_core::{Client, request};

    tc_core::import! {
        mod hunyuan { ChatCompletions }
    }

    async fn call() -> Result<(), tc_core::Error> {
        let client = Client::from_env()?;
        let answer = client.send(&request!(hunyuan::ChatCompletions {
            model: "Model-a6f1",
            messages: [hunyuan::Message {
                role: "user",
            }],
        })).await?;
        println!("{:#?}\nrequest {}", *answer, answer.request_id());
        Ok(())
    }
}

mod billing_describebilldetail {
    use tc_core::{Client, request};

    tc_core::import! {
        mod billing { DescribeBillDetail }
    }

    async fn call() -> Result<(), tc_core::Error> {
        let client = Client::from_env()?;
        let answer = client.send(&request!(billing::DescribeBillDetail {
            offset: 277,
            limit: 188,
        })).await?;
        println!("{:#?}\nrequest {}", *answer, answer.request_id());
        Ok(())
    }
}
