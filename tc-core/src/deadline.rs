//! Instants computed from durations that a user or a server chose, without overflow.

use std::ops::Add;
use std::time::Duration;

/// The longest time that anything waits: thirty years. An instant this far from now can be represented on every platform.
const LONGEST: Duration = Duration::from_secs(30 * 365 * 86_400);

/// `wait`, or thirty years if it is longer.
pub(crate) fn bounded(wait: Duration) -> Duration {
    wait.min(LONGEST)
}

/// The instant `wait` after `now`, of the standard library's or tokio's type. Longer waits than thirty years end then.
pub(crate) fn after<I: Add<Duration, Output = I>>(now: I, wait: Duration) -> I {
    now + bounded(wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_wait_overflows_an_instant() {
        let now = std::time::Instant::now();
        for wait in [Duration::ZERO, Duration::from_secs(60), Duration::from_secs(u64::MAX), Duration::MAX] {
            assert!(after(now, wait) >= now, "{wait:?}");
        }
        assert_eq!(after(now, Duration::from_secs(60)), now + Duration::from_secs(60));
        assert_eq!(after(now, Duration::MAX), after(now, LONGEST));
    }
}
