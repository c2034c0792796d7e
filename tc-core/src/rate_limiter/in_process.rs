//! Where calls wait for their turn within the documented calls per second.
//!
//! No lock is held while a call waits: one that is given up, or whose runtime is not polled, holds nobody up.

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
use crate::transport::BoxFuture;

/// Keeps the documented calls per second of this process: the default. Clones share their count, so several clients of one
/// account can keep the rate together:
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
/// Calls wait in order of arrival. At most a quarter of a second's worth of them starts at once, and never more than the
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

/// Temporary credentials come and go, and their queues must not pile up.
const MANY: usize = 1024;

/// How long a call that is due keeps its place without coming for its turn. After that the next one may go first.
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
        // The same action by its name may be given another rate.
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

    /// Waits for this call's turn; or says how long it would have to wait, where that is longer than `max_wait`.
    async fn acquire(&self, max_wait: Duration) -> RateDecision {
        let deadline = after(now(), max_wait);
        let mut place = Entry { queue: self, ticket: None };
        loop {
            let now = now();
            let (at, next) = self.state().turn(&mut place.ticket, now, !max_wait.is_zero());
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
            tracing::debug!(milliseconds, documented = self.rate, "waiting for a turn within the calls per second");
            place.until(at).await;
        }
    }

    /// Notes that the server refused a call for coming too soon.
    fn throttled(&self) {
        let window = &mut self.state().window;
        window.throttled(now());
        tracing::info!(calls_per_second = window.rate(), documented = self.rate, "throttled by the server");
    }

    fn state(&self) -> MutexGuard<'_, QueueState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The calls that wait, in the order in which they came.
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
    /// When its turn is likely to come; it asks again then.
    due: Instant,
    waker: Option<Waker>,
    /// It has become the first: its turn may come sooner than it was told.
    notified: bool,
}

impl QueueState {
    /// When the turn of this call comes. If that is now, the call has left the queue and started; else it has a place in it,
    /// provided that it means to `wait`. The waker is that of the call which is first now.
    fn turn(&mut self, ticket: &mut Option<u64>, now: Instant, wait: bool) -> (Instant, Option<Waker>) {
        while let Some(first) = self.waiting.front()
            && Some(first.ticket) != *ticket
            && now.saturating_duration_since(first.due) > GRACE
        {
            // It is not polled. If it still comes, it gets its place back.
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

    /// Takes a call out of the queue. If another one is the first now, this is its waker.
    fn leave(&mut self, ticket: u64) -> Option<Waker> {
        let place = self.place(ticket);
        self.waiting.get(place).filter(|waiting| waiting.ticket == ticket)?;
        self.waiting.remove(place);
        let first = self.waiting.front_mut().filter(|_| place == 0)?;
        first.notified = true;
        first.waker.take()
    }

    /// How many calls stand before this one.
    fn place(&self, ticket: u64) -> usize {
        self.waiting.partition_point(|waiting| waiting.ticket < ticket)
    }

    /// Whether the call has become the first since it last asked; if not, `waker` is woken when it does.
    fn is_notified(&mut self, ticket: u64, waker: &Waker) -> bool {
        let place = self.place(ticket);
        let Some(waiting) = self.waiting.get_mut(place).filter(|waiting| waiting.ticket == ticket) else {
            return false;
        };
        waiting.waker = Some(waker.clone());
        std::mem::take(&mut waiting.notified)
    }
}

/// The place of a call in the queue, which it leaves when it is dropped.
struct Entry<'a> {
    queue: &'a Queue,
    ticket: Option<u64>,
}

impl Entry<'_> {
    /// Waits until `at`, or until the call becomes the first.
    async fn until(&self, at: Instant) {
        let mut sleep = pin!(tokio::time::sleep_until(at.into()));
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

    /// Lets this many calls come at `now`; their tickets, and when they are due.
    fn come(state: &mut QueueState, calls: usize, now: Instant) -> Vec<(Option<u64>, Instant)> {
        let mut come = || {
            let mut ticket = None;
            let (at, _) = state.turn(&mut ticket, now, true);
            (ticket, at)
        };
        (0..calls).map(|_| come()).collect()
    }

    #[test]
    fn calls_that_come_when_they_are_due_start_in_order_and_when_they_were_told() {
        for rate in [1, 3, 10, 100] {
            let (mut state, now) = (state(rate), Instant::now());
            let told = come(&mut state, 50, now);
            assert!(told.windows(2).all(|pair| pair[0].1 <= pair[1].1));
            for (ticket, at) in told {
                let Some(ticket) = ticket else { continue };
                let mut ticket = Some(ticket);
                let (started, _) = state.turn(&mut ticket, at, true);
                assert!(started <= at + MILLI, "rate {rate}: told {:?}, {:?}", at - now, started - now);
                if ticket.is_some() {
                    assert_eq!(state.turn(&mut ticket, started, true).0, started);
                }
                assert_eq!(ticket, None);
            }
            assert!(state.waiting.is_empty());
        }
    }

    #[test]
    fn a_call_that_does_not_come_is_passed_and_gets_its_place_back() {
        let (mut state, now) = (state(1), Instant::now());
        let mut calls = come(&mut state, 3, now);
        assert_eq!(calls[0], (None, now));
        let late = calls[2].1 + 2 * GRACE;
        // The second never came; the third does, and starts at once.
        assert_eq!(state.turn(&mut calls[2].0, late, true).0, late);
        let (at, _) = state.turn(&mut calls[1].0, late, true);
        assert!(at > late && state.waiting.len() == 1);
        let (newcomer, _) = state.turn(&mut None, late, true);
        assert!(newcomer > at, "it stands behind");
    }

    #[test]
    fn a_call_that_leaves_calls_the_next_one_if_it_was_the_first() {
        let (mut state, now) = (state(1), Instant::now());
        let calls = come(&mut state, 4, now);
        let tickets: Vec<u64> = calls.iter().filter_map(|(ticket, _)| *ticket).collect();
        assert!(tickets.iter().all(|ticket| !state.is_notified(*ticket, Waker::noop())));
        assert!(state.leave(tickets[1]).is_none());
        assert!(!state.is_notified(tickets[2], Waker::noop()));
        assert!(state.leave(tickets[0]).is_some());
        assert!(state.is_notified(tickets[2], Waker::noop()));
        assert!(!state.is_notified(tickets[2], Waker::noop()), "once");
    }

    #[test]
    fn who_does_not_wait_takes_no_place() {
        let (mut state, now) = (state(1), Instant::now());
        come(&mut state, 1, now);
        let mut ticket = None;
        assert!(state.turn(&mut ticket, now, false).0 > now);
        assert!(ticket.is_none() && state.waiting.is_empty());
    }
}
