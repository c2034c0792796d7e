//! The blocking client: it does the same as the asynchronous one on threads without a runtime, and fails inside async code.

use std::time::{Duration, Instant};

use bytes::Bytes;
use tc_core::blocking::Client;
use tc_core::emulator::{Emulator, Fault};
use tc_core::transport::{Body, Replay, TransportError};
use tc_core::{AnyAction, Credential, ErrorKind, Region, RetryPolicy, Throttle, request};
use tokio::runtime::{Builder, Runtime};

use crate::client::actions::{self, CreateThing, DescribeThing, GetThing, ListNumbers, Numbers};
use crate::sse::client::one_event_and_silence;

/// Starts an emulator on a separate runtime, and builds a client of it.
fn cloud() -> (Runtime, Emulator, Client) {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let emulator = runtime.block_on(async {
        let emulator = Emulator::start().await.unwrap();
        actions::register(&emulator);
        emulator.on::<ListNumbers>(|request: ListNumbers| {
            let (offset, limit) = (request.offset.unwrap_or(0), request.limit.unwrap_or(20));
            let ids = request.ids.iter().map(|id| id.parse::<u64>().unwrap());
            let numbers: Vec<u64> =
                if request.ids.is_empty() { (offset..1234.min(offset + limit)).collect() } else { ids.collect() };
            Numbers::new().total_count(1234).number_set(numbers)
        });
        emulator
    });
    let client = crate::client::quick(&emulator).blocking().build().unwrap();
    (runtime, emulator, client)
}

fn check_refused(error: &tc_core::Error) {
    assert!(matches!(error.kind(), ErrorKind::Configuration(_)), "{error}");
    let message = error.to_string();
    assert!(message.contains("inside async code") && message.contains("spawn_blocking"), "{message}");
    assert_eq!(error.attempts(), 0);
}

#[test]
fn calls_are_sent_retried_and_checked_as_by_the_asynchronous_client() {
    let (_serving, emulator, client) = cloud();
    let answer = client.send(&request!(DescribeThing { name: "a" })).unwrap();
    assert_eq!((answer.name.as_str(), answer.attempts()), ("a", 1));
    emulator.inject(Fault::code("InternalError").times(2));
    assert_eq!(client.send(&DescribeThing::new("b")).unwrap().attempts(), 3);
    emulator.inject(Fault::code("InternalError"));
    let error = client.send(&CreateThing::new("c")).unwrap_err();
    assert_eq!((error.code().unwrap().as_str(), error.attempts()), ("InternalError", 1));
    let before = emulator.received().len();
    let error = client.send(&ListNumbers::new().limit(101)).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Invalid(_)), "{error}");
    assert_eq!(emulator.received().len(), before, "nothing was sent");
    let any =
        client.send(&AnyAction::new("demo", "2020-01-01", "DescribeThing").params(serde_json::json!({"Name": "d"})));
    assert_eq!(any.unwrap()["Name"], "d");
}

#[test]
fn a_call_has_its_own_options() {
    let (_serving, emulator, client) = cloud();
    let call = DescribeThing::new("x");
    client.call(&call).region(Region::AP_SHANGHAI).method(tc_core::Method::Get).send().unwrap();
    let received = emulator.received().pop().unwrap();
    assert_eq!((received.region.as_str(), received.method.as_str()), ("ap-shanghai", "GET"));
    emulator.inject(Fault::Silence);
    let started = Instant::now();
    let error = client.call(&call).timeout(Duration::from_millis(200)).retry(RetryPolicy::none()).send().unwrap_err();
    assert!(error.is_timeout() && started.elapsed() < Duration::from_secs(10), "{error}");
    assert_eq!(client.send(&call).unwrap().name, "x", "the next call is well");
    let steps = client.sign(&call, tc_core::Timestamp::from(1_700_000_000)).unwrap();
    assert!(format!("{steps:?}").contains("demo/tc3_request"));
}

#[test]
fn the_documented_rate_is_kept() {
    let (_serving, emulator, client) = cloud();
    emulator.enforce_rates(true);
    let started = Instant::now();
    for _ in 0..15 {
        assert_eq!(client.send(&GetThing::new("x")).unwrap().attempts(), 1);
    }
    assert!(started.elapsed() >= Duration::from_millis(900), "{:?}", started.elapsed());
    let calls = || client.call(&GetThing::new("x")).throttle(Throttle::Fail).send();
    assert!((0..15).any(|_| calls().is_err_and(|error| error.is_throttled() && error.attempts() == 0)));
}

