//! The client: what it sends, how often, and what its user sees, also when something fails.

pub(crate) mod actions;
mod answers;
mod any_action;
mod blocking;
pub(crate) mod caller;
mod credentials;
mod crowd;
mod destinations;
mod extension;
mod extreme_times;
mod hostile;
mod logs;
mod metrics;
mod pages;
mod retry;
mod runtimes;
mod throttle;
mod time;

use tc_core::emulator::Emulator;
use tc_core::{ClientBuilder, RetryPolicy};

/// Starts an emulator with the actions of these tests.
pub(crate) async fn emulator() -> Emulator {
    let emulator = Emulator::start().await.unwrap();
    actions::register(&emulator);
    emulator
}

/// Makes the emulator refuse connections, and waits until it does.
pub(crate) async fn stop_listening(emulator: &Emulator) {
    emulator.set_listening(false);
    while tokio::net::TcpStream::connect(emulator.host()).await.is_ok() {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
}

/// Builds a client of the emulator with short waits between attempts.
pub(crate) fn quick(emulator: &Emulator) -> ClientBuilder {
    let policy =
        RetryPolicy::default().backoff(std::time::Duration::from_millis(1), std::time::Duration::from_millis(5));
    emulator.client_builder().retry(policy)
}
