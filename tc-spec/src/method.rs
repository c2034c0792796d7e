//! The HTTP method and the method of the signature: both are part of what is signed.

use std::fmt;
use std::str::FromStr;

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

impl FromStr for Method {
    type Err = UnknownMethod;

    /// Reads `GET` or `POST`.
    fn from_str(text: &str) -> Result<Self, UnknownMethod> {
        match text {
            "GET" => Ok(Self::Get),
            "POST" => Ok(Self::Post),
            _ => Err(UnknownMethod { text: text.to_owned(), accepted: "GET or POST" }),
        }
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
