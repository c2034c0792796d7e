//! Benchmark cases that make calls, several in flight, on one thread.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use tc_core::transport::Transport;
use tc_core::{Client, Throttle};
use tokio::runtime::Runtime;

use crate::measure::{Case, Run};
use crate::samples::credential;
use crate::table::Table;

/// A client with the settings of a user: limits, retries and timeouts are on. The rate limiter is off, because otherwise
/// the documented rate would be measured.
///
/// # Panics
/// If the URL is not valid.
pub fn client(url: &str, transport: impl Transport) -> Client {
    let client = Client::builder().credential(credential()).throttle(Throttle::Off).endpoint(url).transport(transport);
    client.timeout(Duration::from_secs(30)).build().expect("a client")
}

/// A case that keeps `in_flight` calls in flight, each in its own task.
///
/// # Panics
/// If a call panics.
pub fn case<'a, F>(
    runtime: &'a Runtime,
    name: &str,
    in_flight: u64,
    call: impl Fn() -> F + Send + Sync + 'static,
) -> Case<'a>
where
    F: Future<Output = ()> + Send + 'static,
{
    let call = Arc::new(call);
    Case::many(name, move |times| {
        let left = Arc::new(AtomicU64::new(times));
        let tasks: Vec<_> = (0..in_flight.min(times))
            .map(|_| {
                let (call, left) = (Arc::clone(&call), Arc::clone(&left));
                runtime.spawn(async move {
                    while left.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_ok() {
                        call().await;
                    }
                })
            })
            .collect();
        runtime.block_on(async {
            for task in tasks {
                task.await.expect("every call gets a response");
            }
        });
    })
}

/// Adds a line for each case: CPU time, calls per second, allocations.
pub fn lines(table: &mut Table, run: &Run) {
    for (at, case) in run.0.iter().enumerate() {
        let cpu = format!("{:.2} µs", run.cpu(at) / 1e3);
        let figures =
            vec![cpu, format!("{:.0} calls/s", 1e9 / run.wall(at)), format!("{:.0} allocations", case.allocations)];
        table.line(&case.name, figures);
    }
}
