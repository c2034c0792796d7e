//! A row: a fault, the call that it affects, and the outcome for caller and server.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use regex::Regex;
use serde_json::{Value, json};
use tc_core::emulator::{Emulator, Fault};
use tc_core::transport::{HyperTransport, Proxy, ReqwestTransport, Transport, TransportOptions};
use tc_core::{AnyAction, Client, ClientBuilder, RetryPolicy};

/// A line of the document.
pub(crate) struct Row {
    /// The first cell.
    pub(crate) fault: &'static str,
    pub(crate) cause: Cause,
}

/// The cause of a fault.
pub(crate) enum Cause {
    /// The emulator injects it.
    Injected(fn() -> Fault),
    /// A function creates it.
    Staged(fn(Case) -> Pin<Box<dyn Future<Output = Outcome>>>),
}

/// One variant of a row.
#[derive(Clone)]
pub(crate) struct Case {
    /// Whether the fault affects every attempt, and not only the first.
    pub(crate) again: bool,
    /// Whether the call writes, so that it must not be sent twice.
    pub(crate) write: bool,
    pub(crate) transport: fn(TransportOptions) -> Arc<dyn Transport>,
    pub(crate) options: TransportOptions,
}

/// The outcome for the caller: the attempts, and the error of a failed call.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) attempts: u32,
    pub(crate) error: Option<String>,
}

/// Runs a test on a new runtime.
pub(crate) fn run<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(test)
}

impl Row {
    /// The cell for one variant, which is the same on both transports, and the text of the error.
    pub(crate) async fn outcome(&self, again: bool, write: bool) -> (String, String) {
        let transports: [fn(TransportOptions) -> Arc<dyn Transport>; 2] = [
            |options| Arc::new(ReqwestTransport::new(&options).expect("a transport")),
            |options| Arc::new(HyperTransport::new(&options).expect("a transport")),
        ];
        let [reqwest, hyper] = transports.map(async |transport| {
            let case = Case { again, write, transport, options: TransportOptions::default().proxy(Proxy::None) };
            match &self.cause {
                Cause::Injected(fault) => inject(case, fault()).await,
                Cause::Staged(stage) => stage(case).await,
            }
        });
        let (reqwest, hyper) = tokio::join!(reqwest, hyper);
        assert_eq!(reqwest, hyper, "reqwest and hyper differ: {}, again {again}, write {write}", self.fault);
        let Outcome { attempts, error } = &reqwest;
        let attempts = match attempts {
            0 => "nothing sent".into(),
            1 => "1 attempt".into(),
            more => format!("{more} attempts"),
        };
        let result = if error.is_some() { "**error**" } else { "success" };
        (format!("{result}, {attempts}"), error.clone().unwrap_or_else(|| "–".into()))
    }
}

/// Replaces the parts of a text that differ between runs, and shortens it.
fn plain(error: &str) -> String {
    let uuid = Regex::new("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").expect("an expression");
    let port = Regex::new("(127.0.0.1|localhost):[0-9]+").expect("an expression");
    let instant = Regex::new("[0-9]{9,}").expect("an expression");
    let error = uuid.replace_all(error, "7d80775f-…");
    let error = instant.replace_all(&error, "…");
    let error = port.replace_all(&error, "$1:…").replace('\n', " ");
    // The advice in parentheses and the excerpt of a body are long, and are tested elsewhere.
    let advice = Regex::new(r" \([a-zA-Z0-9 _',;:.()-]{40,}\)").expect("an expression");
    let body = Regex::new(", body: .*?(; after|$)").expect("an expression");
    let error = advice.replace_all(&error, " (…)");
    body.replace_all(&error, ", body: …$1").into_owned()
}

impl Case {
    /// A client of `emulator` with short waits between attempts.
    pub(crate) fn client(&self, emulator: &Emulator) -> ClientBuilder {
        self.own(emulator.client_builder())
    }

