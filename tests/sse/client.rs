//! Streams as a client reads them: typed events, errors before and between events, ids, encodings, silence.

use std::io::Write;
use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};
use tc_core::emulator::{Emulator, Reply};
use tc_core::transport::{Body, Replay, TransportError, TransportErrorKind};
use tc_core::{AnyAction, Client, Credential, Error, ErrorKind};

use crate::client::caller::{BuildAs, Caller, Kind, both};

fn question() -> AnyAction {
    AnyAction::new("hunyuan", "2023-09-01", "ChatCompletions").params(json!({"Stream": true}))
}

fn client(kind: Kind, replay: &Replay) -> Caller {
    Client::builder()
        .credential(Credential::new("AKIDEXAMPLE", "secret"))
        .attempt_timeout(Duration::from_millis(200))
        .transport(replay.clone())
        .build_as(kind)
}

fn response(content_type: &str) -> http::response::Builder {
    http::Response::builder().header("Content-Type", content_type).header("x-tc-requestid", "r-1")
}

fn pieces(pieces: Vec<Result<Bytes, TransportError>>) -> Body {
    struct Chunks(std::vec::IntoIter<Result<Bytes, TransportError>>);
    impl futures_core::Stream for Chunks {
        type Item = Result<Bytes, TransportError>;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(self.0.next())
        }
    }
    Body::stream(Chunks(pieces.into_iter()))
}

/// Returns the events of one response, and the error at its end.
async fn all(client: &Caller) -> (Vec<Value>, Option<Error>) {
    let mut events = client.events(&question());
    let mut found = Vec::new();
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => {
                assert_eq!(event.response().request_id(), "r-1");
                assert_eq!(events.request_id(), "r-1");
                found.push(event.into_inner());
            }
            Err(error) => {
                assert!(events.next().await.is_none(), "nothing comes after an error");
                return (found, Some(error));
            }
        }
    }
    (found, None)
}

/// Reads a response with both clients, and checks that the results are equal.
#[track_caller]
fn run(response: impl Fn() -> http::Response<Body>) -> (Vec<Value>, Option<Error>) {
    let results = Mutex::new(Vec::new());
    both(async |kind| {
        let replay = Replay::new([response()]);
        let result = all(&client(kind, &replay)).await;
        results.lock().expect("no panic").push(result);
        let requests = replay.requests();
        assert_eq!(requests.len(), 1);
        assert_eq!(requests[0].headers()["accept-encoding"], "identity");
    });
    let mut results = results.into_inner().expect("no panic");
    let [found, blocking] = [0, 0].map(|first| results.remove(first));
    let text = |error: &Option<Error>| error.as_ref().map(ToString::to_string);
    assert_eq!((&found.0, text(&found.1)), (&blocking.0, text(&blocking.1)));
    found
}

/// Checks that `body` is these events without an error.
#[track_caller]
fn check(content_type: &str, body: &'static str, expected: &[Value]) {
    let (found, error) = run(|| response(content_type).body(body.into()).expect("a response"));
    assert_eq!(found, expected);
    assert!(error.is_none(), "{error:?}");
}

/// Checks that `response` ends with this error after this number of events.
#[track_caller]
fn fails(response: impl Fn() -> http::Response<Body>, events: usize, why: &str) -> Error {
    let (found, error) = run(response);
    let error = error.expect("an error");
    assert_eq!(found.len(), events, "{error}");
    assert!(error.to_string().contains(why), "{error}");
    error
}

#[test]
fn each_event_has_the_response_type_of_the_action() {
    let body = "data: {\"A\": 1}\n\ndata: {\"A\":\ndata: 2}\n\n";
    check("text/event-stream", body, &[json!({"A": 1}), json!({"A": 2})]);
    check("text/event-stream; charset=utf-8", body, &[json!({"A": 1}), json!({"A": 2})]);
    check("Text/Event-Stream;charset=UTF-8", body, &[json!({"A": 1}), json!({"A": 2})]);
}

#[test]
fn events_without_data_and_done_markers_are_skipped() {
    check("text/event-stream", "data:\n\ndata: {\"A\": 1}\n\n: ping\n\ndata: [DONE]\n\n", &[json!({"A": 1})]);
}

#[test]
fn a_stream_with_another_content_type_is_read() {
    for content_type in ["application/json", "text/plain", "application/octet-stream"] {
        check(content_type, "data: {\"A\": 1}\n\nid: 2\ndata: {\"A\": 2}", &[json!({"A": 1}), json!({"A": 2})]);
        check(content_type, "\u{feff}event: x\ndata: {\"A\": 1}\n\n", &[json!({"A": 1})]);
        check(content_type, ": ping\n\ndata: {\"A\": 1}\n\ndata: [DONE]\n\n", &[json!({"A": 1})]);
    }
    let body = r#"data: {"Error": {"Code": "InternalError", "Message": "broke"}}"#;
    let error = fails(|| response("application/json").body(body.into()).expect("a response"), 0, "broke");
    assert_eq!(error.request_id(), Some("r-1"));
}

