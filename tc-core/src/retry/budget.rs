//! The limit on all retries of a client.

use std::sync::atomic::{AtomicU64, Ordering};

/// The retries left, in thousandths: a retry takes 1000, a success returns 200.
#[derive(Debug)]
pub(crate) struct Budget {
    left: AtomicU64,
    most: u64,
}

const ONE: u64 = 1000;
const EARNED: u64 = 200;

impl Budget {
    pub(crate) fn new(retries: u32) -> Self {
        let most = u64::from(retries) * ONE;
        Self { left: AtomicU64::new(most), most }
    }

    /// Takes one retry; returns false if none is left.
    pub(crate) fn take(&self) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(ONE)).is_ok()
    }

    /// Returns a fifth of a retry after a success.
    pub(crate) fn earn(&self) {
        // Usually the budget is full; then no shared cache line is written.
        if self.left.load(Ordering::Relaxed) < self.most {
            let most = self.most;
            let earned = |left: u64| Some((left + EARNED).min(most));
            let _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, earned);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_successes_earn_one_retry_and_never_more_than_there_were() {
        let budget = Budget::new(2);
        assert_eq!([budget.take(), budget.take(), budget.take()], [true, true, false]);
        for _ in 0..4 {
            budget.earn();
        }
        assert!(!budget.take());
        budget.earn();
        assert!(budget.take() && !budget.take());
        for _ in 0..1000 {
            budget.earn();
        }
        assert_eq!([budget.take(), budget.take(), budget.take()], [true, true, false]);
    }
}
