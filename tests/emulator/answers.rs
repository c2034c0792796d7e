//! Responses: typed handlers, JSON, error responses, event streams; and the record of requests.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tc_apis::mps::{AiSamplePerson, DescribePersonSamples, DescribePersonSamplesResponse};
use tc_core::emulator::Emulator;
use tc_core::emulator::{ErrorResponse, Fault, Reply};
use tc_core::{AnyAction, ErrorCode};

use crate::emulator::actions::{Echo, Search};
use crate::emulator::hand::{Answered, Request};
use crate::emulator::{emulator, run};

/// The response of a handler of `Search` to `{"Limit":20}`.
fn answered(register: impl FnOnce(&tc_core::emulator::Emulator)) -> Answered {
    run(async {
        let emulator = emulator().await;
        register(&emulator);
        let mut request = Request::json(&emulator, "Search", r#"{"Limit":20}"#);
        request.sign();
        request.send(&emulator).await
    })
}

/// The `Limit` of a search.
fn limit(search: &Search) -> Option<u64> {
    search.0[3].as_u64()
}

#[test]
fn a_handler_takes_the_typed_request_and_returns_the_response() {
    let answer = answered(|emulator| {
        emulator.on::<Search>(|search| Echo(limit(&search)));
    });
    assert_eq!(answer.response()["TotalCount"], 20);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(
        answer.body,
        format!(r#"{{"Response":{{"TotalCount":20,"RequestId":{}}}}}"#, answer.response()["RequestId"]).into_bytes()
    );
}

#[test]
fn a_handler_may_return_an_error_with_or_without_a_message() {
    let respond = |error: ErrorResponse| {
        let answer = answered(move |emulator| {
            emulator.on::<Search>(move |_| Err::<Echo, _>(error.clone()));
        });
        (answer.code(), answer.message())
    };
    assert_eq!(respond("ResourceNotFound".into()).0, "ResourceNotFound");
    assert_eq!(respond(ErrorCode::from("InternalError").into()).0, "InternalError");
    assert_eq!(respond(("LimitExceeded", "Enough.").into()), ("LimitExceeded".into(), "Enough.".into()));
}

#[test]
fn a_handler_may_return_json_that_no_type_can_express() {
    let answer = answered(|emulator| {
        emulator.on::<Search>(|_| Reply::json(json!({ "TotalCount": "1" })).request_id("7d80775f"));
    });
    assert_eq!(answer.response(), json!({ "TotalCount": "1", "RequestId": "7d80775f" }));
}

#[test]
fn json_of_a_handler_that_is_no_object_is_sent_unchanged() {
    for value in [json!([1, 2]), json!("text"), json!(null), json!(5)] {
        let sent = value.clone();
        let answer = answered(move |emulator| {
            emulator.answer("mps", "2019-06-12", "Search", move |_| sent.clone());
        });
        assert_eq!(answer.body, json!({ "Response": value }).to_string().into_bytes());
    }
}

#[tokio::test]
async fn empty_lists_of_a_handler_are_sent() {
    let emulator = Emulator::start().await.unwrap();
    let strict = emulator.client_builder().strict_answers().build().unwrap();
    emulator.on::<DescribePersonSamples>(|_| DescribePersonSamplesResponse::new(0));
    assert!(strict.send(&DescribePersonSamples::new()).await.unwrap().person_set.is_empty());
    // Also those of nested structs.
    let person = || AiSamplePerson::new("1", "John Smith", "");
    emulator.on::<DescribePersonSamples>(move |_| DescribePersonSamplesResponse::new(1).person_set([person()]));
    let found = strict.send(&DescribePersonSamples::new()).await.unwrap();
    assert!(found.person_set[0].tag_set.is_empty() && found.person_set[0].face_info_set.is_empty());
}

#[test]
fn a_request_id_in_the_json_of_a_handler_is_kept() {
    let answer = answered(|emulator| {
        emulator.answer("mps", "2019-06-12", "Search", |params| json!({ "Given": params, "RequestId": "mine" }));
    });
    assert_eq!(answer.response(), json!({ "Given": { "Limit": 20 }, "RequestId": "mine" }));
}

#[test]
fn an_action_without_a_handler_answers_with_a_request_id_only() {
    let answer = answered(|_| {});
    let response = answer.response();
    assert_eq!(response.as_object().map(serde_json::Map::len), Some(1), "{response}");
}

#[test]
fn request_ids_are_random_uuids_of_version_4() {
    run(async {
        let emulator = emulator().await;
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..50 {
            let mut request = Request::json(&emulator, "Search", "{}");
            request.sign();
            let response = request.send(&emulator).await.response();
            let id = response["RequestId"].as_str().expect("a RequestId").to_owned();
            let shape: String = id.chars().map(|it| if it.is_ascii_hexdigit() { 'x' } else { it }).collect();
            assert_eq!(shape, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
            assert_eq!(&id[14..15], "4", "{id}");
            assert!("89ab".contains(&id[19..20]), "{id}");
            seen.insert(id);
        }
        assert_eq!(seen.len(), 50);
    });
}

#[test]
fn events_are_a_stream_with_the_request_id_in_a_header() {
    let answer = answered(|emulator| {
        emulator.on::<Search>(|_| Reply::events(["{\"a\":1}", "two\nlines"]).request_id("of-the-stream"));
    });
    assert_eq!(answer.header("content-type"), "text/event-stream");
    assert_eq!(answer.header("x-tc-requestid"), "of-the-stream");
    assert_eq!(answer.header("transfer-encoding"), "chunked");
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    assert!(text.contains("data: {\"a\":1}\n\n") && text.contains("data: two\ndata: lines\n\n"), "{text}");
}

#[test]
fn an_event_stream_has_exactly_the_chunks_of_the_handler() {
    let answer = answered(|emulator| {
        emulator.on::<Search>(|_| Reply::event_bytes([&b"da"[..], b"ta: x", b"\n\n"]));
    });
    assert_eq!(String::from_utf8_lossy(&answer.body), "2\r\nda\r\n5\r\nta: x\r\n2\r\n\n\n\r\n0\r\n\r\n");
}

#[test]
fn a_stream_waits_between_chunks() {
    run(async {
        let emulator = emulator().await;
        emulator.on::<Search>(|_| Reply::events(["1", "2", "3"]).every(Duration::from_millis(300)));
        let mut request = Request::json(&emulator, "Search", "{}");
        request.sign();
        let mut stream = tokio::net::TcpStream::connect(emulator.host()).await.expect("the emulator listens");
        tokio::io::AsyncWriteExt::write_all(&mut stream, &request.bytes()).await.expect("written");
        let (mut seen, mut at) = (String::new(), Vec::new());
        let start = Instant::now();
        while !seen.ends_with("0\r\n\r\n") {
            let mut piece = [0; 1024];
            let read = tokio::io::AsyncReadExt::read(&mut stream, &mut piece).await.expect("more");
            seen.push_str(&String::from_utf8_lossy(&piece[..read]));
            if at.len() < seen.matches("data: ").count() {
                at.push(start.elapsed());
            }
        }
        let apart = at.windows(2).filter(|pair| pair[1] >= pair[0] + Duration::from_millis(100));
        assert_eq!((at.len(), apart.count()), (3, 2), "{at:?}");
    });
}

#[test]
fn an_error_comes_before_any_stream() {
    let answer = answered(|emulator| {
        emulator.on::<Search>(|_| Reply::error("InternalError"));
    });
    assert_eq!((answer.code().as_str(), answer.header("content-type")), ("InternalError", "application/json"));
}

#[test]
fn a_delayed_response_is_late() {
    let start = Instant::now();
    let answer = answered(|emulator| {
        emulator.on::<Search>(|_| Reply::value(Echo(None)).after(Duration::from_millis(120)));
    });
    assert_eq!(answer.code(), "ok");
    assert!(start.elapsed() >= Duration::from_millis(120), "{:?}", start.elapsed());
}

#[test]
fn every_request_is_recorded() {
    run(async {
        let emulator = emulator().await;
        let mut good = Request::json(&emulator, "Search", r#"{"Limit":"20"}"#);
        good.set("X-TC-Region", "ap-guangzhou");
        good.sign();
        let answer = good.send(&emulator).await;
        let mut bad = Request::get(&emulator, "Search", "Limit=500");
        bad.sign();
        bad.send(&emulator).await;

        let received = emulator.received();
        let [first, second] = &received[..] else { panic!("two requests: {received:?}") };
        assert!(first.accepted());
        assert_eq!((first.method.as_str(), first.target.as_str(), &first.body[..]), ("POST", "/", &good.body[..]));
        assert_eq!(
            (first.service.as_str(), first.version.as_str(), first.action.as_str()),
            ("mps", "2019-06-12", "Search")
        );
        assert_eq!((first.region.as_str(), first.secret_id.as_str()), ("ap-guangzhou", tc_core::emulator::SECRET_ID));
        assert_eq!(
            (&first.params, &first.coercions[..]),
            (&json!({ "Limit": 20 }), &["Limit: the text `20` as an integer".to_owned()][..])
        );
        assert_eq!(first.header("X-TC-Action"), Some("Search"));
        assert_eq!(answer.response()["RequestId"], first.request_id);
        assert!(
            first
                .canonical
                .as_deref()
                .is_some_and(|text| text.starts_with("POST\n/\n\ncontent-type:application/json\nhost:127.0.0.1:"))
        );

        assert_eq!((second.method.as_str(), second.target.as_str()), ("GET", "/?Limit=500"));
        assert_eq!(second.error.as_ref().map(ErrorResponse::code), Some("InvalidParameterValue"));
        assert_eq!(second.params, json!({ "Limit": "500" }));
        assert_eq!((first.connection, second.connection, emulator.connections()), (0, 1, 2));

        emulator.clear_received();
        assert!(emulator.received().is_empty());
    });
}

#[test]
fn debug_shows_no_secret() {
    run(async {
        let emulator = emulator().await;
        emulator.add_temporary_key("AKIDtmp", "secret-of-key", "secret-token");
        let mut request = Request::json(&emulator, "Search", r#"{"Password":"hunter2"}"#);
        request.set("X-TC-Token", "secret-token");
        request.sign_as("AKIDtmp", "secret-of-key", "mps", "content-type;host");
        assert_eq!(request.send(&emulator).await.code(), "InvalidParameterValue");
        let builder = tc_core::emulator::Emulator::builder().temporary_key("AKIDtmp", "secret-of-key", "secret-token");
        for text in [format!("{emulator:?}"), format!("{:#?}", emulator.received()), format!("{builder:?}")] {
            for secret in ["secret-of-key", "secret-token", "hunter2", "Signature="] {
                assert!(!text.contains(secret), "{text}");
            }
        }
    });
}

#[test]
fn an_error_code_of_a_handler_gets_a_message_that_names_the_action() {
    let expected = ("ResourceNotFound".to_owned(), "The handler of Search returned this error.".to_owned());
    let responses: [fn(&Emulator); 5] = [
        |emulator| _ = emulator.on::<Search>(|_| Err::<Echo, _>("ResourceNotFound")),
        |emulator| _ = emulator.on::<Search>(|_| Err::<Echo, _>(ErrorCode::from("ResourceNotFound"))),
        |emulator| _ = emulator.on::<Search>(|_| Reply::<Echo>::error("ResourceNotFound")),
        |emulator| _ = emulator.answer("mps", "2019-06-12", "Search", |_| Err::<Value, _>("ResourceNotFound")),
        |emulator| _ = emulator.answer("mps", "2019-06-12", "Search", |_| Reply::error("ResourceNotFound")),
    ];
    for respond in responses {
        let answer = answered(respond);
        assert_eq!((answer.code(), answer.message()), expected);
    }
    let injected = answered(|emulator| _ = emulator.inject(Fault::code("ResourceNotFound")));
    assert_eq!(injected.message(), "Injected by the emulator.");
}

#[test]
fn without_recording_no_request_is_kept() {
    run(async {
        let emulator = tc_core::emulator::Emulator::builder().without_recording().start().await.expect("a free port");
        emulator.answer("mps", "2019-06-12", "Search", |_| Value::Null);
        Request::json(&emulator, "Search", "{}").send(&emulator).await;
        assert!(emulator.received().is_empty());
    });
}

#[test]
fn a_dropped_emulator_closes_its_port() {
    run(async {
        let emulator = emulator().await;
        let host = emulator.host().to_owned();
        let mut open = tokio::net::TcpStream::connect(&host).await.expect("the emulator listens");
        drop(emulator);
        let mut rest = Vec::new();
        let read = tokio::io::AsyncReadExt::read_to_end(&mut open, &mut rest).await;
        assert!(read.is_err() || rest.is_empty(), "{rest:?}");
        assert!(tokio::net::TcpStream::connect(&host).await.is_err());
    });
}

#[test]
fn a_registered_action_with_a_handler_by_name_is_checked_in_any_order() {
    run(async {
        for register_first in [true, false] {
            let emulator = Emulator::start().await.expect("a free port");
            let answer =
                || emulator.answer("mps", "2019-06-12", "DescribePersonSamples", |_| json!({ "TotalCount": 7 }));
            if register_first {
                emulator.register::<DescribePersonSamples>();
                answer();
            } else {
                answer();
                emulator.register::<DescribePersonSamples>();
            }
            let client = emulator.client();
            let call = |params| AnyAction::new("mps", "2019-06-12", "DescribePersonSamples").params(params);
            let found = client.send(&call(json!({ "Limit": 5 }))).await.expect("the response of the handler");
            assert_eq!(found["TotalCount"], 7);
            let error = client.send(&call(json!({ "Limt": 5 }))).await.unwrap_err();
            assert_eq!(error.code().map(ToString::to_string).as_deref(), Some("UnknownParameter"), "{error}");
        }
    });
}
