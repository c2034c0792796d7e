//! Rate limiters, which decide when a call may start.

mod in_process;
mod window;

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use in_process::InProcessLimiter;

use crate::transport::BoxFuture;

/// Decides when a call may start, so that the documented calls per second of its action are not exceeded.
///
/// The default is [`InProcessLimiter`], which limits the calls of one client or of one process. The cloud counts all calls of an
/// account; the crate `tc-redis` has a limiter that many processes share. An implementation:
///
/// ```
/// use std::sync::atomic::{AtomicU32, Ordering};
/// use std::time::Duration;
/// use tc_core::transport::BoxFuture;
/// use tc_core::{Client, RateDecision, RateLimiter, RateLimiterError, RateRequest};
///
/// /// Lets a thousand calls start, and then one every ten seconds.
/// #[derive(Debug, Default)]
/// struct Quota(AtomicU32);
///
/// impl RateLimiter for Quota {
///     fn acquire<'a>(&'a self, _: RateRequest<'a>) -> BoxFuture<'a, Result<RateDecision, RateLimiterError>> {
///         let first = self.0.fetch_add(1, Ordering::Relaxed) < 1000;
///         Box::pin(async move { Ok(if first { RateDecision::Now } else { RateDecision::After(Duration::from_secs(10)) }) })
///     }
/// }
///
/// let client = Client::builder().rate_limiter(Quota::default()).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
///
/// The client calls it once for each attempt, when the credential is known, if the action has a documented rate and the call does not
/// use [`Throttle::Off`](crate::Throttle::Off).
pub trait RateLimiter: fmt::Debug + Send + Sync + 'static {
    /// Requests permission to start one call.
    ///
    /// An implementation may wait, for at most [`RateRequest::max_wait`], or return the time to wait. In the second case the client
    /// waits and requests again, or the call fails with [`ErrorKind::Throttled`](crate::ErrorKind::Throttled) if it has not enough
    /// time left or does not wait. Dropping the future cancels the request.
    ///
    /// # Errors
    /// If no decision is possible. The call fails with [`ErrorKind::RateLimiter`](crate::ErrorKind::RateLimiter), or is retried by
    /// the policy of the client.
    fn acquire<'a>(&'a self, request: RateRequest<'a>) -> BoxFuture<'a, Result<RateDecision, RateLimiterError>>;

    /// Called when the cloud has throttled a call. Must not block.
    fn throttled(&self, _request: RateRequest<'_>) {}
}

impl<T: RateLimiter + ?Sized> RateLimiter for Arc<T> {
    fn acquire<'a>(&'a self, request: RateRequest<'a>) -> BoxFuture<'a, Result<RateDecision, RateLimiterError>> {
        (**self).acquire(request)
    }

    fn throttled(&self, request: RateRequest<'_>) {
        (**self).throttled(request);
    }
}

impl<T: RateLimiter + ?Sized> RateLimiter for Box<T> {
    fn acquire<'a>(&'a self, request: RateRequest<'a>) -> BoxFuture<'a, Result<RateDecision, RateLimiterError>> {
        (**self).acquire(request)
    }

    fn throttled(&self, request: RateRequest<'_>) {
        (**self).throttled(request);
    }
}

/// The decision of a rate limiter about one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RateDecision {
    /// The call may start now.
    Now,
    /// The call may not start. Request again after this time. The call was not counted.
    After(Duration),
}

/// A call that requests permission to start.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateRequest<'a> {
    /// The SecretId that signs the call.
    pub secret_id: &'a str,
    /// The service: `cvm`.
    pub service: &'a str,
    /// The name of the action.
    pub action: &'a str,
    /// The region; empty if the call has no region.
    pub region: &'a str,
    /// The documented calls per second.
    pub rate: u32,
    /// The longest time that the call can wait: until its deadline, or zero for [`Throttle::Fail`](crate::Throttle::Fail).
    pub max_wait: Duration,
}

impl<'a> RateRequest<'a> {
    /// Creates a request without a region that can wait for a minute, for tests of rate limiters.
    pub fn new(secret_id: &'a str, service: &'a str, action: &'a str, rate: u32) -> Self {
        Self { secret_id, service, action, region: "", rate, max_wait: Duration::from_secs(60) }
    }

    /// Sets the region.
    #[must_use]
    pub fn with_region(mut self, region: &'a str) -> Self {
        self.region = region;
        self
    }

    /// Sets the longest wait.
    #[must_use]
    pub fn with_max_wait(mut self, max_wait: Duration) -> Self {
        self.max_wait = max_wait;
        self
    }
}

/// Shows four characters of the SecretId, like the `Debug` of a credential.
impl fmt::Debug for RateRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: String = self.secret_id.chars().take(4).collect();
        f.debug_struct("RateRequest")
            .field("secret_id", &format_args!("{shown}…"))
            .field("service", &self.service)
            .field("action", &self.action)
            .field("region", &self.region)
            .field("rate", &self.rate)
            .field("max_wait", &self.max_wait)
            .finish()
    }
}

/// The reason why a rate limiter could not decide, for example that its server is not available.
#[derive(Debug)]
pub struct RateLimiterError {
    message: Box<str>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl RateLimiterError {
    /// Creates an error with this message.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into().into(), source: None }
    }

    /// Sets the source.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

impl fmt::Display for RateLimiterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the rate limiter could not decide: {}", self.message)
    }
}

impl Error for RateLimiterError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
