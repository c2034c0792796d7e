//! The canonical request of TC3: the signed parts of a request, in a fixed order.

use std::fmt;

use super::Method;
use super::sha256::{Digest, digest, digest_of, hex};
use super::step::{Step, push, push_lower};

/// The first step of TC3. Its Display is the canonical form; its Debug leaves out the values of the query.
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
    /// Creates a canonical request without signed headers. `query` is the text after the `?`, exactly as it is sent.
    pub fn new(method: Method, query: impl Into<String>, payload: PayloadHash) -> Self {
        Self { method, query: query.into(), headers: Vec::new(), payload }
    }

    /// Adds a signed header. Name and value are trimmed and changed to lower case; headers are sorted by name.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let header = (name.trim().to_ascii_lowercase(), value.trim().to_ascii_lowercase());
        let at = self.headers.partition_point(|(other, _)| *other <= header.0);
        self.headers.insert(at, header);
        self
    }

    /// The names of the signed headers: `content-type;host`.
    pub fn signed_headers(&self) -> impl fmt::Display {
        self.names()
    }

    pub(super) fn names(&self) -> String {
        self.headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";")
    }

    /// The hash of the canonical form.
    pub(super) fn digest(&self) -> Digest {
        let mut text = Vec::new();
        self.write(&mut text);
        digest_of(&mut text)
    }
}

impl Step for CanonicalRequest {
    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        let names = &*self.names();
        let (method, query, headers, payload) = (self.method, &*self.query, &*self.headers, self.payload);
        CanonicalParts { method, query, headers, names, payload }.write(out);
    }
}

/// The parts of a [`CanonicalRequest`], borrowed. The headers are sorted by name.
pub(super) struct CanonicalParts<'a, T> {
    pub(super) method: Method,
    pub(super) query: &'a str,
    pub(super) headers: &'a [(T, T)],
    /// The names of the headers: `content-type;host`.
    pub(super) names: &'a str,
    pub(super) payload: PayloadHash,
}

impl<T: AsRef<str>> Step for CanonicalParts<'_, T> {
    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        push(out, [self.method.as_str().as_bytes(), b"\n/\n", self.query.as_bytes()]);
        for (name, value) in self.headers {
            push(out, [b"\n", name.as_ref().as_bytes(), b":"]);
            push_lower(out, value.as_ref());
        }
        push(out, [b"\n\n", self.names.as_bytes(), b"\n", &self.payload.hex()]);
    }
}

impl fmt::Display for CanonicalRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

impl fmt::Debug for CanonicalRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CanonicalRequest")
            .field("method", &self.method)
            .field("query", &QueryNames(&self.query))
            .field("headers", &self.headers)
            .field("payload", &format_args!("{}", self.payload))
            .finish()
    }
}

/// A query whose Debug shows only names: a value may be marked as sensitive by its action.
pub(super) struct QueryNames<'a>(pub(super) &'a str);

impl fmt::Debug for QueryNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, pair) in self.0.split('&').filter(|pair| !pair.is_empty()).enumerate() {
            let name = pair.split('=').next().unwrap_or_default();
            write!(f, "{}{name}=…", if index == 0 { "" } else { "&" })?;
        }
        Ok(())
    }
}

/// The hash of a body, which is the last line of the canonical request. Its Display is lower-case hex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayloadHash(Digest);

impl PayloadHash {
    /// The hash of an empty body, which a GET has.
    pub const EMPTY: Self = Self([
        0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27, 0xae,
        0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
    ]);

    /// The hash used for a body that is not signed: that of the text `UNSIGNED-PAYLOAD`. The header `X-TC-Content-SHA256` is
    /// then sent with this text.
    pub const UNSIGNED: Self = Self([
        0x43, 0x8d, 0x41, 0x09, 0xef, 0x0d, 0x67, 0x6b, 0x8c, 0x2c, 0x7e, 0xd1, 0x3c, 0xdf, 0xcb, 0x41, 0x8e, 0x49,
        0x4d, 0x53, 0xb8, 0x43, 0xd4, 0x63, 0x4c, 0xe3, 0xb1, 0x08, 0x5f, 0x07, 0xbb, 0x96,
    ]);

    /// Hashes `body`.
    pub fn of(body: &[u8]) -> Self {
        Self(digest(body))
    }

    fn hex(&self) -> [u8; 64] {
        hex(&self.0)
    }
}

impl fmt::Display for PayloadHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.hex()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_values_of_the_query() {
        let canonical = CanonicalRequest::new(Method::Get, "A=1&Password.0=hidden", PayloadHash::EMPTY);
        let shown = format!("{canonical:?}");
        assert!(shown.contains("query: A=…&Password.0=…,"), "{shown}");
        assert!(canonical.to_string().contains("Password.0=hidden"));
    }

    #[test]
    fn constant_hashes_match_their_texts() {
        assert_eq!(PayloadHash::EMPTY, PayloadHash::of(b""));
        assert_eq!(PayloadHash::UNSIGNED, PayloadHash::of(b"UNSIGNED-PAYLOAD"));
    }
}
