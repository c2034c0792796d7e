//! Checks of parameters against the spec, in JSON and in queries.

use serde_json::{Value, json};

use crate::emulator::hand::{Request, escape};
use crate::emulator::{emulator, run};

/// Calls `action` with these parameters in JSON; returns code, message, the parameters as read, and the coercions.
fn call(action: &str, params: &str) -> (String, String, Value, Vec<String>) {
    run(async {
        let emulator = emulator().await;
        let mut request = Request::json(&emulator, action, params);
        request.sign();
        let answer = request.send(&emulator).await;
        let received = emulator.received().pop().expect("one request");
        (answer.code(), answer.message(), received.params, received.coercions)
    })
}

/// Calls `action` with a query; returns code, message and the parameters as read.
fn query(action: &str, query: &str) -> (String, String, Value) {
    run(async {
        let emulator = emulator().await;
        let mut request = Request::get(&emulator, action, query);
        request.sign();
        let answer = request.send(&emulator).await;
        let received = emulator.received().pop().expect("one request");
        (answer.code(), answer.message(), received.params)
    })
}

#[track_caller]
fn check(params: &Value, expected: &str, message: &str) {
    let (code, said, ..) = call("Search", &params.to_string());
    assert_eq!(code, expected, "{params}: {said}");
    assert!(said.contains(message), "{params}: {said}");
}

#[track_caller]
fn check_query(text: &str, expected: &str, params: &Value) {
    let (code, said, read) = query("Search", text);
    assert_eq!(code, expected, "{text}: {said}");
    if expected == "ok" {
        assert_eq!(read, *params, "{text}");
    }
}

#[test]
fn values_within_the_limits_are_accepted() {
    for params in [
        json!({}),
        json!({ "Type": "Default" }),
        json!({ "PersonIds": [] }),
        json!({ "PersonIds": ["a", "12345", ""] }),
        json!({ "Filters": [{ "Name": "n" }, { "Name": "", "Values": ["a", "b"] }] }),
        json!({ "Limit": 1, "Offset": i64::MIN, "Score": 1, "Deep": false }),
        json!({ "Limit": 100, "Offset": i64::MAX, "Score": 0.0, "Deep": true }),
        json!({ "Since": "2022-01-01T00:00:00+08:00" }),
        json!({ "Since": "2022-01-01T00:00:00Z" }),
        json!({ "Password": "äöü" }),
        json!({ "Free": { "any": [1, "thing", null] } }),
        json!({ "Size": "S", "Sizes": ["M", "S", "S"], "Ports": [443, "80", -1], "Speed": 2, "Zoom": 1.0 }),
        json!({ "Sizes": [], "Speed": "0.5" }),
        json!({ "Type": null, "PersonIds": null, "Limit": null }),
    ] {
        check(&params, "ok", "");
    }
}

#[test]
fn an_undocumented_parameter_is_unknown() {
    check(&json!({ "Limt": 5 }), "UnknownParameter", "`Limt`");
    check(&json!({ "limit": 5 }), "UnknownParameter", "`limit`");
    check(&json!({ "Filters": [{ "Name": "n", "Value": "v" }] }), "UnknownParameter", "`Filters.0.Value`");
}

#[test]
fn a_missing_required_parameter_is_reported() {
    for params in ["{}", r#"{"PersonId":null}"#] {
        let (code, message, ..) = call("Person", params);
        assert_eq!((code.as_str(), message.contains("`PersonId`")), ("MissingParameter", true), "{message}");
    }
    check(&json!({ "Filters": [{ "Name": "n" }, {}] }), "MissingParameter", "`Filters.1.Name`");
}

