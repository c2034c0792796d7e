//! Retries: the policy, the decision after a failed attempt, the wait, and the budget.

mod backoff;
mod budget;
mod classify;

use std::time::Duration;

pub(crate) use backoff::wait;
pub(crate) use budget::Budget;
pub(crate) use classify::{RetryDecision, classify};

/// The retry policy of a client: the number of attempts, the wait between them, and a budget for all calls.
///
/// # What is retried
///
/// | Failure | Retried |
/// |---|---|
/// | `RequestLimitExceeded` and its subcodes, and throttles that services document (`FailedOperation.TooFrequent` …), but not the quota `RequestLimitExceeded.JobNumExceed` | always: the server did nothing |
/// | the host name cannot be resolved, no connection, or a connection that broke before a byte was written | always: nothing was sent |
/// | no credential, because its source did not respond in time | always: nothing was sent |
/// | connection reset or closed, response that is not HTTP | if the action may be sent twice |
/// | an attempt that timed out | once, if the action may be sent twice: a response that always takes long is not requested repeatedly |
/// | HTTP 5xx, a body that is not JSON or is incomplete | if the action may be sent twice |
/// | `InternalError` and its subcodes, `ServiceUnavailable`, documented timeouts (`FailedOperation.RequestTimeout`) | if the action may be sent twice |
/// | `AuthFailure.SignatureExpire` | once, signed with the time of the server. The client keeps the difference for later calls, if the date of the server is between 2015 and 2100 |
/// | `AuthFailure.TokenFailure`, `AuthFailure.SecretIdNotFound` | once, if the provider returns another credential |
/// | TLS errors, a response over the limit, a redirect, a stream of events that [`Client::send`](crate::Client::send) cannot read, every other code | never |
///
/// An action may be sent twice if it only reads (Describe, Get, List, Query, Inquiry, Search, Check …), is declared
/// `idempotent`, or has a `ClientToken`. Every attempt is signed again. A `Retry-After`, in seconds or as a date, is respected. If a
/// wait would exceed the timeout of the call, the error is returned at once.
///
/// ```
/// use std::time::Duration;
/// use tc_core::{Client, RetryPolicy};
///
/// let policy = RetryPolicy::default().attempts(6).backoff(Duration::from_millis(200), Duration::from_secs(20));
/// let client = Client::builder().retry(policy).build()?;
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
    /// A policy with one attempt. A wrong clock or an expired credential is still corrected with a second attempt, because the server
    /// has not run the action; each correction takes one retry of the [`budget`](Self::budget).
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// Sets the largest number of attempts, including the first. Default: 3. 0 is treated as 1.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Sets the wait: a random time between 0 and `base`, which is doubled each time up to `cap`. Defaults: 100 ms and 10 s. After a
    /// throttle, the wait is between 0.5 and 5.5 times `base`.
    #[must_use]
    pub fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.base = base;
        self.cap = cap;
        self
    }

    /// Sets the number of retries that all calls of the client may make before successes refill the budget. Default: 500. Each
    /// successful call returns a fifth of a retry. So a client does not triple the load on a service that fails.
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

    /// The wait after attempt number `attempt` (from 1); `random` is in 0..1.
    pub(crate) fn wait(&self, attempt: u32, throttled: bool, random: f64) -> Duration {
        if throttled {
            let base = self.base.saturating_mul(5);
            return (self.base / 2).saturating_add(wait(base, self.cap.max(base), attempt, random));
        }
        wait(self.base, self.cap, attempt, random)
    }
}
