//! Members that a response does not have, and members that the struct does not have.

use super::{Sample, answer, decode};
use crate::response::{BodyProblem, Coercion, DecodeError};

#[test]
fn absent_and_unread_members_are_found_by_their_paths() {
    let found = answer(
        r#""COUNT":4,"group_num":1,"Tags":[],"Next":[{"Name":"a","Open":true,"Score":1,"Tags":[],"Next":[],"Cout":3}]"#,
    );
    let found = found.expect("an answer");
    assert_eq!(found.missing(), ["Next.0.Count", "Count", "Name", "Score", "Open"]);
    assert_eq!(found.unread(), ["COUNT", "group_num", "Next.0.Cout"]);
    assert_eq!(
        found.hints(),
        [
            "the response has `COUNT`, and `count` reads `Count`: write `#[tc(name = \"COUNT\")]`",
            "the response has `group_num`, and `group_num` reads `GroupNum`: write `#[tc(name = \"group_num\")]`",
        ]
    );
    let coercions: Vec<String> = found.coercions().iter().map(ToString::to_string).collect();
    assert_eq!(
        coercions,
        [
            "`Count` is absent and was read as 0: the response has `COUNT`, and `count` reads `Count`: write `#[tc(name = \"COUNT\")]`",
        ]
    );
    assert_eq!((found.coercions()[0].path(), found.coercions()[0].found()), ("Count", "`COUNT`: 4"));
    assert_eq!(found.count, 0);
}

#[test]
fn the_body_of_a_complete_response_is_not_kept() {
    let whole = r#""Count":1,"GroupNum":1,"Name":"","Score":0,"Open":true,"At":null,"Tags":[],"Next":[]"#;
    let found = answer(whole).expect("an answer");
    assert!(found.source.is_none() && found.missing().is_empty() && found.unread().is_empty());
    let lacks_an_option = whole.replace(r#""GroupNum":1,"#, "");
    let found = answer(&lacks_an_option).expect("an answer");
    assert!(found.missing().is_empty() && found.unread().is_empty() && found.strict().is_ok());
}

#[test]
fn differences_are_found_after_lenient_reading() {
    let found = answer(r#""Score":"0.5","score":1,"NAME":"\ud800","Next":"-""#).expect("an answer");
    assert_eq!(found.missing(), ["Count", "Name", "Open", "Tags"]);
    assert_eq!(found.unread(), ["score", "NAME"]);
    let paths: Vec<&str> = found.coercions().iter().map(Coercion::path).collect();
    // `score` differs only in case from a member that is there.
    assert_eq!(paths, ["Score", "Next", "Name"]);
}

#[test]
fn differences_of_nested_structs_are_found_after_lenient_reading() {
    let nested = r#""COUNT":4,"GroupNum":1,"Name":"a","Score":"0.5","Open":true,"At":null,"Tags":[],"Next":[]"#;
    let whole = |next: &str| {
        format!(r#""Count":1,"GroupNum":1,"Name":"","Score":0,"Open":true,"At":null,"Tags":[],"Next":[{{{next}}}]"#)
    };
    let found = answer(&whole(nested)).expect("an answer");
    assert_eq!((found.missing(), found.unread()), (vec!["Next.0.Count".to_owned()], vec!["Next.0.COUNT".to_owned()]));
    let paths: Vec<&str> = found.coercions().iter().map(Coercion::path).collect();
    assert_eq!(paths, ["Next.0.Score", "Next.0.Count"]);
    // Only a member that the struct does not have.
    let other = nested.replace("COUNT", "Count").replace(r#""Tags""#, r#""Other":1,"Tags""#);
    assert_eq!(answer(&whole(&other)).expect("an answer").unread(), ["Next.0.Other"]);
}

#[test]
fn differences_are_kept_when_the_value_is_converted() {
    let found = answer(r#""Cpu":4"#);
    assert!(found.is_err(), "no known member");
    let found = answer(r#""Count":1,"Cpu":4"#).expect("an answer").map(|sample| sample.count);
    assert_eq!(found.unread(), ["Cpu"]);
    assert_eq!(found, found.clone());
}

#[test]
fn members_of_a_response_without_documented_members_are_unread() {
    let found = decode::<()>(200, br#"{"Response":{"InstanceIdSet":["i"],"RequestId":"x"}}"#).expect("an answer");
    assert_eq!(found.unread(), ["InstanceIdSet"]);
    let found = decode::<serde_json::Value>(200, br#"{"Response":{"InstanceIdSet":["i"]}}"#).expect("an answer");
    assert!(found.missing().is_empty() && found.unread().is_empty());
}

#[test]
fn the_paths_are_bounded_and_printable() {
    let many = vec![r#"{"x\u001b\n":1}"#; 5000].join(",");
    let found = answer(&format!(r#""Next":[{many}]"#)).expect("an answer");
    assert_eq!((found.missing().len(), found.unread().len()), (100, 100));
    assert!(found.unread()[0].starts_with("Next.0.x"), "{}", found.unread()[0]);
    assert!(!found.unread()[0].chars().any(char::is_control));
    let long = answer(&format!(r#""Count":1,"{}":1"#, "y".repeat(100_000))).expect("an answer");
    assert!(long.unread()[0].len() < 100);
}

#[test]
fn a_strict_response_has_no_differences() {
    for content in [r#""Count":1"#, r#""COUNT":1,"Name":"""#, r#""GroupNum":"1""#] {
        let Err(DecodeError::Body(error)) = answer(content).expect("an answer").strict() else { panic!("{content}") };
        assert!(matches!(error.problem, BodyProblem::Differs { .. }));
        assert_eq!((error.request_id.as_deref(), error.is_retryable()), (Some("id-1"), false));
        assert!(error.to_string().contains("` is missing"), "{error}");
    }
}

#[test]
fn debug_does_not_show_the_body() {
    let found = answer(r#""Count":1,"Secret":"hush""#).expect("an answer");
    assert!(!format!("{found:?}").contains("hush"));
}

#[test]
fn a_name_that_differs_in_case_from_a_present_member_is_not_a_coercion() {
    let found = decode::<Sample>(200, br#"{"Response":{"Count":1,"COUNT":2}}"#).expect("an answer");
    assert_eq!((found.coercion_count(), found.unread()), (0, vec!["COUNT".to_owned()]));
}
