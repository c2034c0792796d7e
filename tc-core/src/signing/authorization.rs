//! The text of the header `Authorization`.

use std::fmt;

use super::canonical_request::write_names;
use super::sink::{Sink, Step};
use super::string_to_sign::ScopeParts;
use super::{CanonicalRequest, Scope, Signature};

/// The last step of TC3. Its Display is the value of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization(String);

impl Authorization {
    /// Creates the header from the SecretId, the scope, the names of the signed headers, and the signature.
    pub fn new(secret_id: &str, scope: &Scope, canonical: &CanonicalRequest, signature: &Signature) -> Self {
        let (scope, headers, signature) = (scope.parts(), canonical.headers(), signature.as_str());
        Self(AuthorizationParts { secret_id, scope, headers, signature }.to_text())
    }

    /// Creates the header of a request that is sent without a signature: `SKIP`.
    pub fn skip() -> Self {
        Self("SKIP".into())
    }

    /// The value of the header.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The parts of an [`Authorization`], borrowed.
pub(super) struct AuthorizationParts<'a, T> {
    pub(super) secret_id: &'a str,
    pub(super) scope: ScopeParts<'a>,
    pub(super) headers: &'a [(T, T)],
    pub(super) signature: &'a str,
}

impl<T: AsRef<str>> Step for AuthorizationParts<'_, T> {
    fn write(&self, sink: &mut impl Sink) -> fmt::Result {
        sink.put("TC3-HMAC-SHA256 Credential=")?;
        sink.put(self.secret_id)?;
        sink.put("/")?;
        self.scope.write(sink)?;
        sink.put(", SignedHeaders=")?;
        write_names(self.headers, sink)?;
        sink.put(", Signature=")?;
        sink.put(self.signature)
    }
}
