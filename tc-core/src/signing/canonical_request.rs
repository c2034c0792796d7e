//! The canonical request of TC3: the parts of a request that are signed, in the one order both sides agree on.

use std::fmt;

use super::Method;
use super::sha256::{Digest, digest, hex};

/// The first step of TC3. Its Display *is* the canonical form; its Debug leaves the values of the query out.
///
/// ```
/// use tc_core::Method;
/// use tc_core::signing::{CanonicalRequest, PayloadHash};
/// let canonical = CanonicalRequest::new(Method::Get, "Limit=1", PayloadHash::EMPTY)
///     .header("Host", "cvm.tencentcloudapi.com")
///     .header("Content-Type", "application/x-www-form-urlencoded");
/// assert_eq!(canonical.signed_headers().to_string(), "content-type;host");
/// assert!(canonical.to_string().starts_with("GET\n/\nLimit=1\ncontent-type:application/x-www-form-urlencoded\n"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CanonicalRequest {
    method: Method,
    query: String,
    headers: Vec<(String, String)>,
    payload: PayloadHash,
}

impl CanonicalRequest {
    /// A request without any signed header yet. `query` is what follows the `?`, exactly as it is sent.
    pub fn new(method: Method, query: impl Into<String>, payload: PayloadHash) -> Self {
        Self { method, query: query.into(), headers: Vec::new(), payload }
    }

    /// With one more signed header. Name and value are lower-cased and trimmed, the names kept in order.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let header = (name.trim().to_ascii_lowercase(), value.trim().to_ascii_lowercase());
        let at = self.headers.partition_point(|(other, _)| *other <= header.0);
        self.headers.insert(at, header);
        self
    }

    /// The names of the signed headers: `content-type;host`.
    pub fn signed_headers(&self) -> impl fmt::Display {
        SignedHeaders(&self.headers)
    }

    /// The hash of the canonical form.
    pub(super) fn digest(&self) -> Digest {
        digest(self.to_string().as_bytes())
    }
}

impl fmt::Display for CanonicalRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n/\n{}", self.method, self.query)?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}:{value}")?;
        }
        write!(f, "\n{}\n{}", self.signed_headers(), self.payload)
    }
}

impl fmt::Debug for CanonicalRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CanonicalRequest")
            .field("method", &self.method)
            .field("query", &Names(&self.query))
            .field("headers", &self.headers)
            .field("payload", &format_args!("{}", self.payload))
            .finish()
    }
}

/// A query whose Debug shows names alone: a value may be one that its action calls sensitive.
pub(super) struct Names<'a>(pub(super) &'a str);

impl fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, pair) in self.0.split('&').filter(|pair| !pair.is_empty()).enumerate() {
            let name = pair.split('=').next().unwrap_or_default();
            write!(f, "{}{name}=…", if index == 0 { "" } else { "&" })?;
        }
        Ok(())
    }
}

struct SignedHeaders<'a>(&'a [(String, String)]);

impl fmt::Display for SignedHeaders<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, _)) in self.0.iter().enumerate() {
            write!(f, "{}{name}", if index == 0 { "" } else { ";" })?;
        }
        Ok(())
    }
}

/// The hash of a body, the last line of the canonical request. Its Display is lower-case hex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayloadHash(Digest);

impl PayloadHash {
    /// Of no body: what a GET has.
    pub const EMPTY: Self = Self([
        0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27, 0xae,
        0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
    ]);

    /// Of a body that is left out of the signature: the hash of the word `UNSIGNED-PAYLOAD`, which the header
    /// `X-TC-Content-SHA256` then holds too.
    pub const UNSIGNED: Self = Self([
        0x43, 0x8d, 0x41, 0x09, 0xef, 0x0d, 0x67, 0x6b, 0x8c, 0x2c, 0x7e, 0xd1, 0x3c, 0xdf, 0xcb, 0x41, 0x8e, 0x49,
        0x4d, 0x53, 0xb8, 0x43, 0xd4, 0x63, 0x4c, 0xe3, 0xb1, 0x08, 0x5f, 0x07, 0xbb, 0x96,
    ]);

    /// Of this body.
    pub fn of(body: &[u8]) -> Self {
        Self(digest(body))
    }

    pub(super) fn hex(&self) -> [u8; 64] {
        hex(&self.0)
    }
}

impl fmt::Display for PayloadHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_value_of_the_query() {
        let canonical = CanonicalRequest::new(Method::Get, "A=1&Password.0=hidden", PayloadHash::EMPTY);
        let shown = format!("{canonical:?}");
        assert!(shown.contains("query: A=…&Password.0=…,"), "{shown}");
        assert!(canonical.to_string().contains("Password.0=hidden"));
    }

    #[test]
    fn the_hashes_without_a_body_are_those_of_their_texts() {
        assert_eq!(PayloadHash::EMPTY, PayloadHash::of(b""));
        assert_eq!(PayloadHash::UNSIGNED, PayloadHash::of(b"UNSIGNED-PAYLOAD"));
    }
}
