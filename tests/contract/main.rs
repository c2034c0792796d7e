//! The public names and behaviour that users depend on. A change that breaks this file breaks their programs.

#![allow(missing_docs, unreachable_pub, reason = "the structs are like those of a user's first program")]

use std::time::Duration;

use chrono::Utc;
use futures_core::Stream;
use serde_json::json;
use tc_core::emulator::Emulator;
use tc_core::transport::Replay;
use tc_core::{
    Action, AnyAction, Client, Credential, Endpoint, Error, ErrorCode, Language, Method, Region, Response, RetryPolicy,
    SignatureMethod, Violations, encode_json, encode_query, request, tc_action, tc_error, tc_model,
};

/// Which library of samples to search.
#[tc_model]
pub enum SampleType {
    UserDefine,
    Default,
}

#[tc_action(
    service = "mps", version = "2019-06-12", name = "DescribePersonSamples",
    response = DescribePersonSamplesResponse,
    error = DescribePersonSamplesError,
    rate = 100,
    page(total = total_count, items = person_set),
)]
#[derive(Debug, Clone, PartialEq)]
pub struct DescribePersonSamples {
    #[tc(default = SampleType::UserDefine)]
    pub r#type: Option<SampleType>,
    #[tc(items = ..=100)]
    pub person_ids: Vec<String>,
    #[tc(items = ..=20)]
    pub names: Vec<String>,
    #[tc(items = ..=20)]
    pub tags: Vec<String>,
    #[tc(default = 0)]
    pub offset: Option<u64>,
    #[tc(range = ..=100, default = 100)]
    pub limit: Option<u64>,
}

#[tc_model]
pub struct DescribePersonSamplesResponse {
    pub total_count: i64,
    pub person_set: Vec<Person>,
}

#[tc_model]
pub struct Person {
    pub person_id: String,
}

#[tc_error]
#[derive(Debug, PartialEq)]
pub enum DescribePersonSamplesError {
    /// The account is not authorised.
    #[tc(code = "FailedOperation.InvalidMpsUser")]
    InvalidMpsUser,
    /// The service failed.
    InternalError,
}

/// The response has only a RequestId, and the name of the action is the name of the struct.
#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
pub struct ModifyThing {
    pub thing_id: String,
    pub filters: Vec<Filter>,
    pub labels: Option<Vec<String>>,
    pub next: Option<Box<Filter>>,
}

#[tc_model]
pub struct Filter {
    pub name: String,
    #[tc(items = 1..=5, length = ..=10)]
    pub values: Vec<String>,
}

fn send_static<T: Send + 'static>(value: T) -> T {
    value
}

fn stream<T: Stream + Unpin + Send + 'static>(value: T) -> T {
    value
}

async fn cloud() -> Emulator {
    let emulator = Emulator::start().await.expect("a port");
    emulator.on::<DescribePersonSamples>(|request: DescribePersonSamples| {
        let (offset, limit) = (request.offset.unwrap_or(0), request.limit.unwrap_or(100));
        let persons = (offset..(offset + limit).min(250)).map(|number| Person::new(number.to_string()));
        DescribePersonSamplesResponse::new(250).person_set(persons)
    });
    emulator.on::<ModifyThing>(|_| ());
    emulator
}

#[tokio::test]
async fn the_builder_has_every_documented_option() {
    let emulator = cloud().await;
    let client = Client::builder()
        .credential(Credential::new(tc_core::emulator::SECRET_ID, tc_core::emulator::SECRET_KEY))
        .region(Region::new("ap-guangzhou"))
        .endpoint(emulator.url())
        .proxy(tc_core::transport::Proxy::None)
        .signature(SignatureMethod::Tc3)
        .method(Method::Get)
        .language(Language::EnUs)
        .timeout(Duration::from_secs(30))
        .retry(RetryPolicy::default())
        .build()
        .expect("a client");
    let found = client.send(&request!(DescribePersonSamples { limit: 20 })).await.expect("an answer");
    assert_eq!((found.total_count, found.person_set.len(), found.attempts()), (250, 20, 1));
    assert!(!found.request_id().is_empty() && found.coercions().is_empty() && found.deprecated_warning().is_none());
    let inner: DescribePersonSamplesResponse = found.into_inner();
    assert_eq!(inner.person_set[0].person_id, "0");
    let _: Client = Client::builder().root_domain("intl.tencentcloudapi.com").build().expect("a client");
    let _: Client = Client::builder()
        .transport(Replay::new([] as [tc_core::transport::ReplayStep; 0]))
        .retry(RetryPolicy::none())
        .build()
        .expect("a client");
    let _: Client = Client::from_env().expect("no I/O happens here");
    let _: Region = Region::AP_GUANGZHOU;
    let _: Endpoint = Endpoint::default();
    assert!(Client::builder().credential(Credential::new(" AKID ", "x")).build().is_err());
}

