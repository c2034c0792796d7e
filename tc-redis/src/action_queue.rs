//! The waiting calls of one action in this process. One task requests starts from Redis for all of them.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tc_core::{RateDecision, RateLimiterError};
use tokio::runtime::Handle;
use tokio::sync::{Notify, oneshot};

use crate::clock::ServerClock;
use crate::limiter::{Options, Outage};
use crate::local_share::{LocalShare, Slots, batch};
use crate::server::{Failure, GrantReply, GrantRequest, Keys, Server, lock, now};

/// How late an unused start may be used. The windows in Redis are 20 ms longer than necessary.
const LATE: Duration = Duration::from_millis(10);

/// How long before the last granted start the next ones are requested.
const LEAD: Duration = Duration::from_millis(30);

/// Higher documented rates count as this one: Redis keeps one start for each call of a second.
const MOST_CALLS: u32 = 10_000;

pub(crate) struct ActionQueue {
    server: Arc<Server>,
    keys: Keys,
    documented: u32,
    options: Options,
    state: Mutex<QueueState>,
    /// Wakes the fetching task after the cloud has throttled a call.
    wake: Notify,
}

/// The result for a waiting call.
enum CallReply {
    Start(Instant),
    After(Duration),
    Failed(Arc<Failure>),
}

struct Waiter {
    /// The latest start that the call accepts.
    latest: Instant,
    reply: oneshot::Sender<CallReply>,
}

impl Waiter {
    /// Accepts a start at `now`, even if the response of Redis took longer than the call wants to wait.
    fn latest(&self, now: Instant) -> Instant {
        self.latest.max(now + LATE)
    }
}

struct QueueState {
    waiting: VecDeque<Waiter>,
    /// Granted starts that no call has used yet.
    spare: VecDeque<Instant>,
    /// The number of the fetching task, and the time until which it sleeps.
    fetching: Option<(u64, Instant)>,
    tasks: u64,
    throttled: bool,
    share: LocalShare,
    /// The next start within the share, until it is used.
    own: Option<Instant>,
    processes: u32,
    /// The position of this process among the processes.
    rank: u32,
    /// The time at which Redis returned both.
    ranked: Option<Instant>,
    /// The last arrival, and the mean time between arrivals in seconds.
    arrival: Option<Instant>,
    between: f64,
}

/// The next step of the fetching task.
enum Step {
    End,
    Sleep(Instant),
    /// The local share was used. Check whether the server is available, with this request.
    Local(GrantRequest),
    Request(GrantRequest),
}

impl ActionQueue {
    pub(crate) fn new(server: Arc<Server>, keys: Keys, documented: u32, options: Options) -> Self {
        let documented = documented.clamp(1, MOST_CALLS);
        let state = QueueState {
            waiting: VecDeque::new(),
            spare: VecDeque::new(),
            fetching: None,
            tasks: 0,
            throttled: false,
            share: LocalShare::new(documented),
            own: None,
            processes: server.processes(),
            rank: server.any_rank(),
            ranked: None,
            arrival: None,
            between: 1.0,
        };
        Self { server, keys, documented, options, state: Mutex::new(state), wake: Notify::new() }
    }

    /// Waits until a call may start.
    pub(crate) async fn acquire(self: &Arc<Self>, max_wait: Duration) -> Result<RateDecision, RateLimiterError> {
        // A timer panics without a runtime.
        if Handle::try_current().is_err() {
            return Err(RateLimiterError::new("no tokio runtime is running on this thread"));
        }
        let (sender, mut reply) = oneshot::channel();
        let decided = lock(&self.state).arrive(Waiter { latest: latest(max_wait), reply: sender });
        if let Some(decided) = decided {
            return decision(decided).await;
        }
        loop {
            self.fetch();
            match tokio::time::timeout(self.patience(), &mut reply).await {
                Ok(Ok(reply)) => return decision(reply).await,
                Ok(Err(_)) => return Err(RateLimiterError::new("the call was removed from the queue")),
                // The task may have ended with its runtime: start another one.
                Err(_) => {}
            }
        }
    }

    /// Lowers the rate after the cloud has throttled a call, also in Redis.
    pub(crate) fn throttled(self: &Arc<Self>) {
        let mut state = lock(&self.state);
        state.throttled = true;
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

    /// How long another task of this process is waited for: it may belong to a runtime that is not polled.
    fn patience(&self) -> Duration {
        (4 * self.options.timeout).min(Duration::from_secs(1))
    }

    /// Starts the fetching task, unless it runs.
    fn fetch(self: &Arc<Self>) {
        let Ok(runtime) = Handle::try_current() else { return };
        let mut state = lock(&self.state);
        let limit = self.patience();
        if state.fetching.is_some_and(|(_, until)| now() < until + limit) {
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
            let local = self.server.is_down() && self.options.outage == Outage::LocalShare;
            let settling = self.server.is_settling();
            let step = lock(&self.state).step(task, self.documented, local, settling, self.server.clock());
            match step {
                Step::End => break,
                Step::Sleep(until) => {
                    let _ = tokio::time::timeout_at(until.into(), self.wake.notified()).await;
                }
                Step::Local(request) => self.server.probe(&self.keys, request, self.options.timeout),
                Step::Request(request) => match self.server.request(&self.keys, request, self.options.timeout).await {
                    Ok(granted) => lock(&self.state).granted(&granted, settling),
                    Err(failure) => self.failed(failure, request.throttled),
                },
            }
        }
        drop(ended);
    }

    fn failed(&self, failure: Failure, throttled: bool) {
        tracing::debug!(%failure, "no start from Redis");
        let mut state = lock(&self.state);
        state.throttled |= throttled && !state.waiting.is_empty();
        match self.options.outage {
            Outage::LocalShare => self.server.mark_down(&failure),
            Outage::Fail => {
                let failure = Arc::new(failure);
                state.throttled = false;
                for waiting in state.waiting.drain(..) {
                    let _ = waiting.reply.send(CallReply::Failed(Arc::clone(&failure)));
                }
            }
        }
    }
}

impl QueueState {
    /// Adds a call. Returns `None` if it must wait for starts that have not been requested yet.
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
        // It starts after all starts that were granted to this process.
        match self.share.last().filter(|last| *last > call.latest(now)) {
            Some(last) => Some(CallReply::After(last - now)),
            None => {
                self.waiting.push_back(call);
                None
            }
        }
    }

