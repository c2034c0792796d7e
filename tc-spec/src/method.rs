//! The HTTP method and the signature method.

use std::fmt;
use std::str::FromStr;

/// The HTTP method of a request. The path is always `/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Method {
    /// The parameters are in the query, which can have 32 KB.
    Get,
    /// The parameters are in the body, which can have 10 MB, or 1 MB with signature v1.
    #[default]
    Post,
}

impl Method {
    /// Returns the name in HTTP: `GET`.
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

impl FromStr for Method {
    type Err = UnknownMethod;

    /// Parses `GET` or `POST`.
    fn from_str(text: &str) -> Result<Self, UnknownMethod> {
        match text {
            "GET" => Ok(Self::Get),
            "POST" => Ok(Self::Post),
            _ => Err(UnknownMethod { text: text.to_owned(), accepted: "GET or POST" }),
        }
    }
}

/// The signature method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SignatureMethod {
    /// TC3-HMAC-SHA256, the current method: it signs headers and body, and the signature is in the header `Authorization`.
    #[default]
    Tc3,
    /// Signature v1 with HMAC-SHA1: the signature is a parameter.
    HmacSha1,
    /// Signature v1 with HMAC-SHA256: the signature is a parameter.
    HmacSha256,
}

impl SignatureMethod {
    /// Returns the name on the wire: `TC3-HMAC-SHA256`, `HmacSHA1` or `HmacSHA256`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tc3 => "TC3-HMAC-SHA256",
            Self::HmacSha1 => "HmacSHA1",
            Self::HmacSha256 => "HmacSHA256",
        }
    }

    /// Returns whether this is signature v1, with which the signature is a parameter.
    pub const fn is_v1(self) -> bool {
        !matches!(self, Self::Tc3)
    }
}

impl fmt::Display for SignatureMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for SignatureMethod {
    type Err = UnknownMethod;

    /// Reads `TC3-HMAC-SHA256`, `HmacSHA1` or `HmacSHA256`.
    fn from_str(text: &str) -> Result<Self, UnknownMethod> {
        match text {
            "TC3-HMAC-SHA256" => Ok(Self::Tc3),
            "HmacSHA1" => Ok(Self::HmacSha1),
            "HmacSHA256" => Ok(Self::HmacSha256),
            _ => Err(UnknownMethod { text: text.to_owned(), accepted: "TC3-HMAC-SHA256, HmacSHA1 or HmacSHA256" }),
        }
    }
}

/// The error of reading a [`Method`] or a [`SignatureMethod`] from a text that is not the name of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownMethod {
    text: String,
    accepted: &'static str,
}

impl fmt::Display for UnknownMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a method; write {}", self.text, self.accepted)
    }
}

impl std::error::Error for UnknownMethod {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_read_from_the_text_that_it_displays() {
        for method in [Method::Get, Method::Post] {
            assert_eq!(method.to_string().parse(), Ok(method));
        }
        for method in [SignatureMethod::Tc3, SignatureMethod::HmacSha1, SignatureMethod::HmacSha256] {
            assert_eq!(method.to_string().parse(), Ok(method));
        }
        let error = "PUT".parse::<Method>().unwrap_err();
        assert_eq!(error.to_string(), "\"PUT\" is not a method; write GET or POST");
    }
}