#[tokio::test]
async fn futures_and_streams_borrow_nothing() {
    let emulator = cloud().await;
    let client = emulator.client();
    let call = {
        let action = DescribePersonSamples::new().limit(5);
        send_static(client.send(&action))
    };
    assert_eq!(tokio::spawn(call).await.expect("no panic").expect("an answer").person_set.len(), 5);
    let options = client
        .call(&DescribePersonSamples::new().limit(1))
        .region(Region::new("ap-shanghai"))
        .timeout(Duration::from_secs(5))
        .send();
    assert_eq!(send_static(options).await.expect("an answer").person_set.len(), 1);
    let mut pages = stream(client.pages(&DescribePersonSamples::new().limit(100)));
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.expect("a page").person_set.len());
    }
    assert_eq!(sizes, [100, 100, 50]);
    let mut items = stream(client.items(&DescribePersonSamples::new()));
    let mut count = 0;
    while let Some(person) = items.next().await {
        let person: Person = person.expect("a person");
        assert_eq!(person.person_id, count.to_string());
        count += 1;
    }
    assert_eq!(count, 250);
}

#[tokio::test]
async fn violations_are_reported_before_anything_is_sent() {
    let emulator = cloud().await;
    let many = DescribePersonSamples::new().limit(101).person_ids((0..101).map(|number| number.to_string()));
    let violations: Violations = many.validate().expect_err("two limits");
    assert_eq!(violations.len(), 2);
    assert!(emulator.client().send(&many).await.is_err());
    assert!(emulator.received().is_empty());
    let error = emulator.client().call(&many).unchecked().send().await.expect_err("the emulator rejects it");
    assert_eq!(error.code().map(ToString::to_string).as_deref(), Some("InvalidParameterValue"));
    assert_eq!(emulator.received().len(), 1);
    let long = Filter::new("zone").values(["12345678901"]);
    assert!(long.validate().is_err());
    let nested = ModifyThing::new("x").filters([long]);
    assert_eq!(nested.validate().expect_err("nested").iter().next().expect("one").path(), "Filters.0.Values.0");
}

#[test]
fn requests_are_built_from_constants_variables_and_other_requests() {
    const TWENTY: u64 = 20;
    let limit = Some(7);
    let shorthand = request!(DescribePersonSamples { limit });
    assert_eq!(shorthand.limit, Some(7));
    let base = request!(DescribePersonSamples { limit: TWENTY, r#type: "Default", names: vec!["a"] });
    let more = request!(DescribePersonSamples { offset: None, tags: [String::from("t")], ..base.clone() });
    assert_eq!((more.limit, more.r#type, more.names), (Some(20), Some(SampleType::Default), vec!["a".to_owned()]));
    let thing = request!(ModifyThing {
        thing_id: format!("ins-{}", 1),
        filters: [Filter { name: "zone", values: ["ap-1"] }],
        labels: [] as [&str; 0],
        next: Filter { name: "n", values: ["v"] },
    });
    assert_eq!(
        String::from_utf8(encode_json(&thing).expect("a body")).expect("text"),
        r#"{"ThingId":"ins-1","Filters":[{"Name":"zone","Values":["ap-1"]}],"Labels":[],"Next":{"Name":"n","Values":["v"]}}"#
    );
    assert!(encode_query(&thing).is_err(), "a query cannot contain an explicitly empty list");
    let text = serde_json::to_string(&base).expect("JSON");
    assert_eq!(serde_json::from_str::<DescribePersonSamples>(&text).expect("the same"), base);
}

#[test]
fn errors_have_code_request_id_and_class() {
    let body = br#"{"Response":{"Error":{"Code":"FailedOperation.InvalidMpsUser","Message":"m"},"RequestId":"r"}}"#;
    let error = Response::<DescribePersonSamplesResponse>::decode(200, body).expect_err("an error response");
    let code: Option<&ErrorCode> = error.code();
    assert_eq!(code.expect("a code").to_string(), "FailedOperation.InvalidMpsUser");
    assert_eq!(error.request_id(), Some("r"));
    assert!(!error.is_retryable() && !error.is_throttled() && !error.is_auth());
    assert_eq!(error.service::<DescribePersonSamplesError>(), Some(DescribePersonSamplesError::InvalidMpsUser));
    assert_eq!(error.service::<ErrorCode>().as_ref(), code);
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

#[tokio::test]
async fn any_action_can_be_called_and_its_signature_inspected() {
    let emulator = cloud().await;
    let any = AnyAction::new("mps", "2019-06-12", "DescribePersonSamples").params(json!({"Limit": 2}));
    let found = emulator.client().send(&any).await.expect("an answer");
    assert_eq!(found["PersonSet"][1]["PersonId"], "1");
    let steps = emulator.client().sign(&DescribePersonSamples::new(), Utc::now()).expect("steps");
    assert!(steps.to_string().contains("content-type;host;x-tc-action"), "{steps}");
    let nothing: Response<()> = emulator.client().send(&ModifyThing::new("x")).await.expect("a RequestId");
    assert!(!nothing.request_id().is_empty());
    assert_eq!(<ModifyThing as Action>::SPEC.name, "ModifyThing");
}
