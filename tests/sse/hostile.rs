//! Streams of a hostile server: each ends, and takes a limited amount of memory.

use std::io::Write;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};
use tc_core::transport::{
    Body, BodyLimits, HyperTransport, Proxy, Replay, ReqwestTransport, Transport, TransportError, TransportOptions,
};
use tc_core::{AnyAction, Client, ClientBuilder, Credential, Error};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// Longer than any stream here may take, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

fn question() -> AnyAction {
    AnyAction::new("hunyuan", "2023-09-01", "ChatCompletions").params(json!({"Stream": true}))
}

fn builder() -> ClientBuilder {
    Client::builder().credential(Credential::new("AKIDEXAMPLE", "secret"))
}

/// A body that repeats a chunk: immediately if `every` is zero.
struct Again {
    first: Option<Bytes>,
    piece: Bytes,
    every: Duration,
    wait: Option<Pin<Box<tokio::time::Sleep>>>,
}

impl Again {
    fn body(first: &'static str, piece: impl Into<Bytes>, every: Duration) -> Body {
        let first = Some(Bytes::from_static(first.as_bytes())).filter(|first| !first.is_empty());
        Body::stream(Self { first, piece: piece.into(), every, wait: None })
    }
}

impl futures_core::Stream for Again {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(first)));
        }
        if !self.every.is_zero() {
            let every = self.every;
            let wait = self.wait.get_or_insert_with(|| Box::pin(tokio::time::sleep(every)));
            if wait.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            self.wait = None;
        }
        Poll::Ready(Some(Ok(self.piece.clone())))
    }
}

fn stream(encoding: &str, body: Body) -> http::Response<Body> {
    let response = http::Response::builder().header("content-type", "text/event-stream");
    response.header("content-encoding", encoding).header("x-tc-requestid", "r-1").body(body).unwrap()
}

/// Returns the events of a client, and the error at the end.
async fn all(client: &Client) -> (Vec<Value>, Option<Error>) {
    let mut events = client.events(&question());
    let mut found = Vec::new();
    let reading = async {
        while let Some(event) = events.next().await {
            match event {
                Ok(event) => found.push(event.into_inner()),
                Err(error) => return Some(error),
            }
        }
        None
    };
    let error = tokio::time::timeout(PATIENCE, reading).await.expect("the stream never ends");
    (found, error)
}

#[track_caller]
fn timed_out_waiting_for_an_event(error: Option<Error>) {
    let error = error.expect("an error");
    assert!(error.is_timeout(), "{error}");
    assert!(error.to_string().starts_with("the next event took longer than 150ms (comments and"), "{error}");
    assert_eq!(error.request_id(), Some("r-1"));
}

#[tokio::test]
async fn comments_and_empty_events_do_not_extend_the_timeout() {
    let none = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default()).finish().unwrap();
    for every in [Duration::ZERO, Duration::from_millis(3)] {
        for (encoding, piece) in [
            ("", ":\n".as_bytes()),
            ("", b": ping\n\n"),
            ("", b"data:\n\n"),
            ("", b"data: [DONE]\n\n"),
            ("", b"event: x\nid: 1\n\n"),
            ("", b"retry: 1\n"),
            ("", b"\n"),
            ("", b""),
            ("gzip", &none),
        ] {
            for first in ["", "data: {\"A\": 1}\n\n"] {
                if encoding == "gzip" && !first.is_empty() {
                    continue;
                }
                let body = Again::body(first, piece.to_vec(), every);
                let client = builder().transport(Replay::new([stream(encoding, body)]));
                let client = client.timeout(Duration::from_millis(150)).attempt_timeout(Duration::from_millis(100));
                let (found, error) = all(&client.build().unwrap()).await;
                assert_eq!(found.len(), usize::from(!first.is_empty()));
                if encoding == "gzip" && error.as_ref().is_some_and(|error| !error.is_timeout()) {
                    // So many empty members are refused before the timeout.
                    continue;
                }
                timed_out_waiting_for_an_event(error);
            }
        }
    }
}

/// Starts a server that sends a comment every 5 ms to each connection.
async fn comment_server() -> (String, JoinSet<()>) {
    const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nx-tc-requestid: r-1\r\n\r\n";
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mut serving = JoinSet::new();
    serving.spawn(async move {
        let mut open = JoinSet::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            open.spawn(async move {
                let mut head = [0; 4096];
                let _head = stream.read(&mut head).await;
                stream.write_all(HEAD.as_bytes()).await.ok();
                while stream.write_all(b": ping\n\n").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            });
        }
    });
    (url, serving)
}

