//! From a call to what is the same in every attempt: checked, encoded, addressed.

use std::time::Duration;

use super::events::Open;
use super::interceptor::Attempt;
use super::options::CallOptions;
use super::settings::Settings;
use super::token::Token;
use crate::call::{Call, Target};
use crate::credential::Credential;
use crate::endpoint::EndpointError;
use crate::error::Error;
use crate::meter::Of;
use crate::payload::Params;
use crate::request::{Draft, Options, Payload};
use crate::retry::RetryPolicy;
use crate::spec::ErrorSpec;
use crate::throttle::Throttle;

/// A call that only needs a credential and a time to be sent.
pub(super) struct Prepared {
    pub(super) draft: Draft,
    pub(super) credential: Option<Credential>,
    pub(super) timeout: Duration,
    pub(super) attempt_timeout: Duration,
    pub(super) retry: RetryPolicy,
    /// Whether it may be sent twice.
    pub(super) repeatable: bool,
    pub(super) throttle: Throttle,
    pub(super) rate: Option<u32>,
    pub(super) errors: &'static [ErrorSpec],
    /// What opens its answer as a stream of events, where it is wanted as one.
    pub(super) open: Option<Open>,
}

impl Prepared {
    /// What its numbers belong to.
    pub(super) fn of(&self) -> Of<'_> {
        Of { service: self.draft.service(), action: self.draft.action() }
    }

    /// What interceptors are told of an attempt.
    pub(super) fn attempt(&self, number: u32) -> Attempt<'_> {
        let draft = &self.draft;
        let (service, version, action) = (draft.service(), draft.version(), draft.action());
        Attempt { service, version, action, region: draft.region(), number }
    }
}

/// Checks and encodes `call`. What need not know its type is in one function for all actions.
///
/// Boxed, for it passes through many hands.
pub(super) fn prepare<C: Call>(settings: &Settings, call: &C, options: &CallOptions) -> Result<Box<Prepared>, Error> {
    if !options.unchecked {
        call.judge()?;
    }
    encode(settings, call.target(), call.parameters(), options)
}

fn encode(
    settings: &Settings,
    target: Target,
    parameters: Params<'_>,
    options: &CallOptions,
) -> Result<Box<Prepared>, Error> {
    if let Some(credential) = &options.credential {
        credential.check()?;
    }
    let method = options.method.or(target.method).unwrap_or(settings.method);
    let signature = options.signature.or(target.signature).unwrap_or(settings.signature);
    let boundary = fastrand::u128(..);
    let token = Token::of(parameters, &settings.tokens);
    let payload = token.put(parameters, |parameters| {
        Payload::of(parameters, target.body, method, signature, &target.service, boundary)
    })?;
    let request = Options {
        service: target.service,
        version: target.version,
        action: target.name,
        endpoint: chosen(options.endpoint.as_ref())?.unwrap_or(&settings.endpoint),
        connect_to: chosen(options.connect_to.as_ref())?.or(settings.connect_to.as_ref()),
        region: options.region.as_ref().or(settings.region.as_ref()),
        language: options.language.or(settings.language),
        method,
        signature,
        unsigned_payload: options.unsigned_payload || target.unsigned_payload || settings.unsigned_payload,
        skip_sign: target.skip_sign,
    };
    let (timeout, attempt_timeout) =
        timeouts(options.timeout, options.attempt_timeout, (settings.timeout, settings.attempt_timeout));
    Ok(Box::new(Prepared {
        draft: Draft::new(request, payload)?,
        credential: options.credential.clone(),
        timeout,
        attempt_timeout,
        retry: options.retry.clone().unwrap_or_else(|| settings.retry.clone()),
        repeatable: target.idempotent || token.is_some(),
        throttle: options.throttle.unwrap_or(settings.throttle),
        rate: target.rate,
        errors: target.errors,
        open: None,
    }))
}

/// What the call has of its own, unless it cannot be read.
fn chosen<T>(given: Option<&Result<T, EndpointError>>) -> Result<Option<&T>, Error> {
    match given {
        None => Ok(None),
        Some(Ok(given)) => Ok(Some(given)),
        Some(Err(error)) => Err(error.clone().into()),
    }
}

/// The times for a whole call and for an attempt, where one or both of them are given. An attempt may take as long as a call
/// whose time alone is given, and a call at least as long as an attempt whose time alone is.
pub(super) fn timeouts(
    whole: Option<Duration>,
    attempt: Option<Duration>,
    usual: (Duration, Duration),
) -> (Duration, Duration) {
    match (whole, attempt) {
        (None, None) => usual,
        (Some(whole), attempt) => (whole, attempt.unwrap_or(whole)),
        (None, Some(attempt)) => (usual.0.max(attempt), attempt),
    }
}
