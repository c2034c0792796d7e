//! Calls as cases: so many at once, on one thread.

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

/// A client of ours as its users have it: limits, retries and timeouts on. The throttle is off, for a documented rate
/// would be all that is measured.
///
/// # Panics
/// Where the URL is none.
pub fn client(url: &str, transport: impl Transport) -> Client {
    let client = Client::builder().credential(credential()).throttle(Throttle::Off).endpoint(url).transport(transport);
    client.timeout(Duration::from_secs(30)).build().expect("a client")
}

/// A case that makes its calls so many at once, each line of calls a task.
///
/// # Panics
/// Where a call does.
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
        let lines: Vec<_> = (0..in_flight.min(times))
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
            for line in lines {
                line.await.expect("every call is answered");
            }
        });
    })
}

/// A line for each case: CPU, calls a second, allocations.
pub fn lines(table: &mut Table, run: &Run) {
    for (at, case) in run.0.iter().enumerate() {
        let cpu = format!("{:.2} µs", run.cpu(at) / 1e3);
        let figures =
            vec![cpu, format!("{:.0} calls/s", 1e9 / run.wall(at)), format!("{:.0} allocations", case.allocations)];
        table.line(&case.name, figures);
    }
}
