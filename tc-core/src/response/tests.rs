//! Decoding bodies as servers send them.

mod differences;
mod error_members;
mod odd_members;
mod texts_and_numbers;

use chrono::{DateTime, Utc};
use serde::de::MapAccess;

use super::{BodyProblem, DecodeError, Response, decode};
use crate::model::{Fields, Model, Param, Value, deserialize, spec_of};
use crate::spec::ModelSpec;

/// A response with a member of every kind.
#[derive(Debug, Clone, PartialEq)]
struct Sample {
    count: u64,
    group_num: Option<u64>,
    name: String,
    score: f64,
    open: bool,
    at: Option<DateTime<Utc>>,
    tags: Vec<String>,
    next: Vec<Sample>,
}

impl Fields for Sample {
    fn model(&self) -> &'static ModelSpec {
        Self::MODEL
    }

    fn member(&self, _: usize) -> Value<'_> {
        Value::Absent
    }
}

impl Model for Sample {
    const MODEL: &'static ModelSpec = &ModelSpec::new(
        "Sample",
        &[
            spec_of::<u64>("Count", "count"),
            spec_of::<Option<u64>>("GroupNum", "group_num"),
            spec_of::<String>("Name", "name"),
            spec_of::<f64>("Score", "score"),
            spec_of::<bool>("Open", "open"),
            spec_of::<Option<DateTime<Utc>>>("At", "at"),
            spec_of::<Vec<String>>("Tags", "tags"),
            spec_of::<Vec<Sample>>("Next", "next"),
        ],
    );

    fn empty() -> Self {
        Self {
            count: 0,
            group_num: None,
            name: String::new(),
            score: 0.0,
            open: false,
            at: None,
            tags: Vec::new(),
            next: Vec::new(),
        }
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, index: usize, map: &mut A) -> Result<(), A::Error> {
        match index {
            0 => self.count.read(map),
            1 => self.group_num.read(map),
            2 => self.name.read(map),
            3 => self.score.read(map),
            4 => self.open.read(map),
            5 => self.at.read(map),
            6 => self.tags.read(map),
            _ => self.next.read(map),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Sample {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

impl Param for Sample {
    const TYPE: crate::spec::Type = crate::spec::Type::Model(crate::spec::ModelRef::of(|| Sample::MODEL));
    const SHAPE: crate::spec::Shape = crate::spec::Shape::One;

    fn value(&self) -> Value<'_> {
        Value::Model(self)
    }

    fn empty() -> Self {
        Model::empty()
    }

    fn from_literal(_: crate::spec::Literal<'_>) -> Self {
        Model::empty()
    }
}

fn answer(content: &str) -> Result<Response<Sample>, DecodeError> {
    decode(200, format!(r#"{{"Response":{{{content},"RequestId":"id-1"}}}}"#).as_bytes())
}

/// Decodes `content`, and compares the value and the coercions, each written as "path: found -> read_as".
#[track_caller]
fn check(content: &str, expected: &Sample, coercions: &[&str]) {
    let response = answer(content).expect("an answer");
    assert_eq!(response.request_id(), "id-1");
    let reported: Vec<String> = response
        .coercions()
        .iter()
        .map(|coercion| format!("{}: {} -> {}", coercion.path(), coercion.found(), coercion.read_as()))
        .collect();
    assert_eq!(reported, coercions);
    assert_eq!(&response.into_inner(), expected);
}

fn empty() -> Sample {
    Model::empty()
}

fn time(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

#[test]
fn absent_and_null_members_are_empty_without_a_coercion() {
    check(r#""Count":3"#, &Sample { count: 3, ..empty() }, &[]);
    check(r#""Count":3,"GroupNum":null,"Tags":null,"Next":null,"At":null"#, &Sample { count: 3, ..empty() }, &[]);
    check(r#""Count":3,"Later":{"a":[1]}"#, &Sample { count: 3, ..empty() }, &[]);
}

#[test]
fn a_scalar_of_another_type_is_converted_and_reported() {
    check(r#""GroupNum":"1""#, &Sample { group_num: Some(1), ..empty() }, &[r#"GroupNum: "1" -> 1"#]);
    check(r#""GroupNum":"""#, &empty(), &[r#"GroupNum: "" -> null"#]);
    check(r#""Count":2.0"#, &Sample { count: 2, ..empty() }, &["Count: 2.0 -> 2"]);
    check(r#""Count":1.5e3"#, &Sample { count: 1500, ..empty() }, &["Count: 1.5e3 -> 1500"]);
    check(
        r#""Count":"18446744073709551615""#,
        &Sample { count: u64::MAX, ..empty() },
        &[r#"Count: "18446744073709551615" -> 18446744073709551615"#],
    );
    check(
        r#""Name":12345678901234567890123"#,
        &Sample { name: "12345678901234567890123".into(), ..empty() },
        &[r#"Name: 12345678901234567890123 -> "12345678901234567890123""#],
    );
    check(
        r#""Score":"0.5","Open":"True""#,
        &Sample { score: 0.5, open: true, ..empty() },
        &[r#"Score: "0.5" -> 0.5"#, r#"Open: "True" -> true"#],
    );
    check(
        r#""Open":1,"Name":true"#,
        &Sample { open: true, name: "true".into(), ..empty() },
        &["Open: 1 -> true", r#"Name: true -> "true""#],
    );
    check(r#""Count":null,"Name":null"#, &empty(), &["Count: null -> 0", r#"Name: null -> """#]);
}

#[test]
fn coercions_name_the_path_into_lists() {
    let inner = Sample { count: 7, tags: vec!["1".into()], ..empty() };
    check(
        r#""Next":[{"Count":1},{"Count":"7","Tags":[1]}]"#,
        &Sample { next: vec![Sample { count: 1, ..empty() }, inner], ..empty() },
        &[r#"Next.1.Count: "7" -> 7"#, r#"Next.1.Tags.0: 1 -> "1""#],
    );
}

#[test]
fn times_are_read_in_both_formats_and_unreadable_ones_are_absent() {
    check(r#""At":"2018-10-01T10:00:00Z""#, &Sample { at: Some(time("2018-10-01T10:00:00Z")), ..empty() }, &[]);
    check(
        r#""At":"2018-10-01 10:00:00""#,
        &Sample { at: Some(time("2018-10-01T02:00:00Z")), ..empty() },
        &[r#"At: "2018-10-01 10:00:00" -> "2018-10-01T10:00:00+08:00""#],
    );
    for unreadable in [r#""0000-00-00 00:00:00""#, r#""soon""#, r#""""#, "17"] {
        check(&format!(r#""At":{unreadable}"#), &empty(), &[&format!("At: {unreadable} -> null")]);
    }
}

/// The problem of a body that cannot be decoded.
#[track_caller]
fn problem(status: u16, body: &[u8]) -> BodyProblem {
    match decode::<Sample>(status, body) {
        Err(DecodeError::Body(error)) => error.problem,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_required_member_that_cannot_be_read_is_an_error() {
    for (content, path, expected) in [
        (r#""Next":[{"Next":[{"Count":[1]}]}]"#, "Next.0.Next.0.Count", "an integer"),
        (r#""Count":"many""#, "Count", "an integer"),
        (r#""Count":-1"#, "Count", "an integer from 0 to 18446744073709551615 (u64)"),
        (r#""Count":99999999999999999999"#, "Count", "an integer from 0 to 18446744073709551615 (u64)"),
        (r#""Count":{}"#, "Count", "an integer"),
        (r#""Name":{}"#, "Name", "text"),
        (r#""Open":"perhaps""#, "Open", "a boolean"),
        (r#""Score":"N/A""#, "Score", "a number"),
    ] {
        match answer(content) {
            Err(DecodeError::Body(error)) => match error.problem {
                BodyProblem::Mismatch { path: at, expected: documented, .. } => {
                    assert_eq!((at.as_str(), documented), (path, expected), "{content}");
                    assert_eq!(error.request_id.as_deref(), Some("id-1"));
                }
                other => panic!("{content}: {other:?}"),
            },
            other => panic!("{content}: {other:?}"),
        }
    }
}

#[test]
fn a_response_with_only_a_request_id_is_empty_and_one_with_only_unknown_members_is_an_error() {
    let answered = decode::<Sample>(200, br#"{"Response":{"RequestId":"x"}}"#).expect("an answer");
    assert_eq!(answered.into_inner(), empty());
    assert_eq!(
        problem(200, br#"{"Response":{"Foo":1,"Bar":2,"RequestId":"x"}}"#),
        BodyProblem::NoKnownMember { member: "Foo".into() }
    );
    assert!(decode::<()>(200, br#"{"Response":{"Foo":1,"RequestId":"x"}}"#).is_ok());
}

#[test]
fn a_body_that_is_not_a_response_has_a_problem() {
    assert_eq!(problem(200, b""), BodyProblem::Empty);
    assert_eq!(problem(502, b"  \n"), BodyProblem::Empty);
    assert!(matches!(problem(502, b"<html>Bad Gateway</html>"), BodyProblem::NotJson { .. }));
    assert!(matches!(problem(200, br#"{"Response":{"Count":"#), BodyProblem::NotJson { .. }));
    assert!(matches!(problem(200, b"{\"Response\":{\"Name\":\"\xFF"), BodyProblem::NotJson { .. }));
    assert!(matches!(problem(200, b"\xFF{\"Response\":{}}"), BodyProblem::NotJson { .. }));
    assert_eq!(problem(200, b"{}"), BodyProblem::NoResponse);
    assert_eq!(problem(200, b"[1]"), BodyProblem::NoResponse);
    assert_eq!(problem(200, br#"{"Response":null}"#), BodyProblem::NoResponse);
    assert_eq!(problem(500, br#"{"Response":{"Count":1}}"#), BodyProblem::Status);
}

#[test]
fn a_response_with_an_error_is_an_error_whatever_other_members_it_has() {
    for body in [
        r#"{"Response":{"Error":{"Code":"InternalError","Message":"m"},"RequestId":"x"}}"#,
        r#"{"Response":{"RequestId":"x","Count":1,"Error":{"Message":"m","Code":"InternalError","More":[]}}}"#,
        r#"{"Response":{"Count":{"no":"integer"},"Error":{"Code":"InternalError","Message":"m"},"RequestId":"x"}}"#,
    ] {
        match decode::<Sample>(200, body.as_bytes()) {
            Err(DecodeError::Api(error)) => {
                assert_eq!(error.to_string(), "InternalError: m (request x)", "{body}");
            }
            other => panic!("{body}: {other:?}"),
        }
    }
    let old = br#"{"code":4100,"message":"no","codeDesc":"AuthFailure"}"#;
    match decode::<Sample>(200, old) {
        Err(DecodeError::Api(error)) => assert_eq!(error.to_string(), "AuthFailure: no"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn untyped_json_keeps_every_member() {
    let answer = decode::<serde_json::Value>(
        200,
        b"\xEF\xBB\xBF{\"Response\":{\"A\":18446744073709551615,\"RequestId\":\"x\"}}",
    )
    .expect("an answer");
    assert_eq!(answer["A"], u64::MAX);
    assert_eq!(answer.request_id(), "x");
    assert!(answer.get("RequestId").is_none());
}
