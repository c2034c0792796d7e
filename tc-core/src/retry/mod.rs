//! Whether a failed attempt is followed by another, and when.

mod backoff;
mod budget;
mod classify;

use std::time::Duration;

pub(crate) use backoff::wait;
pub(crate) use budget::Budget;
pub(crate) use classify::{RetryDecision, classify};

/// How a client retries: how many attempts, how far apart, and how many retries all its calls may make together.
///
/// # What is retried
///
/// | Failure | Retried |
/// |---|---|
/// | `RequestLimitExceeded` and all below it, and the throttles that services document (`FailedOperation.TooFrequent` …), but not the quota `RequestLimitExceeded.JobNumExceed` | always: the server did nothing |
/// | no name, no connection, a connection that broke before a byte was written | always: nothing was sent |
/// | no credential because its source did not answer in time | always: nothing was sent |
/// | reset, closed, no HTTP | where the action may be sent twice |
/// | an attempt that timed out | once, where the action may be sent twice: an answer that is slow by nature is not asked for again and again |
/// | HTTP 5xx, a body that is no JSON or ends early | where the action may be sent twice |
/// | `InternalError` and all below it, `ServiceUnavailable`, documented time-outs (`FailedOperation.RequestTimeout`) | where the action may be sent twice |
/// | `AuthFailure.SignatureExpire` | once, signed by the server's clock; it teaches the client the difference, if the server's date is one of 2015 to 2100 |
/// | `AuthFailure.TokenFailure`, `AuthFailure.SecretIdNotFound` | once, if the provider has another credential |
/// | TLS, a response over the limit, a redirect, a stream of events that [`Client::send`](crate::Client::send) cannot read, every other code | never |
///
/// An action may be sent twice if it only reads (Describe, Get, List, Query, Inquiry, Search, Check …), is declared
/// `idempotent`, or carries a `ClientToken`. Every attempt is signed anew. A `Retry-After`, in seconds or as a date, is waited for; a wait
/// that would pass the call's timeout is not begun, and the error comes at once.
///
/// ```
/// use std::time::Duration;
/// use tc_core::{Client, RetryPolicy};
///
/// let patient = RetryPolicy::default().attempts(6).backoff(Duration::from_millis(200), Duration::from_secs(20));
/// let client = Client::builder().retry(patient).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    base: Duration,
    cap: Duration,
    budget: u32,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { attempts: 3, base: Duration::from_millis(100), cap: Duration::from_secs(10), budget: 500 }
    }
}

impl RetryPolicy {
    /// One attempt and no more. Clock and token are still corrected, since that is no retry of something that may have
    /// happened; each correction takes one retry of the [`budget`](Self::budget).
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// At most this many attempts, the first included; 3 if never said. 0 is taken as 1.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Waits a random time between nothing and `base`, doubled each time up to `cap`; 100 ms and 10 s if never said.
    /// After a throttle it is between half a `base` and five, so that a second may pass.
    #[must_use]
    pub fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.base = base;
        self.cap = cap;
        self
    }

    /// How many retries the calls of a client may make in a bad hour; 500 if never said. Each successful call earns a
    /// fifth of one back, so a cloud in trouble is not asked three times as often as usual.
    #[must_use]
    pub fn budget(mut self, retries: u32) -> Self {
        self.budget = retries;
        self
    }

    pub(crate) fn most_attempts(&self) -> u32 {
        self.attempts
    }

    pub(crate) fn new_budget(&self) -> Budget {
        Budget::new(self.budget)
    }

    /// How long to wait after attempt number `attempt` (from 1); `random` is in 0..1.
    pub(crate) fn wait(&self, attempt: u32, throttled: bool, random: f64) -> Duration {
        if throttled {
            let base = self.base.saturating_mul(5);
            return (self.base / 2).saturating_add(wait(base, self.cap.max(base), attempt, random));
        }
        wait(self.base, self.cap, attempt, random)
    }
}
