//! The wait between attempts.

use std::time::Duration;

use crate::deadline::bounded;

/// Returns a random part of `base`, which is doubled for each attempt up to `cap` (full jitter). So clients that failed at the same
/// time do not retry at the same time.
pub(crate) fn wait(base: Duration, cap: Duration, attempt: u32, random: f64) -> Duration {
    let doubled = base.saturating_mul(1_u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX));
    bounded(doubled.min(cap)).mul_f64(random.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(attempt: u32, random: f64, milliseconds: u64) {
        let found = wait(Duration::from_millis(100), Duration::from_secs(1), attempt, random);
        assert_eq!(found, Duration::from_millis(milliseconds));
    }

    #[test]
    fn the_longest_wait_doubles_up_to_the_cap() {
        for (attempt, longest) in [(1, 100), (2, 200), (3, 400), (4, 800), (5, 1000), (31, 1000), (90, 1000)] {
            check(attempt, 1.0, longest);
            check(attempt, 0.5, longest / 2);
            check(attempt, 0.0, 0);
        }
    }

    #[test]
    fn no_base_and_no_cap_overflows() {
        for base in [Duration::ZERO, Duration::from_secs(u64::MAX), Duration::MAX] {
            for cap in [Duration::ZERO, Duration::from_secs(u64::MAX), Duration::MAX] {
                for attempt in [0, 1, 2, 32, 33, u32::MAX] {
                    for random in [0.0, 0.5, 1.0] {
                        assert!(wait(base, cap, attempt, random) <= cap.min(Duration::from_secs(u64::MAX)));
                    }
                }
            }
        }
    }
}
