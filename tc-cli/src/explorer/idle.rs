//! The time since the last request.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The time since the last request, and the time after which the server ends.
#[derive(Debug)]
pub(super) struct Idle {
    limit: Duration,
    start: Instant,
    /// When the last request ended, in milliseconds after the start.
    last: AtomicU64,
    active: AtomicUsize,
}

/// A request in progress.
#[derive(Debug)]
pub(super) struct Active(Arc<Idle>);

impl Idle {
    pub(super) fn new(limit: Duration) -> Arc<Self> {
        Arc::new(Self { limit, start: Instant::now(), last: AtomicU64::new(0), active: AtomicUsize::new(0) })
    }

    /// Begins a request, which ends when the value is dropped.
    pub(super) fn enter(self: &Arc<Self>) -> Active {
        self.active.fetch_add(1, Ordering::Relaxed);
        Active(Arc::clone(self))
    }

    /// Waits until the server has had no request for the time of the limit.
    pub(super) async fn ended(&self) {
        loop {
            let last = Duration::from_millis(self.last.load(Ordering::Relaxed));
            let left = (last + self.limit).saturating_sub(self.start.elapsed());
            match (self.active.load(Ordering::Relaxed), left.is_zero()) {
                (0, true) => return,
                (0, false) => tokio::time::sleep(left).await,
                _ => tokio::time::sleep(self.limit.min(Duration::from_secs(1))).await,
            }
        }
    }
}

impl Drop for Active {
    fn drop(&mut self) {
        let now = u64::try_from(self.0.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.0.last.fetch_max(now, Ordering::Relaxed);
        self.0.active.fetch_sub(1, Ordering::Relaxed);
    }
}
