//! The signing key and the signature.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::sha256::{Digest, hex, hmac_of, key_state};
use super::string_to_sign::ScopeParts;
use super::{Scope, StringToSign};
use crate::credential::{Credential, KeyState};

/// The key of a day and a service, derived from the SecretKey. It is overwritten when dropped, and its Debug does not show it.
pub struct SigningKey(Arc<KeyState>);

impl SigningKey {
    /// Returns the key for `scope`. The credential caches it, so only the first call of a day and service derives it.
    pub fn of(credential: &Credential, scope: &Scope) -> Self {
        Self::of_parts(credential, scope.parts())
    }

    pub(super) fn of_parts(credential: &Credential, scope: ScopeParts<'_>) -> Self {
        let Ok(key) = credential.signing_keys().get(
            |(date, service)| *date == scope.date && service == scope.service,
            || Ok::<_, Infallible>(((scope.date, scope.service.to_owned()), derive(credential.secret_key(), scope))),
        );
        Self(key)
    }

    /// Signs `string`.
    pub fn sign(&self, string: &StringToSign) -> Signature {
        // With room for the padding, so that the text does not grow.
        let mut text = Zeroizing::new(Vec::with_capacity(string.exact().len() + 128));
        text.extend_from_slice(string.exact().as_bytes());
        Signature(String::from_utf8_lossy(&self.mac(&mut text)).into_owned())
    }

    /// The signature of the text in `buffer`, in hex. Appends the padding to it.
    pub(super) fn mac(&self, buffer: &mut Vec<u8>) -> [u8; 64] {
        hex(&hmac_of(&self.0, buffer))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

fn derive(secret_key: &str, scope: ScopeParts<'_>) -> Arc<KeyState> {
    let secret = Zeroizing::new(format!("TC3{secret_key}"));
    let date = keyed(secret.as_bytes(), &scope.date.text());
    let service = keyed(&*date, scope.service.as_bytes());
    Arc::new(key_state(&keyed(&*service, b"tc3_request")))
}

fn keyed(key: &[u8], text: &[u8]) -> Zeroizing<Digest> {
    Zeroizing::new(mac::<Hmac<Sha256>>(key, text).into())
}

/// The MAC of `text`. HMAC accepts keys of every length.
pub(super) fn mac<M: Mac + KeyInit>(key: &[u8], text: &[u8]) -> hmac::digest::Output<M> {
    let mut mac = <M as KeyInit>::new_from_slice(key).unwrap_or_else(|_| M::new(&hmac::digest::Key::<M>::default()));
    mac.update(text);
    mac.finalize().into_bytes()
}

/// The signature. Its Display is lower-case hex in TC3, and base64 in signature v1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature(String);

impl Signature {
    pub(super) fn base64(digest: &[u8]) -> Self {
        use base64::Engine;
        Self(base64::engine::general_purpose::STANDARD.encode(digest))
    }

    /// The signature as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
