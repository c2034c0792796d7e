//! The string to sign: the second step of TC3, and the first of signature v1.

use std::fmt;
use std::ops::Range;

use zeroize::Zeroizing;

use super::CanonicalRequest;
use super::sha256::hex;
use crate::timestamp::{Date, Timestamp};

/// What a TC3 signature is good for: a day and a service. Displays as `2019-02-25/cvm/tc3_request`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scope {
    date: Date,
    service: String,
}

impl Scope {
    /// The scope of a service on a day in UTC.
    pub fn new(date: Date, service: impl Into<String>) -> Self {
        Self { date, service: service.into() }
    }

    /// The day in UTC.
    pub fn date(&self) -> Date {
        self.date
    }

    /// The service.
    pub fn service(&self) -> &str {
        &self.service
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/tc3_request", self.date, self.service)
    }
}

/// The text that is signed.
///
/// Display shows it as it is, but for a session token, which signature v1 signs as a parameter: `…` stands in its place.
/// [`exact`](Self::exact) has it. Debug shows no parameter at all. The text is overwritten when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct StringToSign {
    text: Zeroizing<String>,
    /// Whether the parameters are in it.
    v1: bool,
    token: Option<Range<usize>>,
}

impl StringToSign {
    /// The second step of TC3.
    pub fn new(at: Timestamp, scope: &Scope, canonical: &CanonicalRequest) -> Self {
        let hash = hex(&canonical.digest());
        let hash = String::from_utf8_lossy(&hash);
        Self { text: format!("TC3-HMAC-SHA256\n{at}\n{scope}\n{hash}").into(), v1: false, token: None }
    }

    /// Of signature v1; `token` is where a session token stands.
    pub(super) fn v1(text: Zeroizing<String>, token: Option<Range<usize>>) -> Self {
        Self { text, v1: true, token }
    }

    /// The text to the letter, which may hold a session token: keep it out of logs.
    pub fn exact(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for StringToSign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.token {
            None => f.write_str(&self.text),
            Some(token) => write!(f, "{}…{}", &self.text[..token.start], &self.text[token.end..]),
        }
    }
}

impl fmt::Debug for StringToSign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.v1 {
            write!(f, "StringToSign({} characters of signature v1)", self.text.chars().count())
        } else {
            write!(f, "StringToSign({:?})", *self.text)
        }
    }
}
