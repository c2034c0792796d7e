//! Timeouts: of connecting, of an attempt, of the whole call; and what a dropped future leaves behind.

use std::time::{Duration, Instant};

use tc_core::emulator::Fault;
use tc_core::transport::{Replay, TransportErrorKind};
use tc_core::{Client, ErrorKind, RetryPolicy};

use crate::actions::DescribeThing;
use crate::{emulator, quick};

#[track_caller]
fn timed_out(error: &tc_core::Error, what: &str) {
    match error.kind() {
        ErrorKind::Transport(error) if error.kind() == TransportErrorKind::Timeout => {}
        other => panic!("no timeout: {other:?}"),
    }
    assert!(error.to_string().starts_with(what), "{error}");
}

#[tokio::test]
async fn a_dripping_body_is_under_the_attempts_timeout() {
    let emulator = emulator().await;
    emulator.inject(Fault::Drip { every: Duration::from_millis(200) }.always());
    let client =
        quick(&emulator).attempt_timeout(Duration::from_millis(100)).retry(RetryPolicy::none()).build().unwrap();
    let started = Instant::now();
    timed_out(&client.send(&DescribeThing::new("x")).await.unwrap_err(), "the attempt took longer than 100ms");
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_whole_call_ends_within_its_timeout_retries_and_waits_included() {
    let emulator = emulator().await;
    emulator.inject(Fault::Silence.always());
    let client = quick(&emulator).attempt_timeout(Duration::from_millis(100)).timeout(Duration::from_millis(250));
    let started = Instant::now();
    let error = client.build().unwrap().send(&DescribeThing::new("x")).await.unwrap_err();
    timed_out(&error, "the call took longer than 250ms");
    assert_eq!(error.attempts(), 3);
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_wait_that_would_pass_the_deadline_is_not_begun() {
    let emulator = emulator().await;
    emulator.inject(Fault::code("InternalError").always());
    let patient = RetryPolicy::default().backoff(Duration::from_hours(1), Duration::from_hours(10));
    let client = emulator.client_builder().retry(patient).timeout(Duration::from_secs(2)).build().unwrap();
    let started = Instant::now();
    let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
    assert_eq!((error.code().unwrap().as_str(), error.attempts()), ("InternalError", 1));
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_call_has_a_timeout_of_its_own() {
    let emulator = emulator().await;
    emulator.inject(Fault::Silence.always());
    let call = DescribeThing::new("x");
    let error = emulator.client().call(&call).timeout(Duration::from_millis(50)).send().await.unwrap_err();
    timed_out(&error, "the call took longer than 50ms");
}

#[test]
fn timeouts_are_on_if_nothing_is_said() {
    let client = Client::builder().transport(Replay::default()).build().unwrap();
    let shown = format!("{client:?}");
    assert!(shown.contains(" timeout: 60s") && shown.contains("attempt_timeout: 30s"), "{shown}");
    let options = format!("{:?}", tc_core::transport::TransportOptions::default());
    assert!(options.contains("connect_timeout: 5s") && options.contains("idle_timeout: 50s"), "{options}");
}

#[tokio::test]
async fn a_dropped_future_is_a_call_given_up() {
    let emulator = emulator().await;
    emulator.inject(Fault::Silence.times(50));
    let client = quick(&emulator).build().unwrap();
    for calls in 1..=50 {
        let arrived = async {
            while emulator.received().len() < calls {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::select! {
            answer = client.send(&DescribeThing::new("x")) => panic!("{answer:?} of a silent server"),
            () = arrived => {}
        }
    }
    assert_eq!(client.send(&DescribeThing::new("x")).await.unwrap().name, "x");
}

#[tokio::test]
async fn a_server_that_asks_to_be_left_alone_is() {
    let busy =
        |seconds: &str| http::Response::builder().status(503).header("retry-after", seconds).body("<html>").unwrap();
    let ask = async |seconds: &str| {
        let replay = Replay::new([busy(seconds)]);
        replay.push(r#"{"Response":{"Name":"x","RequestId":"r"}}"#);
        let client = Client::builder().credential(tc_core::Credential::new("AKIDX", "key")).transport(replay);
        let started = Instant::now();
        let answer = client.build().unwrap().send(&DescribeThing::new("x")).await;
        (answer.map(|answer| answer.attempts()), started.elapsed())
    };
    let (answer, took) = ask("1").await;
    assert!(matches!(answer, Ok(2)) && took >= Duration::from_secs(1), "{answer:?} after {took:?}");
    let (answer, took) = ask("3600").await;
    let error = answer.unwrap_err();
    assert_eq!(
        (error.attempts(), took < Duration::from_secs(1)),
        (1, true),
        "an hour is longer than the call may take"
    );
}
