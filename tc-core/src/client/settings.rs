//! The state that all clones of a client share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::interceptor::Interceptor;
use super::skew::Skew;
use super::token::TokenSource;
use crate::credential::Credential;
use crate::endpoint::{ConnectTo, Endpoint};
use crate::provider::CredentialCache;
use crate::rate_limiter::RateLimiter;
use crate::region::Region;
use crate::request::Language;
use crate::retry::{Budget, RetryPolicy};
use crate::signing::{Method, SignatureMethod};
use crate::throttle::Throttle;
use crate::transport::{BodyLimits, Transport};

pub(super) struct Settings {
    pub(super) credential: Option<Credential>,
    pub(super) provider: Option<CredentialCache>,
    pub(super) region: Option<Region>,
    pub(super) endpoint: Endpoint,
    pub(super) connect_to: Option<ConnectTo>,
    pub(super) signature: SignatureMethod,
    pub(super) method: Method,
    pub(super) language: Option<Language>,
    pub(super) timeout: Duration,
    pub(super) attempt_timeout: Duration,
    pub(super) unsigned_payload: bool,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) limits: BodyLimits,
    pub(super) strict_answers: bool,
    pub(super) clock: Skew,
    pub(super) retry: RetryPolicy,
    pub(super) budget: Budget,
    pub(super) throttle: Throttle,
    pub(super) rate_limiter: Arc<dyn RateLimiter>,
    pub(super) interceptors: Vec<Arc<dyn Interceptor>>,
    pub(super) tokens: TokenSource,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("credential", &self.credential)
            .field("provider", &self.provider)
            .field("region", &self.region)
            .field("endpoint", &self.endpoint)
            .field("connect_to", &self.connect_to)
            .field("signature", &self.signature)
            .field("method", &self.method)
            .field("language", &self.language)
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("transport", &self.transport)
            .field("limits", &self.limits)
            .field("strict_answers", &self.strict_answers)
            .field("clock", &self.clock)
            .field("retry", &self.retry)
            .field("throttle", &self.throttle)
            .field("rate_limiter", &self.rate_limiter)
            .field("interceptors", &self.interceptors)
            .finish_non_exhaustive()
    }
}
