//! The call loop: attempts, and the decisions between them.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use tracing::Span;

use super::attempt::{CallContext, Failed, attempt, rate_request};
use super::prepare::Prepared;
use super::receiver::Receiver;
use super::settings::Settings;
use super::trace;
use crate::deadline::after;
use crate::error::Error;
use crate::meter;
use crate::provider::ProvideCredential;
use crate::retry::{RetryDecision, classify};
use crate::transport::{BoxFuture, sleep_until, timeout_at};

/// Sends a prepared call and retries it as its policy allows. `receiver` keeps the response.
///
/// Boxed here, because otherwise the code of the future would be compiled again in the crate of every action.
pub(super) fn run(
    settings: Arc<Settings>,
    prepared: Result<Box<Prepared>, Error>,
    receiver: Arc<dyn Receiver>,
) -> BoxFuture<'static, Result<(), Error>> {
    Box::pin(call(settings, prepared, receiver))
}

/// The future of [`run`].
async fn call(
    settings: Arc<Settings>,
    prepared: Result<Box<Prepared>, Error>,
    receiver: Arc<dyn Receiver>,
) -> Result<(), Error> {
    let started = Instant::now();
    let prepared = hash_body(prepared?).await?;
    let deadline = after(started, prepared.timeout);
    let call = CallContext { settings: &settings, prepared: &prepared, receiver: &receiver, deadline };
    let span = trace::call(&prepared.request);
    let mut state = CallLoop { call, sent: 0, retries: 0, timeouts: 0, clock_corrected: false, renewed: false };
    let result = within(&span, pin!(state.attempts())).await;
    meter::call(prepared.labels(), started, result.as_ref().err().map(trace::kind));
    match &result {
        Ok(()) => receiver.request_id(&mut |id| trace::succeeded(&span, id, state.sent, started)),
        Err(error) => trace::gave_up(&span, error, state.sent, started),
    }
    result
}

/// Polls `future` in `span`. Borrows both, where `instrument` would store them.
fn within<F: Future>(span: &Span, mut future: Pin<&mut F>) -> impl Future<Output = F::Output> {
    poll_fn(move |context| span.in_scope(|| future.as_mut().poll(context)))
}

/// Hashes a large body on another thread: 10 MB take 5 ms.
async fn hash_body(prepared: Box<Prepared>) -> Result<Box<Prepared>, Error> {
    const LARGE: usize = 1 << 20;
    if prepared.request.hashed_body().len() <= LARGE {
        return Ok(prepared);
    }
    let hashing = tokio::task::spawn_blocking(move || {
        prepared.request.hash();
        prepared
    });
    hashing.await.map_err(|_| Error::configuration("the runtime shut down before the call was sent"))
}

/// The state of a call between its attempts.
struct CallLoop<'a> {
    call: CallContext<'a>,
    /// The number of attempts given to the transport.
    sent: u32,
    /// The number of retries that count for the policy.
    retries: u32,
    /// The number of attempts that timed out after they were sent.
    timeouts: u32,
    /// Whether an attempt was signed again with the time of the server.
    clock_corrected: bool,
    /// Whether an attempt was signed again with a new credential.
    renewed: bool,
}

