//! Injected faults, byte for byte as a client receives them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use tc_core::emulator::{Emulator, Fault, Injection};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::emulator::actions::{Echo, Search};
use crate::emulator::hand::{Answered, Request};
use crate::emulator::{emulator, run};

/// An emulator with a handler for `Search` and this fault, and a valid request.
async fn faulty(fault: impl Into<Injection>) -> (Emulator, Request) {
    let emulator = emulator().await;
    emulator.on::<Search>(|_| Echo(Some(7)));
    emulator.inject(fault);
    let mut request = Request::json(&emulator, "Search", "{}");
    request.sign();
    (emulator, request)
}

/// The bytes that a client reads, and the end of the connection: `Ok` if it is closed, `Err` if it is reset.
async fn raw(emulator: &Emulator, request: &Request) -> (Vec<u8>, std::io::Result<()>) {
    let mut stream = TcpStream::connect(emulator.host()).await.expect("the emulator listens");
    let mut answer = Vec::new();
    // A reset on connecting may come before the request is written.
    if let Err(error) = stream.write_all(&request.bytes()).await {
        return (answer, Err(error));
    }
    let end = stream.read_to_end(&mut answer).await.map(drop);
    (answer, end)
}

/// The response to the next call, the end of its connection, and the code of the call after it.
fn call_with(fault: impl Into<Injection>) -> (Answered, std::io::Result<()>, String) {
    run(async {
        let (emulator, request) = faulty(fault).await;
        let (bytes, end) = raw(&emulator, &request).await;
        let next = request.send(&emulator).await;
        (Answered::read(&bytes), end, next.code())
    })
}

#[test]
fn connections_end_as_the_fault_describes() {
    for (fault, reset, bytes) in [
        (Fault::ResetOnConnect, true, 0),
        (Fault::CloseOnConnect, false, 0),
        (Fault::ResetInRequest, true, 0),
        (Fault::ResetAfterRequest, true, 0),
        (Fault::CloseAfterRequest, false, 0),
        (Fault::ResetInBody, true, 1),
        (Fault::CloseInBody, false, 1),
        (Fault::CloseInChunks, false, 1),
        (Fault::CloseAfterAnswer, false, 1),
    ] {
        let (answer, end, next) = call_with(fault.clone());
        // A close before the request was read may arrive as a reset.
        if fault != Fault::CloseOnConnect {
            assert_eq!(end.is_err(), reset, "{fault:?}: {end:?}");
        }
        // A reset may discard the half that was sent. Without a response, no byte arrives.
        assert!(bytes == 1 || answer.head.is_empty(), "{fault:?}: {answer:?}");
        assert_eq!(next, "ok", "{fault:?}");
    }
}

#[test]
fn half_bodies_are_shorter_than_their_content_length() {
    let (answer, _, _) = call_with(Fault::CloseInBody);
    let promised: usize = answer.header("content-length").parse().expect("a length");
    assert_eq!(answer.body.len(), promised / 2);
    let (answer, _, _) = call_with(Fault::CloseInChunks);
    assert_eq!(answer.header("transfer-encoding"), "chunked");
    assert!(!answer.body.ends_with(b"0\r\n\r\n"), "{answer:?}");
    let (answer, _, _) = call_with(Fault::TruncatedJson);
    assert_eq!(answer.body.len().to_string(), answer.header("content-length"));
    assert!(serde_json::from_slice::<Value>(&answer.body).is_err());
}

