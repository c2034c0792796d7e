//! Measured runs: `cargo run --release -p tc-tests --example load`, optionally with `rate`, `memory`, `sockets` or `pages`.
//!
//! - `rate`: starts 500 calls a second of an action with the documented rate 100; the emulator enforces 100.
//! - `memory`: 10,000 calls at the same time on one client, over a transport in memory; 5 % fail.
//! - `sockets`: 5,000 calls at the same time over sockets of this machine (needs `ulimit -n 16000`); 5 % fail.
//! - `pages`: 12,345 items on pages of 100, with eight pages read ahead.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, Instant};

use tc_core::emulator::{Emulator, Fault};
use tc_core::transport::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};
use tc_core::{Client, Credential, Error, tc_action, tc_model};
use tokio::task::JoinSet;

/// A read with 100 calls per second.
#[tc_action(service = "demo", version = "2020-01-01", response = Thing, rate = 100)]
struct GetThing {
    name: String,
}

/// A read without a rate.
#[tc_action(service = "demo", version = "2020-01-01", response = Thing)]
struct DescribeThing {
    name: String,
}

#[tc_model]
struct Thing {
    name: String,
}

/// A list of numbers.
#[tc_action(service = "demo", version = "2020-01-01", response = Numbers, page(total = total_count, items = number_set))]
struct ListNumbers {
    offset: Option<u64>,
    #[tc(range = ..=100)]
    limit: Option<u64>,
}

#[tc_model]
struct Numbers {
    total_count: u64,
    number_set: Vec<u64>,
}

#[tokio::main]
async fn main() {
    let chosen: Vec<String> = std::env::args().skip(1).collect();
    let selected = |name: &str| chosen.is_empty() || chosen.iter().any(|word| word == name);
    if selected("rate") {
        rate().await;
    }
    if selected("memory") {
        memory().await;
    }
    if selected("sockets") {
        sockets().await;
    }
    if selected("pages") {
        pages().await;
    }
}

async fn rate() {
    const SECONDS: u32 = 6;
    let emulator = Emulator::builder().enforce_rates().start().await.expect("a port");
    emulator.on::<GetThing>(|asked: GetThing| Thing::new(asked.name));
    let client = emulator.client_builder().timeout(Duration::from_mins(5)).build().expect("a client");
    let mut calls = JoinSet::new();
    let mut ticks = tokio::time::interval(Duration::from_millis(10));
    let started = Instant::now();
    for tick in 0..SECONDS * 100 {
        ticks.tick().await;
        for number in 0..5 {
            calls.spawn(client.send(&GetThing::new(format!("{tick}.{number}"))));
        }
    }
    let answers = calls.join_all().await;
    let took = started.elapsed();
    let throttled = answers.iter().filter(|answer| answer.as_ref().is_err_and(Error::is_throttled)).count();
    let failed = answers.iter().filter(|answer| answer.is_err()).count();
    let refused = emulator.received().iter().filter(|received| received.error.is_some()).count();
    let number = u32::try_from(answers.len()).unwrap_or(u32::MAX);
    println!(
        "rate: {number} calls, 500 started a second, took {took:.1?}: {:.1} a second",
        f64::from(number) / took.as_secs_f64()
    );
    println!(
        "rate: {throttled} throttled for the caller, {failed} failed, {refused} throttled by the emulator and retried"
    );
}

/// A transport that returns the name of the request after a second; 5 % of the calls fail.
#[derive(Debug)]
struct Echo;

impl Transport for Echo {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            if RandomState::new().build_hasher().finish().is_multiple_of(20) {
                return Err(TransportError::new(TransportErrorKind::Reset, "reset"));
            }
            let asked: serde_json::Value = serde_json::from_slice(request.body()).expect("valid JSON");
            let answer = serde_json::json!({"Response": {"Name": asked["Name"], "RequestId": "r"}});
            Ok(http::Response::new(answer.to_string().into()))
        })
    }
}

async fn memory() {
    let client =
        Client::builder().credential(Credential::new("AKIDX", "key")).transport(Echo).build().expect("a client");
    // Runtime and allocator reserve memory in the first round.
    crowd(&client, 10_000, "memory, warm-up").await;
    for round in 1..=3 {
        crowd(&client, 10_000, &format!("memory, round {round}")).await;
    }
}

async fn sockets() {
    let emulator = Emulator::builder().without_recording().start().await.expect("a port");
    emulator.on::<DescribeThing>(|asked: DescribeThing| Thing::new(asked.name));
    for fault in [Fault::ResetAfterRequest, Fault::CloseInBody, Fault::Html(502), Fault::code("InternalError")] {
        emulator.inject(fault.chance(0.0125));
    }
    let client = emulator.client();
    for round in 1..=3 {
        crowd(&client, 5_000, &format!("sockets, round {round}")).await;
    }
    println!("sockets: {} connections were opened", emulator.connections());
}

async fn crowd(client: &Client, calls: u32, what: &str) {
    let before = resident();
    let started = Instant::now();
    let mut all = JoinSet::new();
    for number in 0..calls {
        let call = client.send(&DescribeThing::new(number.to_string()));
        all.spawn(async move { (number, call.await) });
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    let peak = resident();
    let (mut right, mut failed, mut swapped) = (0, 0, 0);
    for (number, answer) in all.join_all().await {
        match answer {
            Ok(answer) if answer.name == number.to_string() => right += 1,
            Ok(_) => swapped += 1,
            Err(error) => {
                assert!(error.is_retryable(), "{error}");
                failed += 1;
            }
        }
    }
    let took = started.elapsed();
    let alive = tokio::runtime::Handle::current().metrics().num_alive_tasks();
    println!(
        "{what}: {calls} calls in {took:.1?}: {right} correct, {failed} failed, {swapped} with the response of another call; {alive} tasks alive"
    );
    println!(
        "{what}: resident {before} KB before, {peak} KB during the calls ({:.1} KB a call), {} KB after",
        f64::from(peak.saturating_sub(before)) / f64::from(calls),
        resident()
    );
}

async fn pages() {
    let emulator = Emulator::builder().without_recording().start().await.expect("a port");
    emulator.on::<ListNumbers>(|asked: ListNumbers| {
        let (offset, limit) = (asked.offset.unwrap_or(0), asked.limit.unwrap_or(20));
        Numbers::new(12_345_u64).number_set((offset..12_345.min(offset + limit)).collect::<Vec<_>>())
    });
    let before = resident();
    let started = Instant::now();
    let mut items = emulator.client().items(&ListNumbers::new()).read_ahead(8);
    let (mut next, mut most) = (0, 0);
    while let Some(number) = items.next().await {
        assert_eq!(number.expect("no fault is injected"), next, "lost, doubled or out of order");
        next += 1;
        if next % 1000 == 0 {
            most = most.max(resident());
        }
    }
    println!(
        "pages: {next} items in order in {:.1?}; resident {before} KB before, {most} KB at most",
        started.elapsed()
    );
}

/// The resident memory of this process in KB; 0 if it is not known.
fn resident() -> u32 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}
