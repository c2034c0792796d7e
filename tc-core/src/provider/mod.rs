//! Where credentials come from.

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
use crate::transport::BoxFuture;

/// Where a client's credential comes from.
///
/// A [`Credential`] is one itself. One of your own, say over a vault:
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
/// A client keeps what it gives in a [`CredentialCache`].
pub trait ProvideCredential: fmt::Debug + Send + Sync + 'static {
    /// The credential to sign with now.
    ///
    /// # Errors
    /// [`absent`](ProviderError::absent) where this place has none, so that a chain asks the next one;
    /// [`failed`](ProviderError::failed) where it has one that cannot be used.
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>>;

    /// Called where the cloud refused this credential: what keeps it fetches anew the next time.
    fn refused(&self, _credential: &Credential) {}

    /// Called by the client that is built with this provider, with its network options.
    ///
    /// A provider that asks a service of the cloud sends through [`Network::transport`], so that the proxy, the trusted
    /// roots and the timeouts of the client hold for it too. A provider over others passes it on. A provider of
    /// several clients uses the network of the first.
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

/// The temporary pair that a service hands out, good until `expiry`; `by` is what it came by, where a part is missing.
fn temporary(
    place: &str,
    by: &str,
    pair: &mut serde_json::Map<String, Value>,
    expiry: Option<i64>,
) -> Result<Credential, ProviderError> {
    let left_out = |name: &str| ProviderError::failed(place, format!("cannot be read: {by} left out `{name}`"));
    let mut part = |name: &str| match pair.remove(name) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text),
        _ => Err(left_out(name)),
    };
    let (id, key, token) = (part("TmpSecretId")?, part("TmpSecretKey")?, part("Token")?);
    let expiry = expiry.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let expiry = expiry.ok_or_else(|| left_out("ExpiredTime"))?;
    checked(&format!("{place}:"), Credential::of(id, key, Some(token), Some(expiry)))
}

/// A credential that could be one, or the reason why `place` holds none.
fn checked(place: &str, credential: Credential) -> Result<Credential, ProviderError> {
    match credential.check() {
        Ok(()) => Ok(credential),
        Err(error) => Err(ProviderError::failed(place, error.to_string())),
    }
}

/// The JSON that somebody answered. By `from_str` like everything else that is read: `from_slice` would be the parser a
/// second time in every program.
fn json(body: &[u8]) -> Option<Value> {
    serde_json::from_str(std::str::from_utf8(body).ok()?).ok()
}
