//! The calls of one action in this process: they wait in order of arrival, while one task fetches turns for all of them.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tc_core::{RateLimiterError, Turn};
use tokio::sync::{Notify, oneshot};

use crate::limiter::{Options, Outage};
use crate::redis_server::{Asked, Failure, Granted, Keys, Server, lock, now};
use crate::share::{Share, batch};

/// How late a turn may be used that nobody waited for. A window of calls is two hundredths of a second longer than need be.
const LATE: Duration = Duration::from_millis(10);

/// How long before the last turn is used up the next ones are fetched.
const LEAD: Duration = Duration::from_millis(30);

pub(crate) struct Lane {
    server: Arc<Server>,
    keys: Keys,
    documented: u32,
    options: Options,
    line: Mutex<Line>,
    /// Wakes the fetching task where the cloud refused a call.
    wake: Notify,
}

/// What a call that waits is told.
enum Answer {
    Start(Instant),
    After(Duration),
    Failed(Arc<Failure>),
}

struct Waiting {
    /// The latest start that it can wait for.
    latest: Instant,
    answer: oneshot::Sender<Answer>,
}

impl Waiting {
    /// A turn that starts now is no wait, though the answer took a while.
    fn latest(&self, now: Instant) -> Instant {
        self.latest.max(now + LATE)
    }
}

struct Line {
    waiting: VecDeque<Waiting>,
    /// Turns that were fetched ahead.
    spare: VecDeque<Instant>,
    /// The number of the task that fetches turns, and when it is heard of again.
    fetching: Option<(u64, Instant)>,
    tasks: u64,
    refused: bool,
    share: Share,
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
    Ask(Asked),
}

impl Lane {
    pub(crate) fn new(server: Arc<Server>, keys: Keys, documented: u32, options: Options) -> Self {
        let documented = documented.max(1);
        let line = Line {
            waiting: VecDeque::new(),
            spare: VecDeque::new(),
            fetching: None,
            tasks: 0,
            refused: false,
            share: Share::new(documented),
            processes: 1,
            arrival: None,
            between: 1.0,
        };
        Self { server, keys, documented, options, line: Mutex::new(line), wake: Notify::new() }
    }

    /// Waits for the turn of one call.
    pub(crate) async fn acquire(self: &Arc<Self>, patience: Duration) -> Result<Turn, RateLimiterError> {
        let (sender, mut answer) = oneshot::channel();
        let known = lock(&self.line).arrive(Waiting { latest: latest(patience), answer: sender });
        if let Some(known) = known {
            return turn(known).await;
        }
        loop {
            self.fetch();
            match tokio::time::timeout(4 * self.options.timeout, &mut answer).await {
                Ok(Ok(answer)) => return turn(answer).await,
                Ok(Err(_)) => return Err(RateLimiterError::new("the call lost its place in the line")),
                // The task may have ended with its runtime: begin another one.
                Err(_) => {}
            }
        }
    }

    /// Notes that the cloud refused a call, and tells Redis.
    pub(crate) fn refused(self: &Arc<Self>) {
        let mut line = lock(&self.line);
        line.refused = true;
        line.share.refused(now());
        drop(line);
        self.wake.notify_one();
        self.fetch();
    }

    pub(crate) fn is_idle(&self) -> bool {
        let line = lock(&self.line);
        let over = |at: Instant| now().saturating_duration_since(at) > Duration::from_secs(60);
        line.waiting.is_empty() && line.share.last().is_none_or(over)
    }

