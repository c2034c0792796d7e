//! Providers of credentials.

mod cache;
mod chain;
mod cvm_role;
mod environment;
mod error;
mod host_environment;
mod http_source;
mod ini;
mod network;
mod profile;
mod role;
mod sts;
mod tccli;
mod tke_oidc;

use std::fmt;
use std::sync::Arc;

use chrono::DateTime;
use serde_json::Value;

pub use cache::CredentialCache;
pub use chain::Chain;
pub use cvm_role::CvmRole;
pub use environment::Environment;
pub use error::ProviderError;
pub use host_environment::HostEnvironment;
pub use network::Network;
pub use profile::Profile;
pub use tccli::TccliProfile;
pub use tke_oidc::TkeOidc;

use crate::credential::Credential;
use crate::response::read_leniently;
use crate::transport::BoxFuture;

/// Provides the credential of a client.
///
/// A [`Credential`] implements it for itself. A provider for a vault, for example:
///
/// ```
/// use tc_core::Credential;
/// use tc_core::provider::{ProvideCredential, ProviderError};
/// use tc_core::transport::BoxFuture;
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl ProvideCredential for Vault {
///     fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
///         Box::pin(async { Err(ProviderError::absent("vault", "is sealed")) })
///     }
/// }
/// ```
///
/// A client puts its provider into a [`CredentialCache`].
pub trait ProvideCredential: fmt::Debug + Send + Sync + 'static {
    /// Returns the credential to sign with.
    ///
    /// # Errors
    /// [`absent`](ProviderError::absent) if this provider has no credential, so that a chain tries the next provider;
    /// [`failed`](ProviderError::failed) if it has a credential that cannot be used.
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>>;

    /// Called when the cloud has refused this credential. A cache must fetch a new one the next time.
    fn refused(&self, _credential: &Credential) {}

    /// Called when a client is built with this provider, with the network options of the client.
    ///
    /// A provider that calls a service of the cloud sends through [`Network::transport`], so that the proxy, the trusted roots and
    /// the timeouts of the client also apply to it. A provider that wraps other providers must pass the call on. A provider that is
    /// shared by several clients uses the network of the first.
    fn network(&self, _network: &Network) {}
}

impl ProvideCredential for Credential {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(std::future::ready(checked("the given credential", self.clone())))
    }
}

impl<P: ProvideCredential + ?Sized> ProvideCredential for Arc<P> {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        (**self).credential()
    }

    fn refused(&self, credential: &Credential) {
        (**self).refused(credential);
    }

    fn network(&self, network: &Network) {
        (**self).network(network);
    }
}

impl<P: ProvideCredential + ?Sized> ProvideCredential for Box<P> {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        (**self).credential()
    }

    fn refused(&self, credential: &Credential) {
        (**self).refused(credential);
    }

    fn network(&self, network: &Network) {
        (**self).network(network);
    }
}

/// Reads a temporary credential from the response of a service. `by` names the response in errors about missing members.
fn temporary(
    place: &str,
    by: &str,
    pair: &mut serde_json::Map<String, Value>,
    expiry: Option<i64>,
) -> Result<Credential, ProviderError> {
    let missing = |name: &str| ProviderError::failed(place, format!("cannot be read: {by} has no `{name}`"));
    let mut part = |name: &str| match pair.remove(name) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text),
        _ => Err(missing(name)),
    };
    let (id, key, token) = (part("TmpSecretId")?, part("TmpSecretKey")?, part("Token")?);
    let expiry = expiry.filter(|seconds| *seconds > 0).and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let expiry = expiry.ok_or_else(|| missing("ExpiredTime"))?;
    checked(&format!("{place}:"), Credential::of(id, key, Some(token), Some(expiry)))
}

/// Reads a whole number of seconds, which may be written as text or with a fraction of zeros.
fn seconds(value: &Value) -> Option<i64> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        value => value.to_string(),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    whole.parse().ok().filter(|_| fraction.bytes().all(|digit| digit == b'0'))
}

/// Returns the credential if it is valid.
fn checked(place: &str, credential: Credential) -> Result<Credential, ProviderError> {
    match credential.check() {
        Ok(()) => Ok(credential),
        Err(error) => Err(ProviderError::failed(place, error.to_string())),
    }
}

/// Parses a body as JSON. Invalid parts of a text are replaced, as in the responses of actions.
fn json(body: &[u8]) -> Option<Value> {
    // Uses `from_str` as all other code does: `from_slice` would compile the parser a second time.
    let strict = std::str::from_utf8(body).ok().and_then(|text| serde_json::from_str(text).ok());
    strict.or_else(|| read_leniently(body))
}
