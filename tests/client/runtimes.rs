//! One client on several tokio runtimes: no call waits for another runtime, or fails because another runtime ended. Without a runtime,
//! a call fails.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tc_core::emulator::{Emulator, Fault, Reply};
use tc_core::provider::{CredentialCache, CvmRole, ProvideCredential};
use tc_core::transport::{HyperTransport, Proxy, Replay, ReplayStep, ReqwestTransport, Transport, TransportOptions};
use tc_core::{Client, Credential, RetryPolicy};
use tokio::runtime::{Builder, Runtime};

use crate::client::actions::{self, CreateThing, DescribeThing, GetThing, ListNumbers, Thing};

/// Longer than every step here takes, and shorter than every timeout of the client.
const PATIENCE: Duration = Duration::from_secs(15);

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Starts an emulator on a separate runtime.
fn cloud() -> (Runtime, Emulator) {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let emulator = runtime.block_on(async {
        let emulator = Emulator::start().await.unwrap();
        actions::register(&emulator);
        emulator
    });
    (runtime, emulator)
}

fn transports() -> [Arc<dyn Transport>; 2] {
    let options = TransportOptions::default().proxy(Proxy::None);
    [Arc::new(ReqwestTransport::new(&options).unwrap()), Arc::new(HyperTransport::new(&options).unwrap())]
}

/// Sends one write, and checks that it was sent once.
async fn write(client: &Client, name: &str) {
    let call = client.call(&CreateThing::new(name)).retry(RetryPolicy::none()).send();
    let answer = tokio::time::timeout(PATIENCE, call).await.expect("no stall").expect("a response");
    assert_eq!((answer.name.as_str(), answer.attempts()), (name, 1));
}

#[test]
fn a_runtime_that_is_not_polled_delays_no_other() {
    let (_serving, emulator) = cloud();
    for transport in transports() {
        let client = emulator.client_builder().transport(transport).build().unwrap();
        let runtimes = [(); 4].map(|()| runtime());
        for round in 0..3 {
            for (number, runtime) in runtimes.iter().enumerate() {
                runtime.block_on(write(&client, &format!("{round}-{number}")));
            }
        }
    }
}

#[test]
fn a_runtime_that_ended_fails_no_later_call() {
    let (_serving, emulator) = cloud();
    for transport in transports() {
        let client = emulator.client_builder().transport(transport).build().unwrap();
        let before = emulator.received().len();
        for round in 0..20 {
            runtime().block_on(write(&client, &round.to_string()));
        }
        assert_eq!(emulator.received().len() - before, 20, "each write arrived once");
    }
}

#[test]
fn a_runtime_that_ends_fails_no_concurrent_call_of_another() {
    let (_serving, emulator) = cloud();
    emulator.on::<CreateThing>(|request: CreateThing| {
        Reply::value(Thing::new(request.name)).after(Duration::from_millis(40))
    });
    for transport in transports() {
        let client = emulator.client_builder().transport(transport).build().unwrap();
        for round in 0..3 {
            let (written, other_begins) = std::sync::mpsc::channel();
            let before = emulator.received().len();
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    // Leaves an idle connection, and ends during the other call.
                    runtime().block_on(async {
                        write(&client, &format!("first-{round}")).await;
                        written.send(()).unwrap();
                        while emulator.received().len() < before + 2 {
                            tokio::time::sleep(Duration::from_millis(1)).await;
                        }
                    });
                });
                other_begins.recv().unwrap();
                runtime().block_on(write(&client, &format!("second-{round}")));
            });
        }
    }
}

static SHARED: LazyLock<(Runtime, Emulator, Client)> = LazyLock::new(|| {
    // On a separate thread, because the first caller may run in a runtime.
    std::thread::spawn(|| {
        let (serving, emulator) = cloud();
        let client = emulator.client();
        (serving, emulator, client)
    })
    .join()
    .unwrap()
});

