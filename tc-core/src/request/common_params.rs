//! The common parameters: headers with TC3, parameters with signature v1.

use std::fmt;
use std::str::FromStr;

use http::header::HeaderName;

/// The language of messages in responses, for services that support several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// Chinese, the default of the cloud.
    ZhCn,
    /// English.
    EnUs,
}

impl Language {
    /// The value on the wire: `zh-CN`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::EnUs => "en-US",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Language {
    type Err = LanguageError;

    /// Reads `zh-CN` or `en-US`.
    fn from_str(text: &str) -> Result<Self, LanguageError> {
        match text {
            "zh-CN" => Ok(Self::ZhCn),
            "en-US" => Ok(Self::EnUs),
            _ => Err(LanguageError(text.to_owned())),
        }
    }
}

/// The error of reading a [`Language`] from a text that is not the name of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageError(String);

impl fmt::Display for LanguageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a language of the cloud; write zh-CN or en-US", self.0)
    }
}

impl std::error::Error for LanguageError {}

pub(super) const ACTION: HeaderName = HeaderName::from_static("x-tc-action");
pub(super) const VERSION: HeaderName = HeaderName::from_static("x-tc-version");
pub(super) const TIMESTAMP: HeaderName = HeaderName::from_static("x-tc-timestamp");
pub(super) const REGION: HeaderName = HeaderName::from_static("x-tc-region");
pub(super) const TOKEN: HeaderName = HeaderName::from_static("x-tc-token");
pub(super) const LANGUAGE: HeaderName = HeaderName::from_static("x-tc-language");
pub(super) const REQUEST_CLIENT: HeaderName = HeaderName::from_static("x-tc-requestclient");
pub(super) const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-tc-content-sha256");

/// The name and version of this client, in the characters that the cloud accepts here: letters, digits and `-_ ,;.`.
pub(super) const CLIENT: &str = concat!("tc-core_", env!("CARGO_PKG_VERSION"));
