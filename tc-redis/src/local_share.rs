//! The share of the rate that a process uses while Redis is not available.

use std::time::{Duration, Instant};

use crate::clock::ServerClock;

/// Spaces the calls of a process evenly, with an equal share of the rate. Has no clock: every instant is an argument.
#[derive(Debug)]
pub(crate) struct LocalShare {
    documented: f64,
    /// The current calls per second of all processes.
    rate: f64,
    /// The time of the last change of the rate.
    changed: Option<Instant>,
    /// The start of the last call of this process, which may be in the future.
    last: Option<Instant>,
    /// The time at which the granted calls do not exceed the share of this process.
    due: Option<Instant>,
}

const SECOND: Duration = Duration::from_secs(1);

/// Each interval is 2 % longer than necessary, because the network may bunch calls.
const SLACK: f64 = 1.02;

/// The times at which one of several processes may start calls. Time is divided into slots, one for each call, and the processes take
/// turns. Each process has measured the clock of the Redis server, so all have the same slots. Together they start as many calls as
/// one process with the whole rate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slots {
    pub(crate) clock: ServerClock,
    /// The position of this process among the processes.
    pub(crate) rank: u32,
    pub(crate) processes: u32,
}

impl Slots {
    /// The first slot of this process that does not start before `at`.
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]
    fn next(&self, at: Instant, calls_per_second: f64) -> Instant {
        // In microseconds. An f64 represents them exactly for some centuries.
        let slot = SLACK * 1e6 / calls_per_second;
        let round = slot * f64::from(self.processes);
        let offset = slot * f64::from(self.rank % self.processes);
        // `at` may be some rounding errors after the slot that was meant.
        let from = self.clock.time(at) as f64 - offset - (slot / 10.0).min(1000.0);
        self.clock.at(((from / round).ceil() * round + offset) as u64).max(at)
    }
}

impl LocalShare {
    pub(crate) fn new(calls_per_second: u32) -> Self {
        let documented = f64::from(calls_per_second.max(1));
        Self { documented, rate: documented, changed: None, last: None, due: None }
    }

    /// The current calls per second of all processes.
    pub(crate) fn rate(&self) -> f64 {
        self.rate
    }

    /// Sets the rate from Redis.
    pub(crate) fn set_rate(&mut self, rate: f64, now: Instant) {
        self.rate = rate.clamp(self.documented / 20.0, self.documented);
        self.changed = (self.rate < self.documented).then_some(now);
    }

    /// Lowers the rate after the cloud has throttled a call.
    pub(crate) fn throttled(&mut self, now: Instant) {
        if self.changed.is_none_or(|changed| now.saturating_duration_since(changed) >= SECOND) {
            self.rate = (self.rate * 0.7).max(self.documented / 20.0);
            self.changed = Some(now);
        }
    }

    /// The earliest start of the next call of this process within its share, in one of its slots.
    pub(crate) fn next(&mut self, now: Instant, slots: Option<Slots>) -> Instant {
        while let Some(changed) = self.changed.filter(|changed| now.saturating_duration_since(*changed) >= SECOND) {
            self.rate = (self.rate + self.documented / 20.0).min(self.documented);
            self.changed = (self.rate < self.documented).then_some(changed + SECOND);
        }
        let due = self.due.map_or(now, |due| now.max(due));
        slots.map_or(due, |slots| slots.next(due, self.documented))
    }

    /// Records the start of a call of this process, which has one of `processes` shares. `slot` is the start that counts for the share:
    /// a call may start a little later, if Redis decides so.
    pub(crate) fn start(&mut self, at: Instant, slot: Instant, processes: u32) {
        self.last = Some(self.last.map_or(at, |last| last.max(at)));
        let interval = Duration::from_secs_f64(SLACK * f64::from(processes.max(1)) / self.rate);
        let due = self.due.map_or(slot, |due| due.max(slot)) + interval;
        self.due = Some(due.min(slot + interval * batch(self.rate)));
    }

