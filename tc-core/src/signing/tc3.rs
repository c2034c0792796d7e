//! All the steps of TC3 in one go, into one buffer: what a call pays.

use std::fmt;

use super::canonical_request::Names;
use super::sha256::{digest_of, hex};
use super::{Authorization, CanonicalRequest, Method, PayloadHash, Scope, Signature, SigningKey, StringToSign};
use crate::credential::Credential;
use crate::timestamp::Timestamp;

/// What a TC3 signature covers: `content-type`, `host` and `x-tc-action` of the headers, the query, and the body.
///
/// ```
/// use tc_core::signing::{PayloadHash, Tc3};
/// use tc_core::{Credential, Method, Timestamp};
///
/// let request = Tc3 {
///     method: Method::Post,
///     query: "",
///     content_type: "application/json",
///     host: "cvm.tencentcloudapi.com",
///     action: "DescribeZones",
///     payload: PayloadHash::of(b"{}"),
///     service: "cvm",
///     at: Timestamp::from_unix(1_551_113_065),
/// };
/// let credential = Credential::new("AKIDEXAMPLE", "secret");
/// let mut header = Vec::new();
/// request.authorize(&credential, &mut header);
/// let (.., authorization) = request.steps(&credential);
/// assert_eq!(header, authorization.as_str().as_bytes());
/// ```
#[derive(Clone, Copy)]
pub struct Tc3<'a> {
    /// The HTTP method.
    pub method: Method,
    /// What follows the `?`, as it is sent.
    pub query: &'a str,
    /// The header `Content-Type`, as it is sent.
    pub content_type: &'a str,
    /// The header `Host`, with the port where it has one.
    pub host: &'a str,
    /// The header `X-TC-Action`.
    pub action: &'a str,
    /// The hash of the body.
    pub payload: PayloadHash,
    /// The service's short name.
    pub service: &'a str,
    /// The header `X-TC-Timestamp`.
    pub at: Timestamp,
}

/// What stands between the service and the signature.
const SIGNED: &[u8] = b"/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=";

impl fmt::Debug for Tc3<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tc3")
            .field("method", &self.method)
            .field("query", &Names(self.query))
            .field("content_type", &self.content_type)
            .field("host", &self.host)
            .field("action", &self.action)
            .field("service", &self.service)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

impl Tc3<'_> {
    /// Writes the value of `Authorization` into `out`, whatever that held before.
    ///
    /// The text of every step stands in `out` in turn, so that a buffer used again allocates nothing.
    pub fn authorize(&self, credential: &Credential, out: &mut Vec<u8>) {
        let date = self.at.date();
        let service = self.service.as_bytes();

        out.clear();
        push(out, &[self.method.as_str().as_bytes(), b"\n/\n", self.query.as_bytes(), b"\ncontent-type:"]);
        push_lower(out, self.content_type);
        out.extend_from_slice(b"\nhost:");
        push_lower(out, self.host);
        out.extend_from_slice(b"\nx-tc-action:");
        push_lower(out, self.action);
        push(out, &[b"\n\ncontent-type;host;x-tc-action\n", &self.payload.hex()]);
        let canonical = hex(&digest_of(out));

        out.clear();
        let (date_text, mut at) = (date.text(), itoa::Buffer::new());
        let at = at.format(self.at.as_unix()).as_bytes();
        push(out, &[b"TC3-HMAC-SHA256\n", at, b"\n", &date_text, b"/", service, b"/tc3_request\n", &canonical]);
        let signature = hex(&SigningKey::on(credential, date, self.service).spend(out));

        out.clear();
        let id = credential.secret_id().as_bytes();
        push(out, &[b"TC3-HMAC-SHA256 Credential=", id, b"/", &date_text, b"/", service, SIGNED, &signature]);
    }

    /// The same, each step a value.
    pub fn steps(&self, credential: &Credential) -> (CanonicalRequest, StringToSign, Signature, Authorization) {
        let canonical = CanonicalRequest::new(self.method, self.query, self.payload)
            .header("content-type", self.content_type)
            .header("host", self.host)
            .header("x-tc-action", self.action);
        let scope = Scope::new(self.at.date(), self.service);
        let string = StringToSign::new(self.at, &scope, &canonical);
        let signature = SigningKey::of(credential, &scope).sign(&string);
        let authorization = Authorization::new(credential.secret_id(), &scope, &canonical, &signature);
        (canonical, string, signature, authorization)
    }
}

fn push(out: &mut Vec<u8>, pieces: &[&[u8]]) {
    for piece in pieces {
        out.extend_from_slice(piece);
    }
}

fn push_lower(out: &mut Vec<u8>, text: &str) {
    let start = out.len();
    out.extend_from_slice(text.as_bytes());
    out[start..].make_ascii_lowercase();
}
