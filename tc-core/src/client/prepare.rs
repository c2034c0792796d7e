//! From a call to what is the same in every attempt: target, payload, region, form.

use std::time::Duration;

use super::builder::Settings;
use super::options::CallOptions;
use crate::call::{Call, Target};
use crate::credential::Credential;
use crate::error::{Error, ErrorKind};
use crate::region::Region;
use crate::request::{Language, Payload};
use crate::signing::{Method, SignatureMethod};

/// A call that only needs a credential and a time to be sent.
pub(super) struct Prepared {
    pub(super) target: Target,
    pub(super) payload: Payload,
    pub(super) region: Option<Region>,
    pub(super) method: Method,
    pub(super) signature: SignatureMethod,
    pub(super) language: Option<Language>,
    pub(super) credential: Option<Credential>,
    pub(super) timeout: Duration,
    pub(super) unsigned_payload: bool,
}

/// Checks and encodes `call`.
pub(super) fn prepare<C: Call>(settings: &Settings, call: &C, options: &CallOptions) -> Result<Prepared, Error> {
    if !options.unchecked {
        call.judge().map_err(|violations| Error::new(ErrorKind::Invalid(violations)))?;
    }
    let target = call.target();
    let method = options.method.unwrap_or(settings.method);
    let signature = options.signature.unwrap_or(settings.signature);
    let payload = Payload::of(call.parameters(), target.body, method, signature)?;
    Ok(Prepared {
        payload,
        region: options.region.clone().or_else(|| settings.region.clone()),
        method,
        signature,
        language: options.language.or(settings.language),
        credential: options.credential.clone(),
        timeout: options.timeout.unwrap_or(settings.timeout),
        unsigned_payload: options.unsigned_payload || target.unsigned_payload || settings.unsigned_payload,
        target,
    })
}
