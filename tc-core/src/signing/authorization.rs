//! The text of the header `Authorization`.

use std::fmt;

use super::step::{Step, push};
use super::string_to_sign::ScopeParts;
use super::{CanonicalRequest, Scope, Signature};

/// The last step of TC3. Its Display is the value of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization(String);

impl Authorization {
    /// Creates the header from the SecretId, the scope, the names of the signed headers, and the signature.
    pub fn new(secret_id: &str, scope: &Scope, canonical: &CanonicalRequest, signature: &Signature) -> Self {
        let (scope, names, signature) = (scope.parts(), canonical.names(), signature.as_str().as_bytes());
        Self(AuthorizationParts { secret_id, scope, names: &names, signature }.to_text())
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
pub(super) struct AuthorizationParts<'a> {
    pub(super) secret_id: &'a str,
    pub(super) scope: ScopeParts<'a>,
    /// The names of the signed headers: `content-type;host`.
    pub(super) names: &'a str,
    pub(super) signature: &'a [u8],
}

impl Step for AuthorizationParts<'_> {
    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        push(out, [b"TC3-HMAC-SHA256 Credential=", self.secret_id.as_bytes(), b"/"]);
        self.scope.write(out);
        push(out, [b", SignedHeaders=", self.names.as_bytes(), b", Signature=", self.signature]);
    }
}
