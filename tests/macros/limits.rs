//! Each limit on each type that it applies to, without other limits: with `validate()`, and with the separate checks of
//! the emulator.

use tc_core::emulator::Emulator;
use tc_core::spec::{LimitKind, Values};
use tc_core::{Client, Model, RetryPolicy, request, tc_action, tc_model};

/// A parameter of each type with each single limit.
#[tc_action(service = "demo", version = "2020-01-01", response = ())]
#[derive(Default)]
pub(crate) struct Limited {
    #[tc(range = 1..=9)]
    pub(crate) integer: Option<i64>,
    #[tc(range = 1..=9)]
    pub(crate) integers: Vec<u64>,
    #[tc(range = 0.1..=0.5)]
    pub(crate) float: Option<f64>,
    #[tc(range = 0.1..=0.5)]
    pub(crate) floats: Vec<f32>,
    #[tc(range = 1..=9)]
    pub(crate) whole: Option<f64>,
    #[tc(items = 1..=2)]
    pub(crate) items: Vec<String>,
    #[tc(items = ..=1)]
    pub(crate) structs: Option<Vec<Nested>>,
    #[tc(length = 2..=3)]
    pub(crate) length: Option<String>,
    #[tc(length = 2..=3)]
    pub(crate) lengths: Vec<String>,
    #[tc(charset = "a-c-")]
    pub(crate) charset: Option<String>,
    #[tc(charset = "a-c-")]
    pub(crate) charsets: Option<Vec<String>>,
    #[tc(values = ["S", "M"], default = "M")]
    pub(crate) text: Option<String>,
    #[tc(values = ["S", "M", "X\"L"])]
    pub(crate) texts: Vec<String>,
    #[tc(values = [1, 2, -5])]
    pub(crate) number: Option<i64>,
    #[tc(values = [1, 2, 5])]
    pub(crate) numbers: Vec<u32>,
    #[tc(values = [0.1, 2])]
    pub(crate) fraction: Option<f32>,
    #[tc(values = [0.1, 2, -0.5])]
    pub(crate) fractions: Vec<f64>,
    #[tc(values = [1, 2], default = 2)]
    pub(crate) size: Option<f64>,
    #[tc(values = ["Large"])]
    pub(crate) kind: Option<Kind>,
    #[tc(values = ["Large"], length = 5..=5)]
    pub(crate) kinds: Vec<Kind>,
    #[tc(values = ["s3cret"], sensitive)]
    pub(crate) secret: Option<String>,
}

/// A nested struct.
#[tc_model]
pub(crate) struct Nested {
    #[tc(values = [7])]
    pub(crate) number: u64,
}

/// A documented kind.
#[tc_model]
pub(crate) enum Kind {
    Small,
    Large,
}

