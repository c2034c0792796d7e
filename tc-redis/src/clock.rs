//! The clock of the Redis server in terms of this process's own.

use std::time::{Duration, Instant};

/// Which instant here a time of the server is, as exactly as round trips tell. Starts of turns are then the same in every process,
/// whatever time its answers take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ServerClock {
    here: Instant,
    /// Microseconds.
    there: u64,
    /// How wrong it may be.
    error: Duration,
}

/// How much two clocks may drift apart: 100 microseconds a second.
const DRIFT: u32 = 10_000;

impl ServerClock {
    /// What one exchange tells: the server's time was `there` at some instant between `sent` and `received`.
    pub(crate) fn of(sent: Instant, received: Instant, there: u64) -> Self {
        let error = received.saturating_duration_since(sent) / 2;
        Self { here: sent + error, there, error }
    }

    /// The more exact of both; the new one if they contradict each other, since then a clock was set.
    #[must_use]
    pub(crate) fn better(self, new: Self) -> Self {
        let aged = self.error + new.here.saturating_duration_since(self.here) / DRIFT;
        let expected = self.at(new.there);
        let apart = expected.max(new.here) - expected.min(new.here);
        if new.error <= aged || apart > aged + new.error { new } else { Self { error: aged, ..self.moved(new.there) } }
    }

    /// The same, told for another time, so that the age of `error` counts from there.
    fn moved(self, there: u64) -> Self {
        Self { here: self.at(there), there, ..self }
    }

    /// The instant here at which the server's clock shows this time.
    pub(crate) fn at(&self, there: u64) -> Instant {
        let apart = Duration::from_micros(there.abs_diff(self.there));
        if there >= self.there { self.here + apart } else { self.here.checked_sub(apart).unwrap_or(self.here) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLI: Duration = Duration::from_millis(1);

    #[test]
    fn the_quickest_exchange_counts_until_clocks_may_have_drifted() {
        let now = Instant::now();
        let quick = ServerClock::of(now, now + MILLI, 1_000_000);
        let slow = ServerClock::of(now + 10 * MILLI, now + 110 * MILLI, 1_020_000);
        assert_eq!(quick.better(slow).at(1_020_000), quick.at(1_020_000));
        let late =
            ServerClock::of(now + Duration::from_secs(60), now + Duration::from_secs(60) + 2 * MILLI, 61_000_000);
        assert_eq!(quick.better(late).at(61_000_000), late.at(61_000_000));
    }

    #[test]
    fn a_clock_that_was_set_is_believed() {
        let now = Instant::now();
        let before = ServerClock::of(now, now + MILLI, 1_000_000);
        let after = ServerClock::of(now + 10 * MILLI, now + 20 * MILLI, 900_000_000);
        assert_eq!(before.better(after).at(900_000_000), now + 15 * MILLI);
    }
}