    /// Begins to fetch turns, unless a task does.
    fn fetch(self: &Arc<Self>) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let mut line = lock(&self.line);
        let patience = 4 * self.options.timeout;
        if line.fetching.is_some_and(|(_, heard)| now() < heard + patience) {
            return;
        }
        line.tasks += 1;
        let task = line.tasks;
        line.fetching = Some((task, now()));
        drop(line);
        runtime.spawn(Arc::clone(self).run(task));
    }

    async fn run(self: Arc<Self>, task: u64) {
        let ended = Ended { lane: &self, task };
        loop {
            let alone = self.server.is_lost() && self.options.outage == Outage::LocalShare;
            let settling = self.server.is_settling();
            let step = lock(&self.line).step(task, self.documented, alone, settling);
            match step {
                Step::End => break,
                Step::Sleep(until) => {
                    let _ = tokio::time::timeout_at(until.into(), self.wake.notified()).await;
                }
                Step::Alone => self.server.probe(self.options.timeout),
                Step::Ask(asked) => match self.server.ask(&self.keys, asked, self.options.timeout).await {
                    Ok(granted) => lock(&self.line).granted(&granted, settling),
                    Err(failure) => self.failed(failure, asked.refused),
                },
            }
        }
        drop(ended);
    }

    fn failed(&self, failure: Failure, refused: bool) {
        tracing::debug!(%failure, "no turn from Redis");
        let mut line = lock(&self.line);
        line.refused |= refused && !line.waiting.is_empty();
        match self.options.outage {
            Outage::LocalShare => self.server.lost(),
            Outage::Fail => {
                let failure = Arc::new(failure);
                line.refused = false;
                for waiting in line.waiting.drain(..) {
                    let _ = waiting.answer.send(Answer::Failed(Arc::clone(&failure)));
                }
            }
        }
    }
}

impl Line {
    /// Takes a call in. None if it has to wait for turns that are not fetched yet.
    fn arrive(&mut self, call: Waiting) -> Option<Answer> {
        let now = now();
        let since = self.arrival.replace(now).map_or(1.0, |last| now.saturating_duration_since(last).as_secs_f64());
        self.between = if since > 1.0 { 1.0 } else { 0.9f64.mul_add(self.between, 0.1 * since) };
        self.spare.retain(|start| *start + LATE >= now);
        if self.waiting.is_empty()
            && let Some(start) = self.spare.front().copied()
        {
            if start > call.latest(now) {
                return Some(Answer::After(start - now));
            }
            self.spare.pop_front();
            return Some(Answer::Start(start));
        }
        // Its turn comes after all that were granted to this process.
        match self.share.last().filter(|last| *last > call.latest(now)) {
            Some(last) => Some(Answer::After(last - now)),
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
        Step::Ask(Asked {
            documented,
            want: (self.waiting.len() + ahead_of_demand(self.between)).min(most).min(self.waiting.len() * most),
            patience: self
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

    fn granted(&mut self, granted: &Granted, settling: bool) {
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
                let _ = first.answer.send(Answer::After(start.saturating_duration_since(now)));
            } else if first.answer.send(Answer::Start(start)).is_ok() {
                return;
            }
        }
        self.spare.push_back(start);
    }

    /// Tells the calls that cannot wait for this start.
    fn deny(&mut self, start: Instant, now: Instant) {
        let (denied, waiting) = self.waiting.drain(..).partition(|waiting| waiting.latest < start);
        self.waiting = waiting;
        let denied: VecDeque<Waiting> = denied;
        for call in denied {
            let _ = call.answer.send(Answer::After(start.saturating_duration_since(now)));
        }
    }
}

/// Frees the place of a task that ends, also with its runtime.
struct Ended<'a> {
    lane: &'a Lane,
    task: u64,
}

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        let mut line = lock(&self.lane.line);
        if line.fetching.is_some_and(|(task, _)| task == self.task) {
            line.fetching = None;
        }
    }
}

/// How many calls come while a turn that was fetched ahead may be used.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn ahead_of_demand(between: f64) -> usize {
    (LATE.as_secs_f64() / between.max(1e-4)) as usize
}

/// Longer than this no call waits; an instant this far can be represented.
fn latest(patience: Duration) -> Instant {
    now() + patience.min(Duration::from_secs(365 * 24 * 3600))
}

/// Waits for the start of a turn, or passes on why there is none.
async fn turn(answer: Answer) -> Result<Turn, RateLimiterError> {
    match answer {
        Answer::Start(at) => {
            tokio::time::sleep_until(at.into()).await;
            Ok(Turn::Now)
        }
        Answer::After(wait) => Ok(Turn::After(wait)),
        Answer::Failed(failure) => Err(RateLimiterError::new(failure.to_string()).with_source(failure)),
    }
}

impl fmt::Debug for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lane").field("documented", &self.documented).finish_non_exhaustive()
    }
}
