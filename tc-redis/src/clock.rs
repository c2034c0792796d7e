//! Converts the clock of the Redis server to instants of this process.

use std::time::{Duration, Instant};

/// Converts a time of the server to an instant of this process, as exactly as the round trip times allow. So a start that Redis
/// grants is the same moment in every process, independent of the delay of its responses.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ServerClock {
    /// An instant of this process.
    local: Instant,
    /// The time of the server at that instant, in microseconds.
    server: u64,
    /// The largest error of the conversion.
    error: Duration,
}

/// The largest drift between the clocks: 100 microseconds per second.
const DRIFT: u32 = 10_000;

impl ServerClock {
    /// The result of one exchange: the time of the server was `server` at some instant between `sent` and `received`.
    pub(crate) fn of(sent: Instant, received: Instant, server: u64) -> Self {
        let error = received.saturating_duration_since(sent) / 2;
        Self { local: sent + error, server, error }
    }

    /// Returns the more exact of both, or the new one if they contradict each other, because then a clock was changed.
    #[must_use]
    pub(crate) fn better(self, new: Self) -> Self {
        let aged = self.error + new.local.saturating_duration_since(self.local) / DRIFT;
        let expected = self.at(new.server);
        let apart = expected.max(new.local) - expected.min(new.local);
        if new.error <= aged || apart > aged + new.error { new } else { Self { error: aged, ..self.moved(new.server) } }
    }

    /// The same conversion, based on another time, so that the drift counts from there.
    fn moved(self, server: u64) -> Self {
        Self { local: self.at(server), server, ..self }
    }

    /// The time that the clock of the server shows at this instant, in microseconds.
    pub(crate) fn time(&self, at: Instant) -> u64 {
        let apart = |from: Instant, to: Instant| u64::try_from((to - from).as_micros()).unwrap_or(u64::MAX);
        if at >= self.local {
            self.server.saturating_add(apart(self.local, at))
        } else {
            self.server.saturating_sub(apart(at, self.local))
        }
    }

    /// The instant of this process at which the clock of the server shows this time.
    pub(crate) fn at(&self, server: u64) -> Instant {
        let apart = Duration::from_micros(server.abs_diff(self.server));
        if server >= self.server { self.local + apart } else { self.local.checked_sub(apart).unwrap_or(self.local) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLI: Duration = Duration::from_millis(1);

    #[test]
    fn the_fastest_exchange_is_used_until_the_clocks_may_have_drifted() {
        let now = Instant::now();
        let quick = ServerClock::of(now, now + MILLI, 1_000_000);
        let slow = ServerClock::of(now + 10 * MILLI, now + 110 * MILLI, 1_020_000);
        assert_eq!(quick.better(slow).at(1_020_000), quick.at(1_020_000));
        let late =
            ServerClock::of(now + Duration::from_secs(60), now + Duration::from_secs(60) + 2 * MILLI, 61_000_000);
        assert_eq!(quick.better(late).at(61_000_000), late.at(61_000_000));
    }

    #[test]
    fn after_a_change_of_the_clock_the_new_exchange_is_used() {
        let now = Instant::now();
        let before = ServerClock::of(now, now + MILLI, 1_000_000);
        let after = ServerClock::of(now + 10 * MILLI, now + 20 * MILLI, 900_000_000);
        assert_eq!(before.better(after).at(900_000_000), now + 15 * MILLI);
    }
}
