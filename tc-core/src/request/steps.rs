//! The steps of a signature, for debugging.

use std::fmt;

use crate::signing::{Authorization, CanonicalRequest, Signature, StringToSign};

/// The steps of a signature. Each is a value that displays as the official documentation writes it.
///
/// They do not contain the SecretKey, and a session token is shown as `…`. The signature itself is valid for five minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    pub(super) canonical_request: Option<CanonicalRequest>,
    pub(super) string_to_sign: Option<StringToSign>,
    pub(super) signature: Option<Signature>,
    pub(super) authorization: Option<Authorization>,
}

impl Steps {
    /// The canonical request. `None` with signature v1, and for an action that is not signed.
    pub fn canonical_request(&self) -> Option<&CanonicalRequest> {
        self.canonical_request.as_ref()
    }

    /// The text that is signed. `None` for an action that is not signed.
    pub fn string_to_sign(&self) -> Option<&StringToSign> {
        self.string_to_sign.as_ref()
    }

    /// The signature. `None` for an action that is not signed.
    pub fn signature(&self) -> Option<&Signature> {
        self.signature.as_ref()
    }

    /// The header `Authorization`. `None` with signature v1, where the signature is a parameter.
    pub fn authorization(&self) -> Option<&Authorization> {
        self.authorization.as_ref()
    }
}

impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut step = |name: &str, text: Option<&dyn fmt::Display>| match text {
            None => Ok(()),
            Some(text) => {
                writeln!(f, "{name}")?;
                text.to_string().split('\n').try_for_each(|line| writeln!(f, "{}", format!("  {line}").trim_end()))
            }
        };
        step("CanonicalRequest", self.canonical_request.as_ref().map(|step| step as _))?;
        step("StringToSign", self.string_to_sign.as_ref().map(|step| step as _))?;
        step("Signature", self.signature.as_ref().map(|step| step as _))?;
        step("Authorization", self.authorization.as_ref().map(|step| step as _))
    }
}
