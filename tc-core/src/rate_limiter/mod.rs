//! When calls may start: within the documented calls per second, in this process or together with others.

mod in_process;
mod window;

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use in_process::InProcessLimiter;

use crate::transport::BoxFuture;

/// Decides when a call may start, so that the documented calls per second of its action are kept.
///
/// The default is [`InProcessLimiter`]: one process, or one client, on its own. The cloud counts the calls of an account
/// wherever they come from; the crate `tc-redis` has a limiter that many processes share. One of your own:
///
/// ```
/// use std::sync::atomic::{AtomicU32, Ordering};
/// use std::time::Duration;
/// use tc_core::transport::BoxFuture;
/// use tc_core::{Client, RateLimiter, RateLimiterError, RateRequest, RateDecision};
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
/// It is asked once for each attempt, after the credential is known, if the action has a documented rate and the call is not
/// sent with [`Throttle::Off`](crate::Throttle::Off).
pub trait RateLimiter: fmt::Debug + Send + Sync + 'static {
    /// Asks for the turn of one call.
    ///
    /// It may wait itself, for [`RateRequest::max_wait`] at most, or say how long to wait: then the client waits and asks again, or
    /// fails with [`ErrorKind::Throttled`](crate::ErrorKind::Throttled) where the call has no time left for it or does not wait.
    /// A future that is dropped has given its turn up.
    ///
    /// # Errors
    /// Where no decision can be made. The call fails with [`ErrorKind::RateLimiter`](crate::ErrorKind::RateLimiter), and is
    /// retried as the client's policy says.
    fn acquire<'a>(&'a self, request: RateRequest<'a>) -> BoxFuture<'a, Result<RateDecision, RateLimiterError>>;

    /// The cloud refused a call because there were too many. It must not block.
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

/// What a rate limiter says to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RateDecision {
    /// The call starts now.
    Now,
    /// The call asks again after this time at the earliest. It has not been counted.
    After(Duration),
}

/// The call that asks for a turn.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateRequest<'a> {
    /// The SecretId that signs the call.
    pub secret_id: &'a str,
    /// The service: `cvm`.
    pub service: &'a str,
    /// The action's name.
    pub action: &'a str,
    /// The region; empty where none is sent.
    pub region: &'a str,
    /// The documented calls per second.
    pub rate: u32,
    /// How long the call can wait for its turn: until its deadline, or zero for [`Throttle::Fail`](crate::Throttle::Fail).
    pub max_wait: Duration,
}

impl<'a> RateRequest<'a> {
    /// A call without region that can wait for a minute, for tests of a rate limiter.
    pub fn new(secret_id: &'a str, service: &'a str, action: &'a str, rate: u32) -> Self {
        Self { secret_id, service, action, region: "", rate, max_wait: Duration::from_secs(60) }
    }

    /// With this region.
    #[must_use]
    pub fn with_region(mut self, region: &'a str) -> Self {
        self.region = region;
        self
    }

    /// With this max_wait.
    #[must_use]
    pub fn with_max_wait(mut self, max_wait: Duration) -> Self {
        self.max_wait = max_wait;
        self
    }
}

/// Shows four characters of the SecretId, as the Debug of a credential does.
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

/// Why a rate limiter could not decide, for example because the server that it asks is gone.
#[derive(Debug)]
pub struct RateLimiterError {
    message: Box<str>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl RateLimiterError {
    /// An error with this text.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into().into(), source: None }
    }

    /// With what caused it.
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
