//! A spec that is built at run time, with a model that contains itself. JSON parameters are checked with it, encoded and
//! sent. The separate checks of the emulator must give the same result.

use std::sync::OnceLock;

use serde_json::{Value, json};
use tc_core::emulator::Emulator;
use tc_core::spec::{
    ActionSpec, EnumSpec, EnumValue, Items, Length, Limit, ModelCell, ModelRef, ModelSpec, ParamSpec, Range, Shape,
    Type, Values,
};
use tc_core::{AnyAction, Method, RetryPolicy, encode_json, encode_query};

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// A parameter whose field name is derived from its name, like in the catalog.
fn param(name: &str, ty: Type, shape: Shape, limits: Vec<Limit>) -> ParamSpec {
    let field = tc_spec::names::field_name(name);
    let field = field.trim_start_matches("r#").to_owned();
    ParamSpec::new(name.to_owned().leak(), field.leak(), ty, shape).limits(limits.leak())
}

/// A condition that can contain conditions.
fn condition() -> ModelRef {
    static CELL: OnceLock<ModelCell> = OnceLock::new();
    ModelRef::cell(CELL.get_or_init(|| {
        ModelCell::new(|| {
            let params = vec![
                param("Name", Type::String, Shape::One, vec![Limit::Length(Length { min: 1, max: Some(5) })]),
                param("Values", Type::String, Shape::Many, vec![Limit::Values(Values::Texts(&["a", "b"]))]),
                param(
                    "Any",
                    Type::Model(condition()),
                    Shape::MaybeMany,
                    vec![Limit::Items(Items { min: 1, max: Some(2) })],
                ),
                param("Not", Type::Model(condition()), Shape::Maybe, Vec::new()),
            ];
            leak(ModelSpec::new("Condition", params.leak()))
        })
    }))
}

fn search() -> &'static ActionSpec {
    static SPEC: OnceLock<ActionSpec> = OnceLock::new();
    SPEC.get_or_init(|| {
        let order: &EnumSpec = leak(EnumSpec::new(
            "Order",
            "",
            vec![EnumValue { name: "ASC", doc: "" }, EnumValue { name: "DESC", doc: "" }].leak(),
        ));
        let params = vec![
            param("Id", Type::String, Shape::One, Vec::new()),
            param("Where", Type::Model(condition()), Shape::Maybe, Vec::new()),
            param("Limit", Type::UINT64, Shape::Maybe, vec![Limit::Range(Range::Int { min: None, max: Some(100) })]),
            param("Offset", Type::INT64, Shape::Maybe, Vec::new()),
            param("Score", Type::Float, Shape::Maybe, Vec::new()),
            param("Deep", Type::Boolean, Shape::Maybe, Vec::new()),
            param("Day", Type::Date, Shape::Maybe, vec![Limit::Length(Length { min: 10, max: Some(10) })]),
            param("At", Type::DateTime, Shape::Maybe, Vec::new()),
            param("Since", Type::Time, Shape::Maybe, Vec::new()),
            param("Order", Type::Enum(order), Shape::Maybe, Vec::new()),
            param("Ports", Type::INT64, Shape::Many, vec![Limit::Values(Values::Integers(&[80, 443]))]),
            param("Password", Type::String, Shape::Maybe, vec![Limit::Length(Length { min: 0, max: Some(3) })])
                .sensitive(),
            param("Free", Type::Json, Shape::Maybe, Vec::new()),
        ];
        let request = leak(ModelSpec::new("Search", params.leak()));
        ActionSpec::new("demo", "2020-01-01", "Search", request).response(condition())
    })
}

