//! Interceptors and transports of the user.

use std::sync::{Arc, Mutex};

use tc_core::emulator::Fault;
use tc_core::transport::{Replay, TransportError, TransportErrorKind};
use tc_core::{Attempt, Client, Credential, Error, Interceptor};

use crate::client::actions::DescribeThing;
use crate::client::caller::{BuildAs, both};
use crate::client::{emulator, quick};

/// Records its calls in their order.
#[derive(Debug, Clone)]
struct Diary(&'static str, Arc<Mutex<Vec<String>>>);

impl Diary {
    fn note(&self, attempt: &Attempt<'_>, what: &str) {
        self.1.lock().unwrap().push(format!("{} {} {} {what}", self.0, attempt.action, attempt.number));
    }
}

impl Interceptor for Diary {
    fn before_signing(&self, attempt: &Attempt<'_>, headers: &mut http::HeaderMap) {
        self.note(attempt, "before signing");
        headers.insert("x-tc-traceid", http::HeaderValue::from_static("trace-1"));
        headers.insert("x-tc-action", http::HeaderValue::from_static("Another"));
    }

    fn after_signing(&self, attempt: &Attempt<'_>, request: &mut http::Request<bytes::Bytes>) {
        assert!(request.headers().contains_key("authorization"));
        self.note(attempt, "after signing");
    }

    fn after_response(&self, attempt: &Attempt<'_>, response: &http::Response<bytes::Bytes>) {
        self.note(attempt, &format!("status {}", response.status().as_u16()));
    }

    fn on_error(&self, attempt: &Attempt<'_>, error: &Error) {
        self.note(attempt, &error.code().map_or_else(|| "no code".into(), ToString::to_string));
    }
}

#[test]
fn interceptors_run_around_every_attempt_in_order() {
    both(async |kind| {
        let emulator = emulator().await;
        emulator.inject(Fault::code("InternalError"));
        let notes = Arc::new(Mutex::new(Vec::new()));
        let client = quick(&emulator)
            .interceptor(Diary("a", notes.clone()))
            .interceptor(Diary("b", notes.clone()))
            .build_as(kind);
        client.send(&DescribeThing::new("x")).await.unwrap();
        let expected = [
            "a DescribeThing 1 before signing",
            "b DescribeThing 1 before signing",
            "a DescribeThing 1 after signing",
            "b DescribeThing 1 after signing",
            "a DescribeThing 1 status 200",
            "b DescribeThing 1 status 200",
            "a DescribeThing 1 InternalError",
            "b DescribeThing 1 InternalError",
            "a DescribeThing 2 before signing",
            "b DescribeThing 2 before signing",
            "a DescribeThing 2 after signing",
            "b DescribeThing 2 after signing",
            "a DescribeThing 2 status 200",
            "b DescribeThing 2 status 200",
        ];
        assert_eq!(*notes.lock().unwrap(), expected);
        for received in emulator.received() {
            assert_eq!(received.header("x-tc-traceid"), Some("trace-1"));
            assert_eq!(received.header("x-tc-action"), Some("DescribeThing"), "what the protocol sets stays");
        }
    });
}

#[test]
fn a_replay_replaces_the_cloud() {
    both(async |kind| {
        let replay = Replay::new([r#"{"Response":{"Name":"recorded","RequestId":"r-1"}}"#]);
        replay.push(TransportError::new(TransportErrorKind::Request, "out of paper").unsent());
        let client =
            Client::builder().credential(Credential::new("AKIDX", "key")).transport(replay.clone()).build_as(kind);
        let answer = client.send(&DescribeThing::new("x")).await.unwrap();
        assert_eq!((answer.name.as_str(), answer.request_id()), ("recorded", "r-1"));
        let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
        assert_eq!(error.to_string(), "out of paper");
        let requests = replay.requests();
        assert_eq!(requests[0].uri(), "https://demo.tencentcloudapi.com/");
        assert_eq!(requests[0].headers()["accept-encoding"], "gzip");
        assert_eq!(requests[0].body(), r#"{"Name":"x"}"#);
    });
}

#[test]
fn both_transports_work_with_the_emulator() {
    both(async |kind| {
        use tc_core::transport::{HyperTransport, Proxy, ReqwestTransport, TransportOptions};
        let emulator = emulator().await;
        emulator.inject(Fault::Gzip.always());
        let options = TransportOptions::default().proxy(Proxy::None);
        let lean = quick(&emulator).transport(HyperTransport::new(&options).unwrap()).build_as(kind);
        let default = quick(&emulator).transport(ReqwestTransport::new(&options).unwrap()).build_as(kind);
        for client in [lean, default] {
            assert_eq!(client.send(&DescribeThing::new("zipped")).await.unwrap().name, "zipped");
        }
    });
}

#[test]
fn a_decompression_bomb_in_a_stream_of_events_is_stopped_early() {
    both(async |kind| {
        use std::io::Write;
        let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        zip.write_all(&vec![b'x'; 100 << 20]).unwrap();
        let bomb = http::Response::builder()
            .header("content-type", "text/event-stream")
            .header("content-encoding", "gzip")
            .body(zip.finish().unwrap())
            .unwrap();
        let client =
            Client::builder().credential(Credential::new("AKIDX", "key")).transport(Replay::new([bomb])).build_as(kind);
        let error = client.events(&DescribeThing::new("x")).next().await.unwrap().unwrap_err();
        assert!(
            error.to_string().starts_with("the response is larger than 67108864 bytes, or expands more than 200 times"),
            "{error}"
        );
    });
}
