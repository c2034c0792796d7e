//! Options and binary parameters of `AnyAction`.

use serde_json::json;
use tc_core::emulator::{Emulator, Fault};
use tc_core::transport::Replay;
use tc_core::{AnyAction, Client, Credential, Error, ErrorKind, Method, Throttle, Upload, encode_json, encode_query};

use crate::client::actions;
use crate::client::caller::{BuildAs, Caller, both};

#[test]
fn an_action_without_a_struct_can_have_a_rate_and_be_idempotent() {
    both(async |kind| {
        let emulator = Emulator::start().await.unwrap();
        actions::register(&emulator);
        let client = emulator.client_builder().throttle(Throttle::Fail).build_as(kind);
        let call = AnyAction::new("demo", "2020-01-01", "DescribeThing").params(json!({"Name": "x"}));
        let failed = async |client: &Caller, call: &AnyAction| {
            let mut calls = tokio::task::JoinSet::new();
            for _ in 0..20 {
                calls.spawn(client.send(call));
            }
            calls.join_all().await.into_iter().filter_map(Result::err).collect::<Vec<Error>>()
        };
        assert_eq!(failed(&client, &call).await.len(), 0);
        let refused = failed(&client, &call.clone().rate(10)).await;
        assert!(refused.len() >= 10, "{} refused", refused.len());
        assert!(refused.iter().all(|error| matches!(error.kind(), ErrorKind::Throttled { rate: 10, .. })));

        let create = AnyAction::new("demo", "2020-01-01", "CreateThing").params(json!({"Name": "x"}));
        let client = emulator.build_as(kind);
        for (call, attempts) in [(create.clone(), 1), (create.idempotent(), 2)] {
            emulator.inject(Fault::ResetAfterRequest);
            let found = client.send(&call).await.map_or_else(|error| error.attempts(), |answer| answer.attempts());
            assert_eq!(found, attempts);
            emulator.clear_faults();
        }
    });
}

fn upload() -> AnyAction {
    let report = Upload::new(*b"%PDF-1.7\0\xFF").file_name("a report.pdf").media_type("application/pdf");
    let params = json!({"Kind": "pdf", "Pages": 3, "Tags": ["a"], "File": "not this"});
    AnyAction::new("demo", "2020-01-01", "UploadThing")
        .params(params)
        .binary("File", &b"first"[..])
        .binary("File", report)
}

#[test]
fn a_binary_parameter_is_sent_as_a_file_in_a_form() {
    both(async |kind| {
        let replay = Replay::new([r#"{"Response":{"RequestId":"r"}}"#]);
        let client =
            Client::builder().credential(Credential::new("AKIDX", "key")).transport(replay.clone()).build_as(kind);
        client.send(&upload()).await.unwrap();
        let request = replay.requests().remove(0);
        let content_type = request.headers()["content-type"].to_str().unwrap();
        let boundary = content_type.strip_prefix("multipart/form-data; boundary=").expect("a form");
        let body = String::from_utf8_lossy(request.body()).into_owned();
        let parts: Vec<&str> = body.split(&format!("--{boundary}")).collect();
        assert_eq!(parts.len(), 6, "{body}");
        for part in [
            "name=\"Kind\"\r\n\r\npdf\r\n",
            "name=\"Pages\"\r\n\r\n3\r\n",
            "name=\"Tags\"\r\nContent-Type: application/json\r\n\r\n[\"a\"]\r\n",
            "name=\"File\"; filename=\"a report.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\0\u{fffd}\r\n",
        ] {
            let found = parts.iter().filter(|found| found.ends_with(part)).count();
            assert_eq!(found, 1, "{part} in {body}");
        }
    });
}

#[test]
fn a_binary_parameter_is_base64_in_json_and_refused_in_a_query() {
    both(async |kind| {
        let call = AnyAction::new("demo", "2020-01-01", "UploadThing")
            .params(json!({"Kind": "x"}))
            .binary("File", &b"abc"[..]);
        assert_eq!(encode_json(&call).unwrap(), br#"{"Kind":"x","File":"YWJj"}"#);
        assert!(encode_query(&call).unwrap_err().to_string().contains("`File` is binary"));
        let replay = Replay::default();
        let client =
            Client::builder().credential(Credential::new("AKIDX", "key")).transport(replay.clone()).build_as(kind);
        let error = client.call(&call).method(Method::Get).send().await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Request(_)) && replay.requests().is_empty(), "{error}");
    });
}

mod spec {
    use tc_core::spec::{ActionSpec, ModelSpec, ParamSpec, Shape, Type};

    pub(super) const SPEC: &ActionSpec = &ActionSpec::new(
        "demo",
        "2020-01-01",
        "UploadThing",
        &ModelSpec::new(
            "UploadThing",
            &[
                ParamSpec::new("File", "file", Type::Binary, Shape::One).required(),
                ParamSpec::new("Kind", "kind", Type::String, Shape::Maybe),
            ],
        ),
    );
}

#[test]
fn a_documented_member_error_is_kept_in_the_response_of_an_action_by_name() {
    both(async |kind| {
        let documented = AnyAction::from_catalog("lkeap", "2024-05-22", "GetSplitDocumentResult").unwrap();
        let documented = documented.params(json!({"TaskId": "t"}));
        let unknown = AnyAction::new("lkeap", "2024-05-22", "GetSplitDocumentResult").params(json!({"TaskId": "t"}));
        let error = json!({"Code": "FailedOperation", "Message": "m"});
        let send = async |action: &AnyAction, response: serde_json::Value| {
            let replay = Replay::new([json!({ "Response": response }).to_string()]);
            let client = Client::builder().credential(Credential::new("AKIDX", "key")).transport(replay).build_as(kind);
            client.send(action).await
        };
        for status in [json!("FAILED"), json!(1.5e29)] {
            let failed = json!({"Status": status, "Error": error, "RequestId": "r"});
            let found = send(&documented, failed.clone()).await.unwrap();
            assert_eq!((&found["Error"], found.request_id()), (&error, "r"));
            // Without a spec, it is an error response.
            assert_eq!(send(&unknown, failed).await.unwrap_err().code().unwrap().as_str(), "FailedOperation");
        }
        let empty = json!({"Status": "SUCCESS", "Error": {"Code": "", "Message": ""}, "RequestId": "r"});
        assert_eq!(send(&documented, empty).await.unwrap()["Status"], "SUCCESS");
        let refused = json!({"Error": error, "RequestId": "r"});
        assert_eq!(send(&documented, refused).await.unwrap_err().code().unwrap().as_str(), "FailedOperation");
    });
}

#[test]
fn a_required_binary_parameter_of_a_spec_must_be_set() {
    both(async |kind| {
        let call = AnyAction::from_spec(spec::SPEC).params(json!({"Kind": "x"}));
        assert!(call.validate().unwrap_err().to_string().contains("`File`"));
        let call = call.binary("File", &b"abc"[..]);
        assert!(call.validate().is_ok());
        assert!(
            call.clone()
                .params(json!({"kind": "x"}))
                .validate()
                .unwrap_err()
                .to_string()
                .contains("did you mean `Kind`")
        );
        let replay = Replay::new([r#"{"Response":{"RequestId":"r"}}"#]);
        let client =
            Client::builder().credential(Credential::new("AKIDX", "key")).transport(replay.clone()).build_as(kind);
        client.send(&call).await.unwrap();
        let request = replay.requests().remove(0);
        assert!(String::from_utf8_lossy(request.body()).contains("name=\"File\"; filename=\"File\"\r\n\r\nabc\r\n"));
    });
}
