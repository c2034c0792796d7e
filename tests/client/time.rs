//! Timeouts of connecting, of an attempt and of the whole call, and dropped futures.

use std::time::{Duration, Instant};

use tc_core::emulator::{Emulator, Fault, Reply};
use tc_core::transport::{Replay, TransportErrorKind};
use tc_core::{Client, ErrorKind, RetryPolicy};

use crate::client::actions::{DescribeThing, Thing};
use crate::client::caller::{BuildAs, Caller, Kind, both};
use crate::client::{emulator, quick};

#[track_caller]
fn timed_out(error: &tc_core::Error, what: &str) {
    match error.kind() {
        ErrorKind::Transport(error) if error.kind() == TransportErrorKind::Timeout => {}
        other => panic!("no timeout: {other:?}"),
    }
    assert!(error.to_string().starts_with(what), "{error}");
}

#[test]
fn the_timeout_of_an_attempt_covers_a_slow_body() {
    both(async |kind| {
        let emulator = emulator().await;
        emulator.inject(Fault::Drip { every: Duration::from_secs(2) }.always());
        let client =
            quick(&emulator).attempt_timeout(Duration::from_millis(100)).retry(RetryPolicy::none()).build_as(kind);
        let started = Instant::now();
        timed_out(&client.send(&DescribeThing::new("x")).await.unwrap_err(), "the attempt took longer than 100ms");
        // The whole body takes minutes.
        assert!(started.elapsed() < Duration::from_secs(30));
    });
}

#[test]
fn a_call_ends_within_its_timeout_with_retries_and_waits() {
    both(async |kind| {
        let emulator = emulator().await;
        emulator.inject(Fault::Silence.always());
        // The second attempt has half a second to start.
        let client = quick(&emulator).attempt_timeout(Duration::from_millis(500)).timeout(Duration::from_millis(990));
        let started = Instant::now();
        let error = client.build_as(kind).send(&DescribeThing::new("x")).await.unwrap_err();
        timed_out(&error, "the call took longer than 990ms");
        assert_eq!(error.attempts(), 2);
        assert!(started.elapsed() < Duration::from_secs(30));
    });
}

#[test]
fn a_wait_beyond_the_deadline_is_not_started() {
    both(async |kind| {
        let emulator = emulator().await;
        emulator.inject(Fault::code("InternalError").always());
        // The wait is a random part of this time, so that it is practically never below the timeout.
        let century = Duration::from_hours(1_000_000);
        let patient = RetryPolicy::default().backoff(century, century);
        let client = emulator.client_builder().retry(patient).timeout(Duration::from_mins(2)).build_as(kind);
        let started = Instant::now();
        let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
        assert_eq!((error.code().unwrap().as_str(), error.attempts()), ("InternalError", 1));
        assert!(started.elapsed() < Duration::from_mins(1));
    });
}

#[test]
fn a_call_has_its_own_timeout() {
    both(async |kind| {
        let emulator = emulator().await;
        emulator.inject(Fault::Silence.always());
        let call = DescribeThing::new("x");
        let error = emulator.build_as(kind).call(&call).timeout(Duration::from_millis(50)).send().await.unwrap_err();
        timed_out(&error, "the call took longer than 50ms");
    });
}

#[test]
fn timeouts_are_enabled_by_default() {
    let client = Client::builder().transport(Replay::default()).build().unwrap();
    let shown = format!("{client:?}");
    assert!(shown.contains(" timeout: 60s") && shown.contains("attempt_timeout: 30s"), "{shown}");
    let options = format!("{:?}", tc_core::transport::TransportOptions::default());
    assert!(options.contains("connect_timeout: 5s") && options.contains("idle_timeout: 50s"), "{options}");
}

