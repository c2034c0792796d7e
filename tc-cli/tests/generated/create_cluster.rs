// Cargo.toml: tc-core with the feature `catalog`, tokio with `macros` and `rt-multi-thread`.
use tc_core::{Client, request};

tc_core::import! {
    mod tke { CreateCluster }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().region("ap-guangzhou").build()?;
    let request = request!(tke::CreateCluster {
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
                    password: std::env::var("EXISTED_INSTANCES_FOR_NODE_0_EXISTED_INSTANCES_PARA_LOGIN_SETTINGS_PASSWORD")?,
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
    });
    let response = client.send(&request).await?;
    println!("{:#?}\nrequest {}", *response, response.request_id());
    Ok(())
}
