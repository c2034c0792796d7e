//! What an answer lacks, and what nobody reads of it.

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
            "`COUNT` arrived; `count` reads `Count`: write `#[tc(name = \"COUNT\")]`",
            "`group_num` arrived; `group_num` reads `GroupNum`: write `#[tc(name = \"group_num\")]`",
        ]
    );
    let coercions: Vec<String> = found.coercions().iter().map(ToString::to_string).collect();
    assert_eq!(
        coercions,
        [
            "`Count` is absent and was read as 0: `COUNT` arrived; `count` reads `Count`: write `#[tc(name = \"COUNT\")]`",
        ]
    );
    assert_eq!((found.coercions()[0].path(), found.coercions()[0].found()), ("Count", "`COUNT`: 4"));
    assert_eq!(found.count, 0);
}

#[test]
fn an_answer_that_is_complete_keeps_no_text() {
    let whole = r#""Count":1,"GroupNum":1,"Name":"","Score":0,"Open":true,"At":null,"Tags":[],"Next":[]"#;
    let found = answer(whole).expect("an answer");
    assert!(found.source.is_none() && found.missing().is_empty() && found.unread().is_empty());
    let lacks_an_option = whole.replace(r#""GroupNum":1,"#, "");
    let found = answer(&lacks_an_option).expect("an answer");
    assert!(found.missing().is_empty() && found.unread().is_empty() && found.strict().is_ok());
}

#[test]
fn the_same_is_found_after_a_second_look() {
    let found = answer(r#""Score":"0.5","score":1,"NAME":"\ud800","Next":"-""#).expect("an answer");
    assert_eq!(found.missing(), ["Count", "Name", "Open", "Tags"]);
    assert_eq!(found.unread(), ["score", "NAME"]);
    let paths: Vec<&str> = found.coercions().iter().map(Coercion::path).collect();
    // `score` differs only in case from a member that is there.
    assert_eq!(paths, ["Score", "Next", "Name"]);
}

#[test]
fn another_value_keeps_what_was_found() {
    let found = answer(r#""Cpu":4"#);
    assert!(found.is_err(), "none of its members");
    let found = answer(r#""Count":1,"Cpu":4"#).expect("an answer").map(|sample| sample.count);
    assert_eq!(found.unread(), ["Cpu"]);
    assert_eq!(found, found.clone());
}

#[test]
fn an_action_that_answers_with_an_id_only_says_what_else_arrived() {
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
fn a_strict_answer_is_one_without_a_difference() {
    for content in [r#""Count":1"#, r#""COUNT":1,"Name":"""#, r#""GroupNum":"1""#] {
        let Err(DecodeError::Body(error)) = answer(content).expect("an answer").strict() else { panic!("{content}") };
        assert!(matches!(error.problem, BodyProblem::Differs { .. }));
        assert_eq!((error.request_id.as_deref(), error.is_retryable()), (Some("id-1"), false));
        assert!(error.to_string().contains("` is missing"), "{error}");
    }
}

#[test]
fn a_body_is_not_shown_by_debug() {
    let found = answer(r#""Count":1,"Secret":"hush""#).expect("an answer");
    assert!(!format!("{found:?}").contains("hush"));
}

/// `Sample` in a struct of the same members, all of them read.
#[test]
fn a_name_of_another_case_that_is_also_there_is_no_coercion() {
    let found = decode::<Sample>(200, br#"{"Response":{"Count":1,"COUNT":2}}"#).expect("an answer");
    assert_eq!((found.coercion_count(), found.unread()), (0, vec!["COUNT".to_owned()]));
}