#[test]
fn a_response_that_is_not_a_stream_is_one_event() {
    check("application/json", r#"{"Response": {"A": 1, "RequestId": "r-1"}}"#, &[json!({"A": 1})]);
}

#[test]
fn an_error_response_in_place_of_a_stream_is_the_first_item() {
    let body =
        r#"{"Response": {"Error": {"Code": "AuthFailure.SignatureFailure", "Message": "no"}, "RequestId": "r-9"}}"#;
    for content_type in ["application/json", "text/plain"] {
        let error = fails(|| response(content_type).body(body.into()).expect("a response"), 0, "no");
        assert!(error.is_auth());
        assert_eq!(error.request_id(), Some("r-9"));
    }
    let html = || response("text/html").status(502).body("<html>".into()).expect("a response");
    assert!(matches!(fails(html, 0, "502").kind(), ErrorKind::Body(_)));
}

#[test]
fn an_error_event_ends_the_stream() {
    for bad in [
        r#"{"Response": {"Error": {"Code": "InternalError", "Message": "broke"}, "RequestId": "r-1"}}"#,
        r#"{"Error": {"Code": "InternalError", "Message": "broke"}, "RequestId": "r-1"}"#,
        r#"{"RequestId": "r-1", "Response": {"Error": {"Code": "InternalError", "Message": "broke"}}}"#,
        r#"{"code": 5100, "codeDesc": "InternalError", "message": "broke"}"#,
    ] {
        let body = format!("data: {{\"A\": 1}}\n\ndata: {bad}\n\ndata: {{\"A\": 2}}\n\n");
        let error = fails(|| response("text/event-stream").body(body.clone().into()).expect("a response"), 1, "broke");
        assert_eq!(error.code().map(ToString::to_string).as_deref(), Some("InternalError"));
    }
    let body = "data: {\"A\": 1}\n\ndata: {\"A\": \n\n";
    fails(|| response("text/event-stream").body(body.into()).expect("a response"), 1, "not JSON");
    let body = "data: {}}, {\n\n";
    fails(|| response("text/event-stream").body(body.into()).expect("a response"), 0, "not JSON");
}

#[test]
fn a_text_with_control_characters_is_read() {
    check("text/event-stream", "data: {\"A\": \"a\tb\u{1}\"}\n\n", &[json!({"A": "a\tb\u{1}"})]);
    let whole = "data: {\"Response\": \"Error\"}\n\n";
    fails(|| response("text/event-stream").body(whole.into()).expect("a response"), 0, "without an object `Response`");
    for bad in ["data: {\"A\": 1}, \"B\": 2\n\n", "data: {\"A\": 1}}\n\n", "data: {\"A\":\n\n"] {
        fails(|| response("text/event-stream").body(bad.into()).expect("a response"), 0, "not JSON");
    }
}

/// Part of an answer.
#[tc_core::tc_model]
struct Delta {
    content: String,
    reason: Option<String>,
}

#[tc_core::tc_action(service = "hunyuan", version = "2023-09-01", response = Delta, streaming)]
struct ChatCompletions {
    model: String,
}

#[test]
fn with_strict_answers_an_event_that_differs_from_its_struct_is_an_error() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let whole = r#"{"Content":"a"}"#;
    for (event, text) in [
        (r#"{"content":"a","Reason":"stop"}"#, "`Content` is missing; `content` is not read"),
        (r#"{"Content":"a","Other":1}"#, "`Other` is not read"),
        (r#"{"Content":1}"#, "`Content` is documented as text"),
        (r#"{"Response":{"Content":"a","Other":1}}"#, "`Other` is not read"),
    ] {
        let body = format!("data: {whole}\n\ndata: {event}\n\n");
        let answer = || response("text/event-stream").body(body.clone()).expect("a response");
        let replay = Replay::new([answer(), answer()]);
        let builder =
            || Client::builder().credential(Credential::new("AKIDEXAMPLE", "secret")).transport(replay.clone());
        runtime.block_on(async {
            let strict = builder().strict_answers().build().expect("a client");
            let mut events = strict.events(&ChatCompletions::new("m"));
            assert_eq!(events.next().await.expect("an event").expect("no difference").content, "a");
            let error = events.next().await.expect("an error").unwrap_err();
            assert!(error.to_string().contains(text) && !error.is_retryable(), "{error}");
            assert_eq!(error.request_id(), Some("r-1"));
            assert!(events.next().await.is_none());
            let mut events = builder().build().expect("a client").events(&ChatCompletions::new("m"));
            for _ in 0..2 {
                events.next().await.expect("an event").expect("an event that differs");
            }
        });
    }
}

#[test]
fn an_event_that_is_only_a_code_and_a_message_is_an_error_if_the_struct_has_other_members() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let first = |event: &str| {
        let body = format!("data: {{\"Content\":\"a\"}}\n\ndata: {event}\n\n");
        let replay = Replay::new([response("text/event-stream").body(body).expect("a response")]);
        let client = Client::builder().credential(Credential::new("AKIDEXAMPLE", "secret")).transport(replay);
        let mut events = client.build().expect("a client").events(&ChatCompletions::new("m"));
        runtime.block_on(async {
            events.next().await.expect("an event").expect("data");
            events.next().await.expect("an event")
        })
    };
    for (event, code) in [
        (r#"{"code": 5100, "message": "broke"}"#, "5100"),
        (r#"{"code": "InternalError", "message": "broke", "requestId": "r"}"#, "InternalError"),
        (r#"{"Code": "InternalError", "Message": "broke"}"#, "InternalError"),
    ] {
        let error = first(event).expect_err(event);
        assert_eq!(error.code().map(ToString::to_string).as_deref(), Some(code), "{error}");
        assert!(error.to_string().contains("broke"), "{error}");
        assert_eq!(error.request_id(), Some("r-1"));
    }
    for event in [r#"{"code": 0, "message": ""}"#, r#"{"code": null, "message": "broke"}"#, r#"{"code": 5100}"#] {
        let error = first(event).expect_err(event);
        assert!(error.code().is_none() && error.to_string().contains("none of the documented members"), "{error}");
    }
    // With a documented member it is an event.
    assert_eq!(first(r#"{"Content": "b", "code": 5100, "message": "broke"}"#).expect("data").content, "b");
    // An action without a struct may document these members.
    let event = json!({"code": 5100, "message": "broke"});
    check("text/event-stream", "data: {\"code\": 5100, \"message\": \"broke\"}\n\n", &[event]);
}

/// A body with one event of this data, after which nothing arrives.
pub(crate) fn one_event_and_silence(data: &str) -> Body {
    struct Silent(Option<Bytes>);

    impl futures_core::Stream for Silent {
        type Item = Result<Bytes, TransportError>;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            self.0.take().map_or(std::task::Poll::Pending, |event| std::task::Poll::Ready(Some(Ok(event))))
        }
    }

    Body::stream(Silent(Some(format!("data: {data}\n\n").into())))
}

#[test]
fn a_stream_that_ends_early_or_stops_is_an_error() {
    let reset = || TransportError::new(TransportErrorKind::Reset, "the connection was reset");
    let body = || pieces(vec![Ok("data: {\"A\": 1}\n\nda".into()), Err(reset())]);
    fails(|| response("text/event-stream").body(body()).expect("a response"), 1, "reset");

    let silent = || response("text/event-stream").body(one_event_and_silence(r#"{"A": 1}"#)).expect("a response");
    let error = fails(silent, 1, "the next event");
    assert!(matches!(error.kind(), ErrorKind::Transport(error) if error.is_timeout()));
}

#[test]
fn a_compressed_stream_is_read_with_any_chunk_size() {
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    zip.write_all("data: {\"A\": \"界\"}\n\ndata: {\"A\": 2}\n\n".as_bytes()).expect("memory");
    let zipped = zip.finish().expect("memory");
    for size in [1, 7, zipped.len()] {
        let body = || pieces(zipped.chunks(size).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect());
        let encoded = || response("text/event-stream").header("Content-Encoding", "gzip");
        let (found, error) = run(|| encoded().body(body()).expect("a response"));
        assert_eq!(found, [json!({"A": "界"}), json!({"A": 2})], "{error:?}");
    }
    let encoded = |encoding: &str| response("text/event-stream").header("Content-Encoding", encoding);
    let body = || pieces(vec![Ok(Bytes::from_static(b"data: {}\n\n"))]);
    fails(|| encoded("gzip").body(body()).expect("a response"), 0, "is not valid gzip");
    fails(|| encoded("br").body("".into()).expect("a response"), 0, "other than gzip");
}

#[test]
fn events_come_over_a_real_connection() {
    both(async |kind| {
        let emulator = Emulator::start().await.expect("an emulator");
        emulator.answer("hunyuan", "2023-09-01", "ChatCompletions", |_| {
            Reply::event_bytes(["\u{feff}data: {\"A\"", ":1}\r", "\n\r\ndata: {\"A\":2}"]).request_id("r-1")
        });
        let (found, error) = all(&emulator.build_as(kind)).await;
        assert_eq!(found, [json!({"A": 1}), json!({"A": 2})], "{error:?}");
    });
}
