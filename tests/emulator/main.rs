//! The emulator, tested with requests written by hand: every error code, every encoding, typed responses, faults.

mod actions;
mod agreement;
mod answers;
mod captured;
mod client;
mod documented;
mod faults;
mod forms;
mod hand;
mod limits;
mod panics;
mod parameters;
mod refusals;
mod round_trip;
mod tls;

use actions::{AssumeRole, Person, Search, Upload, UploadLog};
use chrono::DateTime;
use hand::NOW;
use tc_core::emulator::Emulator;

/// Runs a test on a new runtime.
fn run<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(test)
}

/// An emulator with the actions of these tests, whose clock is stopped at [`NOW`].
async fn emulator() -> Emulator {
    let now = DateTime::from_timestamp(NOW, 0).unwrap_or_default();
    let emulator = Emulator::builder().clock_at(now).seed(7).start().await.expect("a free port");
    emulator
        .register::<Search>()
        .register::<Person>()
        .register::<Upload>()
        .register::<UploadLog>()
        .register::<AssumeRole>();
    emulator
}