#[test]
fn responses_are_changed_as_the_fault_describes() {
    let spoilt = |fault: Fault| call_with(fault).0;
    for status in [200, 500, 502, 503] {
        let answer = spoilt(Fault::Html(status));
        assert_eq!((answer.status, answer.header("content-type")), (status, "text/html"));
        assert!(answer.body.starts_with(b"<html>"));
    }
    let answer = spoilt(Fault::Status(503));
    assert_eq!((answer.status, answer.code().as_str()), (503, "ok"));
    assert_eq!(spoilt(Fault::EmptyBody).body, b"");
    assert_eq!(spoilt(Fault::ContentType("text/plain".into())).header("content-type"), "text/plain");
    assert_eq!(spoilt(Fault::NoResponse).response(), Value::Null);
    let both = spoilt(Fault::ErrorAndData("InternalError".into())).response();
    assert_eq!((&both["Error"]["Code"], &both["TotalCount"]), (&"InternalError".into(), &7.into()));
    let bare = spoilt(Fault::ErrorWithoutRequestId("InternalError".into())).response();
    assert_eq!((&bare["Error"]["Code"], &bare["RequestId"]), (&"InternalError".into(), &Value::Null));
    assert_eq!(spoilt(Fault::code("AuthFailure.TokenFailure")).code(), "AuthFailure.TokenFailure");
    let answer = spoilt(Fault::Redirect("http://127.0.0.1:1/".into()));
    assert_eq!((answer.status, answer.header("location")), (307, "http://127.0.0.1:1/"));
    assert!(spoilt(Fault::ManyHeaders).head.len() > 90_000);
}

