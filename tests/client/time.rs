//! Timeouts: of connecting, of an attempt, of the whole call; and what a dropped future leaves behind.

use std::time::{Duration, Instant};

use tc_core::emulator::{Emulator, Fault, Reply};
use tc_core::transport::{Replay, TransportErrorKind};
use tc_core::{Client, ErrorKind, RetryPolicy};

use crate::client::actions::{DescribeThing, Thing};
use crate::client::{emulator, quick};

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
    let client = quick(&emulator).attempt_timeout(Duration::from_millis(200)).timeout(Duration::from_millis(250));
    let started = Instant::now();
    let error = client.build().unwrap().send(&DescribeThing::new("x")).await.unwrap_err();
    timed_out(&error, "the call took longer than 250ms");
    assert_eq!(error.attempts(), 2);
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

/// A client whose server is silent for so long before each answer.
async fn slow(silence: Duration, options: fn(tc_core::ClientBuilder) -> tc_core::ClientBuilder) -> (Emulator, Client) {
    let emulator = emulator().await;
    emulator.on::<DescribeThing>(move |asked: DescribeThing| Reply::value(Thing::new(asked.name)).after(silence));
    let client = options(quick(&emulator)).build().unwrap();
    (emulator, client)
}

#[tokio::test]
async fn a_call_or_a_client_with_more_time_gives_it_to_its_attempts() {
    let (emulator, client) = slow(Duration::from_millis(300), |builder| {
        builder.timeout(Duration::from_mins(1)).attempt_timeout(Duration::from_millis(50))
    })
    .await;
    let call = DescribeThing::new("x");
    let answer = client.call(&call).timeout(Duration::from_secs(50)).send().await.unwrap();
    assert_eq!((answer.attempts(), emulator.received().len()), (1, 1));
    let answer = client.call(&call).attempt_timeout(Duration::from_secs(50)).send().await.unwrap();
    assert_eq!((answer.attempts(), emulator.received().len()), (1, 2));
    let both = client.call(&call).timeout(Duration::from_secs(50)).attempt_timeout(Duration::from_millis(50));
    timed_out(&both.send().await.unwrap_err(), "the attempt took longer than 50ms");

    let (_emulator, client) =
        slow(Duration::from_millis(300), |builder| builder.timeout(Duration::from_millis(100))).await;
    timed_out(&client.send(&call).await.unwrap_err(), "the call took longer than 100ms");
    let answer = client.call(&call).attempt_timeout(Duration::from_secs(50)).send().await.unwrap();
    assert_eq!(answer.attempts(), 1, "a call lasts at least as long as an attempt of it");
}

#[test]
fn one_time_given_sets_the_other() {
    let shown =
        |builder: tc_core::ClientBuilder| format!("{:?}", builder.transport(Replay::default()).build().unwrap());
    let minutes = Duration::from_mins;
    let text = shown(Client::builder().timeout(minutes(5)));
    assert!(text.contains(" timeout: 300s") && text.contains("attempt_timeout: 300s"), "{text}");
    let text = shown(Client::builder().attempt_timeout(minutes(5)));
    assert!(text.contains(" timeout: 300s") && text.contains("attempt_timeout: 300s"), "{text}");
    let text = shown(Client::builder().attempt_timeout(Duration::from_secs(5)));
    assert!(text.contains(" timeout: 60s") && text.contains("attempt_timeout: 5s"), "{text}");
    let text = shown(Client::builder().attempt_timeout(Duration::from_secs(5)).timeout(minutes(2)));
    assert!(text.contains(" timeout: 120s") && text.contains("attempt_timeout: 5s"), "{text}");
}

#[tokio::test]
async fn an_answer_that_is_slow_by_nature_is_not_asked_for_three_times() {
    for silence in [Fault::Silence, Fault::SilenceInBody, Fault::Drip { every: Duration::from_secs(1) }] {
        let emulator = emulator().await;
        emulator.inject(silence.clone().always());
        let patient = RetryPolicy::default().attempts(9).backoff(Duration::ZERO, Duration::ZERO);
        let client = emulator.client_builder().attempt_timeout(Duration::from_millis(100)).retry(patient);
        let error = client.build().unwrap().send(&DescribeThing::new("x")).await.unwrap_err();
        timed_out(&error, "the attempt took longer than 100ms (attempt_timeout(..) gives");
        assert!(error.is_timeout() && !error.is_connect());
        assert_eq!((error.attempts(), emulator.received().len()), (2, 2), "{silence:?}");
    }
}