    /// The start of the last call of this process.
    pub(crate) fn last(&self) -> Option<Instant> {
        self.last
    }
}

/// The number of starts in one request to Redis: the calls of 50 ms, from 1 to 100.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(crate) fn batch(rate: f64) -> u32 {
    (rate / 20.0).clamp(1.0, 100.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(share: &mut LocalShare, processes: u32, mut now: Instant, calls: usize) -> Vec<Instant> {
        let mut start = || {
            now = share.next(now, None);
            share.start(now, now, processes);
            now
        };
        (0..calls).map(|_| start()).collect()
    }

    #[test]
    fn the_shares_add_up_to_the_documented_rate_without_bursts() {
        for (rate, processes) in [(1, 1), (1, 10), (5, 10), (100, 10), (1000, 3)] {
            let found = starts(&mut LocalShare::new(rate), processes, Instant::now(), 50);
            let took = (found[49] - found[0]).as_secs_f64();
            let together = 49.0 / took * f64::from(processes);
            assert!((0.97..=1.0).contains(&(together / f64::from(rate))), "{rate} by {processes}: {together}");
            let least = found.windows(2).map(|pair| pair[1] - pair[0]).min().unwrap();
            assert!(least.as_secs_f64() > 0.99 * f64::from(processes) / f64::from(rate), "{least:?}");
        }
    }

    #[test]
    fn all_processes_together_never_exceed_the_documented_rate() {
        for (rate, processes) in [(1, 2), (1, 10), (5, 10), (7, 3), (20, 30), (100, 10), (1000, 3), (10_000, 7)] {
            let began = Instant::now();
            let end = began + 30 * SECOND;
            let mut all = Vec::new();
            for rank in 0..processes {
                // Each process has measured the clock at another time.
                let measured = began + rank * Duration::from_millis(3);
                let clock = ServerClock::of(measured, measured, 1_700_000_000_123_456 + u64::from(rank) * 3000);
                let (mut share, mut now) = (LocalShare::new(rate), began + rank % 3 * Duration::from_millis(7));
                loop {
                    now = share.next(now, Some(Slots { clock, rank, processes }));
                    share.start(now, now, processes);
                    if now >= end {
                        break;
                    }
                    all.push(now);
                }
            }
            all.sort_unstable();
            let most = |first: usize| all.partition_point(|at| *at < all[first] + SECOND) - first;
            let most = (0..all.len()).map(most).max().unwrap();
            assert!(most <= rate as usize, "{rate} by {processes}: {most} within a second");
            let expected = rate as usize * 30;
            assert!(all.len() * 100 >= expected * 93, "{rate} by {processes}: {} of {expected}", all.len());
        }
    }

    #[test]
    fn a_throttle_lowers_the_share_and_time_raises_it() {
        let (mut share, now) = (LocalShare::new(100), Instant::now());
        share.throttled(now);
        share.throttled(now);
        assert!((share.rate() - 70.0).abs() < 1e-9);
        share.next(now + 2 * SECOND, None);
        assert!((share.rate() - 80.0).abs() < 1e-9);
        share.next(now + 100 * SECOND, None);
        assert!((share.rate() - 100.0).abs() < 1e-9);
    }

    #[test]
    fn starts_granted_by_redis_count() {
        let (mut share, now) = (LocalShare::new(10), Instant::now());
        share.start(now + SECOND, now + SECOND, 2);
        assert!(share.next(now, None) > now + SECOND);
    }

    #[test]
    fn a_batch_uses_as_many_intervals_of_the_share() {
        let (mut share, now) = (LocalShare::new(100), Instant::now());
        (0..5).for_each(|_| share.start(now, now, 10));
        let due = (share.next(now, None) - now).as_secs_f64();
        assert!((due - 0.51).abs() < 1e-6, "{due}");
        // The delay after a batch is limited, however much more than its share Redis has granted.
        (0..500).for_each(|_| share.start(now, now, 10));
        assert!(share.next(now, None) <= now + SECOND);
    }
}
