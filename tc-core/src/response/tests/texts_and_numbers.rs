//! Texts with invalid characters, and numbers beyond 64 bits.

use serde_json::{Value as Json, json};

use super::{Sample, check, decode, empty};
use crate::response::{Coercion, Response};

#[test]
fn half_a_surrogate_pair_is_replaced_and_reported() {
    let read = Sample { name: "a\u{fffd}b".into(), ..empty() };
    check(r#""Name":"a\ud800b""#, &read, &[r#"Name: "a\ud800b" -> "a�b""#]);
    check(r#""Name":"a\uDFFFb""#, &read, &[r#"Name: "a\uDFFFb" -> "a�b""#]);
    check(
        r#""Tags":["\ud83d\ude00","\ud83d"]"#,
        &Sample { tags: vec!["😀".into(), "\u{fffd}".into()], ..empty() },
        &[r#"Tags.1: "\ud83d" -> "�""#],
    );
    // An invalid text in an unknown member is not an error.
    check(r#""Other":"\ud800","Count":1"#, &Sample { count: 1, ..empty() }, &[]);
}

#[test]
fn an_invalid_byte_of_utf_8_is_replaced_and_reported() {
    let body = b"{\"Response\":{\"Name\":\"a\xFFb\",\"Other\":\"\xC3\x28\",\"RequestId\":\"x\xFE\"}}";
    let found = decode::<Sample>(200, body).expect("an answer");
    assert_eq!((found.name.as_str(), found.request_id()), ("a\u{fffd}b", r"x�"));
    let paths: Vec<&str> = found.coercions().iter().map(Coercion::path).collect();
    assert_eq!(paths, ["Name", "RequestId"]);
    // A control character that is not escaped.
    let found = decode::<Sample>(200, b"{\"Response\":{\"Name\":\"a\nb\"}}").expect("an answer");
    assert_eq!((found.name.as_str(), found.coercion_count()), ("a\nb", 1));
}

#[track_caller]
fn json(content: &str) -> Response<Json> {
    decode(200, format!(r#"{{"Response":{{{content},"RequestId":"x"}}}}"#).as_bytes()).expect("an answer")
}

#[test]
fn an_invalid_text_in_untyped_json_is_corrected() {
    let found = json(r#""A":[{"B":"\ud800"}],"C":"fine""#);
    assert_eq!(*found, json!({"A": [{"B": "\u{fffd}"}], "C": "fine"}));
    assert_eq!(found.coercions()[0].path(), "A.0.B");
    // Without a spec, the text may be sensitive.
    assert_eq!(found.coercions()[0].found(), "text");
}

#[test]
fn a_number_beyond_64_bits_keeps_its_digits() {
    for number in
        ["18446744073709551616", "-9223372036854775809", "123456789012345678901234567890", "1e400", "-1.5e400"]
    {
        let found = json(&format!(r#""A":{{"B":[{number},7]}}"#));
        assert_eq!(*found, json!({"A": {"B": [number, 7]}}), "{number}");
        let coercion = &found.coercions()[0];
        assert_eq!((coercion.path(), coercion.read_as(), found.coercion_count()), ("A.B.0", "text", 1));
    }
    for number in ["18446744073709551615", "-9223372036854775808", "0.1", "1e300", "-2.5", "1e20"] {
        let found = json(&format!(r#""A":{number}"#));
        assert!(found["A"].is_number(), "{number}");
        assert_eq!((found["A"].to_string().replace('+', "").as_str(), found.coercion_count()), (number, 0));
    }
}

#[test]
fn untyped_json_is_read_as_by_serde_json() {
    let text = r#"{"a":[1,-2,3.5,true,false,null,"t\n",{"b":{}},[]],"z":{"y":[[[]]]},"Error":null}"#;
    assert_eq!(json(&text[1..text.len() - 1]).into_inner(), serde_json::from_str::<Json>(text).expect("JSON"));
}