#[tokio::test]
async fn time_that_ran_out_while_connecting_is_told_apart() {
    use tc_core::transport::{HyperTransport, Proxy, ReqwestTransport, Transport, TransportOptions};
    // It accepts connections and never says a word, so no TLS comes about.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let options = TransportOptions::default().proxy(Proxy::None).connect_timeout(Duration::from_millis(30));
    let transports: [std::sync::Arc<dyn Transport>; 2] = [
        std::sync::Arc::new(ReqwestTransport::new(&options).unwrap()),
        std::sync::Arc::new(HyperTransport::new(&options).unwrap()),
    ];
    for transport in transports {
        let client = Client::builder().credential(tc_core::Credential::new("AKIDX", "key")).endpoint(&url);
        let client = client.retry(RetryPolicy::none()).transport(transport).build().unwrap();
        let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
        assert!(error.is_timeout() && error.is_connect() && error.is_unsent(), "{error}");
        assert!(error.to_string().contains("connect_timeout(..)"), "{error}");
        let client =
            Client::builder().credential(tc_core::Credential::new("AKIDX", "key")).endpoint("http://127.0.0.1:1");
        let error =
            client.retry(RetryPolicy::none()).build().unwrap().send(&DescribeThing::new("x")).await.unwrap_err();
        assert!(!error.is_timeout() && error.is_connect(), "{error}");
    }
}

#[tokio::test]
async fn a_stream_asked_for_by_send_names_what_reads_it_and_is_asked_for_once() {
    for content_type in ["text/event-stream", "Text/Event-Stream; charset=utf-8"] {
        let answer = || {
            let answer = http::Response::builder().header("content-type", content_type).header("x-tc-requestid", "r-7");
            answer.body("data: {\"A\": 1}\n\n").unwrap()
        };
        let replay = Replay::new([answer(), answer(), answer()]);
        let client = Client::builder().credential(tc_core::Credential::new("AKIDX", "key")).transport(replay.clone());
        let error = client.build().unwrap().send(&DescribeThing::new("x")).await.unwrap_err();
        assert!(error.to_string().contains("client.events(..)"), "{error}");
        assert_eq!((error.attempts(), error.is_retryable(), error.is_unsent()), (1, false, false), "{error}");
        assert_eq!((replay.requests().len(), error.request_id()), (1, Some("r-7")));
    }
}

#[tokio::test]
async fn the_request_id_of_the_head_is_kept_where_the_body_has_none() {
    for (body, id) in [
        (r#"{"Response":{"Name":"x"}}"#, "of-the-head"),
        (r#"{"Response":{"Name":"x","RequestId":"of-the-body"}}"#, "of-the-body"),
        (r#"{"Response":{"Name":"x","RequestId":""}}"#, "of-the-head"),
        (r#"{"Response":{"Error":{"Code":"InvalidParameter","Message":"m"}}}"#, "of-the-head"),
        (
            r#"{"Response":{"Error":{"Code":"InvalidParameter","Message":"m"},"RequestId":"of-the-body"}}"#,
            "of-the-body",
        ),
        ("<html>", "of-the-head"),
        ("", "of-the-head"),
        ("{\"Response\":{", "of-the-head"),
    ] {
        for status in [200, 502] {
            let answer = http::Response::builder().status(status).header("X-TC-RequestId", "of-the-head");
            let replay = Replay::new([answer.body(body).unwrap()]);
            let client = Client::builder().credential(tc_core::Credential::new("AKIDX", "key")).transport(replay);
            let client = client.retry(RetryPolicy::none()).build().unwrap();
            let found = match client.send(&DescribeThing::new("x")).await {
                Ok(answer) => answer.request_id().to_owned(),
                Err(error) => error.request_id().unwrap_or("none").to_owned(),
            };
            assert_eq!(found, id, "{status}: {body}");
            let answer = http::Response::builder().status(status).header("X-TC-RequestId", "of-the-head");
            let replay = Replay::new([answer.header("content-encoding", "gzip").body("no gzip").unwrap()]);
            let client = Client::builder().credential(tc_core::Credential::new("AKIDX", "key")).transport(replay);
            let client = client.retry(RetryPolicy::none()).build().unwrap();
            let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
            assert_eq!(error.request_id(), Some("of-the-head"));
        }
    }
}