impl CallLoop<'_> {
    /// Makes attempts until one succeeds or no further attempt is allowed.
    async fn attempts(&mut self) -> Result<(), Error> {
        let settings = self.call.settings;
        loop {
            let number = self.sent + 1;
            let span = trace::attempt(number);
            let Err(failed) = within(&span, pin!(self.attempt(&span))).await else {
                settings.budget.earn();
                return Ok(());
            };
            // Boxed, because few attempts fail.
            Box::pin(self.wait(failed, number)).await?;
        }
    }

    /// Waits until the next attempt.
    ///
    /// # Errors
    /// That of the attempt, if the call is not retried.
    async fn wait(&mut self, failed: Failed, number: u32) -> Result<(), Error> {
        let CallContext { settings, prepared, deadline, .. } = self.call;
        settings.interceptors.iter().for_each(|each| each.on_error(&prepared.attempt(number), &failed.error));
        match self.next(&failed).await {
            Some(wait) if wait < deadline.saturating_duration_since(Instant::now()) => {
                trace::again(&failed.error, self.sent, wait);
                if !wait.is_zero() {
                    sleep_until(after(Instant::now(), wait)).await;
                }
                Ok(())
            }
            _ => Err(failed.error),
        }
    }

    /// Makes one attempt.
    async fn attempt(&mut self, span: &Span) -> Result<(), Failed> {
        let result = attempt(&self.call, span, &mut self.sent).await;
        result.map_err(|failed| {
            let error = failed.error.documented(self.call.prepared.target().errors).with_attempts(self.sent);
            trace::failed(span, &error);
            Failed { error, ..failed }
        })
    }

    /// Takes one retry from the budget that all calls of the client share.
    fn may_retry(&self) -> bool {
        let taken = self.call.settings.budget.take();
        if !taken {
            tracing::warn!("no retry: the retry budget of this client is used up");
        }
        taken
    }

    /// How long to wait before the next attempt. `None` if the call is not retried.
    async fn next(&mut self, failed: &Failed) -> Option<Duration> {
        let CallContext { settings, prepared, deadline, .. } = self.call;
        let decision = classify(&failed.error, prepared.repeatable);
        match decision {
            RetryDecision::Stop => None,
            RetryDecision::Clock => {
                let (signed, server) = failed.times?;
                if !settings.clock.correct(server) {
                    return None;
                }
                // Compares with the time that was signed, since another call may have corrected the clock in the meantime. A
                // `Date` header is exact to a second; without a difference the server had another reason.
                let wrong = server.since(signed).abs() > 1;
                let again = wrong && !std::mem::replace(&mut self.clock_corrected, true) && self.may_retry();
                again.then_some(Duration::ZERO)
            }
            RetryDecision::Credential => {
                let provider = settings.provider.as_ref()?;
                let refused = failed.credential.as_ref().filter(|_| failed.from_provider)?;
                provider.refused(refused);
                if std::mem::replace(&mut self.renewed, true) {
                    return None;
                }
                let another = timeout_at(deadline, provider.credential()).await.ok()?.ok()?;
                (another != *refused && self.may_retry()).then_some(Duration::ZERO)
            }
            RetryDecision::Retry | RetryDecision::Throttled => {
                let throttled = decision == RetryDecision::Throttled;
                if let Some(credential) = failed.credential.as_ref().filter(|_| throttled && failed.rate_limited) {
                    settings.rate_limiter.throttled(rate_request(prepared, credential, Duration::ZERO));
                }
                if failed.error.is_timeout() && !failed.error.is_unsent() {
                    self.timeouts += 1;
                    if self.timeouts > 1 {
                        return None;
                    }
                }
                self.retries += 1;
                if self.retries >= prepared.retry.most_attempts() || !self.may_retry() {
                    return None;
                }
                let wait = prepared.retry.wait(self.retries, throttled, fastrand::f64());
                Some(wait.max(failed.retry_after.unwrap_or_default()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::AnyAction;
    use crate::client::Client;
    use crate::client::options::CallOptions;
    use crate::client::prepare::prepare;
    use crate::client::receiver::Slot;
    use crate::response::Response;

    /// glibc keeps freed blocks of at most 1032 bytes for the thread. Larger blocks take several times as long to allocate.
    #[test]
    fn the_future_of_a_call_is_small() {
        let client = Client::builder().build().expect("a client");
        let prepared = prepare(&client.settings, &AnyAction::new("a", "1", "A"), &CallOptions::default());
        let receiver = Arc::<Slot<Response<serde_json::Value>>>::default();
        let size = size_of_val(&call(Arc::clone(&client.settings), prepared, receiver));
        assert!(size <= 1032, "{size} bytes");
    }
}
