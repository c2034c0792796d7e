//! The member `Error` of a response, in every shape.

use serde::de::MapAccess;

use super::{Sample, decode};
use crate::model::{Fields, Model, Param, Value, spec_of};
use crate::response::{Answer, BodyProblem, DecodeError};
use crate::spec::ModelSpec;

/// Decodes a body as `T`, and returns the text of the error, or "an answer".
fn decoded<T: Answer>(status: u16, body: &str) -> String {
    match decode::<T>(status, body.as_bytes()) {
        Ok(_) => "an answer".to_owned(),
        Err(DecodeError::Api(error)) => error.to_string(),
        Err(DecodeError::Body(error)) => format!("{:?} {}", error.problem, error.request_id.unwrap_or_default()),
    }
}

#[track_caller]
fn check_error(error: &str, expected: &str) {
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
            assert_eq!(decoded::<()>(status, &body), expected, "(): {status} {body}");
            assert_eq!(decoded::<serde_json::Value>(status, &body), expected, "JSON: {status} {body}");
            assert_eq!(decoded::<Sample>(status, &body), expected, "Sample: {status} {body}");
        }
    }
}

#[test]
fn an_error_with_a_code_is_an_api_error() {
    check_error(r#"{"Code":"FailedOperation","Message":"m"}"#, "FailedOperation: m (request x)");
    check_error(r#"{"Message":"m","Code":"FailedOperation","More":[{}]}"#, "FailedOperation: m (request x)");
    check_error(r#"{"Code":4100,"Message":"no"}"#, "4100: no (request x)");
    check_error(r#"{"Code":-1.5e3,"Message":null}"#, "-1.5e3:  (request x)");
    check_error(r#"{"code":"FailedOperation","message":"m"}"#, "FailedOperation: m (request x)");
    check_error(
        r#"{"code":1,"Code":"FailedOperation","CODE":2,"message":"a","Message":"m"}"#,
        "FailedOperation: m (request x)",
    );
    check_error(r#"{"Code":"FailedOperation","Message":{"zh":"m"}}"#, r#"FailedOperation: {"zh":"m"} (request x)"#);
    check_error(r#"{"Code":"FailedOperation","Message":"\ud800"}"#, "FailedOperation: \u{fffd} (request x)");
}

#[test]
fn the_name_of_the_member_may_have_any_case() {
    for name in ["error", "ERROR", "eRROR"] {
        for body in [
            format!(r#"{{"Response":{{"{name}":{{"Code":"FailedOperation","Message":"m"}},"RequestId":"x"}}}}"#),
            format!(
                r#"{{"Response":{{"RequestId":"x","Count":"1","{name}":{{"code":"FailedOperation","message":"m"}}}}}}"#
            ),
        ] {
            assert_eq!(decoded::<()>(200, &body), "FailedOperation: m (request x)");
            assert_eq!(decoded::<serde_json::Value>(200, &body), "FailedOperation: m (request x)");
            assert_eq!(decoded::<Sample>(200, &body), "FailedOperation: m (request x)");
        }
        let null = format!(r#"{{"Response":{{"{name}":null,"Count":1,"RequestId":"x"}}}}"#);
        assert_eq!(decoded::<()>(200, &null), "an answer");
        assert_eq!(decoded::<serde_json::Value>(200, &null), "an answer");
        assert_eq!(decoded::<Sample>(200, &null), "an answer");
    }
}

#[test]
fn an_error_beside_the_response_is_an_error() {
    for (body, expected) in [
        (
            r#"{"Response":{"RequestId":"x"},"Error":{"Code":"FailedOperation","Message":"m"}}"#,
            "FailedOperation: m (request x)",
        ),
        (
            r#"{"error":{"Code":"FailedOperation"},"Response":{"Count":"1","RequestId":"x"}}"#,
            "FailedOperation:  (request x)",
        ),
        (
            r#"{"Response":{"RequestId":"x"},"code":4100,"codeDesc":"AuthFailure","message":"no"}"#,
            "AuthFailure: no (request x)",
        ),
        (r#"{"Error":{"Code":"FailedOperation","Message":"m"}}"#, "FailedOperation: m"),
        (r#"{"Response":{"Error":{"Code":"First"},"RequestId":"x"},"Error":{"Code":"Second"}}"#, "First:  (request x)"),
    ] {
        for status in [200, 400] {
            assert_eq!(decoded::<()>(status, body), expected, "{body}");
            assert_eq!(decoded::<serde_json::Value>(status, body), expected, "{body}");
            assert_eq!(decoded::<Sample>(status, body), expected, "{body}");
        }
    }
    for body in [
        r#"{"Response":{"Count":1,"RequestId":"x"},"Error":null}"#,
        r#"{"Response":{"Count":1,"RequestId":"x"},"code":0,"codeDesc":"Success","message":""}"#,
    ] {
        assert_eq!(decoded::<()>(200, body), "an answer");
        assert_eq!(decoded::<serde_json::Value>(200, body), "an answer");
        assert_eq!(decoded::<Sample>(200, body), "an answer");
    }
}

#[test]
fn an_error_without_a_code_shows_the_member() {
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
        check_error(error, &format!("ErrorWithoutCode {{ error: {error:?} }} x"));
    }
}

#[test]
fn null_is_not_an_error() {
    for content in [r#""Error":null,"RequestId":"x""#, r#""Error":null,"Count":1,"Error":null"#] {
        let body = format!(r#"{{"Response":{{{content}}}}}"#);
        assert_eq!(decoded::<()>(200, &body), "an answer");
        assert_eq!(decoded::<serde_json::Value>(200, &body), "an answer");
        assert_eq!(decoded::<Sample>(200, &body), "an answer");
    }
}

#[test]
fn an_error_in_one_of_two_responses_is_an_error() {
    let error = r#"{"Error":{"Code":"FailedOperation","Message":"m"},"RequestId":"x"}"#;
    for body in [
        format!(r#"{{"Response":{error},"Response":{{"RequestId":"x"}}}}"#),
        format!(r#"{{"Response":{{"Count":1}},"Response":{error}}}"#),
    ] {
        assert_eq!(decoded::<()>(200, &body), "FailedOperation: m (request x)");
        assert_eq!(decoded::<serde_json::Value>(200, &body), "FailedOperation: m (request x)");
        assert_eq!(decoded::<Sample>(200, &body), "FailedOperation: m (request x)");
    }
}

#[test]
fn the_text_of_an_error_is_shortened_and_escaped() {
    let long = "a\u{1b}\n".repeat(100_000);
    let body = serde_json::json!({"Response": {"Error": long, "RequestId": long}}).to_string();
    let Err(DecodeError::Body(error)) = decode::<()>(200, body.as_bytes()) else { panic!("an error") };
    assert!(matches!(error.problem, BodyProblem::ErrorWithoutCode { .. }));
    let body =
        serde_json::json!({"Response": {"Error": {"Code": long, "Message": long}, "RequestId": long}}).to_string();
    let Err(DecodeError::Api(api)) = decode::<()>(200, body.as_bytes()) else { panic!("an error") };
    assert_eq!(api.message(), long);
    let texts = [error.to_string(), format!("{error:?}"), api.to_string(), format!("{api:?}"), format!("{api:#?}")];
    for text in texts {
        let lines = text.lines().count();
        assert!(text.len() < 20_000 && !text.contains('\u{1b}') && lines < 12, "{} bytes, {lines} lines", text.len());
    }
}

/// A response type that has a member `Error`, as in lkeap.
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
fn a_response_type_with_a_member_error_reads_it() {
    let own = |content: &str| decode::<Own>(200, format!(r#"{{"Response":{{{content}}}}}"#).as_bytes());
    let found = own(r#""Error":"none","Count":"1","RequestId":"x""#).expect("an answer");
    assert_eq!(*found, Own(Some("none".into()), Some(1)));
    assert_eq!(*own(r#""Error":"none","RequestId":"x""#).expect("an answer"), Own(Some("none".into()), None));
    let text =
        decoded::<Own>(200, r#"{"Response":{"RequestId":"x","Error":{"Code":"FailedOperation","Message":"m"}}}"#);
    assert_eq!(text, "FailedOperation: m (request x)");
}
