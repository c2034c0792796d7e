//! The course of a call: attempts, and what is done between them.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use tracing::Instrument;

use super::attempt::{Common, Failed, attempt, rate_request};
use super::prepare::Prepared;
use super::sending::{Decode, Decoded};
use super::settings::Settings;
use super::trace;
use crate::deadline::after;
use crate::error::Error;
use crate::meter;
use crate::provider::ProvideCredential;
use crate::retry::{RetryDecision, classify};
use crate::transport::BoxFuture;

/// Sends a prepared call. Boxed here, or the future's code would be in every action's crate once more.
pub(super) fn start(
    settings: Arc<Settings>,
    prepared: Result<Box<Prepared>, Error>,
    decode: Decode,
) -> BoxFuture<'static, Result<Decoded, Error>> {
    Box::pin(run(settings, prepared, decode))
}

/// Sends a prepared call, as often as it takes and may.
async fn run(
    settings: Arc<Settings>,
    prepared: Result<Box<Prepared>, Error>,
    decode: Decode,
) -> Result<Decoded, Error> {
    let started = Instant::now();
    let prepared = hashed(prepared?).await?;
    let common =
        Common { settings: &settings, prepared: &prepared, decode, deadline: after(started, prepared.timeout) };
    let mut course = Course { common, sent: 0, retries: 0, timeouts: 0, clock_set: false, renewed: false };
    let span = trace::call(&prepared.draft);
    let result = course.run().instrument(span.clone()).await;
    meter::call(prepared.of(), started.elapsed(), result.as_ref().err().map(trace::kind));
    match &result {
        Ok(decoded) => trace::succeeded(&span, decoded.request_id(), course.sent, started),
        Err(error) => trace::gave_up(&span, error, course.sent, started),
    }
    result
}

/// Hashes a large body on a thread that may take its time: 10 MB take 5 ms.
async fn hashed(prepared: Box<Prepared>) -> Result<Box<Prepared>, Error> {
    const LARGE: usize = 1 << 20;
    if prepared.draft.body().len() <= LARGE {
        return Ok(prepared);
    }
    let hashing = tokio::task::spawn_blocking(move || {
        prepared.draft.hash();
        prepared
    });
    hashing.await.map_err(|_| Error::configuration("the runtime shut down before the call was sent"))
}

/// How far a call has come.
struct Course<'a> {
    common: Common<'a>,
    /// The attempts that went to the transport.
    sent: u32,
    /// The retries that the policy counts.
    retries: u32,
    /// The attempts whose time ran out after they were sent.
    timeouts: u32,
    clock_set: bool,
    renewed: bool,
}

impl Course<'_> {
    async fn run(&mut self) -> Result<Decoded, Error> {
        let Common { settings, prepared, deadline, .. } = self.common;
        loop {
            let number = self.sent + 1;
            let span = trace::attempt(number);
            let attempting = async {
                let result = attempt(&self.common, &span, &mut self.sent).await;
                result.map_err(|failed| {
                    let error = failed.error.documented(prepared.errors).with_attempts(self.sent);
                    trace::failed(&span, &error);
                    Failed { error, ..failed }
                })
            };
            let failed = match attempting.instrument(span.clone()).await {
                Ok(decoded) => {
                    settings.budget.earn();
                    return Ok(decoded);
                }
                Err(failed) => failed,
            };
            settings.interceptors.iter().for_each(|each| each.on_error(&prepared.attempt(number), &failed.error));
            match self.next(&failed).await {
                Some(wait) if wait < deadline.saturating_duration_since(Instant::now()) => {
                    trace::again(&failed.error, self.sent, wait);
                    if !wait.is_zero() {
                        tokio::time::sleep(wait).await;
                    }
                }
                _ => return Err(failed.error),
            }
        }
    }

    /// Takes one from the retries that all calls of the client may make together.
    fn may_retry(&self) -> bool {
        let taken = self.common.settings.budget.take();
        if !taken {
            tracing::warn!("no retry: the budget of this client is used up");
        }
        taken
    }

    /// How long to wait before another attempt; none where there is to be none.
    async fn next(&mut self, failed: &Failed) -> Option<Duration> {
        let Common { settings, prepared, deadline, .. } = self.common;
        let verdict = classify(&failed.error, prepared.repeatable);
        match verdict {
            RetryDecision::Stop => None,
            RetryDecision::Clock => {
                let (signed, server) = failed.times?;
                if !settings.clock.learn(server) {
                    return None;
                }
                // Another call may have learned it meanwhile: what counts is what this one was signed with. A second is
                // what a Date header is exact to; without a difference the server refused for another reason.
                let wrong = server.since(signed).abs() > 1;
                (wrong && !std::mem::replace(&mut self.clock_set, true) && self.may_retry()).then_some(Duration::ZERO)
            }
            RetryDecision::Credential => {
                let (provider, refused) = (settings.provider.as_ref()?, failed.provided.as_ref()?);
                provider.refused(refused);
                if std::mem::replace(&mut self.renewed, true) {
                    return None;
                }
                let another = tokio::time::timeout_at(deadline, provider.credential()).await.ok()?.ok()?;
                (another != *refused && self.may_retry()).then_some(Duration::ZERO)
            }
            RetryDecision::Retry | RetryDecision::Throttled => {
                let throttled = verdict == RetryDecision::Throttled;
                if let Some(counted) = failed.counted.as_ref().filter(|_| throttled) {
                    settings.rate_limiter.throttled(rate_request(prepared, counted, Duration::ZERO));
                }
                if failed.error.is_timeout() && !failed.error.is_unsent() {
                    self.timeouts += 1;
                    if self.timeouts > 1 {
                        return None;
                    }
                }
                self.retries += 1;
                if self.retries >= prepared.retry.most_attempts() {
                    return None;
                }
                if !self.may_retry() {
                    return None;
                }
                let wait = prepared.retry.wait(self.retries, throttled, fastrand::f64());
                Some(wait.max(failed.retry_after.unwrap_or_default()))
            }
        }
    }
}
