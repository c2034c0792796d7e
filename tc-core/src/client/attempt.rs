//! One attempt: credential, turn, signature, exchange, decoding.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderValue;
use http::header::{ACCEPT_ENCODING, HeaderMap, RETRY_AFTER};
use tokio::time::{Instant, timeout_at};

use super::events::is_event_stream;
use super::gate::Gate;
use super::interceptor::Attempt;
use super::prepare::Prepared;
use super::sending::{Decode, Decoded};
use super::settings::Settings;
use super::{skew, trace};
use crate::credential::Credential;
use crate::error::Error;
use crate::provider::ProvideCredential;
use crate::request::Steps;
use crate::throttle::Throttle;
use crate::timestamp::{Clock, Timestamp};
use crate::transport::{TransportError, collect};

/// Why an attempt failed, and what its failure teaches.
pub(super) struct Failed {
    pub(super) error: Error,
    /// The time that was signed, and the server's where it said.
    pub(super) times: Option<(Timestamp, Timestamp)>,
    /// How long the server asks to be left alone.
    pub(super) retry_after: Option<Duration>,
    /// What the attempt was signed with, where a provider gave it.
    pub(super) provided: Option<Credential>,
    /// Where it waited for its turn.
    pub(super) gate: Option<Arc<Gate>>,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, times: None, retry_after: None, provided: None, gate: None }
    }
}

/// Makes one attempt; `sent` counts those that went to the transport.
pub(super) async fn attempt(
    settings: &Settings,
    prepared: &Prepared,
    decode: Decode,
    this: &Attempt<'_>,
    sent: &mut u32,
    deadline: Instant,
) -> Result<Decoded, Failed> {
    let (credential, provided) = credential(settings, prepared, deadline).await?;
    let gate = match (prepared.rate, &credential) {
        (Some(rate), Some(credential)) if prepared.throttle != Throttle::Off => {
            let of = [credential.secret_id(), &prepared.service, &prepared.action, prepared.region()];
            Some(settings.gates.gate(of, rate))
        }
        _ => None,
    };
    if let Some(gate) = &gate {
        gate.pass(prepared.throttle, &prepared.action, deadline).await?;
    }
    let failed =
        |error: Error| Failed { error, times: None, retry_after: None, provided: provided.clone(), gate: gate.clone() };

    let mut extra = HeaderMap::new();
    settings.interceptors.iter().for_each(|interceptor| interceptor.before_signing(this, &mut extra));
    let at = settings.clock.now();
    let signed = prepared.draft.sign(credential.as_ref(), at, nonce());
    let mut request = signed.map_err(|error| failed(error.into()))?;
    for (name, value) in &extra {
        request.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    // A compressor on the way would hold events back until it has enough of them.
    let encoding = HeaderValue::from_static(if prepared.open.is_some() { "identity" } else { "gzip" });
    request.headers_mut().insert(ACCEPT_ENCODING, encoding);
    settings.interceptors.iter().for_each(|interceptor| interceptor.after_signing(this, &mut request));

    *sent += 1;
    trace::sent(&request);
    let started = Instant::now();
    let (what, limit, until) = match started + settings.attempt_timeout {
        until if until < deadline => ("the attempt", settings.attempt_timeout, until),
        _ => ("the call", prepared.timeout, deadline),
    };
    let exchange = async {
        let response = settings.transport.send(request).await?;
        if let Some(open) = prepared.open
            && is_event_stream(&response)
        {
            return open(response, settings.limits, settings.attempt_timeout).map(Ok);
        }
        collect(response, settings.limits).await.map(Err)
    };
    let response = match timeout_at(until, exchange).await {
        Ok(Ok(Ok(streaming))) => return Ok(streaming),
        Ok(Ok(Err(response))) => response,
        Ok(Err(error)) => return Err(failed(error.into())),
        Err(_) => return Err(failed(TransportError::timeout(what, limit).into())),
    };
    trace::answered(&response, started);
    settings.interceptors.iter().for_each(|interceptor| interceptor.after_response(this, &response));
    decode(response.status().as_u16(), response.body(), *sent).map_err(|error| Failed {
        times: skew::date(response.headers()).map(|date| (at, date)),
        retry_after: retry_after(response.headers()),
        ..failed(error)
    })
}

/// The steps of a signature, without any I/O.
pub(super) fn steps(settings: &Settings, prepared: &Prepared, at: Timestamp) -> Result<Steps, Error> {
    let fixed = prepared.credential.as_ref().or(settings.credential.as_ref());
    if fixed.is_none() && !prepared.skip_sign {
        return Err(Error::configuration(
            "nothing can be signed without I/O before the credential is known: give the client one with credential(..)",
        ));
    }
    Ok(prepared.draft.steps(fixed, at, nonce())?)
}

/// The signed request, without any I/O.
pub(super) fn request(settings: &Settings, prepared: &Prepared, at: Timestamp) -> Result<http::Request<Bytes>, Error> {
    let fixed = prepared.credential.as_ref().or(settings.credential.as_ref());
    Ok(prepared.draft.sign(fixed, at, nonce())?)
}

/// What to sign with; and the same again where a provider gave it.
async fn credential(
    settings: &Settings,
    prepared: &Prepared,
    deadline: Instant,
) -> Result<(Option<Credential>, Option<Credential>), Error> {
    if prepared.skip_sign {
        return Ok((None, None));
    }
    if let Some(fixed) = prepared.credential.as_ref().or(settings.credential.as_ref()) {
        return Ok((Some(fixed.clone()), None));
    }
    let Some(provider) = &settings.provider else { return Ok((None, None)) };
    match timeout_at(deadline, provider.credential()).await {
        Ok(found) => found.map(|found| (Some(found.clone()), Some(found))).map_err(Into::into),
        Err(_) => Err(TransportError::timeout("finding a credential", prepared.timeout).unsent().into()),
    }
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

fn nonce() -> u64 {
    // What every official client accepts as a nonce fits an i32.
    u64::from(fastrand::u32(1..=i32::MAX.unsigned_abs()))
}
