//! Panics in the user's code are error responses, and the emulator continues to work.

use std::panic::panic_any;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};
use tc_core::emulator::{Directory, Emulator, Fault, Reply, Unknown};
use tc_core::spec::{ActionSpec, ModelSpec};
use tc_core::{AnyAction, Method, SignatureMethod};

use crate::client::caller::{BuildAs, both};
use crate::emulator::actions::{Echo, Search};
use crate::emulator::run;

const CODE: &str = "FailedOperation.Panic";

fn search(limit: u64) -> AnyAction {
    // A read, which the client retries after every retryable error.
    AnyAction::new("mps", "2019-06-12", "DescribeThings").params(json!({ "Limit": limit }))
}

#[test]
fn a_panic_in_a_handler_is_an_error_that_is_not_retried() {
    both(async |kind| {
        let emulator = Emulator::start().await.expect("a free port");
        let calls = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&calls);
        emulator.answer("mps", "2019-06-12", "DescribeThings", move |params| {
            let before = counted.fetch_add(1, Ordering::Relaxed);
            assert_ne!(params["Limit"], 13, "call {before} is unlucky");
            json!({ "TotalCount": params["Limit"] })
        });
        let client = emulator.build_as(kind);
        let error = client.send(&search(13)).await.expect_err("a panic");
        assert_eq!(error.code().map(ToString::to_string).as_deref(), Some(CODE), "{error}");
        let text = error.to_string();
        assert!(
            text.contains("The handler of DescribeThings panicked: ") && text.contains("call 0 is unlucky"),
            "{text}"
        );
        assert_eq!((error.attempts(), error.is_retryable(), calls.load(Ordering::Relaxed)), (1, false, 1));
        assert_eq!(client.send(&search(12)).await.expect("no panic")["TotalCount"], 12);
        assert_eq!(emulator.received().len(), 2);
    });
}

#[test]
fn the_message_contains_the_text_of_any_panic() {
    run(async {
        let emulator = Emulator::start().await.expect("a free port");
        let client = emulator.client();
        let call = AnyAction::new("mps", "2019-06-12", "Search").params(json!({}));
        let panics: [(fn(), &str); 4] = [
            (|| panic!("plain text"), "panicked: plain text"),
            (|| panic!("with a value: {}", 7), "panicked: with a value: 7"),
            (|| panic_any(7_u8), "panicked: the value of the panic is not a text"),
            (|| panic_any("界".repeat(10_000)), "panicked: 界界"),
        ];
        for (panic, text) in panics {
            emulator.on::<Search>(move |_| {
                panic();
                Echo(None)
            });
            let error = client.send(&call).await.expect_err("a panic").to_string();
            assert!(error.contains("The handler of Search") && error.contains(text), "{error}");
        }
        emulator.on::<Search>(|_| Echo(Some(1)));
        assert_eq!(client.send(&call).await.expect("no panic")["TotalCount"], 1);
    });
}

#[test]
fn a_fault_also_applies_to_the_error_of_a_panic() {
    run(async {
        let emulator = Emulator::start().await.expect("a free port");
        emulator.answer("mps", "2019-06-12", "DescribeThings", |_| -> Value { panic!("on purpose") });
        emulator.inject(Fault::ResetAfterRequest);
        let error = emulator.client().send(&search(1)).await.expect_err("a panic");
        assert_eq!((error.code().map(ToString::to_string).as_deref(), error.attempts()), (Some(CODE), 2));
    });
}

#[test]
fn a_panic_in_an_observer_is_an_error_and_the_request_is_recorded() {
    run(async {
        let emulator = Emulator::builder()
            .observer(|received| assert_ne!(received.params["Limit"], 13, "seen by the observer"))
            .start()
            .await
            .expect("a free port");
        emulator.answer("mps", "2019-06-12", "DescribeThings", |_| json!({ "TotalCount": 1 }));
        let client = emulator.client();
        let error = client.send(&search(13)).await.expect_err("a panic");
        assert_eq!((error.code().map(ToString::to_string).as_deref(), error.attempts()), (Some(CODE), 1), "{error}");
        let text = error.to_string();
        assert!(
            text.contains("The observer of the emulator panicked: ") && text.contains("seen by the observer"),
            "{text}"
        );
        assert_eq!(client.send(&search(12)).await.expect("no panic")["TotalCount"], 1);
        assert_eq!(emulator.received().len(), 2);
    });
}

/// Panics in one of its methods.
struct Panics(&'static str);

impl Directory for Panics {
    fn find(&self, service: &str, version: &str, action: &str) -> Result<ActionSpec, Unknown> {
        const REQUEST: &ModelSpec = &ModelSpec::new("DescribeThings", &[]);
        assert_ne!(self.0, "find", "{service} {version} {action}");
        Ok(ActionSpec::new("mps", "2019-06-12", "DescribeThings", REQUEST))
    }

    fn answer(&self, spec: &ActionSpec, _: Value) -> Reply<Value> {
        assert_ne!(self.0, "answer", "{}", spec.name);
        Reply::json(json!({}))
    }

    fn service_of(&self, version: &str, action: &str) -> Option<String> {
        assert_ne!(self.0, "service_of", "{version} {action}");
        Some("mps".to_owned())
    }
}

#[test]
fn a_panic_in_a_directory_is_an_error() {
    run(async {
        for (method, signature, what) in [
            ("find", SignatureMethod::Tc3, "The directory of the emulator panicked: "),
            ("answer", SignatureMethod::Tc3, "The handler of DescribeThings panicked: "),
            ("service_of", SignatureMethod::HmacSha256, "The directory of the emulator panicked: "),
        ] {
            let emulator = Emulator::builder().directory(Panics(method)).start().await.expect("a free port");
            let client = emulator.client_builder().signature(signature).method(Method::Get).build().expect("a client");
            let call = AnyAction::new("mps", "2019-06-12", "DescribeThings");
            let error = client.send(&call).await.expect_err("a panic");
            let code = error.code().map(ToString::to_string);
            assert_eq!((code.as_deref(), error.attempts()), (Some(CODE), 1), "{method}: {error}");
            assert!(error.to_string().contains(what), "{error}");
            emulator.answer("mps", "2019-06-12", "DescribeThings", |_| json!({ "TotalCount": 1 }));
            assert_eq!(client.send(&call).await.expect("no panic")["TotalCount"], 1);
        }
    });
}
