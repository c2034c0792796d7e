// Cargo.toml: tc-core with the feature `catalog`, tokio with `macros` and `rt-multi-thread`.
use tc_core::{Client, request};

tc_core::import! {
    mod cvm { RunInstances }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().region("ap-guangzhou").build()?;
    let request = request!(cvm::RunInstances {
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
            password: std::env::var("LOGIN_SETTINGS_PASSWORD")?,
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
    });
    let response = client.send(&request).await?;
    println!("{:#?}\nrequest {}", *response, response.request_id());
    Ok(())
}