    /// The same options for a client of another server.
    pub(crate) fn own(&self, builder: ClientBuilder) -> ClientBuilder {
        let brief = RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(2));
        builder.retry(brief).transport((self.transport)(self.options.clone()))
    }

    /// The call: a read or a write, with a value that the response repeats.
    pub(crate) fn call(&self) -> AnyAction {
        let name = if self.write { "CreateThing" } else { "DescribeThings" };
        AnyAction::new("mps", "2019-06-12", name).params(json!({ "Mark": name }))
    }

    /// Makes the call and checks its response.
    pub(crate) async fn outcome(&self, client: &Client) -> Outcome {
        match client.send(&self.call()).await {
            Ok(found) => {
                let mark = if self.write { "CreateThing" } else { "DescribeThings" };
                // The response of a fault has other members.
                assert!(found["Mark"] == mark || found["Blank"].is_string(), "{found:?}");
                Outcome { attempts: found.attempts(), error: None }
            }
            Err(error) => Outcome { attempts: error.attempts(), error: Some(plain(&error.to_string())) },
        }
    }
}

/// An emulator whose responses repeat the value of the request.
pub(crate) async fn emulator() -> Emulator {
    let emulator = Emulator::start().await.expect("a free port");
    for action in ["DescribeThings", "CreateThing"] {
        emulator.answer("mps", "2019-06-12", action, |params: Value| json!({ "Mark": params["Mark"] }));
    }
    emulator
}

async fn inject(case: Case, fault: Fault) -> Outcome {
    let emulator = emulator().await;
    emulator.inject(if case.again { fault.clone().always() } else { fault.clone().times(1) });
    let timeout = match fault {
        // Long enough that each attempt arrives, also on a busy machine.
        Fault::Silence | Fault::SilenceInBody | Fault::Drip { .. } => Duration::from_secs(3),
        _ => Duration::from_secs(20),
    };
    let client = case.client(&emulator).attempt_timeout(timeout).build().expect("a client");
    let outcome = case.outcome(&client).await;
    let arrived = emulator.received().len();
    match fault {
        // These faults apply before a request.
        Fault::ResetOnConnect | Fault::CloseOnConnect => {
            assert!(arrived <= outcome.attempts as usize, "{arrived}, {outcome:?}");
        }
        _ => assert_eq!(arrived, outcome.attempts as usize, "{outcome:?}"),
    }
    if case.write && outcome.error.is_some() {
        assert!(arrived <= 1 || is_throttle(&fault), "a write arrived {arrived} times");
    }
    outcome
}

/// Whether the server has done nothing.
fn is_throttle(fault: &Fault) -> bool {
    matches!(fault, Fault::Code(code) if code.contains("LimitExceeded"))
}

/// Rows of injected faults, with a test for each.
macro_rules! injected {
    ($rows:ident: $($test:ident $fault:literal => $injected:expr,)*) => {
        pub(crate) const $rows: &[$crate::faults::row::Row] = &[$($crate::faults::row::Row {
            fault: $fault,
            cause: $crate::faults::row::Cause::Injected(|| $injected),
        },)*];

        $(#[test]
        fn $test() {
            let row = $rows.iter().find(|row| row.fault == $fault).expect("this row");
            $crate::faults::document::check(row);
        })*
    };
}

/// Rows of faults that a function creates, with a test for each.
macro_rules! staged {
    ($rows:ident: $($test:ident $fault:literal => $stage:path,)*) => {
        pub(crate) const $rows: &[$crate::faults::row::Row] = &[$($crate::faults::row::Row {
            fault: $fault,
            cause: $crate::faults::row::Cause::Staged(|case| Box::pin($stage(case))),
        },)*];

        $(#[test]
        fn $test() {
            let row = $rows.iter().find(|row| row.fault == $fault).expect("this row");
            $crate::faults::document::check(row);
        })*
    };
}

pub(crate) use {injected, staged};
