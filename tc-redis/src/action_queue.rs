//! The calls of one action in this process: they wait in order of arrival, while one task fetches turns for all of them.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tc_core::{RateDecision, RateLimiterError};
use tokio::sync::{Notify, oneshot};

use crate::limiter::{Options, Outage};
use crate::local_share::{LocalShare, batch};
use crate::server::{Failure, GrantReply, GrantRequest, Keys, Server, lock, now};

/// How late a turn may be used that nobody waited for. A window of calls is two hundredths of a second longer than need be.
const LATE: Duration = Duration::from_millis(10);

/// How long before the last turn is used up the next ones are fetched.
const LEAD: Duration = Duration::from_millis(30);

pub(crate) struct ActionQueue {
    server: Arc<Server>,
    keys: Keys,
    documented: u32,
    options: Options,
    state: Mutex<QueueState>,
    /// Wakes the fetching task where the cloud refused a call.
    wake: Notify,
}

/// What a call that waits is told.
enum CallReply {
    Start(Instant),
    After(Duration),
    Failed(Arc<Failure>),
}

struct Waiter {
    /// The latest start that it can wait for.
    latest: Instant,
    answer: oneshot::Sender<CallReply>,
}

impl Waiter {
    /// A turn that starts now is no wait, though the answer took a while.
    fn latest(&self, now: Instant) -> Instant {
        self.latest.max(now + LATE)
    }
}

struct QueueState {
    waiting: VecDeque<Waiter>,
    /// Turns that were fetched ahead.
    spare: VecDeque<Instant>,
    /// The number of the task that fetches turns, and when it is heard of again.
    fetching: Option<(u64, Instant)>,
    tasks: u64,
    refused: bool,
    share: LocalShare,
    processes: u32,
    /// The last arrival, and the mean time between two of them in seconds.
    arrival: Option<Instant>,
    between: f64,
}

/// What the fetching task does next.
enum Step {
    End,
    Sleep(Instant),
    /// Keep the share of this process.
    Alone,
    Ask(GrantRequest),
}

impl ActionQueue {
    pub(crate) fn new(server: Arc<Server>, keys: Keys, documented: u32, options: Options) -> Self {
        let documented = documented.max(1);
        let state = QueueState {
            waiting: VecDeque::new(),
            spare: VecDeque::new(),
            fetching: None,
            tasks: 0,
            refused: false,
            share: LocalShare::new(documented),
            processes: 1,
            arrival: None,
            between: 1.0,
        };
        Self { server, keys, documented, options, state: Mutex::new(state), wake: Notify::new() }
    }

    /// Waits for the turn of one call.
    pub(crate) async fn acquire(self: &Arc<Self>, max_wait: Duration) -> Result<RateDecision, RateLimiterError> {
        let (sender, mut answer) = oneshot::channel();
        let known = lock(&self.state).arrive(Waiter { latest: latest(max_wait), answer: sender });
        if let Some(known) = known {
            return turn(known).await;
        }
        loop {
            self.fetch();
            match tokio::time::timeout(4 * self.options.timeout, &mut answer).await {
                Ok(Ok(answer)) => return turn(answer).await,
                Ok(Err(_)) => return Err(RateLimiterError::new("the call lost its place in the queue")),
                // The task may have ended with its runtime: begin another one.
                Err(_) => {}
            }
        }
    }

    /// Notes that the cloud refused a call, and tells Redis.
    pub(crate) fn throttled(self: &Arc<Self>) {
        let mut state = lock(&self.state);
        state.refused = true;
        state.share.throttled(now());
        drop(state);
        self.wake.notify_one();
        self.fetch();
    }

    pub(crate) fn is_idle(&self) -> bool {
        let state = lock(&self.state);
        let over = |at: Instant| now().saturating_duration_since(at) > Duration::from_secs(60);
        state.waiting.is_empty() && state.share.last().is_none_or(over)
    }

    /// Begins to fetch turns, unless a task does.
    fn fetch(self: &Arc<Self>) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let mut state = lock(&self.state);
        let max_wait = 4 * self.options.timeout;
        if state.fetching.is_some_and(|(_, heard)| now() < heard + max_wait) {
            return;
        }
        state.tasks += 1;
        let task = state.tasks;
        state.fetching = Some((task, now()));
        drop(state);
        runtime.spawn(Arc::clone(self).run(task));
    }

    async fn run(self: Arc<Self>, task: u64) {
        let ended = TaskGuard { queue: &self, task };
        loop {
            let alone = self.server.is_lost() && self.options.outage == Outage::LocalShare;
            let settling = self.server.is_settling();
            let step = lock(&self.state).step(task, self.documented, alone, settling);
            match step {
                Step::End => break,
                Step::Sleep(until) => {
                    let _ = tokio::time::timeout_at(until.into(), self.wake.notified()).await;
                }
                Step::Alone => self.server.probe(self.options.timeout),
                Step::Ask(asked) => match self.server.ask(&self.keys, asked, self.options.timeout).await {
                    Ok(granted) => lock(&self.state).granted(&granted, settling),
                    Err(failure) => self.failed(failure, asked.refused),
                },
            }
        }
        drop(ended);
    }

    fn failed(&self, failure: Failure, refused: bool) {
        tracing::debug!(%failure, "no turn from Redis");
        let mut state = lock(&self.state);
        state.refused |= refused && !state.waiting.is_empty();
        match self.options.outage {
            Outage::LocalShare => self.server.lost(),
            Outage::Fail => {
                let failure = Arc::new(failure);
                state.refused = false;
                for waiting in state.waiting.drain(..) {
                    let _ = waiting.answer.send(CallReply::Failed(Arc::clone(&failure)));
                }
            }
        }
    }
}

