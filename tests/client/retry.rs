//! Which failures are retried, as the table of the policy documents.

use std::time::Duration;

use tc_core::emulator::{Fault, Injection};
use tc_core::transport::{HyperTransport, Proxy, TransportOptions};
use tc_core::{Call, Error, ErrorKind, RetryPolicy};

use crate::client::actions::{CreateThing, DescribeThing, RunThing, Thing};
use crate::client::caller::{BuildAs, Caller, Kind, both};
use crate::client::{emulator, quick};

/// The result of a call after a fault: how often it was sent, how often it arrived, and its code or kind if it failed.
async fn outcome<C>(fault: Injection, how: How, call: C) -> (u32, usize, Option<String>)
where
    C: Call<Response = Thing> + Clone + Send + 'static,
{
    let emulator = emulator().await;
    let silent = [Fault::Silence, Fault::SilenceInBody].map(Injection::from).contains(&fault);
    let attempt = if silent { Duration::from_millis(400) } else { Duration::from_secs(30) };
    emulator.inject(fault);
    let client = quick(&emulator).attempt_timeout(attempt);
    let client = if how.lean {
        client.transport(HyperTransport::new(&TransportOptions::default().proxy(Proxy::None)).unwrap())
    } else {
        client
    };
    let answer = client.build_as(how.kind).send(&call).await;
    let arrived = emulator.received().iter().filter(|received| !received.body.is_empty()).count();
    match answer {
        Ok(answer) => {
            assert_eq!(answer.name, "x", "its own response");
            (answer.attempts(), arrived, None)
        }
        Err(error) => (error.attempts(), arrived, Some(word(&error))),
    }
}

/// The transport and the client of a call.
#[derive(Debug, Clone, Copy)]
struct How {
    lean: bool,
    kind: Kind,
}

fn word(error: &Error) -> String {
    match error.kind() {
        ErrorKind::Api(error) => error.code().to_string(),
        ErrorKind::Transport(error) => error.kind().as_str().to_owned(),
        ErrorKind::Body(error) => format!("body, status {}", error.status()),
        other => format!("{other:?}"),
    }
}

/// Checks the result of a fault for a read, a write, and a write with a token, on both transports and with both clients.
#[track_caller]
fn check(fault: impl Into<Injection>, read: (u32, Option<&str>), write: (u32, Option<&str>)) {
    let fault = fault.into();
    let location = std::panic::Location::caller();
    both(async |kind| {
        for lean in [false, true] {
            let how = How { lean, kind };
            let place = format!("at {location}, {how:?}");
            let (sent, _, word) = outcome(fault.clone(), how, DescribeThing::new("x")).await;
            assert_eq!((sent, word.as_deref()), read, "a read, {place}");
            let (sent, arrived, word) = outcome(fault.clone(), how, CreateThing::new("x")).await;
            assert_eq!((sent, word.as_deref()), write, "a write, {place}");
            assert!(arrived <= write.0 as usize, "a write arrived {arrived} times, {place}");
            let (sent, _, word) = outcome(fault.clone(), how, RunThing::new("x")).await;
            assert_eq!((sent, word.as_deref()), read, "a write with a token, {place}");
        }
    });
}

#[test]
fn throttled_calls_of_all_actions_are_retried() {
    for code in ["RequestLimitExceeded", "RequestLimitExceeded.UinLimitExceeded", "FailedOperation.TooFrequent"] {
        check(Fault::code(code).times(2), (3, None), (3, None));
        check(Fault::code(code).times(3), (3, Some(code)), (3, Some(code)));
    }
}

#[test]
fn server_errors_are_retried_for_reads() {
    for code in ["InternalError", "InternalError.Timeout", "ServiceUnavailable"] {
        check(Fault::code(code), (2, None), (1, Some(code)));
    }
}

#[test]
fn other_error_responses_are_not_retried() {
    for code in ["InvalidParameter", "UnauthorizedOperation", "LimitExceeded", "AuthFailure.SignatureFailure"] {
        check(Fault::code(code), (1, Some(code)), (1, Some(code)));
    }
}

#[test]
fn broken_connections_are_retried_for_reads() {
    for (fault, word) in [
        (Fault::ResetAfterRequest, "reset"),
        (Fault::CloseAfterRequest, "closed"),
        (Fault::CloseInBody, "closed"),
        (Fault::CloseInChunks, "closed"),
        (Fault::Silence, "timeout"),
        (Fault::SilenceInBody, "timeout"),
    ] {
        check(fault, (2, None), (1, Some(word)));
    }
}

#[test]
fn invalid_responses_are_retried_for_reads() {
    check(Fault::Html(502), (2, None), (1, Some("body, status 502")));
    check(Fault::Html(200), (2, None), (1, Some("body, status 200")));
    check(Fault::EmptyBody, (2, None), (1, Some("body, status 200")));
    check(Fault::TruncatedJson, (2, None), (1, Some("body, status 200")));
}

#[test]
fn redirects_and_too_large_responses_are_not_retried() {
    check(Fault::Redirect("http://127.0.0.1:1/".into()), (1, Some("body, status 307")), (1, Some("body, status 307")));
    check(Fault::GzipBomb(200 << 20), (1, Some("too_large")), (1, Some("too_large")));
    check(Fault::Huge(200 << 20), (1, Some("too_large")), (1, Some("too_large")));
}