#[test]
fn a_value_of_another_type_is_an_invalid_parameter() {
    for (params, path) in [
        (json!({ "Type": 1 }), "`Type` must be text"),
        (json!({ "PersonIds": "a" }), "`PersonIds` must be a list; received: the text `a`"),
        (json!({ "PersonIds": { "0": "a" } }), "`PersonIds` must be a list"),
        (json!({ "PersonIds": ["a", 1] }), "`PersonIds.1` must be text; received: `1`"),
        (json!({ "PersonIds": [null] }), "`PersonIds.0` must be text; received: null"),
        (json!({ "Filters": ["n"] }), "`Filters.0` must be an object"),
        (json!({ "Filters": [[]] }), "`Filters.0` must be an object; received: a list"),
        (json!({ "Limit": "ten" }), "`Limit` must be an integer; received: the text `ten`"),
        (json!({ "Limit": "+5" }), "`Limit` must be an integer"),
        (json!({ "Limit": 1.5 }), "`Limit` must be an integer; received: `1.5`"),
        (json!({ "Limit": true }), "`Limit` must be an integer"),
        (json!({ "Limit": [5] }), "`Limit` must be an integer; received: a list"),
        (json!({ "Score": "half" }), "`Score` must be a number"),
        (json!({ "Score": "NaN" }), "`Score` must be a number"),
        (json!({ "Deep": 1 }), "`Deep` must be a boolean"),
        (json!({ "Deep": "yes" }), "`Deep` must be a boolean"),
        (json!({ "Since": "yesterday" }), "`Since` must be a time"),
        (json!({ "Since": 0 }), "`Since` must be text"),
    ] {
        check(&params, "InvalidParameter", path);
    }
    for body in ["", "[]", "null", "{", r#"{"Limit":1}x"#, "\u{feff}{}"] {
        let (code, message, ..) = call("Search", body);
        assert_eq!(code, "InvalidParameter", "{body}: {message}");
    }
}

#[test]
fn a_value_beyond_its_limits_is_reported_with_limit_and_value() {
    for (params, message) in [
        (json!({ "Limit": 101 }), "`Limit` is not accepted: it is `101`; 1 to 100 is accepted"),
        (json!({ "Limit": 0 }), "`0`"),
        (json!({ "Limit": -1 }), "`-1`"),
        (json!({ "Limit": u64::MAX }), "`18446744073709551615`"),
        (json!({ "Offset": u64::MAX }), "`Offset`"),
        (json!({ "Score": 1.5 }), "`1.5`; 0 to 1 is accepted"),
        (json!({ "Type": "default" }), "`default`; accepted are UserDefine, Default"),
        (json!({ "PersonIds": ["a", "b", "c", "d"] }), "`PersonIds` is not accepted: it has 4 items; at most 3"),
        (json!({ "PersonIds": ["a", "123456"] }), "`PersonIds.1` is not accepted: it has 6 characters; at most 5"),
        (json!({ "PersonIds": ["A"] }), "`PersonIds.0` is not accepted: it is `A` and has the character `A`"),
        (json!({ "Filters": [{ "Name": "n", "Values": ["a", "b", "c"] }] }), "`Filters.0.Values`"),
        (json!({ "Size": "s" }), "`Size` is not accepted: it is `s`; accepted are S, M"),
        (json!({ "Sizes": ["S", "L"] }), "`Sizes.1` is not accepted: it is `L`; accepted are S, M"),
        (json!({ "Ports": [80, 81] }), "`Ports.1` is not accepted: it is `81`; accepted are -1, 80, 443"),
        (json!({ "Speed": 1 }), "`Speed` is not accepted: it is `1`; accepted are 0.5, 2.0"),
        (json!({ "Zoom": 1.5 }), "`Zoom` is not accepted: it is `1.5`; accepted are 1, 2"),
    ] {
        check(&params, "InvalidParameterValue", message);
    }
}

#[test]
fn no_message_contains_a_sensitive_value() {
    for password in [json!("hunter2"), json!(["hunter2"]), json!({ "hunter2": 1 }), json!(4711)] {
        let (code, message, ..) = call("Search", &json!({ "Password": password }).to_string());
        assert!(code.starts_with("InvalidParameter"), "{code}");
        assert!(!message.contains("hunter2") && !message.contains("4711"), "{message}");
    }
    let (code, message, ..) = call("Search", &json!({ "Pin": 4711 }).to_string());
    assert_eq!((code.as_str(), message.contains("4711")), ("InvalidParameterValue", false), "{message}");
}