#[tokio::test]
async fn streams_of_comments_time_out_on_both_transports() {
    let (url, _serving) = comment_server().await;
    let options = TransportOptions::default().proxy(Proxy::None);
    let both: [Arc<dyn Transport>; 2] =
        [Arc::new(ReqwestTransport::new(&options).unwrap()), Arc::new(HyperTransport::new(&options).unwrap())];
    for transport in both {
        let client = builder().endpoint(&url).transport(transport).attempt_timeout(Duration::from_secs(10));
        let client = client.timeout(Duration::from_millis(150)).build().unwrap();
        timed_out_waiting_for_an_event(all(&client).await.1);
    }
}

#[tokio::test]
async fn a_stream_may_take_longer_than_the_timeout_of_one_event() {
    let body = Again::body("", "data: {\"A\": 1}\n\n", Duration::from_millis(20));
    let client = builder().transport(Replay::new([stream("", body)]));
    let client = client.timeout(Duration::from_secs(1)).attempt_timeout(Duration::from_secs(1));
    let client = client.build().unwrap();
    let mut events = client.events(&question());
    for number in 0..80 {
        let event = tokio::time::timeout(PATIENCE, events.next()).await.unwrap();
        assert!(event.is_some_and(|event| event.is_ok()), "event {number}");
    }
}

#[tokio::test]
async fn time_between_two_calls_of_next_does_not_count() {
    let body = Again::body("", "data: {\"A\": 1}\n\n", Duration::from_millis(1));
    let client = builder().transport(Replay::new([stream("", body)]));
    let client = client.timeout(Duration::from_millis(400)).attempt_timeout(Duration::from_millis(400));
    let client = client.build().unwrap();
    let mut events = client.events(&question());
    for _ in 0..3 {
        events.next().await.unwrap().unwrap();
        tokio::time::sleep(Duration::from_millis(600)).await;
    }
}

#[tokio::test]
async fn a_long_event_id_is_shared_and_counts_for_the_limit() {
    let id = "x".repeat(4 << 20);
    let text = format!("id: {id}\n{}", "data: {}\n\n".repeat(750));
    let body = || stream("", text.clone().into());
    let client = builder().transport(Replay::new([body()])).build().unwrap();
    let mut events = client.events(&question());
    let mut found = Vec::new();
    while let Some(event) = events.next().await {
        found.push(event.unwrap());
    }
    assert_eq!((found.len(), found[0].id().len()), (750, id.len()));
    assert!(found.iter().all(|event| std::ptr::eq(event.id(), found[0].id())), "750 copies are 3 GB");

    let small = BodyLimits { bytes: 1 << 20, ..BodyLimits::default() };
    let client = builder().transport(Replay::new([body()])).response_limits(small).build().unwrap();
    let (found, error) = all(&client).await;
    assert_eq!(found.len(), 0);
    assert!(error.unwrap().to_string().contains("larger than 1048576 bytes"));
}

#[tokio::test]
async fn a_long_request_id_header_is_not_kept_with_each_event() {
    let text = "data: {\"A\": 1}\n\n".repeat(100);
    let head = http::Response::builder().header("content-type", "text/event-stream");
    let answer = head.header("x-tc-requestid", "x".repeat(1 << 20)).body(Body::from(text)).unwrap();
    let client = builder().transport(Replay::new([answer])).build().unwrap();
    let mut events = client.events(&question());
    while let Some(event) = events.next().await {
        assert!(event.unwrap().response().request_id().len() < 1000);
    }
}

#[tokio::test]
async fn a_long_id_from_a_socket_is_limited_on_both_transports() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mut serving = JoinSet::new();
    serving.spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _head = stream.read(&mut [0; 4096]).await;
            let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nx-tc-requestid: r-1\r\n\r\nid: ";
            stream.write_all(head.as_bytes()).await.ok();
            // Without an end: the limit of the client has to end it.
            let part = vec![b'x'; 1 << 16];
            while stream.write_all(&part).await.is_ok() {}
        }
    });
    let options = TransportOptions::default().proxy(Proxy::None);
    let both: [Arc<dyn Transport>; 2] =
        [Arc::new(ReqwestTransport::new(&options).unwrap()), Arc::new(HyperTransport::new(&options).unwrap())];
    for transport in both {
        let small = BodyLimits { bytes: 1 << 20, ..BodyLimits::default() };
        let client = builder().endpoint(&url).transport(transport).response_limits(small).build().unwrap();
        let (found, error) = all(&client).await;
        assert_eq!(found.len(), 0);
        let error = error.expect("an error");
        assert!(error.to_string().contains("larger than 1048576 bytes"), "{error}");
    }
}

/// Compresses `events` events of `size` bytes.
fn zipped(events: usize, size: usize) -> Vec<u8> {
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..events {
        zip.write_all(format!("data: {{\"A\": \"{}\"}}\n\n", " ".repeat(size)).as_bytes()).unwrap();
    }
    zip.finish().unwrap()
}

