//! The runtime of a blocking client.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::coop::poll_proceed;

use crate::error::Error;

/// A runtime with one thread for connections and timers. The future of a call is polled by the thread that makes the call.
#[derive(Debug)]
pub(super) struct Background {
    handle: Handle,
    /// `None` only while it is dropped.
    runtime: Option<Runtime>,
}

impl Background {
    pub(super) fn start() -> Result<Self, Error> {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(1).thread_name("tc-core-blocking").enable_all();
        let runtime = builder.build().map_err(|error| {
            Error::configuration(format!("the thread of the blocking client could not be started: {error}"))
        })?;
        Ok(Self { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }

    /// Polls a future until it is ready.
    ///
    /// # Errors
    /// Inside async code.
    pub(super) fn wait<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        if is_polled_by_tokio() {
            return Err(Error::configuration(
                "a blocking client cannot be used inside async code: use tc_core::Client there, or make the call within tokio::task::spawn_blocking",
            ));
        }
        let _entered = self.handle.enter();
        let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
        let (mut context, mut future) = (Context::from_waker(&waker), pin!(future));
        loop {
            match future.as_mut().poll(&mut context) {
                Poll::Ready(output) => return Ok(output),
                Poll::Pending => std::thread::park(),
            }
        }
    }
}

impl Drop for Background {
    /// Does not wait for the thread, because a client may be dropped inside async code.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Wakes the waiting thread.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.unpark();
    }
}

/// Whether this thread is polling a future of a tokio runtime.
///
/// Only while polling does tokio limit how many operations may be ready in a row (the coop budget); `spawn_blocking`,
/// `block_in_place` and `Handle::enter` have no limit. So this function takes more than the limit, and restores it.
fn is_polled_by_tokio() -> bool {
    const MORE_THAN_LIMIT: usize = 256;
    if Handle::try_current().is_err() {
        return false;
    }
    let mut context = Context::from_waker(Waker::noop());
    // Dropping it restores the budget from before all of these.
    let Poll::Ready(_first) = poll_proceed(&mut context) else { return true };
    (0..MORE_THAN_LIMIT).any(|_| match poll_proceed(&mut context) {
        Poll::Ready(taken) => {
            taken.made_progress();
            false
        }
        Poll::Pending => true,
    })
}