#[tokio::test]
async fn a_static_client_serves_this_test() {
    for round in 0..20 {
        write(&SHARED.2, &round.to_string()).await;
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_static_client_serves_that_test() {
    for round in 0..20 {
        write(&SHARED.2, &round.to_string()).await;
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[test]
fn many_threads_with_a_runtime_each_share_a_client() {
    std::thread::scope(|scope| {
        for thread in 0..8 {
            scope.spawn(move || {
                for round in 0..5 {
                    runtime().block_on(write(&SHARED.2, &format!("{thread}-{round}")));
                }
            });
        }
    });
}

#[test]
fn calls_waiting_for_the_rate_limiter_on_a_runtime_that_is_not_polled_delay_no_other() {
    let (_serving, emulator) = cloud();
    let client = emulator.client();
    let call = GetThing::new("x");
    let [first, second] = [runtime(), runtime()];
    // At ten a second, two start at once; these four wait, and are not polled meanwhile.
    let mut begun: Vec<_> = (0..6).map(|_| Box::pin(client.send(&call))).collect();
    first.block_on(async {
        for call in &mut begun {
            std::future::poll_fn(|context| Poll::Ready(call.as_mut().poll(context).is_ready())).await;
        }
    });
    for _ in 0..3 {
        let answer = second.block_on(async { tokio::time::timeout(PATIENCE, client.send(&call)).await });
        assert_eq!(answer.expect("no stall").unwrap().name, "x");
    }
    drop(first);
    let answer = second.block_on(async { tokio::time::timeout(PATIENCE, client.send(&call)).await });
    assert_eq!(answer.expect("no stall").unwrap().name, "x");
}

#[test]
fn a_call_without_a_runtime_is_an_error() {
    let mut context = Context::from_waker(Waker::noop());
    let mut poll = move |future: &mut dyn FnMut(&mut Context<'_>) -> Poll<String>| match future(&mut context) {
        Poll::Ready(message) => assert!(message.contains("tokio runtime"), "{message}"),
        Poll::Pending => panic!("no error"),
    };
    let replay = Replay::new(["{}"; 9]);
    for transport in transports().into_iter().chain([Arc::new(replay) as Arc<dyn Transport>]) {
        let client = Client::builder().credential(Credential::new("AKIDX", "key")).transport(transport.clone()).build();
        let client = client.unwrap();
        let mut call = pin!(client.send(&GetThing::new("x")));
        poll(&mut |context| call.as_mut().poll(context).map(|answer| answer.unwrap_err().to_string()));
        let large = "x".repeat(3 << 20);
        let mut call = pin!(client.send(&GetThing::new(large)));
        poll(&mut |context| call.as_mut().poll(context).map(|answer| answer.unwrap_err().to_string()));
        let mut events = client.events(&DescribeThing::new("x"));
        let mut event = pin!(events.next());
        poll(&mut |context| event.as_mut().poll(context).map(|answer| answer.unwrap().unwrap_err().to_string()));
        let mut pages = client.pages(&ListNumbers::new());
        let mut page = pin!(pages.next());
        poll(&mut |context| page.as_mut().poll(context).map(|answer| answer.unwrap().unwrap_err().to_string()));
    }
    for transport in transports() {
        let request = http::Request::post("http://127.0.0.1:1/").body("{}".into()).unwrap();
        let mut sent = transport.send(request);
        poll(&mut |context| sent.as_mut().poll(context).map(|answer| answer.unwrap_err().to_string()));
        let role = CvmRole::new().base_url("http://127.0.0.1:1").transport(transport.clone());
        let cache = CredentialCache::new(role);
        let mut fetch = cache.credential();
        poll(&mut |context| fetch.as_mut().poll(context).map(|answer| answer.unwrap_err().to_string()));
    }
}

/// Polls `future` on a runtime until `begun` holds, at least for a moment, and then on another one until it ends. The first runtime
/// ends before that, or is not polled again.
fn on_two_runtimes<F: Future + Unpin>(ended: bool, begun: impl Fn() -> bool, mut future: F) -> F::Output {
    let first = runtime();
    first.block_on(async {
        let polled = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            while !begun() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::select! {
            _ = &mut future => panic!("it was meant to wait"),
            () = polled => {}
        }
    });
    let kept = if ended { None } else { Some(first) };
    let output = runtime().block_on(async { tokio::time::timeout(PATIENCE, future).await.expect("no stall") });
    drop(kept);
    output
}

#[test]
fn a_call_that_waits_continues_on_another_runtime() {
    const ANSWER: &str = r#"{"Response":{"Name":"x","RequestId":"r"}}"#;
    for ended in [true, false] {
        // Between two attempts.
        let busy = http::Response::builder().status(503).header("retry-after", "1").body("<html>").unwrap();
        let replay = Replay::new([busy]);
        replay.push(ANSWER);
        let client = Client::builder().credential(Credential::new("AKIDX", "key")).transport(replay).build().unwrap();
        let answer = on_two_runtimes(ended, || true, client.send(&DescribeThing::new("x"))).unwrap();
        assert_eq!((answer.name.as_str(), answer.attempts()), ("x", 2));

        // For the rate limiter.
        let replay = Replay::new([ANSWER, ANSWER]);
        let client = Client::builder().credential(Credential::new("AKIDX", "key")).transport(replay).build().unwrap();
        let call = tc_core::AnyAction::new("demo", "2020-01-01", "DescribeThing").rate(1);
        runtime().block_on(client.send(&call)).unwrap();
        assert_eq!(on_two_runtimes(ended, || true, client.send(&call)).unwrap()["Name"], "x");

        // For a response that does not arrive.
        let replay = Replay::new([ReplayStep::Silence, ReplayStep::Silence]);
        let client = Client::builder().credential(Credential::new("AKIDX", "key")).transport(replay);
        let client = client.attempt_timeout(Duration::from_millis(500)).build().unwrap();
        let error = on_two_runtimes(ended, || true, client.send(&DescribeThing::new("x"))).unwrap_err();
        assert!(error.is_timeout() && error.attempts() == 2, "{error}");
    }
}

#[test]
fn a_call_whose_connection_was_on_another_runtime_is_sent_again_if_that_is_safe() {
    let (_serving, emulator) = cloud();
    for transport in transports() {
        for ended in [true, false] {
            let quick = RetryPolicy::default().backoff(Duration::ZERO, Duration::ZERO);
            let client = emulator.client_builder().transport(transport.clone()).retry(quick);
            let client = client.attempt_timeout(Duration::from_secs(1)).build().unwrap();
            emulator.clear_faults();
            emulator.clear_received();
            let arrived = || emulator.received().len() == 1;
            emulator.inject(Fault::Silence);
            let answer = on_two_runtimes(ended, arrived, client.send(&DescribeThing::new("x"))).unwrap();
            assert_eq!((answer.name.as_str(), answer.attempts()), ("x", 2));
            emulator.clear_received();
            emulator.inject(Fault::Silence);
            let error = on_two_runtimes(ended, arrived, client.send(&CreateThing::new("x"))).unwrap_err();
            assert_eq!((error.attempts(), error.is_unsent()), (1, false), "{error}");
        }
    }
}

#[test]
fn pages_continue_on_another_runtime() {
    let (_serving, emulator) = cloud();
    let numbers = |request: serde_json::Value| {
        let offset = request["Offset"].as_u64().unwrap();
        let page: Vec<u64> = (offset..1000.min(offset + 100)).collect();
        Reply::json(serde_json::json!({"TotalCount": 1000, "NumberSet": page})).after(Duration::from_millis(20))
    };
    emulator.answer("demo", "2020-01-01", "ListNumbers", numbers);
    for transport in transports() {
        for read_ahead in [1, 4] {
            let quick = RetryPolicy::default().backoff(Duration::ZERO, Duration::ZERO);
            let client = emulator.client_builder().transport(transport.clone()).retry(quick).build().unwrap();
            let mut pages = client.pages(&ListNumbers::new()).read_ahead(read_ahead);
            let mut found = Vec::new();
            for count in [1, 2, 100] {
                // This runtime ends while the next pages are requested.
                let runtime = runtime();
                for _ in 0..count {
                    let next = async { tokio::time::timeout(PATIENCE, pages.next()).await.expect("no stall") };
                    let Some(page) = runtime.block_on(next) else { break };
                    found.extend_from_slice(&page.unwrap().number_set);
                }
            }
            assert_eq!(found, (0..1000).collect::<Vec<u64>>());
        }
    }
}

#[test]
fn a_stream_of_events_continues_on_another_runtime_or_is_an_error() {
    let (_serving, emulator) = cloud();
    emulator.answer("demo", "2020-01-01", "DescribeThing", |_| {
        Reply::events([r#"{"Name":"a"}"#, r#"{"Name":"b"}"#]).every(Duration::from_mins(1))
    });
    for transport in transports() {
        let client = emulator.client_builder().transport(transport).build().unwrap();
        for in_progress in [false, true] {
            let mut events = client.events(&DescribeThing::new("x"));
            let first = runtime();
            assert_eq!(first.block_on(events.next()).unwrap().unwrap().name, "a");
            if in_progress {
                let waited = async { tokio::time::timeout(Duration::from_millis(10), events.next()).await };
                assert!(first.block_on(waited).is_err());
            }
            drop(first);
            let event = async { tokio::time::timeout(PATIENCE, events.next()).await.expect("no stall") };
            assert!(runtime().block_on(event).unwrap().is_err(), "the connection has ended with its runtime");
        }
    }
}

/// tokio panics if a timer or a connection is created on such a runtime, and prints the panic.
#[test]
fn a_runtime_without_timers_or_connections_is_an_error() {
    const TIMERS: &str = "the tokio runtime of this thread has no timers";
    const CONNECTIONS: &str = "the tokio runtime of this thread has no I/O";
    let (_serving, emulator) = cloud();
    let runtimes: [(fn(&mut Builder) -> &mut Builder, &str); 3] =
        [(|builder| builder, TIMERS), (Builder::enable_io, TIMERS), (Builder::enable_time, CONNECTIONS)];
    for transport in transports() {
        for (enable, why) in runtimes {
            let client = emulator.client_builder().transport(transport.clone()).build().unwrap();
            let runtime = || enable(&mut Builder::new_current_thread()).build().unwrap();
            let check = |error: tc_core::Error| {
                assert!(error.to_string().contains(why) && error.is_unsent(), "{error}");
                assert!(!error.is_retryable());
            };
            check(runtime().block_on(client.send(&CreateThing::new("x"))).unwrap_err());
            check(runtime().block_on(client.events(&DescribeThing::new("x")).next()).unwrap().unwrap_err());
            check(runtime().block_on(client.pages(&ListNumbers::new()).next()).unwrap().unwrap_err());
            let role = CvmRole::new().base_url(emulator.url()).transport(transport.clone());
            let error = runtime().block_on(role.credential()).unwrap_err();
            assert!(error.to_string().contains(why), "{error}");
            let error = runtime().block_on(CredentialCache::new(role).credential()).unwrap_err();
            assert!(error.to_string().contains(why), "{error}");
        }
        // The transport works on other runtimes.
        let client = emulator.client_builder().transport(transport).build().unwrap();
        runtime().block_on(write(&client, "x"));
    }
}
