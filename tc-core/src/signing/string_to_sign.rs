//! The string to sign: the second step of TC3, and the first of signature v1.

use std::fmt;
use std::ops::Range;

use zeroize::Zeroizing;

use super::CanonicalRequest;
use super::sha256::hex;
use super::step::{Step, push};
use crate::timestamp::{Date, Timestamp};

/// The scope of a TC3 signature: a day and a service. Displays as `2019-02-25/cvm/tc3_request`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scope {
    date: Date,
    service: String,
}

impl Scope {
    /// Creates the scope of a service on a day in UTC.
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

    pub(super) fn parts(&self) -> ScopeParts<'_> {
        ScopeParts { date: self.date, service: &self.service }
    }
}

/// The parts of a [`Scope`], borrowed.
#[derive(Clone, Copy)]
pub(super) struct ScopeParts<'a> {
    pub(super) date: Date,
    pub(super) service: &'a str,
}

impl Step for ScopeParts<'_> {
    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        push(out, [&self.date.text(), b"/", self.service.as_bytes(), b"/tc3_request"]);
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.parts().to_text())
    }
}

/// The text that is signed.
///
/// Signature v1 signs the session token as a parameter. Display shows `…` instead of it, [`exact`](Self::exact) returns the
/// whole text, and Debug shows no parameter. The text is overwritten when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct StringToSign {
    text: Zeroizing<String>,
    /// Whether it is of signature v1 and holds the parameters.
    v1: bool,
    /// The position of the session token.
    token: Option<Range<usize>>,
}

impl StringToSign {
    /// Creates the string to sign of TC3.
    pub fn new(at: Timestamp, scope: &Scope, canonical: &CanonicalRequest) -> Self {
        let parts = StringParts { at, scope: scope.parts(), canonical: &hex(&canonical.digest()) };
        Self { text: parts.to_text().into(), v1: false, token: None }
    }

    /// Creates the string to sign of signature v1; `token` is the position of the session token.
    pub(super) fn v1(text: Zeroizing<String>, token: Option<Range<usize>>) -> Self {
        Self { text, v1: true, token }
    }

    /// The exact text. It may hold a session token: keep it out of logs.
    pub fn exact(&self) -> &str {
        &self.text
    }
}

/// The parts of a [`StringToSign`] of TC3, borrowed.
pub(super) struct StringParts<'a> {
    pub(super) at: Timestamp,
    pub(super) scope: ScopeParts<'a>,
    /// The hash of the canonical request, in hex.
    pub(super) canonical: &'a [u8],
}

impl Step for StringParts<'_> {
    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        push(out, [b"TC3-HMAC-SHA256\n", itoa::Buffer::new().format(self.at.as_unix()).as_bytes(), b"\n"]);
        self.scope.write(out);
        push(out, [b"\n", self.canonical]);
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
