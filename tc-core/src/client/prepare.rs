//! The part of a call that is the same in all attempts: checked, and encoded.

use std::time::Duration;

use super::interceptor::Attempt;
use super::options::CallOptions;
use super::settings::Settings;
use super::token::WithToken;
use crate::call::Sealed;
use crate::credential::Credential;
use crate::endpoint::EndpointError;
use crate::error::Error;
use crate::meter::Labels;
use crate::request::{RequestHead, Target, UnsignedRequest};
use crate::retry::RetryPolicy;
use crate::throttle::Throttle;

/// A call that needs only a credential and a time to be sent.
pub(super) struct Prepared {
    pub(super) request: UnsignedRequest,
    pub(super) credential: Option<Credential>,
    pub(super) timeout: Duration,
    pub(super) attempt_timeout: Duration,
    pub(super) retry: RetryPolicy,
    /// Whether it may be sent again after it may have reached the server.
    pub(super) repeatable: bool,
    pub(super) throttle: Throttle,
}

impl Prepared {
    pub(super) fn target(&self) -> &Target {
        self.request.target()
    }

    /// The labels of its metrics.
    pub(super) fn labels(&self) -> Labels<'_> {
        let Target { service, action, .. } = self.target();
        Labels { service, action }
    }

    /// The description of an attempt for interceptors.
    pub(super) fn attempt(&self, number: u32) -> Attempt<'_> {
        let Target { service, version, action, .. } = self.target();
        Attempt { service, version, action, region: self.request.region(), number }
    }
}

/// Checks and encodes `call`. One function for all actions, because it does not depend on their types.
///
/// Boxed, because it is moved several times.
pub(super) fn prepare(settings: &Settings, call: &dyn Sealed, options: &CallOptions) -> Result<Box<Prepared>, Error> {
    if !options.unchecked {
        call.check()?;
    }
    if let Some(credential) = &options.credential {
        credential.check()?;
    }
    let mut target = call.target();
    target.unsigned_payload |= options.unsigned_payload || settings.unsigned_payload;
    let params = WithToken::new(call.parameters(), &settings.tokens);
    let repeatable = target.idempotent || params.has_token();
    let region = options.region.as_ref().or(settings.region.as_ref());
    let endpoint = own(options.endpoint.as_ref())?.unwrap_or(&settings.endpoint);
    let head = RequestHead {
        origin: endpoint.origin(&target.service, region)?,
        connect_to: own(options.connect_to.as_ref())?.or(settings.connect_to.as_ref()).cloned(),
        region: region.cloned(),
        language: options.language.or(settings.language),
        method: options.method.or(target.method).unwrap_or(settings.method),
        signature: options.signature.or(target.signature).unwrap_or(settings.signature),
        target,
    };
    let (timeout, attempt_timeout) =
        timeouts(options.timeout, options.attempt_timeout, (settings.timeout, settings.attempt_timeout));
    Ok(Box::new(Prepared {
        request: UnsignedRequest::new(head, params.params(), || fastrand::u128(..))?,
        credential: options.credential.clone(),
        timeout,
        attempt_timeout,
        retry: options.retry.clone().unwrap_or_else(|| settings.retry.clone()),
        repeatable,
        throttle: options.throttle.unwrap_or(settings.throttle),
    }))
}

/// The call's own value, if it is set. An invalid one is an error only now, when the call is sent.
fn own<T>(given: Option<&Result<T, EndpointError>>) -> Result<Option<&T>, Error> {
    match given {
        None => Ok(None),
        Some(Ok(given)) => Ok(Some(given)),
        Some(Err(error)) => Err(error.clone().into()),
    }
}

/// The timeouts of a whole call and of an attempt. If only that of the call is given, an attempt may take as long; if only that
/// of an attempt is given, the call may take at least as long.
pub(super) fn timeouts(
    call: Option<Duration>,
    attempt: Option<Duration>,
    default: (Duration, Duration),
) -> (Duration, Duration) {
    match (call, attempt) {
        (None, None) => default,
        (Some(call), attempt) => (call, attempt.unwrap_or(call)),
        (None, Some(attempt)) => (default.0.max(attempt), attempt),
    }
}
