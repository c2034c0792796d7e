//! One client on several tokio runtimes: no call waits for another runtime, or fails because another runtime ended. Without a runtime,
//! a call fails.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tc_core::emulator::{Emulator, Reply};
use tc_core::provider::{CredentialCache, CvmRole, ProvideCredential};
use tc_core::transport::{HyperTransport, Proxy, Replay, ReqwestTransport, Transport, TransportOptions};
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
