//! Limits on the time and memory that a hostile or broken client can use.
//!
//! The clock of the runtime is paused: it moves forward when all tasks are idle.

use std::time::Duration;

use serde_json::Value;
use tc_core::emulator::{Emulator, Fault, Reply};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::emulator::hand::{Answered, Request};
use crate::emulator::{emulator, run};

/// Runs a test with a paused clock.
fn paused<T>(test: impl Future<Output = T>) -> T {
    run(async {
        tokio::time::pause();
        test.await
    })
}

/// Sends `bytes`, then nothing; returns the received bytes and the time until the connection ended.
async fn silent_after(emulator: &Emulator, bytes: &[u8]) -> (Vec<u8>, Duration) {
    let start = Instant::now();
    let mut stream = TcpStream::connect(emulator.host()).await.expect("the emulator listens");
    stream.write_all(bytes).await.expect("the emulator reads");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    (answer, start.elapsed())
}

fn minutes(at_most: u64) -> std::ops::RangeInclusive<Duration> {
    Duration::from_secs(30)..=Duration::from_mins(at_most)
}

#[test]
fn an_incomplete_head_closes_the_connection() {
    paused(async {
        let emulator = emulator().await;
        for bytes in ["", "P", "POST / HTTP/1.1\r\nHost: x", "POST / HTTP/1.1\r\nHost: x\r\n"] {
            let (answer, after) = silent_after(&emulator, bytes.as_bytes()).await;
            assert!(answer.is_empty() && minutes(2).contains(&after), "{bytes:?}: {answer:?} after {after:?}");
        }
        assert!(emulator.received().is_empty());
    });
}

#[test]
fn a_slow_head_closes_the_connection() {
    paused(async {
        let emulator = emulator().await;
        let mut stream = TcpStream::connect(emulator.host()).await.unwrap();
        let start = Instant::now();
        for letter in std::iter::once(&b'P').chain([b'O'; 1000].iter()) {
            if stream.write_all(std::slice::from_ref(letter)).await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_secs(5)).await;
        }
        assert!(minutes(3).contains(&start.elapsed()), "{:?}", start.elapsed());
    });
}

#[test]
fn an_idle_connection_is_closed() {
    paused(async {
        let emulator = emulator().await;
        let mut request = Request::json(&emulator, "Search", r#"{"Limit":20}"#);
        request.sign();
        let text = String::from_utf8(request.bytes()).unwrap().replace("Connection: close\r\n", "");
        let (answer, after) = silent_after(&emulator, text.as_bytes()).await;
        assert_eq!(Answered::read(&answer).code(), "ok");
        assert!(minutes(2).contains(&after), "{after:?}");
    });
}

#[test]
fn an_incomplete_body_is_an_error() {
    paused(async {
        let emulator = emulator().await;
        let mut request = Request::json(&emulator, "Search", r#"{"Limit":20}"#);
        request.sign();
        let whole = request.bytes();
        let (answer, after) = silent_after(&emulator, &whole[..whole.len() - 1]).await;
        let answer = Answered::read(&answer);
        assert_eq!((answer.code().as_str(), answer.header("connection")), ("InvalidRequest", "close"), "{answer:?}");
        assert!(minutes(2).contains(&after), "{after:?}");
    });
}

#[test]
fn a_slow_body_is_an_error() {
    paused(async {
        let emulator = emulator().await;
        let start = Instant::now();
        let mut stream = TcpStream::connect(emulator.host()).await.unwrap();
        stream.write_all(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n").await.unwrap();
        let (mut reader, mut writer) = stream.split();
        let mut answer = Vec::new();
        let drip = async {
            while writer.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_secs(30)).await;
            }
        };
        tokio::select! {
            _ = reader.read_to_end(&mut answer) => {}
            () = drip => {}
        }
        assert!(minutes(20).contains(&start.elapsed()), "{:?}", start.elapsed());
        assert_eq!(emulator.received().len(), 1);
        assert_eq!(emulator.received()[0].error.as_ref().unwrap().code(), "InvalidRequest");
    });
}

#[test]
fn a_client_that_does_not_read_is_disconnected() {
    paused(async {
        let emulator = emulator().await;
        emulator.answer("mps", "2019-06-12", "Large", |_| Reply::<Value>::json(Value::from("x".repeat(1 << 25))));
        for fault in [None, Some(Fault::Huge(1 << 30))] {
            if let Some(fault) = fault {
                emulator.inject(fault);
            }
            let mut request = Request::json(&emulator, "Large", "{}");
            request.sign();
            let mut stream = TcpStream::connect(emulator.host()).await.unwrap();
            stream.write_all(&request.bytes()).await.unwrap();
            tokio::time::sleep(Duration::from_mins(5)).await;
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer).await;
            assert!(answer.len() < 1 << 25, "{} bytes", answer.len());
        }
    });
}

#[test]
fn a_reply_after_any_time_does_not_panic() {
    paused(async {
        let emulator = emulator().await;
        let reply = |_| Reply::<Value>::json(Value::Null).after(Duration::MAX);
        emulator.answer("mps", "2019-06-12", "Late", reply);
        emulator.inject(Fault::Late(Duration::MAX));
        let mut request = Request::json(&emulator, "Late", "{}");
        request.sign();
        let answered = tokio::time::timeout(Duration::from_hours(1), request.send(&emulator)).await;
        assert!(answered.is_err(), "{answered:?}");

        emulator.inject(Fault::GzipBomb(u64::MAX));
        let mut request = Request::json(&emulator, "Search", "{}");
        request.sign();
        let mut stream = TcpStream::connect(emulator.host()).await.unwrap();
        stream.write_all(&request.bytes()).await.unwrap();
        let mut start = [0; 12];
        stream.read_exact(&mut start).await.unwrap();
        assert_eq!(&start, b"HTTP/1.1 200");
    });
}

