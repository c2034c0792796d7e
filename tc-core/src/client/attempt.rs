//! One core for every action: bytes out, bytes in, decoded by a function that knows the type.

use std::sync::Arc;

use tokio::time::timeout;

use super::builder::Settings;
use super::prepare::Prepared;
use super::sending::Decoded;
use crate::credential::Credential;
use crate::error::Error;
use crate::provider::ProvideCredential;
use crate::request::Steps;
use crate::response::{Answer, Response};
use crate::timestamp::Timestamp;
use crate::transport::{TransportError, collect};

/// Decodes status and body into a boxed `Response` that took so many attempts.
pub(super) type Decode = fn(status: u16, body: &[u8], attempts: u32) -> Result<Decoded, Error>;

/// The decoder of answers of type `T`.
pub(super) fn decoder<T: Answer + Send + 'static>() -> Decode {
    |status, body, attempts| Ok(Box::new(Response::<T>::decode(status, body)?.with_attempts(attempts)))
}

/// Sends a prepared call and decodes what comes back.
pub(super) async fn run(
    settings: Arc<Settings>,
    prepared: Result<Prepared, Error>,
    decode: Decode,
) -> Result<Decoded, Error> {
    let prepared = prepared?;
    let whole = attempt(&settings, &prepared, decode);
    match timeout(prepared.timeout, whole).await {
        Ok(result) => result,
        Err(_) => Err(TransportError::timeout("the call", prepared.timeout).into()),
    }
    .map_err(|error| error.documented(prepared.errors))
}

async fn attempt(settings: &Settings, prepared: &Prepared, decode: Decode) -> Result<Decoded, Error> {
    let credential = credential(settings, prepared).await?;
    let request = prepared.draft.sign(credential.as_ref(), settings.clock.now(), nonce())?;
    let exchange = async { collect(settings.transport.send(request).await?, settings.limits).await };
    let response = match timeout(settings.attempt_timeout, exchange).await {
        Ok(response) => response?,
        Err(_) => return Err(TransportError::timeout("the attempt", settings.attempt_timeout).into()),
    };
    decode(response.status().as_u16(), response.body(), 1).map_err(|error| error.with_attempts(1))
}

/// The steps of a signature, without any I/O.
pub(super) fn steps(settings: &Settings, prepared: &Prepared, at: Timestamp) -> Result<Steps, Error> {
    if fixed(settings, prepared).is_none() && !prepared.skip_sign {
        return Err(Error::configuration(
            "nothing can be signed without I/O before the credential is known: give the client one with credential(..)",
        ));
    }
    Ok(prepared.draft.steps(fixed(settings, prepared).as_ref(), at, nonce())?)
}

async fn credential(settings: &Settings, prepared: &Prepared) -> Result<Option<Credential>, Error> {
    match (fixed(settings, prepared), &settings.provider) {
        _ if prepared.skip_sign => Ok(None),
        (None, Some(provider)) => Ok(Some(provider.credential().await?)),
        (fixed, _) => Ok(fixed),
    }
}

fn fixed(settings: &Settings, prepared: &Prepared) -> Option<Credential> {
    prepared.credential.as_ref().or(settings.credential.as_ref()).cloned()
}

fn nonce() -> u64 {
    // What every official client accepts as a nonce fits an i32.
    u64::from(fastrand::u32(1..=i32::MAX.unsigned_abs()))
}
