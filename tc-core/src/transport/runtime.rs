//! The tokio runtime of the current thread. tokio panics if it is not usable; here this is an error.

use std::cell::Cell;
use std::panic::catch_unwind;
use std::time::Duration;

use tokio::runtime::{Handle, Id};

use super::{TransportError, TransportErrorKind};

/// The message if there is no tokio runtime.
const NO_RUNTIME: &str =
    "no tokio runtime is running on this thread: await the call in #[tokio::main] or Runtime::block_on";

/// Returns the runtime of this thread.
///
/// # Errors
/// This thread runs in no tokio runtime, or the runtime has no timers.
pub(crate) fn runtime() -> Result<Handle, TransportError> {
    thread_local! {
        static CHECKED: Cell<Option<Id>> = const { Cell::new(None) };
    }
    let runtime = Handle::try_current().map_err(|_| unusable(NO_RUNTIME))?;
    if CHECKED.get() != Some(runtime.id()) {
        // tokio has no function for this. The panic is reported on standard error, and is the same as that of a call.
        if catch_unwind(|| drop(tokio::time::sleep(Duration::ZERO))).is_err() {
            return Err(unusable(
                "the tokio runtime of this thread has no timers: build it with Builder::enable_all()",
            ));
        }
        CHECKED.set(Some(runtime.id()));
    }
    Ok(runtime)
}

/// Checks that the runtime of this thread can open connections.
///
/// # Errors
/// The runtime has no I/O.
#[cfg(any(feature = "reqwest", feature = "hyper"))]
pub(super) fn check_io() -> Result<(), TransportError> {
    // The cheapest socket that needs no other one.
    let socket = std::net::UdpSocket::bind((std::net::Ipv4Addr::LOCALHOST, 0));
    let Some(socket) = socket.ok().filter(|socket| socket.set_nonblocking(true).is_ok()) else { return Ok(()) };
    catch_unwind(|| drop(tokio::net::UdpSocket::from_std(socket)))
        .map_err(|_| unusable("the tokio runtime of this thread has no I/O: build it with Builder::enable_all()"))
}

fn unusable(message: &str) -> TransportError {
    TransportError::new(TransportErrorKind::Runtime, message).unsent()
}
