//! The key that signs, and the signature.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::sha256::{Digest, hex, hmac, hmac_of, key_state};
use super::{Scope, StringToSign};
use crate::credential::{Credential, KeyState};
use crate::timestamp::Date;

/// The key of a day and a service, derived from the SecretKey. Overwritten when dropped, never shown.
pub struct SigningKey(KeyState);

impl SigningKey {
    /// The key for `scope`. The credential remembers it: only the first call of a day and service derives it.
    pub fn of(credential: &Credential, scope: &Scope) -> Self {
        Self::on(credential, scope.date(), scope.service())
    }

    pub(super) fn on(credential: &Credential, date: Date, service: &str) -> Self {
        Self(credential.derived(date.day(), service, || derive(credential.secret_key(), date, service)))
    }

    /// The signature of `string`.
    pub fn sign(&self, string: &StringToSign) -> Signature {
        Signature::hex(&hmac(&self.0, string.exact().as_bytes()))
    }

    /// Signs `text` and leaves nothing of use in it.
    pub(super) fn spend(&self, text: &mut Vec<u8>) -> Digest {
        hmac_of(&self.0, text)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

fn derive(secret_key: &str, date: Date, service: &str) -> KeyState {
    let secret = Zeroizing::new(format!("TC3{secret_key}"));
    let date = keyed(secret.as_bytes(), &date.text());
    let service = keyed(&*date, service.as_bytes());
    key_state(&keyed(&*service, b"tc3_request"))
}

fn keyed(key: &[u8], text: &[u8]) -> Zeroizing<Digest> {
    Zeroizing::new(mac::<Hmac<Sha256>>(key, text).into())
}

/// The MAC of `text`. HMAC takes keys of every length.
pub(super) fn mac<M: Mac + KeyInit>(key: &[u8], text: &[u8]) -> hmac::digest::Output<M> {
    let mut mac = <M as KeyInit>::new_from_slice(key).unwrap_or_else(|_| M::new(&hmac::digest::Key::<M>::default()));
    mac.update(text);
    mac.finalize().into_bytes()
}

/// The signature: lower-case hex in TC3, base64 in v1, as Display shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature(String);

impl Signature {
    pub(super) fn hex(digest: &Digest) -> Self {
        Self(String::from_utf8_lossy(&hex(digest)).into_owned())
    }

    pub(super) fn base64(digest: &[u8]) -> Self {
        use base64::Engine;
        Self(base64::engine::general_purpose::STANDARD.encode(digest))
    }

    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
