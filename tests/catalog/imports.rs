//! Structs written by `import!` work like hand-written ones.

use serde_json::json;
use tc_core::emulator::{Emulator, Reply};
use tc_core::{Action, encode_json, encode_query, request};

tc_core::import! {
    /// Machines.
    pub mod cvm { DescribeInstances, RunInstances }
    pub(crate) mod iai("2020-03-03") { GetPersonGroupInfo }
    mod mps(international) { DescribePersonSamples }
    mod autoscaling { DescribeAutoScalingGroups }
    mod cls { CreateAlarmNotice }
    mod hunyuan { ChatCompletions }
    mod cii { UploadMedicalFile }
}

#[test]
fn nested_models_are_written_in_place_and_limits_hold() {
    let found = request!(cvm::DescribeInstances {
        limit: 50,
        filters: [cvm::Filter { name: "zone", values: ["ap-guangzhou-3"] }],
    });
    assert_eq!(
        encode_query(&found).unwrap(),
        [("Filters.0.Name", "zone"), ("Filters.0.Values.0", "ap-guangzhou-3"), ("Limit", "50")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    let refused = found.limit(101).validate().unwrap_err().to_string();
    assert!(refused.contains("`Limit` is 101"), "{refused}");
}

#[test]
fn a_large_request_is_the_json_that_the_cloud_documents() {
    let run = request!(cvm::RunInstances {
        placement: cvm::Placement { zone: "ap-guangzhou-3" },
        image_id: "img-1",
        instance_type: "S5.MEDIUM2",
        system_disk: cvm::SystemDisk { disk_type: "CLOUD_BSSD", disk_size: 50 },
        internet_accessible: cvm::InternetAccessible { internet_max_bandwidth_out: 10, public_ip_assigned: true },
        login_settings: cvm::LoginSettings { password: "a secret" },
        client_token: "once",
    });
    let json: serde_json::Value = serde_json::from_slice(&encode_json(&run).unwrap()).unwrap();
    assert_eq!(
        json,
        json!({
            "Placement": {"Zone": "ap-guangzhou-3"},
            "ImageId": "img-1",
            "InstanceType": "S5.MEDIUM2",
            "SystemDisk": {"DiskType": "CLOUD_BSSD", "DiskSize": 50},
            "InternetAccessible": {"InternetMaxBandwidthOut": 10, "PublicIpAssigned": true},
            "LoginSettings": {"Password": "a secret"},
            "ClientToken": "once",
        })
    );
    assert!(!format!("{run:?}").contains("a secret"), "passwords are never shown");
}

#[test]
fn services_versions_and_sites_are_the_requested_ones() {
    assert_eq!((cvm::DescribeInstances::SPEC.service, cvm::DescribeInstances::SPEC.version), ("cvm", "2017-03-12"));
    assert_eq!(iai::GetPersonGroupInfo::SPEC.version, "2020-03-03");
    assert_eq!(mps::DescribePersonSamples::SPEC.name, "DescribePersonSamples");
    // On the wire, the service of the folder `autoscaling` is `as`.
    assert_eq!(autoscaling::DescribeAutoScalingGroups::SPEC.service, "as");
    assert_eq!(iai::codes::INVALID_PARAMETER_VALUE_PERSON_ID_NOT_EXIST, "InvalidParameterValue.PersonIdNotExist");
    let spec = hunyuan::ChatCompletions::SPEC;
    assert!(spec.streaming);
}

#[test]
fn a_module_may_have_a_keyword_as_its_name_and_be_inside_a_function() {
    tc_core::import! { mod r#as { DescribeAutoScalingGroups } }
    assert_eq!(r#as::DescribeAutoScalingGroups::SPEC.service, "as");
}

#[test]
fn another_macro_may_call_import() {
    macro_rules! imported {
        ($name:ident, $action:ident) => {
            tc_core::import! { mod $name { $action } }
        };
    }
    imported!(vpc, DescribeVpcs);
    assert_eq!(vpc::DescribeVpcs::SPEC.service, "vpc");
}

#[tokio::test]
async fn a_typed_handler_answers_an_imported_action() {
    let emulator = Emulator::start().await.unwrap();
    emulator.on::<iai::GetPersonGroupInfo>(|request: iai::GetPersonGroupInfo| {
        let group = iai::PersonGroupInfo::new(request.person_id);
        iai::GetPersonGroupInfoResponse::new().person_group_infos([group]).group_num(1)
    });
    let found = emulator.client().send(&request!(iai::GetPersonGroupInfo { person_id: "2001" })).await.unwrap();
    assert_eq!((found.group_num, found.person_group_infos[0].group_id.as_str()), (Some(1), "2001"));
}

#[tokio::test]
async fn a_model_that_contains_itself_is_sent_and_checked() {
    let emulator = Emulator::start().await.unwrap();
    emulator.on::<cls::CreateAlarmNotice>(|_| Reply::json(json!({"AlarmNoticeId": "notice-1"})));
    let notice = request!(cls::CreateAlarmNotice { name: "nightly" });
    let made = emulator.client().send(&notice).await.unwrap();
    assert_eq!(made.alarm_notice_id, "notice-1");
}

#[tokio::test]
async fn events_of_an_imported_action_arrive_one_by_one() {
    let emulator = Emulator::start().await.unwrap();
    emulator.on::<hunyuan::ChatCompletions>(|_| Reply::events([json!({"Note": "one"}), json!({"Note": "two"})]));
    let question = request!(hunyuan::ChatCompletions {
        model: "hunyuan-turbos-latest",
        messages: [hunyuan::Message { role: "user", content: "hello" }],
        stream: true,
    });
    let client = emulator.client();
    let mut events = client.events(&question);
    let mut notes = Vec::new();
    while let Some(event) = events.next().await {
        notes.push(event.unwrap().note.clone());
    }
    assert_eq!(notes, [Some("one".to_owned()), Some("two".to_owned())]);
}

#[tokio::test]
async fn a_file_is_sent_as_multipart() {
    let emulator = Emulator::start().await.unwrap();
    emulator.on::<cii::UploadMedicalFile>(|request| {
        let length = request.file.map_or(0, |file| file.len());
        Reply::json(json!({"FileKey": format!("{length} bytes")}))
    });
    let sent = emulator.client().send(&cii::UploadMedicalFile::new().file(vec![7_u8; 300])).await.unwrap();
    assert_eq!(sent.file_key.as_deref(), Some("300 bytes"));
}

/// The structs of README.md, "An action of your own".
mod readme {
    use tc_core::{tc_action, tc_model};

    #[tc_action(service = "cvm", version = "2017-03-12", page(total = total_count, items = key_pair_set), verify)]
    pub(super) struct DescribeKeyPairs {
        #[tc(range = ..=100, default = 20)]
        pub limit: Option<u64>,
        pub offset: Option<u64>,
    }

    #[tc_model(verify("cvm", "2017-03-12", "DescribeKeyPairsResponse"))]
    pub(super) struct DescribeKeyPairsResponse {
        pub total_count: i64,
        pub key_pair_set: Vec<KeyPair>,
    }

    #[tc_model(verify("cvm", "2017-03-12", "KeyPair"))]
    pub(super) struct KeyPair {
        pub key_id: String,
        pub key_name: String,
    }
}

#[test]
fn the_structs_of_the_readme_are_those_of_the_documentation() {
    let spec = <readme::DescribeKeyPairs as tc_core::Action>::SPEC;
    let readme = include_str!("../../README.md");
    assert!(readme.contains("pub struct DescribeKeyPairs {") && readme.contains("#[tc(range = ..=100, default = 20)]"));
    assert_eq!((spec.service, spec.name), ("cvm", "DescribeKeyPairs"));
}
