//! `request!` builds the same as the setters, from every kind of value.

use tc_core::{request, tc_model};

use crate::macros::samples::{DescribePersonSamples, SampleType};

const TWENTY: u64 = 20;
const MAYBE: Option<u64> = Some(0);
const NAMES: [&str; 1] = ["John Smith"];

/// A model that contains itself.
#[tc_model]
#[derive(Eq)]
pub(crate) struct Condition {
    #[tc(length = 1..=8)]
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
    pub(crate) inner: Option<Box<Condition>>,
    pub(crate) all: Option<Vec<Condition>>,
    #[tc(range = -5..=5)]
    pub(crate) weight: Option<i64>,
    #[tc(binary)]
    pub(crate) bytes: Option<Vec<u8>>,
}

fn expected() -> DescribePersonSamples {
    DescribePersonSamples::new().r#type("Default").names(["John Smith"]).offset(0).limit(20)
}

#[track_caller]
fn check(built: &DescribePersonSamples) {
    assert_eq!(*built, expected());
}

#[test]
fn literals_constants_and_variables_build_the_same() {
    let (limit, name, names) = (20, "John Smith", [String::from("John Smith")]);
    check(&request!(DescribePersonSamples { r#type: "Default", names: ["John Smith"], offset: 0, limit: 20 }));
    check(&request!(DescribePersonSamples { r#type: SampleType::Default, names: NAMES, offset: MAYBE, limit: TWENTY }));
    check(&request!(DescribePersonSamples { r#type: "Default".to_owned(), names: vec![name], offset: Some(0), limit }));
    check(&request!(DescribePersonSamples {
        r#type: String::from("Default"),
        names: &names,
        offset: limit - 20,
        limit: Some(limit)
    }));
}

#[test]
fn a_base_sets_the_other_fields_and_may_be_read_before() {
    let base = request!(DescribePersonSamples { r#type: "Default", tags: ["old"], limit: 20 });
    check(&request!(DescribePersonSamples {
        tags: [],
        limit: base.limit,
        names: [base.tags[0].replace("old", "John Smith")],
        offset: 0,
        ..base
    }));
}

#[test]
fn models_nest_without_box_and_some() {
    let name = String::from("b");
    let built = request!(Condition {
        name: "a",
        inner: Condition { name: &name, values: ["x", "y"], weight: -3 },
        all: [Condition { name: 'c', weight: None }, Condition { name }],
        bytes: [1, 2, 255],
    });
    let inner = built.inner.unwrap();
    assert_eq!((inner.name.as_str(), inner.weight), ("b", Some(-3)));
    let all: Vec<_> = built.all.unwrap().into_iter().map(|condition| condition.name).collect();
    assert_eq!((all.as_slice(), built.bytes.unwrap().as_slice()), (&["c".into(), "b".into()][..], &[1, 2, 255][..]));
}

#[test]
fn expressions_may_fail_and_await() {
    fn parsed(text: &str) -> Result<DescribePersonSamples, std::num::ParseIntError> {
        Ok(request!(DescribePersonSamples { limit: text.parse::<u64>()? }))
    }
    assert_eq!(parsed("7").unwrap().limit, Some(7));
    assert!(parsed("seven").is_err());
}

#[test]
fn a_field_named_like_a_keyword_needs_no_prefix() {
    let plain = request!(DescribePersonSamples { type: "Default", names: ["a"] });
    let raw = request!(DescribePersonSamples { names: ["a"], r#type: "Default" });
    assert_eq!(plain, raw);
}

#[test]
fn an_empty_optional_list_is_left_out_even_with_a_minimum_length() {
    let literal = request!(Sized { names: [] });
    let variable = request!(Sized { names: Vec::<String>::new() });
    assert_eq!((literal.validate().is_ok(), variable.validate().is_ok()), (true, true));
    assert_eq!(serde_json::to_string(&literal).unwrap(), "{}");
}

#[tc_model]
struct Sized {
    #[tc(items = 2..)]
    names: Vec<String>,
}
