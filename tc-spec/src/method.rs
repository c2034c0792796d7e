//! The HTTP method and the method of the signature: both are part of what is signed.

use std::fmt;

/// How a request travels. The path is always `/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Method {
    /// Parameters in the query, 32 KB at most.
    Get,
    /// Parameters in the body, 10 MB at most, 1 MB with signature v1.
    #[default]
    Post,
}

impl Method {
    /// As it stands in a request line: `GET`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How a request is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SignatureMethod {
    /// TC3-HMAC-SHA256, the current one: in the header `Authorization`, over headers and body.
    #[default]
    Tc3,
    /// Signature v1 with HMAC-SHA1: a parameter among the parameters.
    HmacSha1,
    /// Signature v1 with HMAC-SHA256: a parameter among the parameters.
    HmacSha256,
}

impl SignatureMethod {
    /// As the wire spells it: `TC3-HMAC-SHA256`, `HmacSHA1`, `HmacSHA256`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tc3 => "TC3-HMAC-SHA256",
            Self::HmacSha1 => "HmacSHA1",
            Self::HmacSha256 => "HmacSHA256",
        }
    }

    /// Whether it is signature v1, whose signature is one of the parameters.
    pub const fn is_v1(self) -> bool {
        !matches!(self, Self::Tc3)
    }
}

impl fmt::Display for SignatureMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
