//! The text of the header `Authorization`.

use std::fmt;

use super::{CanonicalRequest, Scope, Signature};

/// The last step of TC3. Its Display is the header's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization(String);

impl Authorization {
    /// Who signed, for what, over which headers, and the signature.
    pub fn new(secret_id: &str, scope: &Scope, canonical: &CanonicalRequest, signature: &Signature) -> Self {
        let headers = canonical.signed_headers();
        Self(format!("TC3-HMAC-SHA256 Credential={secret_id}/{scope}, SignedHeaders={headers}, Signature={signature}"))
    }

    /// Of a request that the cloud takes without a signature.
    pub fn skip() -> Self {
        Self("SKIP".into())
    }

    /// The header's value.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
