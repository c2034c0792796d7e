//! From a call to what is the same in every attempt: checked, encoded, addressed.

use std::time::Duration;

use super::builder::Settings;
use super::options::CallOptions;
use crate::call::Call;
use crate::credential::Credential;
use crate::error::Error;
use crate::facts::ErrorSpec;
use crate::request::{Draft, Options, Payload};

/// A call that only needs a credential and a time to be sent.
pub(super) struct Prepared {
    pub(super) draft: Draft,
    pub(super) skip_sign: bool,
    pub(super) credential: Option<Credential>,
    pub(super) timeout: Duration,
    pub(super) errors: &'static [ErrorSpec],
}

/// Checks and encodes `call`.
pub(super) fn prepare<C: Call>(settings: &Settings, call: &C, options: &CallOptions) -> Result<Prepared, Error> {
    if !options.unchecked {
        call.judge()?;
    }
    let target = call.target();
    let method = options.method.unwrap_or(settings.method);
    let signature = options.signature.unwrap_or(settings.signature);
    let boundary = fastrand::u128(..);
    let payload = Payload::of(call.parameters(), target.body, method, signature, &target.service, boundary)?;
    let request = Options {
        service: target.service,
        version: target.version,
        action: target.name,
        endpoint: &settings.endpoint,
        region: options.region.as_ref().or(settings.region.as_ref()),
        language: options.language.or(settings.language),
        method,
        signature,
        unsigned_payload: options.unsigned_payload || target.unsigned_payload || settings.unsigned_payload,
        skip_sign: target.skip_sign,
    };
    Ok(Prepared {
        draft: Draft::new(request, payload)?,
        skip_sign: target.skip_sign,
        credential: options.credential.clone(),
        timeout: options.timeout.unwrap_or(settings.timeout),
        errors: target.errors,
    })
}