/// Checks the violations of `validate()`, and that the emulator gives the same result.
#[track_caller]
fn check(action: &Limited, expected: &[&str]) {
    let found =
        action.validate().err().map(|violations| violations.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(found.unwrap_or_default(), expected);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let code = runtime.block_on(async {
        let emulator = Emulator::start().await.expect("a port");
        emulator.on::<Limited>(|_| ());
        let client: Client = emulator.client_builder().retry(RetryPolicy::none()).build().expect("a client");
        let sent = client.call(action).unchecked().send().await;
        sent.err().map(|error| error.code().map(ToString::to_string).unwrap_or_default())
    });
    let refused = if expected.is_empty() { None } else { Some("InvalidParameterValue") };
    assert_eq!(code.as_deref(), refused, "{action:?}");
}

#[test]
fn values_within_each_limit_are_accepted() {
    let action = Limited::new()
        .integer(1)
        .integers([9])
        .float(0.1)
        .floats([0.1_f32, 0.5])
        .whole(9.0)
        .items(["any"])
        .structs([Nested::new(7)])
        .length("éé")
        .lengths(["ab", "abc"])
        .charset("-abc")
        .charsets([""])
        .text("S")
        .texts(["X\"L", "S", "S"])
        .number(-5)
        .numbers([5_u32, 1])
        .fraction(0.1_f32)
        .fractions([2.0, -0.5])
        .size(1.0)
        .kind("Large")
        .kinds(["Large"])
        .secret("s3cret");
    check(&action, &[]);
    check(&Limited::new().items(Vec::<String>::new()).texts(Vec::<String>::new()).fraction(2.0_f32), &[]);
}

#[test]
fn a_number_outside_its_limit_is_named_in_the_violation() {
    check(&Limited::new().integer(0), &["`Integer` is 0; 1 to 9 is accepted"]);
    check(&Limited::new().integers([9, 10]), &["`Integers.1` is 10; 1 to 9 is accepted"]);
    check(&Limited::new().float(0.6), &["`Float` is 0.6; 0.1 to 0.5 is accepted"]);
    check(&Limited::new().floats([0.1_f32, 0.09]), &["`Floats.1` is 0.09; 0.1 to 0.5 is accepted"]);
    check(&Limited::new().whole(9.5), &["`Whole` is 9.5; 1 to 9 is accepted"]);
    check(&Limited::new().number(0), &["`Number` is 0; accepted values are 1, 2, -5"]);
    check(&Limited::new().numbers([1_u32, 4]), &["`Numbers.1` is 4; accepted values are 1, 2, 5"]);
    check(&Limited::new().fraction(0.2_f32), &["`Fraction` is 0.2; accepted values are 0.1, 2"]);
    check(&Limited::new().fractions([2.0, 0.5]), &["`Fractions.1` is 0.5; accepted values are 0.1, 2, -0.5"]);
    check(&Limited::new().size(1.5), &["`Size` is 1.5; accepted values are 1, 2"]);
    check(&Limited::new().structs([Nested::new(8)]), &["`Structs.0.Number` is 8; accepted values are 7"]);
}

#[test]
fn a_text_or_list_outside_its_limit_is_named_in_the_violation() {
    check(&Limited::new().items(["a", "b", "c"]), &["`Items` has 3 items; 1 to 2 are accepted"]);
    check(&Limited::new().structs([Nested::new(7), Nested::new(7)]), &["`Structs` has 2 items; at most 1 is accepted"]);
    check(&Limited::new().length("é"), &["`Length` has 1 character; 2 to 3 are accepted"]);
    check(&Limited::new().lengths(["ab", ""]), &["`Lengths.1` has 0 characters; 2 to 3 are accepted"]);
    check(&Limited::new().charset("abd"), &["`Charset` is \"abd\"; the character `d` is not accepted, only a-c-"]);
    check(
        &Limited::new().charsets(["a", "é"]),
        &["`Charsets.1` is \"é\"; the character `é` is not accepted, only a-c-"],
    );
    check(&Limited::new().text("L"), &["`Text` is \"L\"; accepted values are S, M"]);
    check(
        &Limited::new().texts(["S", "xl"]),
        &["`Texts.1` is \"xl\"; did you mean \"X\"L\"? Accepted values are S, M, X\"L"],
    );
    check(&Limited::new().kind(Kind::Small), &["`Kind` is \"Small\"; accepted values are Large"]);
    check(&Limited::new().kinds([Kind::Large, Kind::Small]), &["`Kinds.1` is \"Small\"; accepted values are Large"]);
    check(&Limited::new().secret("guess"), &["`Secret` is not one of the accepted values: s3cret"]);
}

#[test]
fn literals_are_checked_against_values_and_converted() {
    let action = request!(Limited {
        text: "M",
        texts: ["S", "X\"L"],
        number: -5,
        numbers: [1, 2],
        fraction: 0.1,
        fractions: [2, -0.5],
        size: 2,
        structs: [Nested { number: 7 }],
    });
    check(&action, &[]);
    assert_eq!((action.number, action.fraction, action.fractions), (Some(-5), Some(0.1), vec![2.0, -0.5]));
}

#[test]
fn every_kind_of_limit_is_in_the_spec_by_its_key() {
    for kind in LimitKind::ALL {
        assert!(
            Limited::MODEL.params.iter().any(|param| param.limits.iter().any(|limit| limit.kind() == *kind)),
            "{} is not tested here",
            kind.key()
        );
        for (document, text) in [
            ("tc-core/docs/tc_action.md", include_str!("../../tc-core/docs/tc_action.md")),
            ("tc-core/src/guide/limits.md", include_str!("../../tc-core/src/guide/limits.md")),
        ] {
            assert!(text.contains(&format!("| `{} = ", kind.key())), "{} is not in {document}", kind.key());
        }
    }
    let limits = |name| Limited::MODEL.param(name).unwrap().limits;
    assert!(matches!(limits("Fraction"), [tc_core::spec::Limit::Values(Values::Floats([(_, "0.1"), (_, "2")]))]));
    let all = Limited::MODEL.params.iter().flat_map(|param| param.limits.iter().map(move |limit| (param, limit)));
    for (param, limit) in all {
        assert!(limit.applies_to(param.ty, param.is_list()), "{}", param.name);
    }
}