#[tokio::test]
async fn dropping_the_future_cancels_the_call() {
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

#[test]
fn retry_after_is_respected() {
    both(async |kind| {
        let busy = |seconds: &str| {
            http::Response::builder().status(503).header("retry-after", seconds).body("<html>").unwrap()
        };
        let ask = async |seconds: &str| {
            let replay = Replay::new([busy(seconds)]);
            replay.push(r#"{"Response":{"Name":"x","RequestId":"r"}}"#);
            let client = Client::builder().credential(tc_core::Credential::new("AKIDX", "key")).transport(replay);
            let started = Instant::now();
            let answer = client.build_as(kind).send(&DescribeThing::new("x")).await;
            (answer.map(|answer| answer.attempts()), started.elapsed())
        };
        let (answer, took) = ask("1").await;
        assert!(matches!(answer, Ok(2)) && took >= Duration::from_secs(1), "{answer:?} after {took:?}");
        let (answer, took) = ask("3600").await;
        let error = answer.unwrap_err();
        assert_eq!(
            (error.attempts(), took < Duration::from_secs(30)),
            (1, true),
            "an hour is longer than the call may take"
        );
    });
}

/// Builds a client of a server that waits this long before each response.
async fn slow(
    kind: Kind,
    silence: Duration,
    options: fn(tc_core::ClientBuilder) -> tc_core::ClientBuilder,
) -> (Emulator, Caller) {
    let emulator = emulator().await;
    emulator.on::<DescribeThing>(move |request: DescribeThing| Reply::value(Thing::new(request.name)).after(silence));
    let client = options(quick(&emulator)).build_as(kind);
    (emulator, client)
}

#[test]
fn a_longer_timeout_of_the_call_applies_to_its_attempts() {
    both(async |kind| {
        let (emulator, client) = slow(kind, Duration::from_millis(300), |builder| {
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
            slow(kind, Duration::from_millis(300), |builder| builder.timeout(Duration::from_millis(100))).await;
        timed_out(&client.send(&call).await.unwrap_err(), "the call took longer than 100ms");
        let answer = client.call(&call).attempt_timeout(Duration::from_secs(50)).send().await.unwrap();
        assert_eq!(answer.attempts(), 1, "a call may take at least as long as one attempt");
    });
}

#[test]
fn each_timeout_determines_the_default_of_the_other() {
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

#[test]
fn a_call_that_times_out_is_retried_only_once() {
    both(async |kind| {
        for silence in [Fault::Silence, Fault::SilenceInBody, Fault::Drip { every: Duration::from_secs(1) }] {
            let emulator = emulator().await;
            emulator.inject(silence.clone().always());
            let patient = RetryPolicy::default().attempts(9).backoff(Duration::ZERO, Duration::ZERO);
            // Long enough that each attempt arrives.
            let client = emulator.client_builder().attempt_timeout(Duration::from_millis(500)).retry(patient);
            let error = client.build_as(kind).send(&DescribeThing::new("x")).await.unwrap_err();
            timed_out(&error, "the attempt took longer than 500ms (attempt_timeout(..) gives");
            assert!(error.is_timeout() && !error.is_connect());
            assert_eq!((error.attempts(), emulator.received().len()), (2, 2), "{silence:?}");
        }
    });
}

#[test]
fn a_timeout_while_connecting_has_its_own_message() {
    both(async |kind| {
        use tc_core::transport::{HyperTransport, Proxy, ReqwestTransport, Transport, TransportOptions};
        // It accepts connections but sends nothing, so the TLS handshake never ends.
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let options = TransportOptions::default().proxy(Proxy::None).connect_timeout(Duration::from_millis(30));
        let transports: [std::sync::Arc<dyn Transport>; 2] = [
            std::sync::Arc::new(ReqwestTransport::new(&options).unwrap()),
            std::sync::Arc::new(HyperTransport::new(&options).unwrap()),
        ];
        for transport in transports {
            let client = Client::builder().credential(tc_core::Credential::new("AKIDX", "key")).endpoint(&url);
            let client = client.retry(RetryPolicy::none()).transport(transport).build_as(kind);
            let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
            assert!(error.is_timeout() && error.is_connect() && error.is_unsent(), "{error}");
            assert!(error.to_string().contains("connect_timeout(..)"), "{error}");
            let client =
                Client::builder().credential(tc_core::Credential::new("AKIDX", "key")).endpoint("http://127.0.0.1:1");
            let client = client.proxy(Proxy::None).retry(RetryPolicy::none()).build_as(kind);
            let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
            assert!(!error.is_timeout() && error.is_connect(), "{error}");
        }
    });
}

#[test]
fn a_stream_in_response_to_send_is_an_error_that_names_events_and_is_not_retried() {
    both(async |kind| {
        for content_type in ["text/event-stream", "Text/Event-Stream; charset=utf-8"] {
            let answer = || {
                let answer =
                    http::Response::builder().header("content-type", content_type).header("x-tc-requestid", "r-7");
                answer.body("data: {\"A\": 1}\n\n").unwrap()
            };
            let replay = Replay::new([answer(), answer(), answer()]);
            let client =
                Client::builder().credential(tc_core::Credential::new("AKIDX", "key")).transport(replay.clone());
            let error = client.build_as(kind).send(&DescribeThing::new("x")).await.unwrap_err();
            assert!(error.to_string().contains("client.events(..)"), "{error}");
            assert_eq!((error.attempts(), error.is_retryable(), error.is_unsent()), (1, false, false), "{error}");
            assert_eq!((replay.requests().len(), error.request_id()), (1, Some("r-7")));
        }
    });
}

/// A body that never arrives.
struct Never;

impl futures_core::Stream for Never {
    type Item = Result<bytes::Bytes, tc_core::transport::TransportError>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Pending
    }
}

#[test]
fn the_request_id_of_the_header_is_known_after_a_timeout_in_the_body() {
    both(async |kind| {
        let answer = http::Response::builder().header("X-TC-RequestId", "of-the-head");
        let replay = Replay::new([answer.body(tc_core::transport::Body::stream(Never)).unwrap()]);
        let client = Client::builder().credential(tc_core::Credential::new("AKIDX", "key")).transport(replay);
        let client = client.attempt_timeout(Duration::from_millis(50)).retry(RetryPolicy::none()).build_as(kind);
        let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
        timed_out(&error, "the attempt took longer than 50ms");
        assert_eq!(error.request_id(), Some("of-the-head"));
    });
}

#[test]
fn a_stream_with_another_content_type_is_also_an_error_that_names_events() {
    both(async |kind| {
        for content_type in ["application/json", "text/plain; charset=utf-8", ""] {
            for body in [
                "data: {\"A\": 1}\n\n",
                "\u{feff}data:{}\n\n",
                ": ping\n\ndata: {}\n\n",
                "id: 1\r\nevent: x\r\ndata: {}\r\n\r\n",
                "\n\nretry: 5\ndata: {}",
            ] {
                let answer = || {
                    let answer = http::Response::builder().header("x-tc-requestid", "r-7");
                    let answer =
                        if content_type.is_empty() { answer } else { answer.header("content-type", content_type) };
                    answer.body(body).unwrap()
                };
                let replay = Replay::new([answer(), answer(), answer()]);
                let client = Client::builder().credential(tc_core::Credential::new("AKIDX", "key"));
                let client = client.transport(replay.clone()).build_as(kind);
                let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
                assert!(error.to_string().contains("client.events(..)"), "{error}");
                assert_eq!((error.attempts(), error.is_retryable(), error.request_id()), (1, false, Some("r-7")));
                assert_eq!(replay.requests().len(), 1);
            }
        }
        // Other text is not a stream.
        for body in ["data", "identity: x", "<html>data: x</html>"] {
            let replay = Replay::new([body, body, body]);
            let client = Client::builder().credential(tc_core::Credential::new("AKIDX", "key")).transport(replay);
            let error = client.build_as(kind).send(&DescribeThing::new("x")).await.unwrap_err();
            assert!(error.to_string().contains("is not JSON") && error.attempts() == 3, "{error}");
        }
    });
}

#[test]
fn the_request_id_of_the_header_is_used_if_the_body_has_none() {
    both(async |kind| {
        for (body, id) in [
            (r#"{"Response":{"Name":"x"}}"#, "of-the-head"),
            (r#"{"Response":{"Name":"x","RequestId":"of-the-body"}}"#, "of-the-body"),
            (r#"{"Response":{"Name":"x","RequestId":""}}"#, "of-the-head"),
            (r#"{"Response":{"Name":"x","RequestId":{}}}"#, "of-the-head"),
            (r#"{"Response":{"Name":"x","RequestId":[]}}"#, "of-the-head"),
            (r#"{"Response":{"Name":"x","RequestId":7}}"#, "7"),
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
                let client = client.retry(RetryPolicy::none()).build_as(kind);
                let found = match client.send(&DescribeThing::new("x")).await {
                    Ok(answer) => answer.request_id().to_owned(),
                    Err(error) => error.request_id().unwrap_or("none").to_owned(),
                };
                assert_eq!(found, id, "{status}: {body}");
                let answer = http::Response::builder().status(status).header("X-TC-RequestId", "of-the-head");
                let replay = Replay::new([answer.body(body).unwrap()]);
                let client = Client::builder().credential(tc_core::Credential::new("AKIDX", "key")).transport(replay);
                let any = tc_core::AnyAction::new("demo", "2020-01-01", "DescribeThing");
                let found = match client.retry(RetryPolicy::none()).build_as(kind).send(&any).await {
                    Ok(answer) => answer.request_id().to_owned(),
                    Err(error) => error.request_id().unwrap_or("none").to_owned(),
                };
                assert_eq!(found, id, "an action by name, {status}: {body}");
                let answer = http::Response::builder().status(status).header("X-TC-RequestId", "of-the-head");
                let replay = Replay::new([answer.header("content-encoding", "gzip").body("no gzip").unwrap()]);
                let client = Client::builder().credential(tc_core::Credential::new("AKIDX", "key")).transport(replay);
                let client = client.retry(RetryPolicy::none()).build_as(kind);
                let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
                assert_eq!(error.request_id(), Some("of-the-head"));
            }
        }
    });
}
