//! Phrases of both languages and what is read from them. The sentences are made up.

mod defaults;
mod documented;
mod doubts;
mod items;
mod lengths;
mod markup;
mod misread;
mod ranges;
mod values;

use super::{Lang, Mined, MinedInput, mine};
use crate::{Number, Scalar};

/// What is read from the description of a member of this name and type: `int`, `float`, `string`, `bool`, `[string]`.
fn read(name: &str, ty: &str, document: &str) -> Mined {
    let item = ty.strip_prefix('[').and_then(|item| item.strip_suffix(']'));
    let member_type = match item.unwrap_or(ty) {
        "int" => "int64",
        other => other,
    };
    let lang = if document.is_ascii() { Lang::En } else { Lang::Cn };
    mine(&MinedInput {
        lang,
        service: "demo",
        action_or_object: "DescribeThingsRequest",
        name,
        type_: if item.is_some() { "list" } else { ty },
        member_type,
        required: false,
        document,
    })
}

fn number(text: &str) -> Number {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// `"1..100"`, `"..100"`, `"1.."`, or `""` for no range.
#[track_caller]
fn range(document: &str, expected: &str) {
    range_of("int", document, expected);
}

#[track_caller]
fn range_of(ty: &str, document: &str, expected: &str) {
    let end = |text: &str| (!text.is_empty()).then(|| number(text));
    let expected = expected.split_once("..").map(|(low, high)| (end(low), end(high)));
    assert_eq!(read("Size", ty, document).range, expected, "{document}");
}

fn count(expected: &str) -> Option<(Option<u64>, Option<u64>)> {
    let end = |text: &str| text.parse().ok();
    expected.split_once("..").map(|(low, high)| (end(low), end(high)))
}

#[track_caller]
fn items(document: &str, expected: &str) {
    assert_eq!(read("Names", "[string]", document).items, count(expected), "{document}");
}

#[track_caller]
fn length(document: &str, expected: &str) {
    assert_eq!(read("Name", "string", document).length, count(expected), "{document}");
}

/// The default as text; `""` for none.
#[track_caller]
fn default(ty: &str, document: &str, expected: &str) {
    let found = read("Mode", ty, document).default;
    assert_eq!(found.as_ref().map(Scalar::to_string).unwrap_or_default(), expected, "{document}");
    match (ty, found) {
        (_, None)
        | ("int" | "float", Some(Scalar::Number(_)))
        | ("string", Some(Scalar::Text(_)))
        | ("bool", Some(Scalar::Bool(_))) => {}
        (_, other) => panic!("a default of another type than {ty}: {other:?}"),
    }
}

/// The values, joined by blanks; `""` for no list.
#[track_caller]
fn values(ty: &str, document: &str, expected: &str) {
    let found = read("Mode", ty, document).values.unwrap_or_default();
    let found: Vec<String> = found.iter().map(Scalar::to_string).collect();
    assert_eq!(found.join(" "), expected, "{document}");
}