#[test]
fn pages_and_items_are_iterators() {
    let (_serving, emulator, client) = cloud();
    let every = ListNumbers::new();
    for ahead in [1, 4] {
        let numbers: Result<Vec<u64>, _> = client.items(&every).read_ahead(ahead).collect();
        assert_eq!(numbers.unwrap(), (0..1234).collect::<Vec<u64>>());
    }
    assert_eq!(client.items(&every).max_items(150).map(Result::unwrap).last(), Some(149));
    let mut pages = client.pages(&every).page_size(50);
    assert_eq!(pages.next().unwrap().unwrap().number_set.len(), 50);
    assert_eq!((pages.total(), pages.by_ref().count()), (Some(1234), 24));
    assert!(pages.next().is_none());
    emulator.inject(Fault::code("FailedOperation.Broken"));
    let mut pages = client.pages(&every);
    assert!(pages.next().unwrap().is_err());
    assert!(pages.next().is_none(), "nothing comes after an error");
    let ids = (0..25).map(|id: u32| id.to_string()).collect::<Vec<_>>();
    let parts = client.chunked(&ListNumbers::new().ids(ids), |action| &mut action.ids);
    assert_eq!(parts.all().unwrap().iter().map(|part| part.number_set.len()).collect::<Vec<_>>(), [10, 10, 5]);
}

#[test]
fn events_are_an_iterator() {
    struct Chunks(std::vec::IntoIter<&'static str>);
    impl futures_core::Stream for Chunks {
        type Item = Result<Bytes, TransportError>;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(self.0.next().map(|piece| Ok(piece.into())))
        }
    }
    let pieces = Chunks(vec!["data: {\"N\": 1}\n\n", "data: {\"N\"", ": 2}\n\ndata: [DONE]\n\n"].into_iter());
    let response = http::Response::builder()
        .header("Content-Type", "text/event-stream")
        .header("x-tc-requestid", "r-1")
        .body(Body::stream(pieces))
        .unwrap();
    let builder = Client::builder().credential(Credential::new("AKIDEXAMPLE", "secret"));
    let client = builder.transport(Replay::new([response])).build().unwrap();
    let mut events = client.events(&AnyAction::new("hunyuan", "2023-09-01", "ChatCompletions"));
    let found: Vec<_> = events.by_ref().map(|event| event.unwrap()["N"].as_u64().unwrap()).collect();
    assert_eq!((found, events.request_id()), (vec![1, 2], "r-1"));
}

#[test]
fn ten_threads_share_a_client() {
    let (_serving, emulator, client) = cloud();
    std::thread::scope(|scope| {
        for thread in 0..10 {
            let client = client.clone();
            scope.spawn(move || {
                for round in 0..20 {
                    let name = format!("{thread}-{round}");
                    assert_eq!(client.send(&DescribeThing::new(name.as_str())).unwrap().name, name);
                }
            });
        }
    });
    assert_eq!(emulator.received().len(), 200);
}

#[tokio::test]
async fn inside_async_code_a_call_fails_and_sends_nothing() {
    let emulator = crate::client::emulator().await;
    let client = emulator.client_builder().blocking().build().unwrap();
    check_refused(&client.send(&DescribeThing::new("x")).unwrap_err());
    check_refused(&client.call(&DescribeThing::new("x")).send().unwrap_err());
    let mut pages = client.pages(&ListNumbers::new());
    check_refused(&pages.next().unwrap().unwrap_err());
    assert!(pages.next().is_none());
    check_refused(&client.items(&ListNumbers::new()).next().unwrap().unwrap_err());
    check_refused(&client.events(&DescribeThing::new("x")).next().unwrap().unwrap_err());
    let (spawned, local) = (client.clone(), tokio::task::LocalSet::new());
    check_refused(&tokio::spawn(async move { spawned.send(&DescribeThing::new("x")).unwrap_err() }).await.unwrap());
    let of_local = client.clone();
    check_refused(&local.run_until(async move { of_local.send(&DescribeThing::new("x")).unwrap_err() }).await);
    assert!(emulator.received().is_empty());
    // The check does not use up the budget of the task.
    assert!(tokio::task::coop::has_budget_remaining());
}