#[test]
fn numbers_and_booleans_as_text_are_accepted_and_reported() {
    let (code, _, params, coercions) =
        call("Search", r#"{"Limit":"20","Offset":"-3","Score":"0.5","Deep":"True","Filters":[]}"#);
    assert_eq!(code, "ok");
    assert_eq!(params, json!({ "Limit": 20, "Offset": -3, "Score": 0.5, "Deep": true, "Filters": [] }));
    assert_eq!(
        coercions,
        [
            "Limit: the text `20` as an integer",
            "Offset: the text `-3` as an integer",
            "Score: the text `0.5` as a number",
            "Deep: the text `True` as a boolean",
        ]
    );
}

#[test]
fn queries_and_json_have_the_same_meaning() {
    for (text, expected, params) in [
        ("", "ok", json!({})),
        (
            "Limit=20&Offset=-1&Deep=true&Score=0.25",
            "ok",
            json!({ "Limit": 20, "Offset": -1, "Deep": true, "Score": 0.25 }),
        ),
        ("PersonIds.0=a&PersonIds.1=b", "ok", json!({ "PersonIds": ["a", "b"] })),
        ("PersonIds.1=b&PersonIds.0=a", "ok", json!({ "PersonIds": ["a", "b"] })),
        (
            "Filters.0.Name=n&Filters.0.Values.0=x&Filters.0.Values.1=&Filters.1.Name=m",
            "ok",
            json!({ "Filters": [{ "Name": "n", "Values": ["x", ""] }, { "Name": "m" }] }),
        ),
        ("Filters.0.Name=a+b", "ok", json!({ "Filters": [{ "Name": "a b" }] })),
        ("Filters.0.Name=a%20b%2Bc%e4%BD%a0", "ok", json!({ "Filters": [{ "Name": "a b+c你" }] })),
        ("Free.A.0=x&Free.B=y", "ok", json!({ "Free": { "A": ["x"], "B": "y" } })),
        ("Limit=101", "InvalidParameterValue", json!(null)),
        ("Limit=", "InvalidParameter", json!(null)),
        ("Limit", "InvalidParameter", json!(null)),
        ("Limit=1&Limit=2", "InvalidParameter", json!(null)),
        ("Limit=1&Limit.0=2", "InvalidParameter", json!(null)),
        ("Limit.0=1", "InvalidParameter", json!(null)),
        ("PersonIds=a", "InvalidParameter", json!(null)),
        ("PersonIds.1=a", "InvalidParameter", json!(null)),
        ("PersonIds.0=a&PersonIds.2=b", "InvalidParameter", json!(null)),
        ("PersonIds.00=a", "InvalidParameter", json!(null)),
        ("PersonIds.=a", "InvalidParameter", json!(null)),
        ("PersonIds.0=a&PersonIds.1=b&PersonIds.2=c&PersonIds.3=d", "InvalidParameterValue", json!(null)),
        ("Nope=1", "UnknownParameter", json!(null)),
        ("Filters.0.Nope=1", "UnknownParameter", json!(null)),
        ("Filters.0.Values.0=x", "MissingParameter", json!(null)),
        ("Type=%zz", "InvalidParameter", json!(null)),
        ("Type=%ff", "InvalidParameter", json!(null)),
    ] {
        check_query(text, expected, &params);
    }
}

#[test]
fn a_list_of_eleven_keeps_its_order() {
    let text: Vec<String> = (0..11).map(|index| format!("Tags.{index}={index}")).collect();
    let (code, message, params) = query("Upload", &format!("File=&{}", text.join("&")));
    assert_eq!(code, "ok", "{message}");
    assert_eq!(params["Tags"], json!((0..11).map(|index| index.to_string()).collect::<Vec<_>>()));
}

#[test]
fn a_name_with_too_many_parts_is_an_error() {
    let (code, ..) = query("Search", &format!("Free{}=1", ".0".repeat(10_000)));
    assert_eq!(code, "InvalidParameter");
    let (code, ..) = query("Search", &format!("Free.{}=1", escape("\u{0}")));
    assert_eq!(code, "ok");
}
