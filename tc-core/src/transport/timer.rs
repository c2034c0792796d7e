//! Timers that belong to the runtime that polls them, not to the one on which they were created.
//!
//! A call may be polled on one runtime and then on another. A timer of tokio does not fire while its runtime is not polled, and
//! panics when its runtime has ended.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use tokio::runtime::{Handle, Id};
use tokio::time::Instant;

/// A deadline has passed.
#[derive(Debug)]
pub(crate) struct Elapsed;

/// Waits until `at`.
pub(crate) async fn sleep_until(at: Instant) {
    let mut sleep = pin!(None);
    // The runtime on which `sleep` was created.
    let mut created = None;
    poll_fn(|context| {
        let runtime = current();
        if sleep.is_none() || runtime != created {
            created = runtime;
            sleep.set(Some(tokio::time::sleep_until(at)));
        }
        sleep.as_mut().as_pin_mut().map_or(Poll::Ready(()), |sleep| sleep.poll(context))
    })
    .await;
}

/// Waits for `future`, at most until `at`.
///
/// # Errors
/// It is not ready then.
pub(crate) async fn timeout_at<F: Future>(at: Instant, future: F) -> Result<F::Output, Elapsed> {
    let (mut future, mut over) = (pin!(future), pin!(sleep_until(at)));
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Ok(output)),
        Poll::Pending => over.as_mut().poll(context).map(|()| Err(Elapsed)),
    })
    .await
}

/// The runtime of this thread.
fn current() -> Option<Id> {
    Handle::try_current().ok().map(|runtime| runtime.id())
}
