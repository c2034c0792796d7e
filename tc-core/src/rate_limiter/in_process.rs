//! The rate limiter of one process: a queue of waiting calls for each action.
//!
//! No lock is held while a call waits. A call that is dropped, or whose runtime is not polled, does not delay the others.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::{Duration, Instant};

use super::window::SlidingWindow;
use super::{RateDecision, RateLimiter, RateLimiterError, RateRequest};
use crate::cache::Cache;
use crate::deadline::after;
use crate::transport::{BoxFuture, sleep_until};

/// Limits the calls of this process to the documented calls per second. It is the default. Clones share their state, so several
/// clients of one account can share a rate:
///
/// ```
/// use tc_core::{Client, InProcessLimiter, Region};
///
/// let limiter = InProcessLimiter::default();
/// let first = Client::builder().region(Region::AP_GUANGZHOU).rate_limiter(limiter.clone()).build()?;
/// let second = Client::builder().region(Region::AP_GUANGZHOU).rate_limiter(limiter).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
///
/// Calls start in order of arrival. At most a quarter of the documented calls per second start at once, and never more than the
/// documented number within any second.
#[derive(Debug, Clone, Default)]
pub struct InProcessLimiter(Arc<Queues>);

/// One queue for each credential, service, action, region and rate, by the hash of these.
#[derive(Debug)]
struct Queues(Cache<u64, Arc<Queue>>);

impl Default for Queues {
    fn default() -> Self {
        Self(Cache::with_in_use(MANY, |queue| Arc::strong_count(queue) > 1 || !queue.state().window.is_idle(now())))
    }
}

#[derive(Debug)]
struct Queue {
    rate: u32,
    state: Mutex<QueueState>,
}

/// The number of queues that are kept at least; above it, idle queues are dropped. Temporary credentials create new queues.
const MANY: usize = 1024;

/// How long a call that may start keeps its place without being polled. After that, the next call may start first.
const GRACE: Duration = Duration::from_millis(100);

impl RateLimiter for InProcessLimiter {
    fn acquire<'a>(&'a self, request: RateRequest<'a>) -> BoxFuture<'a, Result<RateDecision, RateLimiterError>> {
        Box::pin(async move { Ok(self.0.queue(&request).acquire(request.max_wait).await) })
    }

    fn throttled(&self, request: RateRequest<'_>) {
        self.0.queue(&request).throttled();
    }
}

impl Queues {
    fn queue(&self, request: &RateRequest<'_>) -> Arc<Queue> {
        let &RateRequest { secret_id, service, action, region, rate, .. } = request;
        let mut hasher = DefaultHasher::new();
        [secret_id, service, action, region].hash(&mut hasher);
        // `AnyAction` may set another rate for the same action.
        rate.hash(&mut hasher);
        let key = hasher.finish();
        let Ok(queue) = self.0.get(|other| *other == key, || Ok::<_, Infallible>((key, Arc::new(Queue::new(rate)))));
        queue
    }
}

impl Queue {
    fn new(rate: u32) -> Self {
        Self {
            rate,
            state: Mutex::new(QueueState { window: SlidingWindow::new(rate), waiting: VecDeque::new(), tickets: 0 }),
        }
    }

    /// Waits until the call may start, or returns the time to wait if it is longer than `max_wait`.
    async fn acquire(&self, max_wait: Duration) -> RateDecision {
        let deadline = after(now(), max_wait);
        let mut place = Entry { queue: self, ticket: None };
        loop {
            let now = now();
            let (at, next) = self.state().poll_start(&mut place.ticket, now, !max_wait.is_zero());
            if let Some(next) = next {
                next.wake();
            }
            let wait = at.saturating_duration_since(now);
            if wait.is_zero() {
                return RateDecision::Now;
            }
            if at >= deadline {
                return RateDecision::After(wait);
            }
            let milliseconds = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
            tracing::debug!(milliseconds, documented = self.rate, "waiting for the rate limiter");
            place.until(at).await;
        }
    }

    /// Lowers the rate after the server has throttled a call.
    fn throttled(&self) {
        let window = &mut self.state().window;
        window.throttled(now());
        tracing::info!(calls_per_second = window.rate(), documented = self.rate, "throttled by the server");
    }

    fn state(&self) -> MutexGuard<'_, QueueState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The waiting calls in order of arrival, and the window of started calls.
#[derive(Debug)]
struct QueueState {
    window: SlidingWindow,
    waiting: VecDeque<Waiter>,
    tickets: u64,
}

#[derive(Debug)]
struct Waiter {
    /// Ascending from the front to the back.
    ticket: u64,
    /// The predicted start; the call checks again then.
    due: Instant,
    waker: Option<Waker>,
    /// Whether the call has become the first in the queue, so that it may start earlier than predicted.
    notified: bool,
}

impl QueueState {
    /// Returns the start of a call. If it is now, the call has left the queue and is counted; otherwise it is in the queue, if it
    /// wants to `wait`. The waker belongs to the call that is now the first.
    fn poll_start(&mut self, ticket: &mut Option<u64>, now: Instant, wait: bool) -> (Instant, Option<Waker>) {
        while let Some(first) = self.waiting.front()
            && Some(first.ticket) != *ticket
            && now.saturating_duration_since(first.due) > GRACE
        {
            // It is not polled. If it is polled later, it gets its place back.
            self.waiting.pop_front();
        }
        let place = ticket.map_or(self.waiting.len(), |ticket| self.place(ticket));
        let at = self.window.nth(place, now);
        if at <= now {
            self.window.start(now);
            return (now, ticket.take().and_then(|ticket| self.leave(ticket)));
        }
        if wait {
            let ticket = *ticket.get_or_insert_with(|| {
                self.tickets += 1;
                self.tickets
            });
            match self.waiting.get_mut(place).filter(|waiting| waiting.ticket == ticket) {
                Some(waiting) => waiting.due = at,
                None => self.waiting.insert(place, Waiter { ticket, due: at, waker: None, notified: false }),
            }
        }
        (at, None)
    }

