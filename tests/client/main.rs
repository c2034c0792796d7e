//! The client: what it sends, how often, and what its user sees, also when something fails.

mod actions;
mod answers;
mod any_action;
mod blocking;
mod credentials;
mod crowd;
mod destinations;
mod extension;
mod extreme_times;
mod hostile;
mod logs;
mod metrics;
mod pages;
mod paging;
mod retry;
mod runtimes;
mod throttle;
mod time;

use tc_core::emulator::Emulator;
use tc_core::{Call, ClientBuilder, Error, Response, RetryPolicy};

/// Starts an emulator with the actions of these tests.
async fn emulator() -> Emulator {
    let emulator = Emulator::start().await.unwrap();
    actions::register(&emulator);
    emulator
}

/// Builds a client of the emulator with short waits between attempts.
fn quick(emulator: &Emulator) -> ClientBuilder {
    let policy =
        RetryPolicy::default().backoff(std::time::Duration::from_millis(1), std::time::Duration::from_millis(5));
    emulator.client_builder().retry(policy)
}

/// Sends a call with the asynchronous client, or with the blocking client from a thread that may block.
async fn send<C>(builder: ClientBuilder, blocking: bool, call: C) -> Result<Response<C::Response>, Error>
where
    C: Call + Send + 'static,
    C::Response: Send + 'static,
{
    if !blocking {
        return builder.build()?.send(&call).await;
    }
    let client = builder.blocking().build()?;
    tokio::task::spawn_blocking(move || client.send(&call)).await.expect("the call does not panic")
}