#[test]
fn bodies_of_failed_requests_are_not_kept() {
    run(async {
        let emulator = emulator().await;
        let blanks = " ".repeat(5 << 20);
        let large = format!("{{{blanks}}}");
        let unsigned = Request::json(&emulator, "Search", large.clone());
        let mut unknown = Request::json(&emulator, "Search", large.clone());
        unknown.sign_as("AKIDnobody", "nothing", "mps", "content-type;host");
        let mut wrong =
            Request::json(&emulator, "Search", format!(r#"{{"Limit":500,"Names":["{}"]}}"#, "x".repeat(5 << 20)));
        wrong.sign();
        let mut v1 = Request::v1(&emulator, "POST", "HmacSHA1", "Search", &[("Limit", "500")]);
        v1.body.extend(format!("&Names.0={}", "x".repeat(500_000)).into_bytes());
        let mut too_large = Request::json(&emulator, "Search", format!("{{{}}}", " ".repeat(11 << 20)));
        too_large.sign();
        for request in [&unsigned, &unknown, &wrong, &v1, &too_large] {
            assert_ne!(request.send(&emulator).await.code(), "ok");
        }
        for received in emulator.received() {
            let error = received.error.as_ref().expect("an error response");
            assert!(received.body.is_empty(), "{error}: {} bytes", received.body.len());
            assert!(received.params.is_null(), "{error}");
            assert!(received.canonical.as_ref().is_none_or(|text| text.len() < 70_000), "{error}");
        }
        let last = emulator.received().pop().unwrap().error.unwrap();
        let size = (11 << 20) + 2;
        assert!(
            last.code() == "RequestSizeLimitExceeded" && last.message().contains(&format!("{size} bytes")),
            "{last}"
        );

        // Accepted requests are kept complete, and small failed requests keep their parameters.
        let mut good = Request::json(&emulator, "Search", large);
        good.sign();
        assert_eq!(good.send(&emulator).await.code(), "ok");
        assert_eq!(emulator.received().pop().unwrap().body.len(), (5 << 20) + 2);
        let mut small = Request::json(&emulator, "Search", r#"{"Limit":500}"#);
        small.sign();
        small.send(&emulator).await;
        assert_eq!(emulator.received().pop().unwrap().params["Limit"], 500);
    });
}

#[test]
fn of_many_failed_requests_the_newer_ones_are_kept() {
    run(async {
        let emulator = emulator().await;
        let mut good = Request::json(&emulator, "Search", "{}");
        good.sign();
        good.send(&emulator).await;
        let long = "x".repeat(60_000);
        let mut stream = TcpStream::connect(emulator.host()).await.unwrap();
        for number in 0..1_500 {
            let request =
                format!("POST /?{long} HTTP/1.1\r\nHost: x\r\nX-Number: {number}\r\nContent-Length: 0\r\n\r\n");
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut answer = [0; 4096];
            assert!(stream.read(&mut answer).await.unwrap() > 0);
        }
        let received = emulator.received();
        let bytes: usize = received.iter().map(|received| received.target.len()).sum();
        assert!(bytes < 100 << 20, "{bytes} bytes");
        assert!(received[0].accepted(), "the accepted one is still there");
        let numbers: Vec<&str> = received.iter().filter_map(|received| received.header("x-number")).collect();
        assert_eq!(numbers.last(), Some(&"1499"));
        let first: usize = numbers[0].parse().unwrap();
        assert_eq!(numbers.len(), 1_500 - first, "without gaps");
    });
}

#[test]
fn names_and_messages_of_failed_requests_are_limited() {
    run(async {
        let emulator = emulator().await;
        // A parameter whose name is in the message, and a form whose action, version and region are long.
        let name = "n\\n\\u001b[31m".repeat(400_000);
        let mut unknown = Request::json(&emulator, "Search", format!(r#"{{"{name}":1}}"#));
        unknown.sign();
        let answer = unknown.send(&emulator).await;
        assert_eq!(answer.code(), "UnknownParameter");
        let last = emulator.received().pop().unwrap().error.unwrap();
        let message = last.message();
        assert!(message.len() < 50_000, "{} bytes", message.len());
        assert!(!message.contains(char::is_control), "{message:.100}");

        let long = "a".repeat(300_000);
        let body = format!("Action={long}&Version={long}&Region={long}");
        let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n";
        let request = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
        let mut stream = TcpStream::connect(emulator.host()).await.unwrap();
        for _ in 0..300 {
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut answer = [0; 4096];
            assert!(stream.read(&mut answer).await.unwrap() > 0);
        }
        let kept: usize = emulator
            .received()
            .iter()
            .map(|received| {
                let error = received.error.as_ref().map_or(0, |error| error.message().len());
                received.action.len() + received.version.len() + received.region.len() + error
            })
            .sum();
        assert!(kept < 100 << 20, "{kept} bytes of 270 MB");
    });
}

#[test]
fn a_long_boundary_takes_little_time() {
    run(async {
        let emulator = emulator().await;
        let mut request = Request::json(&emulator, "Upload", "x".repeat(9 << 20));
        request.set("Content-Type", &format!("multipart/form-data; boundary={}", "x".repeat(60_000)));
        request.sign();
        let answer = request.send(&emulator).await;
        assert_eq!(answer.code(), "InvalidRequest", "{answer:?}");
        assert!(answer.message().contains("70 characters"), "{answer:?}");
    });
}