/// Checks the violations of `validate()`, and that the emulator gives the same result for JSON and a query.
#[track_caller]
fn check(params: &Value, expected: &[&str]) {
    let action = AnyAction::from_spec(search()).params(params.clone());
    let found =
        action.validate().err().map(|violations| violations.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(found.unwrap_or_default(), expected, "{params}");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let emulator = Emulator::start().await.expect("a port");
        emulator.register_spec(search());
        let client = emulator.client_builder().retry(RetryPolicy::none()).build().expect("a client");
        for method in [Method::Post, Method::Get] {
            let sent = client.call(&action).method(method).unchecked().send().await;
            let error = sent.err();
            let code = error.as_ref().and_then(|error| error.code()).map(ToString::to_string).unwrap_or_default();
            let refused = ["InvalidParameter", "InvalidParameterValue", "MissingParameter", "UnknownParameter"];
            // In a query every value is text, so a number instead of a text is not a violation.
            if method == Method::Post || expected.is_empty() {
                assert_eq!(refused.contains(&code.as_str()), !expected.is_empty(), "{method} {params}: {error:?}");
            }
        }
    });
}

#[test]
fn what_the_spec_accepts_is_encoded_and_accepted() {
    let params = json!({
        "Where": {
            "Name": "or",
            "Any": [
                { "Name": "é", "Values": ["a", "b"] },
                { "Name": "not", "Values": [], "Not": { "Name": "x", "Any": [{ "Name": "deep", "Not": null }] } },
            ],
        },
        "Id": "i",
        "Limit": "20",
        "Offset": -3,
        "Score": "0.5",
        "Deep": "True",
        "Day": "2022-01-01",
        "At": "2022-01-01 10:00:00",
        "Since": "2022-01-01T00:00:00+08:00",
        "Order": "DESC",
        "Ports": [443, "80"],
        "Free": { "any": [1, "x"] },
    });
    check(&params, &[]);
    let action = AnyAction::from_spec(search()).params(params);
    assert_eq!(
        String::from_utf8(encode_json(&action).unwrap()).unwrap(),
        r#"{"Id":"i","Where":{"Name":"or","Any":[{"Name":"é","Values":["a","b"]},{"Name":"not","Not":{"Name":"x","Any":[{"Name":"deep"}]}}]},"Limit":20,"Offset":-3,"Score":0.5,"Deep":true,"Day":"2022-01-01","At":"2022-01-01 10:00:00","Since":"2022-01-01T00:00:00+08:00","Order":"DESC","Ports":[443,80],"Free":{"any":[1,"x"]}}"#
    );
    let query = encode_query(&action).unwrap();
    for pair in [("Limit", "20"), ("Where.Any.1.Not.Any.0.Name", "deep"), ("Ports.1", "80"), ("Free.any.0", "1")] {
        assert!(query.contains(&(pair.0.to_owned(), pair.1.to_owned())), "{query:?}");
    }
}

#[test]
fn unknown_and_missing_members_are_found() {
    check(&json!({}), &["`Id` is required and missing"]);
    check(&Value::Null, &["`Id` is required and missing"]);
    check(&json!({ "Id": null }), &["`Id` is required and missing"]);
    check(&json!({ "Id": "", "limit": 1 }), &["`limit` is not a member of Search; did you mean `Limit`?"]);
    check(&json!({ "Id": "", "Colour": 1 }), &["`Colour` is not a member of Search"]);
    check(
        &json!({ "Id": "", "Where": { "Name": "a", "Any": [{ "Nmae": "b" }] } }),
        &[
            "`Where.Any.0.Nmae` is not a member of Condition; did you mean `Name`?",
            "`Where.Any.0.Name` is required and missing",
        ],
    );
}

