//! A row: a fault, the call it strikes, and what is seen of both by caller and server.

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
    /// Its first cell.
    pub(crate) fault: &'static str,
    pub(crate) strikes: Strikes,
}

/// How a fault comes about.
pub(crate) enum Strikes {
    /// The emulator injects it.
    Injected(fn() -> Fault),
    /// A scene of its own.
    Staged(fn(Case) -> Pin<Box<dyn Future<Output = Seen>>>),
}

/// One of the ways in which a row is played.
#[derive(Clone)]
pub(crate) struct Case {
    /// Whether the fault strikes at every attempt, and not only at the first.
    pub(crate) again: bool,
    /// Whether the call changes something, so that it may not be sent twice.
    pub(crate) write: bool,
    pub(crate) transport: fn(TransportOptions) -> Arc<dyn Transport>,
    pub(crate) options: TransportOptions,
}

/// What the caller sees: the attempts, and the error if it ended in one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    pub(crate) attempts: u32,
    pub(crate) error: Option<String>,
}

/// Runs a test on a runtime of its own.
pub(crate) fn run<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(test)
}

impl Row {
    /// The cell for one way of playing, the same on both transports, and the error in full.
    pub(crate) async fn seen(&self, again: bool, write: bool) -> (String, String) {
        let transports: [fn(TransportOptions) -> Arc<dyn Transport>; 2] = [
            |options| Arc::new(ReqwestTransport::new(&options).expect("a transport")),
            |options| Arc::new(HyperTransport::new(&options).expect("a transport")),
        ];
        let [reqwest, hyper] = transports.map(async |transport| {
            let case = Case { again, write, transport, options: TransportOptions::default().proxy(Proxy::None) };
            match &self.strikes {
                Strikes::Injected(fault) => strike(case, fault()).await,
                Strikes::Staged(stage) => stage(case).await,
            }
        });
        let (reqwest, hyper) = tokio::join!(reqwest, hyper);
        assert_eq!(reqwest, hyper, "reqwest and hyper differ: {}, again {again}, write {write}", self.fault);
        let Seen { attempts, error } = &reqwest;
        let attempts = match attempts {
            0 => "nothing sent".into(),
            1 => "1 attempt".into(),
            more => format!("{more} attempts"),
        };
        let outcome = if error.is_some() { "**error**" } else { "answer" };
        (format!("{outcome}, {attempts}"), error.clone().unwrap_or_else(|| "–".into()))
    }
}

/// Without what differs from run to run.
fn plain(error: &str) -> String {
    let uuid = Regex::new("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").expect("an expression");
    let port = Regex::new("(127.0.0.1|localhost):[0-9]+").expect("an expression");
    let instant = Regex::new("[0-9]{9,}").expect("an expression");
    let error = uuid.replace_all(error, "7d80775f-…");
    let error = instant.replace_all(&error, "…");
    port.replace_all(&error, "$1:…").replace('\n', " ")
}

impl Case {
    /// A client of `emulator` that does not wait long between attempts.
    pub(crate) fn client(&self, emulator: &Emulator) -> ClientBuilder {
        self.own(emulator.client_builder())
    }

    /// The same for a client of somewhere else.
    pub(crate) fn own(&self, builder: ClientBuilder) -> ClientBuilder {
        let brief = RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(2));
        builder.retry(brief).transport((self.transport)(self.options.clone()))
    }

    /// The call: one that reads or one that writes, which carries something to be given back.
    pub(crate) fn call(&self) -> AnyAction {
        let name = if self.write { "CreateThing" } else { "DescribeThings" };
        AnyAction::new("mps", "2019-06-12", name).params(json!({ "Mark": name }))
    }

    /// Makes the call, and looks at what came back.
    pub(crate) async fn seen(&self, client: &Client) -> Seen {
        match client.send(&self.call()).await {
            Ok(found) => {
                let mark = if self.write { "CreateThing" } else { "DescribeThings" };
                // An answer that a fault made is another, and right all the same.
                assert!(found["Mark"] == mark || found["Blank"].is_string(), "{found:?}");
                Seen { attempts: found.attempts(), error: None }
            }
            Err(error) => Seen { attempts: error.attempts(), error: Some(plain(&error.to_string())) },
        }
    }
}

/// An emulator that gives back what it is asked with.
pub(crate) async fn emulator() -> Emulator {
    let emulator = Emulator::start().await.expect("a free port");
    for action in ["DescribeThings", "CreateThing"] {
        emulator.answer("mps", "2019-06-12", action, |params: Value| json!({ "Mark": params["Mark"] }));
    }
    emulator
}

async fn strike(case: Case, fault: Fault) -> Seen {
    let emulator = emulator().await;
    emulator.inject(if case.again { fault.clone().always() } else { fault.clone().times(1) });
    let patience = match fault {
        Fault::Silence | Fault::SilenceInBody | Fault::Drip { .. } => Duration::from_secs(1),
        _ => Duration::from_secs(20),
    };
    let client = case.client(&emulator).attempt_timeout(patience).build().expect("a client");
    let seen = case.seen(&client).await;
    let arrived = emulator.received().len();
    match fault {
        // Those never came to a request.
        Fault::ResetOnConnect | Fault::CloseOnConnect => {
            assert!(arrived <= seen.attempts as usize, "{arrived}, {seen:?}");
        }
        _ => assert_eq!(arrived, seen.attempts as usize, "{seen:?}"),
    }
    if case.write && seen.error.is_some() {
        assert!(arrived <= 1 || fault_is_a_refusal(&fault), "a write came {arrived} times");
    }
    seen
}

/// Whether the server says itself that it did nothing.
fn fault_is_a_refusal(fault: &Fault) -> bool {
    matches!(fault, Fault::Code(code) if code.contains("LimitExceeded"))
}

/// Rows of injected faults, with a test for each.
macro_rules! injected {
    ($rows:ident: $($test:ident $fault:literal => $injected:expr,)*) => {
        pub(crate) const $rows: &[$crate::faults::scene::Row] = &[$($crate::faults::scene::Row {
            fault: $fault,
            strikes: $crate::faults::scene::Strikes::Injected(|| $injected),
        },)*];

        $(#[test]
        fn $test() {
            let row = $rows.iter().find(|row| row.fault == $fault).expect("this row");
            $crate::faults::document::check(row);
        })*
    };
}

/// Rows with a scene of their own, with a test for each.
macro_rules! staged {
    ($rows:ident: $($test:ident $fault:literal => $stage:path,)*) => {
        pub(crate) const $rows: &[$crate::faults::scene::Row] = &[$($crate::faults::scene::Row {
            fault: $fault,
            strikes: $crate::faults::scene::Strikes::Staged(|case| Box::pin($stage(case))),
        },)*];

        $(#[test]
        fn $test() {
            let row = $rows.iter().find(|row| row.fault == $fault).expect("this row");
            $crate::faults::document::check(row);
        })*
    };
}

pub(crate) use {injected, staged};
