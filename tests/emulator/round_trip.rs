//! From the client to a handler of the emulator in every encoding: the handler receives the values that were sent.

use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use tc_core::emulator::Emulator;
use tc_core::{Action, Client, Error, Method, Model, SignatureMethod, tc_action, tc_model};

use crate::emulator::run;

/// A recursive model.
#[tc_model]
#[derive(Debug, Clone, PartialEq)]
struct Node {
    name: String,
    values: Vec<String>,
    below: Vec<Node>,
}

/// A parameter of every type that a query can contain.
#[tc_action(service = "demo", version = "2020-01-01", response = ())]
#[derive(Debug, Clone, PartialEq)]
struct Everything {
    text: Option<String>,
    texts: Vec<String>,
    unsigned: Option<u64>,
    signed: Option<i64>,
    numbers: Vec<i64>,
    float: Option<f64>,
    truth: Option<bool>,
    node: Option<Node>,
    nodes: Vec<Node>,
}

/// An empty required list, as in official examples: it removes all groups.
#[tc_action(service = "demo", version = "2020-01-01", response = ())]
struct SetGroups {
    #[tc(required)]
    groups: Vec<String>,
}

#[test]
fn an_empty_required_list_is_sent_in_json_and_is_an_error_in_a_query() {
    run(async {
        let emulator = Emulator::start().await.expect("a free port");
        emulator.on::<SetGroups>(|request| assert!(request.groups.is_empty()));
        let call = tc_core::request!(SetGroups { groups: [] });
        emulator.client().send(&call).await.expect("an answer");
        assert_eq!(emulator.received()[0].body, "{\"Groups\":[]}");
        for signature in [SignatureMethod::Tc3, SignatureMethod::HmacSha256] {
            let client = emulator.client_builder().method(Method::Get).signature(signature).build().expect("a client");
            let error = client.send(&call).await.expect_err("no list").to_string();
            assert!(error.contains("`Groups` is an empty list, which a query cannot represent"), "{error}");
        }
        assert_eq!(emulator.received().len(), 1);
    });
}

/// A file and other parameters.
#[tc_action(service = "demo", version = "2020-01-01", response = ())]
#[derive(Debug, Clone, PartialEq)]
struct Upload {
    #[tc(binary)]
    file: Vec<u8>,
    text: Option<String>,
    number: Option<u64>,
    texts: Vec<String>,
}

/// A body of bytes, with parameters in headers.
#[tc_action(service = "cls", version = "2020-10-16", body = octet_stream, response = ())]
#[derive(Debug, Clone, PartialEq)]
struct UploadLog {
    topic_id: String,
    #[tc(binary)]
    logs: Vec<u8>,
}

/// Method, signature method, and whether the payload is unsigned.
type Form = (Method, SignatureMethod, bool);

const FORMS: [Form; 7] = [
    (Method::Post, SignatureMethod::Tc3, false),
    (Method::Post, SignatureMethod::Tc3, true),
    (Method::Get, SignatureMethod::Tc3, false),
    (Method::Get, SignatureMethod::HmacSha1, false),
    (Method::Get, SignatureMethod::HmacSha256, false),
    (Method::Post, SignatureMethod::HmacSha1, false),
    (Method::Post, SignatureMethod::HmacSha256, false),
];

const EVERY_KIND: &str =
    "中文 日本語 🎉 é\u{301} +&=%/?#*~'()! a b  c\t\r\n\"\\ \u{0} <tag> ; , : @ [ ] { } | ^ ` $ %20 %zz";

/// The request that the handler of one action received.
struct Heard<A> {
    emulator: Emulator,
    last: Arc<Mutex<Option<A>>>,
}