#[test]
fn members_of_another_type_are_found() {
    for (name, value, message) in [
        ("Id", json!(5), "`Id` must be text, not the integer 5"),
        ("Id", json!(true), "`Id` must be text, not the boolean true"),
        ("Id", json!(["a"]), "`Id` must be text, not a list"),
        ("Id", json!({ "a": 1 }), "`Id` must be text, not an object"),
        ("Where", json!("a"), "`Where` must be a struct, not the text \"a\""),
        ("Where", json!([]), "`Where` must be a struct, not a list"),
        ("Limit", json!("ten"), "`Limit` must be an integer, not the text \"ten\""),
        ("Limit", json!("+5"), "`Limit` must be an integer, not the text \"+5\""),
        ("Limit", json!(1.5), "`Limit` must be an integer, not the number 1.5"),
        ("Limit", json!(-1), "`Limit` is -1; 0 to 100 is accepted"),
        ("Limit", json!("18446744073709551616"), "`Limit` is 18446744073709551616; at most 100 is accepted"),
        ("Offset", json!(u64::MAX), "`Offset` is 18446744073709551615; at most 9223372036854775807 is accepted"),
        ("Score", json!("NaN"), "`Score` must be a number, not the text \"NaN\""),
        ("Deep", json!(1), "`Deep` must be a boolean, not the integer 1"),
        ("Deep", json!("yes"), "`Deep` must be a boolean, not the text \"yes\""),
        ("Day", json!(20_220_101), "`Day` must be a date, not the integer 20220101"),
        ("At", json!(false), "`At` must be a date and time, not the boolean false"),
        ("Since", json!("yesterday"), "`Since` must be a time such as 2022-01-01T00:00:00+08:00, not other text"),
        ("Since", json!(0), "`Since` must be a time, not the integer 0"),
        ("Order", json!(1), "`Order` must be text, not the integer 1"),
        ("Ports", json!(80), "`Ports` must be a list, not the integer 80; write `[…]` around it"),
        ("Ports", json!({ "0": 80 }), "`Ports` must be a list, not an object"),
        ("Ports", json!([80, null]), "`Ports.1` must be an integer, not null"),
        ("Password", json!(4711), "`Password` must be text, not the value given"),
    ] {
        let mut params = json!({ "Id": "i" });
        params[name] = value;
        check(&params, &[message]);
    }
}

#[test]
fn broken_limits_are_found_as_well() {
    check(&json!({ "Id": "i", "Limit": 101 }), &["`Limit` is 101; at most 100 is accepted"]);
    check(&json!({ "Id": "i", "Limit": "101" }), &["`Limit` is 101; at most 100 is accepted"]);
    check(&json!({ "Id": "i", "Day": "2022-1-1" }), &["`Day` has 8 characters; exactly 10 are accepted"]);
    check(
        &json!({ "Id": "i", "Order": "desc" }),
        &["`Order` is \"desc\"; did you mean \"DESC\"? Accepted values are ASC, DESC"],
    );
    check(&json!({ "Id": "i", "Password": "hunter2" }), &["`Password` has 7 characters; at most 3 are accepted"]);
    check(
        &json!({
            "Ports": [80, "x", 81],
            "Where": { "Name": "", "Any": [], "Not": { "Name": "n", "Values": ["a", "c"] } },
        }),
        &[
            "`Id` is required and missing",
            "`Ports.1` must be an integer, not the text \"x\"",
            "`Where.Name` has 0 characters; 1 to 5 are accepted",
            "`Where.Any` has 0 items; 1 to 2 are accepted",
            "`Where.Not.Values.1` is \"c\"; accepted values are a, b",
            "`Ports.2` is 81; accepted values are 80, 443",
        ],
    );
}

#[test]
fn parameters_that_are_not_an_object_are_an_error() {
    for params in [json!([]), json!("a"), json!(1)] {
        let action = AnyAction::from_spec(search()).params(params);
        assert_eq!(
            action.validate().unwrap_err().to_string(),
            "Search: the parameters of an action must be a JSON object"
        );
    }
}

#[test]
fn a_recursive_spec_can_be_printed() {
    let printed = format!("{:?}", search());
    assert!(printed.contains("ModelRef(Condition)"), "{printed}");
    assert!(format!("{:?}", condition().get()).contains("ModelRef(Condition)"));
}