#[test]
fn gzip_expands_to_the_correct_response_and_the_bomb_to_its_size() {
    let unpacked = |fault: Fault| {
        let answer = call_with(fault).0;
        assert_eq!(answer.header("content-encoding"), "gzip");
        let mut out = Vec::new();
        let packed = answer.body.len();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&answer.body[..]), &mut out).expect("gzip");
        (packed, out)
    };
    let (_, out) = unpacked(Fault::Gzip);
    assert!(out.starts_with(br#"{"Response":{"TotalCount":7,"#), "{}", String::from_utf8_lossy(&out));
    let (packed, out) = unpacked(Fault::GzipBomb(8 << 20));
    assert_eq!(out.len(), 8 << 20);
    assert!(packed < 100_000, "{packed}");
}

#[test]
fn a_huge_response_has_the_requested_size_and_is_json() {
    for size in [1_000, 65_536, 3_000_001] {
        let (answer, ..) = call_with(Fault::Huge(size));
        assert_eq!(answer.body.len() as u64, size);
        assert_eq!(answer.code(), "ok");
    }
}

#[test]
fn silence_lasts_until_the_client_closes() {
    run(async {
        for fault in [Fault::Silence, Fault::SilenceInBody] {
            let (emulator, request) = faulty(fault).await;
            let silent = tokio::time::timeout(Duration::from_millis(100), raw(&emulator, &request)).await;
            assert!(silent.is_err(), "{silent:?}");
            assert_eq!(request.send(&emulator).await.code(), "ok");
        }
    });
}

#[test]
fn dripping_and_late_responses_are_slow() {
    let start = Instant::now();
    assert_eq!(call_with(Fault::Drip { every: Duration::from_millis(2) }).0.code(), "ok");
    assert!(start.elapsed() >= Duration::from_millis(100), "{:?}", start.elapsed());
    let start = Instant::now();
    assert_eq!(call_with(Fault::Late(Duration::from_millis(100))).0.code(), "ok");
    assert!(start.elapsed() >= Duration::from_millis(100), "{:?}", start.elapsed());
}

#[test]
fn faults_apply_in_order_and_to_the_selected_calls() {
    run(async {
        let (emulator, request) = faulty(Fault::code("InternalError").times(2)).await;
        emulator.inject(Fault::code("Other").of_action("Person").always());
        emulator.inject(Fault::Html(502));
        let mut person = Request::json(&emulator, "Person", r#"{"PersonId":"a"}"#);
        person.sign();
        assert_eq!(person.send(&emulator).await.code(), "InternalError");
        assert_eq!(person.send(&emulator).await.code(), "InternalError");
        assert_eq!(person.send(&emulator).await.code(), "Other");
        assert_eq!(request.send(&emulator).await.status, 502);
        assert_eq!(request.send(&emulator).await.code(), "ok");
        assert_eq!(person.send(&emulator).await.code(), "Other");
        emulator.clear_faults();
        assert_eq!(person.send(&emulator).await.code(), "ok");
        let faults: Vec<bool> = emulator.received().iter().map(|it| it.fault.is_some()).collect();
        assert_eq!(faults, [true, true, true, true, false, true, false]);
    });
}

#[test]
fn chances_repeat_with_a_seed_and_have_the_requested_frequency() {
    let strikes = || {
        run(async {
            let (emulator, request) = faulty(Fault::code("InternalError").chance(0.3)).await;
            let mut codes = Vec::new();
            for _ in 0..100 {
                codes.push(request.send(&emulator).await.code());
            }
            codes
        })
    };
    let first = strikes();
    let struck = first.iter().filter(|code| *code == "InternalError").count();
    assert!((15..45).contains(&struck), "{struck}");
    assert_eq!(first, strikes());
}

#[test]
fn a_request_that_is_reset_is_recorded() {
    run(async {
        let (emulator, request) = faulty(Fault::ResetInRequest).await;
        raw(&emulator, &request).await.1.expect_err("a reset");
        let received = emulator.received();
        assert_eq!((received.len(), received[0].action.as_str()), (1, "Search"));
        assert_eq!(received[0].fault, Some(Fault::ResetInRequest));
    });
}

#[test]
fn an_incomplete_request_is_recorded() {
    run(async {
        let (emulator, request) = faulty(Fault::Late(Duration::ZERO)).await;
        let bytes = Request { body: b"{ }".to_vec(), ..request }.bytes();
        let mut stream = TcpStream::connect(emulator.host()).await.expect("the emulator listens");
        stream.write_all(&bytes[..bytes.len() - 1]).await.expect("written");
        drop(stream);
        while emulator.received().is_empty() {
            tokio::task::yield_now().await;
        }
        let received = &emulator.received()[0];
        assert_eq!((received.action.as_str(), received.body.len()), ("Search", 0));
        assert_eq!(received.error.as_ref().map(tc_core::emulator::ErrorResponse::code), Some("InvalidRequest"));
    });
}

#[test]
fn idle_connections_close_on_request_and_busy_ones_stay() {
    run(async {
        let (emulator, _) = faulty(Fault::Late(Duration::from_millis(80))).await;
        let mut keep = Request::json(&emulator, "Search", "{}");
        keep.sign();
        let text =
            String::from_utf8(keep.bytes()).expect("text").replace("Connection: close", "Connection: keep-alive");
        let mut idle = TcpStream::connect(emulator.host()).await.expect("the emulator listens");
        let mut busy = TcpStream::connect(emulator.host()).await.expect("the emulator listens");
        busy.write_all(text.as_bytes()).await.expect("written");
        while emulator.received().is_empty() {
            tokio::task::yield_now().await;
        }
        emulator.close_idle_connections();
        let mut rest = Vec::new();
        idle.read_to_end(&mut rest).await.expect("an end");
        assert!(rest.is_empty());
        let mut head = [0; 15];
        busy.read_exact(&mut head).await.expect("an answer");
        assert_eq!(&head, b"HTTP/1.1 200 OK");
    });
}

#[test]
fn an_emulator_that_does_not_listen_refuses_connections_until_it_listens_again() {
    run(async {
        let (emulator, request) = faulty(Fault::Late(Duration::ZERO)).await;
        emulator.set_listening(false);
        while TcpStream::connect(emulator.host()).await.is_ok() {
            tokio::task::yield_now().await;
        }
        emulator.set_listening(true);
        while TcpStream::connect(emulator.host()).await.is_err() {
            tokio::task::yield_now().await;
        }
        assert_eq!(request.send(&emulator).await.code(), "ok");
    });
}

#[test]
fn the_handler_does_not_run_for_a_call_that_is_rejected() {
    for (fault, expected) in [
        (Fault::code("RequestLimitExceeded"), 1),
        (Fault::ErrorWithoutRequestId("InternalError".into()), 1),
        (Fault::Status(500), 2),
        (Fault::ErrorAndData("InternalError".into()), 2),
    ] {
        run(async {
            let emulator = emulator().await;
            let runs = Arc::new(AtomicUsize::new(0));
            let counted = Arc::clone(&runs);
            emulator.on::<Search>(move |_| {
                counted.fetch_add(1, Ordering::SeqCst);
                Echo(Some(7))
            });
            emulator.inject(fault.clone());
            let mut request = Request::json(&emulator, "Search", "{}");
            request.sign();
            request.send(&emulator).await;
            request.send(&emulator).await;
            assert_eq!(runs.load(Ordering::SeqCst), expected, "{fault:?}");
        });
    }
}