    /// Removes a call from the queue. Returns the waker of the call that has become the first, if any.
    fn leave(&mut self, ticket: u64) -> Option<Waker> {
        let place = self.place(ticket);
        self.waiting.get(place).filter(|waiting| waiting.ticket == ticket)?;
        self.waiting.remove(place);
        let first = self.waiting.front_mut().filter(|_| place == 0)?;
        first.notified = true;
        first.waker.take()
    }

    /// The number of calls before this one.
    fn place(&self, ticket: u64) -> usize {
        self.waiting.partition_point(|waiting| waiting.ticket < ticket)
    }

    /// Whether the call has become the first since the last check; if not, `waker` is woken when it does.
    fn is_notified(&mut self, ticket: u64, waker: &Waker) -> bool {
        let place = self.place(ticket);
        let Some(waiting) = self.waiting.get_mut(place).filter(|waiting| waiting.ticket == ticket) else {
            return false;
        };
        waiting.waker = Some(waker.clone());
        std::mem::take(&mut waiting.notified)
    }
}

/// A call in the queue; dropping it removes the call.
struct Entry<'a> {
    queue: &'a Queue,
    ticket: Option<u64>,
}

impl Entry<'_> {
    /// Waits until `at`, or until the call becomes the first in the queue.
    async fn until(&self, at: Instant) {
        let mut sleep = pin!(sleep_until(at.into()));
        std::future::poll_fn(|context| match self.ticket {
            Some(ticket) if self.queue.state().is_notified(ticket, context.waker()) => Poll::Ready(()),
            _ => sleep.as_mut().poll(context),
        })
        .await;
    }
}

impl Drop for Entry<'_> {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            let next = self.queue.state().leave(ticket);
            if let Some(next) = next {
                next.wake();
            }
        }
    }
}

fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLI: Duration = Duration::from_millis(1);

    fn state(rate: u32) -> QueueState {
        QueueState { window: SlidingWindow::new(rate), waiting: VecDeque::new(), tickets: 0 }
    }

    /// Lets this many calls arrive at `now`; returns their tickets and predicted starts.
    fn arrive(state: &mut QueueState, calls: usize, now: Instant) -> Vec<(Option<u64>, Instant)> {
        let mut one = || {
            let mut ticket = None;
            let (at, _) = state.poll_start(&mut ticket, now, true);
            (ticket, at)
        };
        (0..calls).map(|_| one()).collect()
    }

    #[test]
    fn calls_that_are_polled_in_time_start_in_order_and_as_predicted() {
        for rate in [1, 3, 10, 100] {
            let (mut state, now) = (state(rate), Instant::now());
            let predicted = arrive(&mut state, 50, now);
            assert!(predicted.windows(2).all(|pair| pair[0].1 <= pair[1].1));
            for (ticket, at) in predicted {
                let Some(ticket) = ticket else { continue };
                let mut ticket = Some(ticket);
                let (started, _) = state.poll_start(&mut ticket, at, true);
                assert!(started <= at + MILLI, "rate {rate}: predicted {:?}, {:?}", at - now, started - now);
                if ticket.is_some() {
                    assert_eq!(state.poll_start(&mut ticket, started, true).0, started);
                }
                assert_eq!(ticket, None);
            }
            assert!(state.waiting.is_empty());
        }
    }

    #[test]
    fn a_call_that_is_not_polled_is_passed_and_gets_its_place_back() {
        let (mut state, now) = (state(1), Instant::now());
        let mut calls = arrive(&mut state, 3, now);
        assert_eq!(calls[0], (None, now));
        let late = calls[2].1 + 2 * GRACE;
        // The second call is not polled; the third starts at once.
        assert_eq!(state.poll_start(&mut calls[2].0, late, true).0, late);
        let (at, _) = state.poll_start(&mut calls[1].0, late, true);
        assert!(at > late && state.waiting.len() == 1);
        let (newcomer, _) = state.poll_start(&mut None, late, true);
        assert!(newcomer > at, "it is behind");
    }

    #[test]
    fn a_call_that_leaves_the_queue_notifies_the_next_if_it_was_the_first() {
        let (mut state, now) = (state(1), Instant::now());
        let calls = arrive(&mut state, 4, now);
        let tickets: Vec<u64> = calls.iter().filter_map(|(ticket, _)| *ticket).collect();
        assert!(tickets.iter().all(|ticket| !state.is_notified(*ticket, Waker::noop())));
        assert!(state.leave(tickets[1]).is_none());
        assert!(!state.is_notified(tickets[2], Waker::noop()));
        assert!(state.leave(tickets[0]).is_some());
        assert!(state.is_notified(tickets[2], Waker::noop()));
        assert!(!state.is_notified(tickets[2], Waker::noop()), "once");
    }

    #[test]
    fn a_call_that_does_not_wait_is_not_queued() {
        let (mut state, now) = (state(1), Instant::now());
        arrive(&mut state, 1, now);
        let mut ticket = None;
        assert!(state.poll_start(&mut ticket, now, false).0 > now);
        assert!(ticket.is_none() && state.waiting.is_empty());
    }
}