/// The last owner of the runtime of a client may be an iterator, also inside async code.
#[test]
fn iterators_can_be_dropped_half_way_everywhere() {
    for inside in [false, true] {
        let (serving, emulator, client) = cloud();
        let mut items = client.items(&ListNumbers::new()).read_ahead(8);
        let mut pages = client.pages(&ListNumbers::new()).read_ahead(8);
        let ids = (0..200).map(|id: u32| id.to_string()).collect::<Vec<_>>();
        let mut parts = client.chunked(&ListNumbers::new().ids(ids), |action| &mut action.ids);
        assert_eq!(items.by_ref().take(250).map(Result::unwrap).last(), Some(249));
        assert_eq!(pages.next().unwrap().unwrap().number_set.len(), 100);
        assert_eq!(parts.next().unwrap().unwrap().number_set.len(), 10);
        let response = http::Response::builder()
            .header("Content-Type", "text/event-stream")
            .body(one_event_and_silence(r#"{"N": 1}"#))
            .unwrap();
        let builder = Client::builder().credential(Credential::new("AKIDEXAMPLE", "secret"));
        let streaming = builder.transport(Replay::new([response])).build().unwrap();
        let mut events = streaming.events(&AnyAction::new("hunyuan", "2023-09-01", "ChatCompletions"));
        assert_eq!(events.next().unwrap().unwrap()["N"], 1);
        drop((client, streaming));
        let begun = (items, pages, parts, events);
        if inside {
            serving.block_on(async move { drop(begun) });
        } else {
            drop(begun);
        }
        let client = emulator.client_builder().blocking().build().unwrap();
        assert_eq!(client.send(&DescribeThing::new("x")).unwrap().name, "x");
    }
}

#[test]
fn an_iterator_that_is_continued_inside_async_code_ends_with_an_error() {
    let (serving, _emulator, client) = cloud();
    let mut items = client.items(&ListNumbers::new());
    assert_eq!(items.by_ref().take(150).map(Result::unwrap).last(), Some(149));
    serving.block_on(async {
        check_refused(&items.next().unwrap().unwrap_err());
        assert!(items.next().is_none());
    });
    assert!(items.next().is_none());
}

/// An interceptor that makes a call itself, on the thread of the call around it.
#[test]
fn calls_can_be_nested() {
    #[derive(Debug)]
    struct Nested(Client);
    impl tc_core::Interceptor for Nested {
        fn before_signing(&self, _: &tc_core::Attempt<'_>, headers: &mut http::HeaderMap) {
            let name = self.0.send(&DescribeThing::new("inner")).unwrap().name.clone();
            headers.insert("x-tc-traceid", name.parse().unwrap());
        }
    }
    let (_serving, emulator, client) = cloud();
    let outer = emulator.client_builder().interceptor(Nested(client)).blocking().build().unwrap();
    assert_eq!(outer.send(&DescribeThing::new("outer")).unwrap().name, "outer");
    assert_eq!(emulator.received().pop().unwrap().header("x-tc-traceid"), Some("inner"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn blocking_threads_of_a_runtime_can_use_it() {
    let emulator = crate::client::emulator().await;
    let client = emulator.client_builder().blocking().build().unwrap();
    let other = client.clone();
    let name = tokio::task::spawn_blocking(move || other.send(&DescribeThing::new("a")).unwrap().name.clone()).await;
    assert_eq!(name.unwrap(), "a");
    let other = client.clone();
    let within = tokio::spawn(async move {
        tokio::task::block_in_place(|| other.send(&DescribeThing::new("b")).unwrap().name.clone())
    });
    assert_eq!(within.await.unwrap(), "b");
    // Dropped here, inside async code.
    drop(client);
    assert_eq!(emulator.received().len(), 2);
}

#[test]
fn a_thread_that_entered_a_runtime_without_polling_can_use_it() {
    let (serving, _emulator, client) = cloud();
    let _entered = serving.enter();
    assert_eq!(client.send(&DescribeThing::new("x")).unwrap().name, "x");
}

#[test]
fn it_shows_no_secret() {
    let client = Client::builder().credential(Credential::new("AKIDEXAMPLE", "very-secret")).build().unwrap();
    assert!(!format!("{client:?} {:?}", client.call(&DescribeThing::new("x"))).contains("very-secret"));
}
