//! A sliding window over the last calls of one action.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::deadline::after;

/// Computes when the next call of one action may start. Has no clock: every instant is an argument.
///
/// At most a quarter of the documented calls per second start at once, and at most the documented number within any second, in
/// whatever pattern calls arrive. If the server throttles a call, the rate is lowered by 30 %, at most once a second; every second
/// without that raises it by 5 % of the documented rate.
#[derive(Debug)]
pub(super) struct SlidingWindow {
    /// The documented calls per second.
    documented: f64,
    /// The current limit of calls per second.
    rate: f64,
    /// The time of the last change of the rate.
    changed: Option<Instant>,
    /// The starts of the last calls, in order.
    starts: VecDeque<Instant>,
}

/// Each window is 2 % longer than necessary, because the network may bunch calls that started evenly.
const SLACK: f64 = 1.02;

impl SlidingWindow {
    pub(super) fn new(calls_per_second: u32) -> Self {
        let documented = f64::from(calls_per_second.max(1));
        Self { documented, rate: documented, changed: None, starts: VecDeque::new() }
    }

    /// The earliest instant, not before `now`, at which another call may start after `ahead` other calls.
    pub(super) fn nth(&mut self, ahead: usize, now: Instant) -> Instant {
        self.recover(now);
        let (quarter, second) = (quarter(self.rate), second(self.rate));
        let (quarters, ahead) = (ahead / quarter, ahead % quarter);
        let at = now.max(self.end(quarter, ahead, now)).max(self.end(second, ahead, now));
        after(at, self.window(quarter).saturating_mul(u32::try_from(quarters).unwrap_or(u32::MAX)))
    }

    /// The end of the window that is full with the last `calls` calls, of which `ahead` have not started yet.
    fn end(&self, calls: usize, ahead: usize, now: Instant) -> Instant {
        let first = self.starts.len().checked_sub(calls - ahead).and_then(|first| self.starts.get(first));
        first.map_or(now, |first| after(*first, self.window(calls)))
    }

    /// The length of a window for this many calls.
    fn window(&self, calls: usize) -> Duration {
        let seconds = u32::try_from(calls).map_or(f64::MAX, f64::from) / self.rate * SLACK;
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    }

    /// Records the start of a call.
    pub(super) fn start(&mut self, at: Instant) {
        self.starts.push_back(at);
        let most = second(self.documented);
        // No window is longer than this, even with the lowest rate.
        let over = |first: &Instant| self.documented >= 20.0 && at.saturating_duration_since(*first) > 2 * SECOND;
        while self.starts.len() > most || self.starts.front().is_some_and(over) {
            self.starts.pop_front();
        }
    }

    /// Lowers the rate after the server has throttled a call.
    pub(super) fn throttled(&mut self, now: Instant) {
        // Calls that are throttled within one second lower the rate once.
        if self.changed.is_none_or(|changed| now.saturating_duration_since(changed) >= SECOND) {
            self.rate = (self.rate * 0.7).max(self.documented / 20.0);
            self.changed = Some(now);
        }
    }

    /// Whether no past call affects the next one.
    pub(super) fn is_idle(&self, now: Instant) -> bool {
        let over = |at: Instant| now.saturating_duration_since(at) > 60 * SECOND;
        self.changed.is_none() && self.starts.back().is_none_or(|at| over(*at))
    }

    /// The current limit of calls per second.
    pub(super) fn rate(&self) -> f64 {
        self.rate
    }

    fn recover(&mut self, now: Instant) {
        if let Some(changed) = self.changed {
            let seconds = now.saturating_duration_since(changed).as_secs();
            if seconds > 0 {
                self.rate = (self.documented / 20.0).mul_add(u32::try_from(seconds).map_or(1e9, f64::from), self.rate);
                self.changed = Some(changed + Duration::from_secs(seconds));
                if self.rate >= self.documented {
                    self.rate = self.documented;
                    self.changed = None;
                }
            }
        }
    }
}

const SECOND: Duration = Duration::from_secs(1);

/// The calls of a quarter of a second, at least one.
fn quarter(rate: f64) -> usize {
    second(rate / 4.0)
}

/// The calls of one second, at least one.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn second(rate: f64) -> usize {
    rate.max(1.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLI: Duration = Duration::from_millis(1);

    /// The starts of `calls` calls that arrive at the same time.
    fn starts(window: &mut SlidingWindow, mut now: Instant, calls: usize) -> Vec<Instant> {
        (0..calls)
            .map(|_| {
                now = window.nth(0, now);
                window.start(now);
                now
            })
            .collect()
    }

    fn most_within_a_second(starts: &[Instant]) -> usize {
        let within = |first: &Instant| starts.iter().filter(|at| *at >= first && **at < *first + SECOND).count();
        starts.iter().map(within).max().unwrap_or(0)
    }

    #[test]
    fn no_second_has_more_than_the_documented_calls_and_few_are_unused() {
        for rate in [1_u32, 2, 3, 5, 10, 20, 50, 99, 100, 1000] {
            let calls = rate as usize * 10;
            let found = starts(&mut SlidingWindow::new(rate), Instant::now(), calls);
            let most = most_within_a_second(&found);
            assert!(most <= rate as usize, "{most} within a second of {rate}");
            let took = *found.last().unwrap() - found[0];
            assert!(took <= Duration::from_millis(10_400), "{rate}: {took:?}");
        }
    }

    #[test]
    fn the_start_of_the_nth_call_is_predicted() {
        for rate in [1_u32, 2, 3, 5, 7, 10, 50, 100, 999] {
            let now = Instant::now();
            let mut window = SlidingWindow::new(rate);
            starts(&mut window, now, rate as usize / 3);
            let predicted: Vec<Instant> = (0..40).map(|ahead| window.nth(ahead, now)).collect();
            for (predicted, started) in predicted.iter().zip(starts(&mut window, now, 40)) {
                let off = started.max(*predicted) - started.min(*predicted);
                assert!(off <= window.window(quarter(f64::from(rate))), "{rate}: {off:?}");
            }
        }
    }

    #[test]
    fn a_few_calls_after_a_pause_do_not_wait() {
        let mut window = SlidingWindow::new(100);
        let now = Instant::now();
        assert_eq!(starts(&mut window, now, 25).last(), Some(&now));
        assert!(window.nth(0, now) > now + 200 * MILLI);
        assert_eq!(window.nth(0, now + SECOND), now + SECOND);
    }

    #[test]
    fn a_throttle_lowers_the_rate_once_a_second_and_time_raises_it() {
        let mut window = SlidingWindow::new(100);
        let now = Instant::now();
        for _ in 0..50 {
            window.throttled(now);
        }
        assert!((window.rate() - 70.0).abs() < 1e-9);
        window.throttled(now + SECOND);
        assert!((window.rate() - 49.0).abs() < 1e-9);
        window.nth(0, now + 3 * SECOND);
        assert!((window.rate() - 59.0).abs() < 1e-9);
        window.nth(0, now + 60 * SECOND);
        assert!((window.rate() - 100.0).abs() < 1e-9);
    }

    #[test]
    fn the_rate_is_never_lowered_below_a_twentieth() {
        let mut window = SlidingWindow::new(100);
        let now = Instant::now();
        for seconds in 0..100 {
            window.throttled(now + seconds * SECOND);
        }
        assert!((window.rate() - 5.0).abs() < 1e-9);
        let found = starts(&mut window, now + 99 * SECOND, 6);
        assert!(*found.last().unwrap() > found[0] + SECOND / 2, "{found:?}");
    }
}
