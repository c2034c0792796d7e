//! Compares `validate()` and the emulator with checks written from the documentation of the two actions.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use regex::Regex;
use tc_apis::iai::GetPersonGroupInfo;
use tc_apis::mps::{DescribePersonSamples, SampleType};
use tc_core::emulator::Emulator;
use tc_core::{Action, Client, ErrorCode, Violation, request, tc_action, tc_model};

/// mps, "Input Parameters": array length limits 100, 20 and 20; Limit at most 100; "you can pull the default image
/// library only using the image name or a combination of the image name and ID".
fn mps_accepts(call: &DescribePersonSamples) -> bool {
    let default = matches!(&call.r#type, Some(kind) if kind.to_string() == "Default");
    call.person_ids.len() <= 100
        && call.names.len() <= 20
        && call.tags.len() <= 20
        && call.limit.is_none_or(|limit| limit <= 100)
        && !(default && call.names.is_empty())
}

/// iai, "Input Parameters": Limit at most 100; "Error Code", PersonIdIllegal: "It can contain only letters, digits,
/// and -%@#&_".
fn iai_accepts(call: &GetPersonGroupInfo) -> bool {
    let person_id = Regex::new("^[A-Za-z0-9%@#&_-]*$").expect("a regular expression");
    person_id.is_match(&call.person_id) && call.limit.is_none_or(|limit| limit <= 100)
}

fn mps() -> impl Strategy<Value = DescribePersonSamples> {
    let list = |around: usize| {
        prop_oneof![Just(0), Just(around), Just(around + 1), 0..around + 2].prop_map(|count| vec!["x"; count])
    };
    let kind = prop_oneof![
        Just(None),
        Just(Some(SampleType::UserDefine)),
        Just(Some(SampleType::Default)),
        Just(Some(SampleType::from("default"))),
    ];
    let limit = proptest::option::of(prop_oneof![0..=103_u64, Just(u64::MAX)]);
    (kind, list(100), list(20), list(20), limit).prop_map(|(kind, ids, names, tags, limit)| {
        DescribePersonSamples::new().r#type(kind).person_ids(ids).names(names).tags(tags).limit(limit)
    })
}

fn iai() -> impl Strategy<Value = GetPersonGroupInfo> {
    let person_id = prop_oneof!["[A-Za-z0-9%@#&_-]{0,12}", "[ -~]{1,3}", "[A-Za-z0-9]{1,4}[^A-Za-z0-9]"];
    let limit = proptest::option::of(prop_oneof![0..=103_u64, Just(u64::MAX)]);
    (person_id, limit).prop_map(|(person_id, limit)| GetPersonGroupInfo::new(person_id).limit(limit))
}

/// Whether the emulator accepts a call that was not validated before it was sent.
async fn emulator_accepts<A: Action>(client: &Client, call: &A) -> bool {
    match client.call(call).unchecked().send().await {
        Ok(_) => true,
        Err(error) => {
            let prefix = error.code().map(ErrorCode::prefix);
            assert_eq!(prefix, Some("InvalidParameterValue"), "{error}");
            false
        }
    }
}

#[test]
fn validate_agrees_with_the_documentation() {
    let mut runner = TestRunner::default();
    runner
        .run(&mps(), |call| {
            prop_assert_eq!(call.validate().is_ok(), mps_accepts(&call), "{:?}", call.validate());
            Ok(())
        })
        .unwrap();
    runner
        .run(&iai(), |call| {
            prop_assert_eq!(call.validate().is_ok(), iai_accepts(&call), "{:?}", call.validate());
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_emulator_agrees_with_the_documentation() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let emulator = runtime.block_on(Emulator::start()).unwrap();
    emulator.register::<DescribePersonSamples>().register::<GetPersonGroupInfo>();
    let client = emulator.client();
    let mut runner = TestRunner::new(ProptestConfig { cases: 128, ..ProptestConfig::default() });
    // Rules for several parameters are not part of a spec, so the emulator does not check them.
    let mps = mps().prop_filter("spans parameters", |call| call.r#type.is_none());
    runner
        .run(&mps, |call| {
            prop_assert_eq!(runtime.block_on(emulator_accepts(&client, &call)), mps_accepts(&call));
            Ok(())
        })
        .unwrap();
    runner
        .run(&iai(), |call| {
            prop_assert_eq!(runtime.block_on(emulator_accepts(&client, &call)), iai_accepts(&call));
            Ok(())
        })
        .unwrap();
}

#[test]
fn six_violations_are_listed_and_nothing_is_sent() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let emulator = runtime.block_on(Emulator::start()).unwrap();
    emulator.register::<Conditions>();
    let call = request!(Conditions {
        name: String::from("too long a name"),
        values: vec![String::from("too long a name"), "y".repeat(8)],
        weight: Some(11).filter(|_| true),
        inner: Condition { name: String::from("B!"), values: vec![String::new(); 3] },
    });
    let violations = call.validate().unwrap_err();
    let paths: Vec<_> = violations.iter().map(Violation::path).collect();
    assert_eq!(paths, ["Name", "Values.0", "Weight", "Inner.Name", "Inner.Values", "Name"], "{violations}");
    let refused = runtime.block_on(emulator.client().send(&call)).unwrap_err();
    assert!(refused.to_string().contains("has 6 violations"), "{refused}");
    assert!(emulator.received().is_empty());
}

/// An action with six limits.
#[tc_action(service = "cvm", version = "2017-03-12", response = (), check = names_are_not_values)]
pub(crate) struct Conditions {
    #[tc(length = ..=8)]
    name: String,
    #[tc(length = ..=8)]
    values: Vec<String>,
    #[tc(range = ..=10)]
    weight: Option<u64>,
    inner: Option<Condition>,
}

/// A nested model with limits.
#[tc_model]
pub(crate) struct Condition {
    #[tc(charset = "a-z")]
    name: String,
    #[tc(items = ..=2)]
    values: Vec<String>,
}

fn names_are_not_values(call: &Conditions) -> Result<(), Violation> {
    if call.values.contains(&call.name) { Err(Violation::new("Name", "is one of Values")) } else { Ok(()) }
}