impl QueueState {
    /// Takes a call in. None if it has to wait for turns that are not fetched yet.
    fn arrive(&mut self, call: Waiter) -> Option<CallReply> {
        let now = now();
        let since = self.arrival.replace(now).map_or(1.0, |last| now.saturating_duration_since(last).as_secs_f64());
        self.between = if since > 1.0 { 1.0 } else { 0.9f64.mul_add(self.between, 0.1 * since) };
        self.spare.retain(|start| *start + LATE >= now);
        if self.waiting.is_empty()
            && let Some(start) = self.spare.front().copied()
        {
            if start > call.latest(now) {
                return Some(CallReply::After(start - now));
            }
            self.spare.pop_front();
            return Some(CallReply::Start(start));
        }
        // Its turn comes after all that were granted to this process.
        match self.share.last().filter(|last| *last > call.latest(now)) {
            Some(last) => Some(CallReply::After(last - now)),
            None => {
                self.waiting.push_back(call);
                None
            }
        }
    }

    fn step(&mut self, task: u64, documented: u32, alone: bool, settling: bool) -> Step {
        let now = now();
        if self.fetching.is_none_or(|(fetching, _)| fetching != task) {
            return Step::End;
        }
        self.waiting.retain(|waiting| !waiting.answer.is_closed());
        if self.waiting.is_empty() && (!self.refused || alone) {
            self.fetching = None;
            self.refused = false;
            return Step::End;
        }
        let ahead = self.share.last().filter(|last| *last > now + LEAD);
        if let Some(last) = ahead.filter(|_| !self.refused || alone) {
            self.fetching = Some((task, last));
            return Step::Sleep(last.checked_sub(LEAD).unwrap_or(now));
        }
        let own = self.share.next(now);
        if settling && !self.refused && own > now {
            self.fetching = Some((task, own));
            return Step::Sleep(own);
        }
        self.fetching = Some((task, now));
        if alone {
            self.refused = false;
            let start = self.share.next(now);
            self.give(start, now);
            return Step::Alone;
        }
        let most = match ahead {
            Some(_) => 0,
            None if settling => 1,
            None => batch(self.share.rate()) as usize,
        };
        Step::Ask(GrantRequest {
            documented,
            want: (self.waiting.len() + ahead_of_demand(self.between)).min(most).min(self.waiting.len() * most),
            max_wait: self
                .waiting
                .iter()
                .map(|waiting| waiting.latest - now.min(waiting.latest))
                .max()
                .unwrap_or_default(),
            refused: std::mem::take(&mut self.refused),
            recent: self
                .share
                .last()
                .is_some_and(|last| now.saturating_duration_since(last) < Duration::from_millis(1100)),
        })
    }

    fn granted(&mut self, granted: &GrantReply, settling: bool) {
        let now = now();
        if settling {
            // Redis may not know all processes yet.
            self.processes = self.processes.max(granted.processes);
        } else {
            self.processes = granted.processes;
        }
        self.share.keep(granted.rate, now);
        for start in &granted.starts {
            let own = if settling { self.share.next(now) } else { *start };
            self.give(own.max(*start), now);
        }
        if let Some(wait) = granted.denied {
            self.deny(now + wait, now);
        }
    }

    /// Hands a turn to the first call that can wait for it.
    fn give(&mut self, start: Instant, now: Instant) {
        self.share.start(start, self.processes);
        while let Some(first) = self.waiting.pop_front() {
            if start > first.latest(now) {
                let _ = first.answer.send(CallReply::After(start.saturating_duration_since(now)));
            } else if first.answer.send(CallReply::Start(start)).is_ok() {
                return;
            }
        }
        self.spare.push_back(start);
    }

    /// Tells the calls that cannot wait for this start.
    fn deny(&mut self, start: Instant, now: Instant) {
        let (denied, waiting) = self.waiting.drain(..).partition(|waiting| waiting.latest < start);
        self.waiting = waiting;
        let denied: VecDeque<Waiter> = denied;
        for call in denied {
            let _ = call.answer.send(CallReply::After(start.saturating_duration_since(now)));
        }
    }
}

/// Frees the place of a task that ends, also with its runtime.
struct TaskGuard<'a> {
    queue: &'a ActionQueue,
    task: u64,
}

impl Drop for TaskGuard<'_> {
    fn drop(&mut self) {
        let mut state = lock(&self.queue.state);
        if state.fetching.is_some_and(|(task, _)| task == self.task) {
            state.fetching = None;
        }
    }
}

/// How many calls come while a turn that was fetched ahead may be used.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn ahead_of_demand(between: f64) -> usize {
    (LATE.as_secs_f64() / between.max(1e-4)) as usize
}

/// Longer than this no call waits; an instant this far can be represented.
fn latest(max_wait: Duration) -> Instant {
    now() + max_wait.min(Duration::from_secs(365 * 24 * 3600))
}

/// Waits for the start of a turn, or passes on why there is none.
async fn turn(answer: CallReply) -> Result<RateDecision, RateLimiterError> {
    match answer {
        CallReply::Start(at) => {
            tokio::time::sleep_until(at.into()).await;
            Ok(RateDecision::Now)
        }
        CallReply::After(wait) => Ok(RateDecision::After(wait)),
        CallReply::Failed(failure) => Err(RateLimiterError::new(failure.to_string()).with_source(failure)),
    }
}

impl fmt::Debug for ActionQueue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActionQueue").field("documented", &self.documented).finish_non_exhaustive()
    }
}