impl<A: Action + Clone + Send + PartialEq + std::fmt::Debug + 'static> Heard<A> {
    async fn new() -> Self {
        let (emulator, last) = (Emulator::start().await.expect("a free port"), Arc::new(Mutex::new(None)));
        let heard = Arc::clone(&last);
        emulator.on::<A>(move |request: A| -> Result<A::Response, &'static str> {
            *heard.lock().expect("a lock") = Some(request);
            Ok(A::Response::empty())
        });
        Self { emulator, last }
    }

    /// Sends `action` in `form`; returns the request that the handler received.
    async fn send(&self, client: &Client, action: &A, (method, signature, unsigned): Form) -> Result<Option<A>, Error> {
        let call = client.call(action).method(method).signature(signature);
        let call = if unsigned { call.unsigned_payload() } else { call };
        call.send().await?;
        Ok(self.last.lock().expect("a lock").take())
    }

    #[track_caller]
    fn check(&self, client: &Client, action: &A, form: Form, runtime: &tokio::runtime::Runtime) {
        let arrived =
            runtime.block_on(self.send(client, action, form)).unwrap_or_else(|error| panic!("{form:?}: {error}"));
        assert_eq!(arrived.as_ref(), Some(action), "{form:?}");
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

#[track_caller]
fn check<A>(action: &A, forms: &[Form])
where
    A: Action + Clone + Send + PartialEq + std::fmt::Debug + 'static,
{
    let runtime = runtime();
    let heard = runtime.block_on(Heard::<A>::new());
    let client = heard.emulator.client();
    for form in forms {
        heard.check(&client, action, *form, &runtime);
    }
}

fn nothing() -> Everything {
    Everything::new()
}

fn node(name: &str) -> Node {
    Node::new(name)
}

#[test]
fn a_request_without_parameters_arrives_empty() {
    check(&nothing(), &FORMS);
}

#[test]
fn every_kind_of_text_arrives_unchanged() {
    let texts = [EVERY_KIND, "", " ", "+", "%", "&a=b", "=", "中", "\u{feff}", "a.0.b", "null", "true", "1"];
    check(&nothing().text(EVERY_KIND).texts(texts), &FORMS);
    check(&nothing().text("").texts(["", "", ""]), &FORMS);
}

#[test]
fn numbers_arrive_to_their_last_digit() {
    for (unsigned, signed) in [(u64::MAX, i64::MIN), (0, i64::MAX), (1 << 53, -(1 << 53) - 1), ((1 << 53) + 1, 0)] {
        check(&nothing().unsigned(unsigned).signed(signed).numbers([signed, 0, -1, i64::MAX]), &FORMS);
    }
}

#[test]
fn floats_arrive_to_their_last_bit() {
    for float in [0.0, -0.0, 0.1, -1.5, 2.0, 1e16, 1e22, 1e-7, 1e300, f64::MAX, f64::MIN_POSITIVE, 5e-324] {
        check(&nothing().float(float), &FORMS);
    }
}

#[test]
fn booleans_and_nested_structs_arrive() {
    let inner = node("").values(["", EVERY_KIND]).below([node("x"), node(EVERY_KIND).below([node("y")])]);
    for truth in [true, false] {
        check(&nothing().truth(truth).node(inner.clone()).nodes([node("a"), inner.clone(), node("b")]), &FORMS);
    }
}

#[test]
fn deeply_nested_values_arrive() {
    let deep = (0..12).fold(node("innermost"), |below, depth| node(&depth.to_string()).below([below]));
    check(&nothing().node(deep), &FORMS);
}

#[test]
fn ten_thousand_items_arrive_in_order() {
    let texts: Vec<String> = (0..10_000).map(|index| format!("item {index}")).collect();
    let posted: Vec<Form> = FORMS.into_iter().filter(|(method, ..)| *method == Method::Post).collect();
    check(&nothing().texts(texts.clone()), &posted);
    // A query may have 32 KB: a thousand short items.
    check(&nothing().texts(texts[..1_000].to_vec()), &FORMS);
}

#[test]
fn nine_megabytes_arrive() {
    let text: String = EVERY_KIND.chars().cycle().filter(|it| it.is_alphanumeric()).take(3 << 20).collect();
    check(&nothing().text(text), &FORMS[..2]);
}

#[test]
fn files_arrive_byte_for_byte_with_their_other_parameters() {
    let bytes: Vec<u8> = (0..=255).chain(*b"\r\n--\r\n\r\n--boundary--").chain((0..=255).rev()).collect();
    for file in [bytes.clone(), Vec::new(), b"\r\n".repeat(1000), vec![0xFF; 9 << 20]] {
        check(&Upload::new(file).text(EVERY_KIND.replace('\u{0}', "")).number(u64::MAX).texts(["a", ""]), &FORMS[..2]);
    }
    check(&UploadLog::new("topic 1", bytes), &FORMS[..2]);
}

#[test]
fn empty_and_absent_lists_differ_in_json() {
    #[tc_action(service = "demo", version = "2020-01-01", name = "Modify", response = ())]
    #[derive(Debug, Clone, PartialEq)]
    struct Modify {
        tags: Option<Vec<String>>,
    }
    check(&Modify::new().tags(Vec::<String>::new()), &FORMS[..2]);
    check(&Modify::new(), &FORMS);
    run(async {
        let heard = Heard::<Modify>::new().await;
        let client = heard.emulator.client();
        for form in &FORMS[2..] {
            let refused = heard.send(&client, &Modify::new().tags(Vec::<String>::new()), *form).await;
            assert!(refused.is_err_and(|error| error.attempts() == 0), "{form:?}");
        }
        assert!(heard.emulator.received().is_empty());
    });
}

fn any_node() -> impl Strategy<Value = Node> {
    let leaf = (any::<String>(), prop::collection::vec(any::<String>(), 0..3))
        .prop_map(|(name, values)| node(&name).values(values));
    leaf.prop_recursive(3, 8, 3, |below| {
        (any::<String>(), prop::collection::vec(below, 0..3)).prop_map(|(name, below)| node(&name).below(below))
    })
}

fn anything() -> impl Strategy<Value = Everything> {
    let scalars = (any::<Option<String>>(), any::<Option<u64>>(), any::<Option<i64>>(), any::<Option<bool>>());
    let float = prop::option::of(prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO);
    let lists = (prop::collection::vec(any::<String>(), 0..12), prop::collection::vec(any::<i64>(), 0..12));
    let nodes = (prop::option::of(any_node()), prop::collection::vec(any_node(), 0..3));
    (scalars, float, lists, nodes).prop_map(
        |((text, unsigned, signed, truth), float, (texts, numbers), (node, nodes))| {
            nothing()
                .text(text)
                .unsigned(unsigned)
                .signed(signed)
                .truth(truth)
                .float(float)
                .texts(texts)
                .numbers(numbers)
                .node(node)
                .nodes(nodes)
        },
    )
}

#[test]
fn anything_arrives_in_every_form() {
    let runtime = runtime();
    let heard = runtime.block_on(Heard::<Everything>::new());
    let client = heard.emulator.client();
    proptest!(ProptestConfig::with_cases(40), |(action in anything())| {
        for form in FORMS {
            let arrived = runtime.block_on(heard.send(&client, &action, form));
            let arrived = match arrived {
                // A random request may be too long for a query.
                Err(error) if error.attempts() == 0 && form.0 == Method::Get => continue,
                arrived => arrived.expect("an answer"),
            };
            prop_assert_eq!(arrived.as_ref(), Some(&action), "{:?}", form);
        }
    });
}
