//! Round trips in every form from the client to the emulator, which decodes requests with separate code.

use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tc_core::chrono::{DateTime, Utc};
use tc_core::emulator::{Emulator, Reply};
use tc_core::{Action, Method, SignatureMethod, tc_action, tc_model};

/// A recursive struct.
#[tc_model]
struct Leaf {
    text: String,
    numbers: Vec<i64>,
    below: Option<Box<Leaf>>,
    leaves: Vec<Leaf>,
}

/// A parameter of every kind.
#[tc_action(service = "demo", version = "2020-01-01", response = ())]
struct DescribeEverything {
    text: String,
    texts: Vec<String>,
    great: u64,
    small: i64,
    ratio: f64,
    ratios: Vec<f64>,
    flags: Vec<bool>,
    at: Option<DateTime<Utc>>,
    said: Option<String>,
    leaf: Option<Leaf>,
    leaves: Vec<Leaf>,
}

/// The same with a file.
#[tc_action(service = "demo", version = "2020-01-01", response = ())]
struct UploadEverything {
    text: String,
    texts: Vec<String>,
    great: u64,
    ratio: f64,
    leaf: Option<Leaf>,
    #[tc(binary)]
    file: Vec<u8>,
}

/// An action with an octet stream.
#[tc_action(service = "demo", version = "2020-01-01", body = octet_stream, response = ())]
struct UploadBytes {
    text: Option<String>,
    great: u64,
    #[tc(binary)]
    bytes: Vec<u8>,
}

/// An action without a signature.
#[tc_action(service = "demo", version = "2020-01-01", sign = skip, response = ())]
struct DescribeOpenly {
    text: String,
}

const NASTY: [&str; 12] = [
    "",
    " ",
    "张三 李四",
    "😀🇨🇳👩‍👩‍👧",
    "+&=%/?#*~'()!",
    "%2B%20+",
    "a\"b\\c",
    "é vs e\u{301}",
    "\u{feff}\u{200b}",
    "tab\tline\r\nend",
    "\u{1}\u{7f}",
    "{\"json\": [null]}",
];

fn leaf(depth: usize) -> Leaf {
    let below = (depth > 0).then(|| Box::new(leaf(depth - 1)));
    Leaf { text: format!("{depth} 层"), numbers: vec![i64::MIN, 0, i64::MAX], below, leaves: Vec::new() }
}

fn everything() -> DescribeEverything {
    DescribeEverything {
        text: NASTY.concat(),
        texts: NASTY.map(String::from).to_vec(),
        great: u64::MAX,
        small: i64::MIN,
        ratio: 1e-7,
        ratios: vec![0.1, 1e21, -123_456_789.125, f64::MAX, f64::MIN_POSITIVE, 2.0],
        flags: vec![true, false],
        at: DateTime::from_timestamp(1_538_388_000, 250_000_000),
        said: Some(String::new()),
        leaf: Some(leaf(20)),
        leaves: vec![leaf(0), leaf(2)],
    }
}

/// Starts an emulator that keeps the last request of type `A`.
async fn keeping<A: Action<Response = ()> + Send + 'static>() -> (Emulator, Arc<Mutex<Option<A>>>) {
    let emulator = Emulator::builder().without_recording().start().await.expect("an emulator");
    let kept = Arc::new(Mutex::new(None));
    let keep = Arc::clone(&kept);
    emulator.on::<A>(move |request: A| {
        *keep.lock().expect("no panic") = Some(request);
        Reply::value(())
    });
    (emulator, kept)
}

const FORMS: [(Method, SignatureMethod); 6] = [
    (Method::Post, SignatureMethod::Tc3),
    (Method::Get, SignatureMethod::Tc3),
    (Method::Post, SignatureMethod::HmacSha1),
    (Method::Get, SignatureMethod::HmacSha1),
    (Method::Post, SignatureMethod::HmacSha256),
    (Method::Get, SignatureMethod::HmacSha256),
];

/// Sends `action` in this form, with signed and with unsigned payload, and checks that it arrives unchanged.
async fn check<A>(at: &(Emulator, Arc<Mutex<Option<A>>>), action: &A, form: (Method, SignatureMethod))
where
    A: Action<Response = ()> + Clone + PartialEq + std::fmt::Debug,
{
    once(at, action, form, false).await;
    once(at, action, form, true).await;
}