#[tokio::test]
async fn a_compressed_stream_that_expands_too_much_is_ended() {
    let bomb = zipped(64, 1 << 20);
    assert!(bomb.len() < 100 << 10);
    for size in [1 << 10, 16 << 10, bomb.len()] {
        let pieces: Vec<Bytes> = bomb.chunks(size).map(Bytes::copy_from_slice).collect();
        let body = Body::stream(Chunks(pieces.into_iter()));
        let client = builder().transport(Replay::new([stream("gzip", body)])).build().unwrap();
        let (found, error) = all(&client).await;
        let error = error.expect("an error");
        // 200 times its size, plus the first MiB.
        assert!(found.len() < 25, "{} events of 1 MiB", found.len());
        assert!(
            matches!(error.kind(), tc_core::ErrorKind::Transport(error)
            if error.kind() == tc_core::transport::TransportErrorKind::TooLarge),
            "{error}"
        );
    }
}

struct Chunks(std::vec::IntoIter<Bytes>);

impl futures_core::Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(Ok))
    }
}

/// Runs a stream on a runtime with one thread. Returns its first event, and how often another task ran while it was awaited.
fn beside_another_task(response: http::Response<Body>) -> (Result<Value, Error>, usize) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let turns = Arc::new(AtomicUsize::new(0));
        let counted = turns.clone();
        let other = tokio::spawn(async move {
            loop {
                counted.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        });
        let client = builder().transport(Replay::new([response])).build().unwrap();
        let mut events = client.events(&question());
        let event = events.next().await.expect("an event").map(tc_core::sse::Event::into_inner);
        other.abort();
        (event, turns.load(Ordering::Relaxed))
    })
}

#[test]
fn a_large_event_is_decoded_on_another_thread() {
    let list = vec!["12345678"; 500_000].join(",");
    for body in [
        format!("data: {{\"A\":[{list}]}}\n\n"),
        // Decoded leniently.
        format!("data: {{\"A\":[{list},\ndata: 18446744073709551616]}}\n\n"),
    ] {
        let (event, turns) = beside_another_task(stream("", body.into()));
        assert!(event.unwrap()["A"].as_array().unwrap().len() >= 500_000);
        assert!(turns > 20, "{turns} turns of another task while 4 MB were decoded");
    }
}

#[test]
fn a_large_event_that_cannot_be_decoded_is_an_error() {
    for (data, why) in [
        (format!("{{\"A\":[{}", "0,".repeat(1 << 20)), "not JSON"),
        (
            format!("{{\"Error\":{{\"Code\":\"InternalError\",\"Message\":\"{}\"}}}}", "x".repeat(1 << 20)),
            "InternalError",
        ),
    ] {
        let (event, _) = beside_another_task(stream("", format!("data: {data}\n\n").into()));
        let error = event.unwrap_err();
        assert!(error.to_string().contains(why) && error.request_id() == Some("r-1"), "{error:.200}");
    }
}

#[test]
fn a_large_piece_of_a_compressed_stream_is_decompressed_on_another_thread() {
    let mut state = 1_u64;
    let mut letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        b"abcdefghijklmnop"[usize::try_from(state >> 60).unwrap()]
    };
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    zip.write_all(b": ").unwrap();
    zip.write_all(&(0..8 << 20).map(|_| letter()).collect::<Vec<_>>()).unwrap();
    // The comment is parsed in many steps, in which other tasks run too, so this error is found before parsing.
    let zipped = zip.finish().unwrap();
    let broken =
        Bytes::from([zipped.as_slice(), b"\x1f\x8b\x08 not gzip, but long enough to be read as a member"].concat());
    let (event, turns) = beside_another_task(stream("gzip", broken.into()));
    assert!(event.unwrap_err().to_string().contains("gzip"));
    assert!(turns > 2, "{turns} turns of another task while 4 MB were decompressed");
}

#[tokio::test]
async fn invalid_utf_8_in_an_event_is_replaced_and_reported() {
    for (body, count) in [
        (&b"data: {\"A\":\"a\xffb\"}\n\n"[..], 1),
        (b"data: {\"A\":\"a\\ud800b\"}\n\n", 1),
        (b"data: {\"A\":\"a\x01b\"}\n\n", 1),
        (b"data: {\"A\":\"\xc3\",\ndata: \"B\":\"\xff\"}\n\n", 2),
        (b"data: {\"Response\":{\"A\":\"\xff\",\"RequestId\":\"r\"}}\n\n", 1),
        (b"event: \xff\nid: \xff\ndata: {\"A\":\"\xe7\x95\x8c\"}\n\n", 0),
    ] {
        let client = builder().transport(Replay::new([stream("", body.to_vec().into())])).build().unwrap();
        let event = client.events(&question()).next().await.unwrap().unwrap();
        assert_eq!(event.response().coercion_count(), count, "{}", String::from_utf8_lossy(body));
        assert!(count == 0 || event.to_string().contains('\u{fffd}') || body.contains(&1), "{}", *event);
    }
}