    fn step(&mut self, task: u64, documented: u32, local: bool, settling: bool, clock: Option<ServerClock>) -> Step {
        let now = now();
        if self.fetching.is_none_or(|(fetching, _)| fetching != task) {
            return Step::End;
        }
        self.waiting.retain(|waiting| !waiting.reply.is_closed());
        if self.waiting.is_empty() && (!self.throttled || local) {
            self.fetching = None;
            self.throttled = false;
            return Step::End;
        }
        let ahead = self.share.last().filter(|last| *last > now + LEAD);
        if let Some(last) = ahead.filter(|_| !self.throttled || local) {
            self.fetching = Some((task, last));
            return Step::Sleep(last.checked_sub(LEAD).unwrap_or(now));
        }
        let own = self.own_start(now, clock);
        if settling && !self.throttled && own > now {
            self.fetching = Some((task, own));
            return Step::Sleep(own);
        }
        self.fetching = Some((task, now));
        if local {
            self.throttled = false;
            self.give(own, own, now);
        }
        let most = match ahead {
            Some(_) => 0,
            None if settling => 1,
            None => batch(self.share.rate()) as usize,
        };
        let since = self.share.last().map(|last| now.saturating_duration_since(last));
        let request = GrantRequest {
            documented,
            want: (self.waiting.len() + ahead_of_demand(self.between)).min(most).min(self.waiting.len() * most),
            max_wait: self
                .waiting
                .iter()
                .map(|waiting| waiting.latest - now.min(waiting.latest))
                .max()
                .unwrap_or_default(),
            throttled: std::mem::take(&mut self.throttled),
            since: since.filter(|since| *since < Duration::from_millis(1100)),
            rank: self.ranked.is_none_or(|ranked| now.saturating_duration_since(ranked) > Duration::from_secs(1)),
        };
        if local { Step::Local(request) } else { Step::Request(request) }
    }

    fn granted(&mut self, granted: &GrantReply, settling: bool) {
        let now = now();
        // While settling, not all processes may have registered in Redis yet.
        if let Some(rank) = granted.rank.filter(|_| !settling || granted.processes >= self.processes) {
            (self.rank, self.processes, self.ranked) = (rank, granted.processes, Some(now));
        }
        self.share.set_rate(granted.rate, now);
        for start in &granted.starts {
            // While settling, the start belongs to the slot that was waited for.
            let slot = self.own.filter(|_| settling).unwrap_or(*start);
            self.give(*start, slot, now);
        }
        if let Some(wait) = granted.denied {
            self.deny(now + wait, now);
        }
    }

    /// The next start of this process within its share. It stays the same while it is waited for.
    fn own_start(&mut self, now: Instant, clock: Option<ServerClock>) -> Instant {
        // Without other processes, any time is right.
        let clock = clock.filter(|_| self.processes > 1);
        let slots = clock.map(|clock| Slots { clock, rank: self.rank, processes: self.processes });
        let own = self.own.filter(|own| *own + LATE >= now).unwrap_or_else(|| self.share.next(now, slots));
        *self.own.insert(own)
    }

    /// Gives a start to the first call that accepts it. `slot` is the start that counts for the local share.
    fn give(&mut self, start: Instant, slot: Instant, now: Instant) {
        self.own = None;
        self.share.start(start, slot, self.processes);
        while let Some(first) = self.waiting.pop_front() {
            if start > first.latest(now) {
                let _ = first.reply.send(CallReply::After(start.saturating_duration_since(now)));
            } else if first.reply.send(CallReply::Start(start)).is_ok() {
                return;
            }
        }
        self.spare.push_back(start);
    }

    /// Answers the calls that cannot wait for this start.
    fn deny(&mut self, start: Instant, now: Instant) {
        let (denied, waiting) = self.waiting.drain(..).partition(|waiting| waiting.latest < start);
        self.waiting = waiting;
        let denied: VecDeque<Waiter> = denied;
        for call in denied {
            let _ = call.reply.send(CallReply::After(start.saturating_duration_since(now)));
        }
    }
}

/// Removes the task from the state when it ends, also if its runtime ends.
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

/// The number of calls that arrive while an unused start is valid.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn ahead_of_demand(between: f64) -> usize {
    (LATE.as_secs_f64() / between.max(1e-4)) as usize
}

/// The end of the wait, at most a year away, so that the instant can be represented.
fn latest(max_wait: Duration) -> Instant {
    now() + max_wait.min(Duration::from_secs(365 * 24 * 3600))
}

/// Waits for the granted start, or returns the reason why there is no start.
async fn decision(reply: CallReply) -> Result<RateDecision, RateLimiterError> {
    match reply {
        CallReply::Start(at) => {
            // Timers are rounded up to a millisecond, also those that have passed.
            if at > now() {
                tokio::time::sleep_until(at.into()).await;
            }
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