async fn once<A>(
    (emulator, kept): &(Emulator, Arc<Mutex<Option<A>>>),
    action: &A,
    (method, signature): (Method, SignatureMethod),
    unsigned: bool,
) where
    A: Action<Response = ()> + Clone + PartialEq + std::fmt::Debug,
{
    let client = emulator.client();
    let call = client.call(action).method(method).signature(signature);
    let call = if unsigned { call.unsigned_payload() } else { call };
    call.send().await.unwrap_or_else(|error| panic!("{method} {signature}: {error:.500}"));
    let arrived = kept.lock().expect("no panic").take();
    assert!(
        arrived.as_ref() == Some(action),
        "{method} {signature}: {:.2000} became {arrived:.2000?}",
        format!("{action:?}")
    );
}

#[tokio::test]
async fn parameters_of_every_kind_arrive_in_every_form() {
    let at = keeping::<DescribeEverything>().await;
    for form in FORMS {
        check(&at, &everything(), form).await;
    }
}

#[tokio::test]
async fn ten_thousand_items_arrive() {
    let at = keeping::<DescribeEverything>().await;
    let texts: Vec<String> = (0..10_000).map(|number| format!("条{number}")).collect();
    let action = DescribeEverything { texts, ..everything() };
    for form in FORMS.into_iter().filter(|(method, _)| *method == Method::Post) {
        check(&at, &action, form).await;
    }
}

#[tokio::test]
async fn nine_megabytes_arrive() {
    let text = "九+".repeat((9 << 20) / 4);
    let at = keeping::<DescribeEverything>().await;
    once(&at, &DescribeEverything { text, ..everything() }, FORMS[0], false).await;
    let file: Vec<u8> = (0..=255).cycle().take(9 << 20).collect();
    let at = keeping::<UploadEverything>().await;
    once(&at, &UploadEverything { file: file.clone(), ..upload() }, FORMS[0], false).await;
    let at = keeping::<UploadBytes>().await;
    once(&at, &UploadBytes { text: None, great: 0, bytes: file }, FORMS[0], false).await;
}

fn upload() -> UploadEverything {
    UploadEverything {
        text: NASTY.concat(),
        texts: NASTY.map(String::from).to_vec(),
        great: u64::MAX,
        ratio: -0.5,
        leaf: Some(leaf(3)),
        file: b"\r\n--b--\r\n\0\xff".to_vec(),
    }
}

#[tokio::test]
async fn files_and_streams_of_bytes_arrive() {
    let at = keeping::<UploadEverything>().await;
    check(&at, &upload(), FORMS[0]).await;
    check(&at, &UploadEverything { file: Vec::new(), texts: Vec::new(), leaf: None, ..upload() }, FORMS[0]).await;
    let at = keeping::<UploadBytes>().await;
    for text in ["", "plain", "+&=%/?#*~'()!", "张三 😀"] {
        let action = UploadBytes { text: Some(text.into()), great: u64::MAX, bytes: b"\r\n\0\xff".to_vec() };
        check(&at, &action, FORMS[0]).await;
    }
}

#[tokio::test]
async fn an_unsigned_action_arrives_without_a_credential() {
    let (emulator, kept) = keeping::<DescribeOpenly>().await;
    let action = DescribeOpenly { text: "a b".into() };
    for (method, signature) in FORMS {
        let client = emulator.client();
        let sent = client.call(&action).method(method).signature(signature).send().await;
        sent.unwrap_or_else(|error| panic!("{method} {signature}: {error}"));
        assert_eq!(kept.lock().expect("no panic").take(), Some(action.clone()));
    }
}

#[test]
fn random_values_arrive_in_every_form() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let at = runtime.block_on(keeping::<DescribeEverything>());
    let text = "\\PC{0,20}|[ -~]{0,20}|[\\x00-\\x20]{0,4}";
    let leaf = (text, proptest::collection::vec(any::<i64>(), 0..3)).prop_map(|(text, numbers)| Leaf {
        text,
        numbers,
        below: None,
        leaves: Vec::new(),
    });
    let finite = any::<f64>().prop_filter("finite", |number| number.is_finite());
    let values = (
        (text, proptest::collection::vec(text, 0..13), any::<u64>(), any::<i64>()),
        (finite.clone(), proptest::collection::vec(finite, 0..3), proptest::collection::vec(any::<bool>(), 0..3)),
        (proptest::option::of(text), proptest::option::of(leaf.clone()), proptest::collection::vec(leaf, 0..3)),
    )
        .prop_map(|((text, texts, great, small), (ratio, ratios, flags), (said, leaf, leaves))| {
            DescribeEverything { text, texts, great, small, ratio, ratios, flags, at: None, said, leaf, leaves }
        });
    let mut runner = TestRunner::new(Config { cases: 64, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&values, |action| {
        for form in FORMS {
            runtime.block_on(check(&at, &action, form));
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}