#[test]
fn every_attempt_is_signed_again_with_the_same_client_token() {
    both(async |kind| {
        let emulator = emulator().await;
        emulator.inject(Fault::code("RequestLimitExceeded").times(2));
        let client = quick(&emulator).clock(Ticking::default()).client_token(|| "one-token".into()).build_as(kind);
        assert_eq!(client.send(&RunThing::new("x")).await.unwrap().attempts(), 3);
        let received = emulator.received();
        let header = |name: &str| received.iter().map(|one| one.header(name).unwrap().to_owned()).collect::<Vec<_>>();
        let [times, signatures] = ["x-tc-timestamp", "authorization"].map(header);
        assert!(times[0] < times[1] && times[1] < times[2], "{times:?}");
        assert!(signatures[0] != signatures[1] && signatures[1] != signatures[2]);
        assert!(received.iter().all(|one| one.params["ClientToken"] == "one-token"));
    });
}

/// A clock that advances by a second each time it is read.
#[derive(Debug, Default)]
struct Ticking(std::sync::atomic::AtomicI64);

impl tc_core::Clock for Ticking {
    fn now(&self) -> tc_core::Timestamp {
        let passed = self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        tc_core::Timestamp::from_unix(tc_core::SystemClock.now().as_unix() + passed)
    }
}

#[test]
fn a_given_client_token_is_kept_and_each_call_gets_a_new_one() {
    both(async |kind| {
        let emulator = emulator().await;
        let client = emulator.build_as(kind);
        client.send(&RunThing::new("x").client_token("mine")).await.unwrap();
        client.send(&RunThing::new("x")).await.unwrap();
        client.send(&RunThing::new("x")).await.unwrap();
        client.call(&RunThing::new("x")).method(tc_core::Method::Get).send().await.unwrap();
        let tokens: Vec<String> =
            emulator.received().iter().map(|one| one.params["ClientToken"].as_str().unwrap().to_owned()).collect();
        assert_eq!(tokens[0], "mine");
        assert!(tokens[1..].iter().all(|token| token.len() == 36), "{tokens:?}");
        assert!(tokens[1] != tokens[2] && tokens[2] != tokens[3]);
    });
}

#[test]
fn the_policy_of_a_call_replaces_that_of_the_client() {
    both(async |kind| {
        let emulator = emulator().await;
        let calls = async |client: &Caller, policy: Option<RetryPolicy>| {
            emulator.clear_faults();
            emulator.inject(Fault::code("InternalError").always());
            let action = DescribeThing::new("x");
            let call = client.call(&action);
            let call = match policy {
                Some(policy) => call.retry(policy),
                None => call,
            };
            call.send().await.unwrap_err().attempts()
        };
        let fast = RetryPolicy::default().backoff(Duration::ZERO, Duration::ZERO);
        let client = emulator.client_builder().retry(fast.clone().attempts(5)).build_as(kind);
        assert_eq!(calls(&client, None).await, 5);
        assert_eq!(calls(&client, Some(RetryPolicy::none())).await, 1);
        assert_eq!(calls(&client, Some(fast.attempts(2))).await, 2);
    });
}

#[test]
fn the_retry_budget_is_used_up_and_refilled_by_successes() {
    both(async |kind| {
        let emulator = emulator().await;
        let policy = RetryPolicy::default().backoff(Duration::ZERO, Duration::ZERO).budget(3);
        let client = emulator.client_builder().retry(policy).build_as(kind);
        emulator.inject(Fault::code("InternalError").always());
        let mut attempts = Vec::new();
        for _ in 0..4 {
            attempts.push(client.send(&DescribeThing::new("x")).await.unwrap_err().attempts());
        }
        assert_eq!(attempts, [3, 2, 1, 1], "three retries in all");
        emulator.clear_faults();
        for _ in 0..5 {
            client.send(&DescribeThing::new("x")).await.unwrap();
        }
        emulator.inject(Fault::code("InternalError"));
        assert_eq!(client.send(&DescribeThing::new("x")).await.unwrap().attempts(), 2);
    });
}

#[test]
fn a_closed_pooled_connection_fails_no_call() {
    both(async |kind| {
        let emulator = emulator().await;
        let client = quick(&emulator).build_as(kind);
        for round in 0..10 {
            let answer = client.send(&CreateThing::new(round.to_string())).await.unwrap();
            assert_eq!(answer.name, round.to_string());
            emulator.close_idle_connections();
            // The client notices the close before the next call.
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(emulator.received().len(), 10, "each write arrived once");
    });
}

#[test]
fn refused_connections_are_retried_for_all_actions() {
    both(async |kind| {
        let emulator = emulator().await;
        let client = quick(&emulator).build_as(kind);
        crate::client::stop_listening(&emulator).await;
        let error = client.send(&CreateThing::new("x")).await.unwrap_err();
        assert_eq!((error.attempts(), word(&error).as_str(), error.is_unsent()), (3, "connect", true), "{error}");
        assert!(emulator.received().is_empty());
    });
}
