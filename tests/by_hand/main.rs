//! An action written without the macro. It implements the same traits as `#[tc_action]` writes, and behaves the same.

mod run_time;

use serde::de::MapAccess;
use tc_core::emulator::Emulator;
use tc_core::model::{Value, spec_of};
use tc_core::spec::{ActionSpec, ErrorClass, ErrorSpec, Limit, ModelRef, ModelSpec, Range};
use tc_core::{Action, ErrorCode, Fields, Method, Model, Param, ServiceError, encode_json, encode_query};

/// The struct for which `#[tc_action(service = "iai", version = "2020-03-03", name = "GetPersonGroupInfo")]` would write
/// the code below.
#[derive(Debug, Clone, PartialEq)]
struct GetPersonGroupInfo {
    person_id: String,
    limit: Option<u64>,
}

impl Fields for GetPersonGroupInfo {
    fn model(&self) -> &'static ModelSpec {
        Self::MODEL
    }

    fn member(&self, index: usize) -> Value<'_> {
        match index {
            0 => self.person_id.value(),
            1 => self.limit.value(),
            _ => Value::Absent,
        }
    }
}

impl Model for GetPersonGroupInfo {
    const MODEL: &'static ModelSpec = &ModelSpec::new(
        "GetPersonGroupInfo",
        &[
            spec_of::<String>("PersonId", "person_id"),
            spec_of::<Option<u64>>("Limit", "limit").limits(&[Limit::Range(Range::Int { min: None, max: Some(100) })]),
        ],
    );

    fn empty() -> Self {
        Self { person_id: String::empty(), limit: None }
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, index: usize, map: &mut A) -> Result<(), A::Error> {
        match index {
            0 => self.person_id.read(map),
            _ => self.limit.read(map),
        }
    }
}

impl Action for GetPersonGroupInfo {
    const SPEC: ActionSpec = ActionSpec::new("iai", "2020-03-03", "GetPersonGroupInfo", Self::MODEL)
        .response(ModelRef::of(|| GetPersonGroupInfoResponse::MODEL))
        .errors(NoSuchPerson::CODES);
    type Response = GetPersonGroupInfoResponse;
    type Error = NoSuchPerson;
}

/// The struct for which `#[tc_model]` would write the code below.
#[derive(Debug, Clone, PartialEq)]
struct GetPersonGroupInfoResponse {
    group_num: Option<u64>,
}

impl Fields for GetPersonGroupInfoResponse {
    fn model(&self) -> &'static ModelSpec {
        Self::MODEL
    }

    fn member(&self, _: usize) -> Value<'_> {
        self.group_num.value()
    }
}

impl Model for GetPersonGroupInfoResponse {
    const MODEL: &'static ModelSpec =
        &ModelSpec::new("GetPersonGroupInfoResponse", &[spec_of::<Option<u64>>("GroupNum", "group_num")]);

    fn empty() -> Self {
        Self { group_num: None }
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, _: usize, map: &mut A) -> Result<(), A::Error> {
        self.group_num.read(map)
    }
}

/// The type for which `#[tc_error]` would write the code below.
#[derive(Debug, PartialEq)]
struct NoSuchPerson;

impl ServiceError for NoSuchPerson {
    const CODES: &'static [ErrorSpec] = &[ErrorSpec {
        code: "InvalidParameterValue.PersonIdNotExist",
        doc: "No person has this id.",
        class: ErrorClass::Caller,
    }];

    fn from_code(code: &ErrorCode) -> Option<Self> {
        (*code == Self::CODES[0].code).then_some(Self)
    }
}

/// An emulator with a handler for the action. The number of groups is the id of the person; other ids do not exist.
async fn cloud() -> Emulator {
    let emulator = Emulator::start().await.expect("a port");
    emulator.on::<GetPersonGroupInfo>(|request| match request.person_id.parse() {
        Ok(groups) => Ok(GetPersonGroupInfoResponse { group_num: Some(groups) }),
        Err(_) => Err("InvalidParameterValue.PersonIdNotExist"),
    });
    emulator
}

#[tokio::test]
async fn an_action_written_by_hand_is_sent_and_decoded() {
    let emulator = cloud().await;
    let request = GetPersonGroupInfo { person_id: "3".into(), limit: None };
    for method in [Method::Post, Method::Get] {
        let found = emulator.client().call(&request).method(method).send().await.expect("an answer");
        assert_eq!(found.into_inner(), GetPersonGroupInfoResponse { group_num: Some(3) });
    }
}

#[tokio::test]
async fn its_limits_are_checked_before_anything_is_sent() {
    let emulator = cloud().await;
    let request = GetPersonGroupInfo { person_id: "3".into(), limit: Some(101) };
    let error = emulator.client().send(&request).await.expect_err("101 is too many");
    assert_eq!(error.to_string(), "GetPersonGroupInfo: `Limit` is 101; at most 100 is accepted");
    assert!(emulator.received().is_empty());
}

#[tokio::test]
async fn its_error_codes_have_its_type() {
    let emulator = cloud().await;
    let error = emulator.client().send(&GetPersonGroupInfo { person_id: "nobody".into(), limit: None }).await;
    let error = error.expect_err("the id is not a number");
    assert_eq!(error.service(), Some(NoSuchPerson));
}

#[test]
fn its_body_and_query_equal_those_of_the_macro() {
    let by_hand = GetPersonGroupInfo { person_id: "2001".into(), limit: Some(10) };
    let by_macro = tc_apis::iai::GetPersonGroupInfo::new("2001").limit(10);
    assert_eq!(encode_json(&by_hand).expect("a body"), encode_json(&by_macro).expect("a body"));
    assert_eq!(encode_query(&by_hand).expect("a query"), encode_query(&by_macro).expect("a query"));
}
