//! `Response.Error`, of every shape.

use serde::de::MapAccess;

use super::{Sample, decode};
use crate::model::{Fields, Model, Param, Value, spec_of};
use crate::response::{Answer, BodyProblem, DecodeError};
use crate::spec::ModelSpec;

/// What each kind of answer makes of a body: an error's text, or that it was taken for an answer.
fn said<T: Answer>(status: u16, body: &str) -> String {
    match decode::<T>(status, body.as_bytes()) {
        Ok(_) => "an answer".to_owned(),
        Err(DecodeError::Api(error)) => error.to_string(),
        Err(DecodeError::Body(error)) => format!("{:?} {}", error.problem, error.request_id.unwrap_or_default()),
    }
}

#[track_caller]
fn refused(error: &str, expected: &str) {
    for content in [
        format!(r#""Error":{error},"RequestId":"x""#),
        format!(r#""RequestId":"x","Count":1,"Error":{error}"#),
        format!(r#""Count":{{"no":"integer"}},"Error":{error},"RequestId":"x""#),
        format!(r#""Error":{error},"Error":null,"RequestId":"x""#),
        format!(r#""Error":null,"RequestId":"x","Error":{error}"#),
        format!(r#""Error":{error},"Error":{{"Code":"Later"}},"RequestId":"x""#),
    ] {
        for status in [200, 400, 500] {
            let body = format!(r#"{{"Response":{{{content}}}}}"#);
            assert_eq!(said::<()>(status, &body), expected, "(): {status} {body}");
            assert_eq!(said::<serde_json::Value>(status, &body), expected, "JSON: {status} {body}");
            assert_eq!(said::<Sample>(status, &body), expected, "Sample: {status} {body}");
        }
    }
}

#[test]
fn an_error_with_a_code_is_that_error() {
    refused(r#"{"Code":"FailedOperation","Message":"m"}"#, "FailedOperation: m (request x)");
    refused(r#"{"Message":"m","Code":"FailedOperation","More":[{}]}"#, "FailedOperation: m (request x)");
    refused(r#"{"Code":4100,"Message":"no"}"#, "4100: no (request x)");
    refused(r#"{"Code":-1.5e3,"Message":null}"#, "-1.5e3:  (request x)");
    refused(r#"{"code":"FailedOperation","message":"m"}"#, "FailedOperation: m (request x)");
    refused(
        r#"{"code":1,"Code":"FailedOperation","CODE":2,"message":"a","Message":"m"}"#,
        "FailedOperation: m (request x)",
    );
    refused(r#"{"Code":"FailedOperation","Message":{"zh":"m"}}"#, r#"FailedOperation: {"zh":"m"} (request x)"#);
    refused(r#"{"Code":"FailedOperation","Message":"\ud800"}"#, "FailedOperation: \u{fffd} (request x)");
}

#[test]
fn an_error_without_a_code_says_what_arrived() {
    for error in [
        r#""quota""#,
        r#""""#,
        "4100",
        "0",
        "true",
        "false",
        "[]",
        r#"["a"]"#,
        "{}",
        r#"{"Code":null}"#,
        r#"{"Code":""}"#,
        r#"{"Code":["a"]}"#,
        r#"{"Code":false,"Message":"m"}"#,
        r#"{"Message":"m"}"#,
        r#"{"Reason":1}"#,
    ] {
        refused(error, &format!("Refused {{ error: {error:?} }} x"));
    }
}

#[test]
fn null_is_no_error() {
    for content in [r#""Error":null,"RequestId":"x""#, r#""Error":null,"Count":1,"Error":null"#] {
        let body = format!(r#"{{"Response":{{{content}}}}}"#);
        assert_eq!(said::<()>(200, &body), "an answer");
        assert_eq!(said::<serde_json::Value>(200, &body), "an answer");
        assert_eq!(said::<Sample>(200, &body), "an answer");
    }
}

#[test]
fn an_error_is_one_in_whichever_of_two_responses() {
    let error = r#"{"Error":{"Code":"FailedOperation","Message":"m"},"RequestId":"x"}"#;
    for body in [
        format!(r#"{{"Response":{error},"Response":{{"RequestId":"x"}}}}"#),
        format!(r#"{{"Response":{{"Count":1}},"Response":{error}}}"#),
    ] {
        assert_eq!(said::<()>(200, &body), "FailedOperation: m (request x)");
        assert_eq!(said::<serde_json::Value>(200, &body), "FailedOperation: m (request x)");
        assert_eq!(said::<Sample>(200, &body), "FailedOperation: m (request x)");
    }
}

#[test]
fn what_an_error_says_is_cut_and_escaped() {
    let long = "a\u{1b}\n".repeat(100_000);
    let body = serde_json::json!({"Response": {"Error": long, "RequestId": long}}).to_string();
    let Err(DecodeError::Body(error)) = decode::<()>(200, body.as_bytes()) else { panic!("an error") };
    assert!(matches!(error.problem, BodyProblem::Refused { .. }));
    let body =
        serde_json::json!({"Response": {"Error": {"Code": long, "Message": long}, "RequestId": long}}).to_string();
    let Err(DecodeError::Api(refused)) = decode::<()>(200, body.as_bytes()) else { panic!("an error") };
    assert_eq!(refused.message(), long);
    let texts =
        [error.to_string(), format!("{error:?}"), refused.to_string(), format!("{refused:?}"), format!("{refused:#?}")];
    for text in texts {
        let lines = text.lines().count();
        assert!(text.len() < 20_000 && !text.contains('\u{1b}') && lines < 12, "{} bytes, {lines} lines", text.len());
    }
}

/// An answer that has a member `Error` of its own, as lkeap's.
#[derive(Debug, Clone, PartialEq)]
struct Own(Option<String>, Option<u64>);

impl Fields for Own {
    fn model(&self) -> &'static ModelSpec {
        Self::MODEL
    }

    fn member(&self, _: usize) -> Value<'_> {
        Value::Absent
    }
}

impl Model for Own {
    const MODEL: &'static ModelSpec = &ModelSpec::new(
        "Own",
        &[spec_of::<Option<String>>("Error", "error"), spec_of::<Option<u64>>("Count", "count")],
    );

    fn empty() -> Self {
        Self(None, None)
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, index: usize, map: &mut A) -> Result<(), A::Error> {
        match index {
            0 => self.0.read(map),
            _ => self.1.read(map),
        }
    }
}

#[test]
fn an_answer_with_a_member_error_of_its_own_has_it() {
    let own = |content: &str| decode::<Own>(200, format!(r#"{{"Response":{{{content}}}}}"#).as_bytes());
    let found = own(r#""Error":"none","Count":"1","RequestId":"x""#).expect("an answer");
    assert_eq!(*found, Own(Some("none".into()), Some(1)));
    assert_eq!(*own(r#""Error":"none","RequestId":"x""#).expect("an answer"), Own(Some("none".into()), None));
    let said = said::<Own>(200, r#"{"Response":{"RequestId":"x","Error":{"Code":"FailedOperation","Message":"m"}}}"#);
    assert_eq!(said, "FailedOperation: m (request x)");
}
