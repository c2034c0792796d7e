//! The steps of TC3 for one request: as bytes for a call, as values for debugging.

use std::fmt;

use super::authorization::AuthorizationParts;
use super::canonical_request::{CanonicalParts, QueryNames};
use super::sha256::{digest_of, hex};
use super::step::Step;
use super::string_to_sign::{ScopeParts, StringParts};
use super::{Authorization, CanonicalRequest, Method, PayloadHash, Scope, Signature, SigningKey, StringToSign};
use crate::credential::Credential;
use crate::timestamp::Timestamp;

/// The signed parts of a request: the headers `content-type`, `host` and `x-tc-action`, the query, and the body.
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
    /// The text after the `?`, as it is sent.
    pub query: &'a str,
    /// The header `Content-Type`, as it is sent.
    pub content_type: &'a str,
    /// The header `Host`, with its port if it has one.
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

/// The names of [`Tc3::headers`].
const NAMES: &str = "content-type;host;x-tc-action";

impl fmt::Debug for Tc3<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tc3")
            .field("method", &self.method)
            .field("query", &QueryNames(self.query))
            .field("content_type", &self.content_type)
            .field("host", &self.host)
            .field("action", &self.action)
            .field("service", &self.service)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

impl Tc3<'_> {
    /// Writes the value of the header `Authorization` into `out`, and overwrites what `out` contained.
    ///
    /// Every step is written into `out` in turn. Allocates nothing if `out` is large enough.
    pub fn authorize(&self, credential: &Credential, out: &mut Vec<u8>) {
        let (secret_id, scope) = (credential.secret_id(), ScopeParts { date: self.at.date(), service: self.service });
        let &Self { method, query, payload, at, .. } = self;

        out.clear();
        CanonicalParts { method, query, headers: &self.headers(), names: NAMES, payload }.write(out);
        let canonical = &hex(&digest_of(out));

        out.clear();
        StringParts { at, scope, canonical }.write(out);
        let signature = &SigningKey::of_parts(credential, scope).mac(out);

        out.clear();
        AuthorizationParts { secret_id, scope, names: NAMES, signature }.write(out);
    }

    /// Returns the same steps as values.
    pub fn steps(&self, credential: &Credential) -> (CanonicalRequest, StringToSign, Signature, Authorization) {
        let canonical = CanonicalRequest::new(self.method, self.query, self.payload);
        let canonical =
            self.headers().into_iter().fold(canonical, |canonical, (name, value)| canonical.header(name, value));
        let scope = Scope::new(self.at.date(), self.service);
        let string = StringToSign::new(self.at, &scope, &canonical);
        let signature = SigningKey::of(credential, &scope).sign(&string);
        let authorization = Authorization::new(credential.secret_id(), &scope, &canonical, &signature);
        (canonical, string, signature, authorization)
    }

    /// The signed headers, sorted by name.
    fn headers(&self) -> [(&str, &str); 3] {
        [("content-type", self.content_type), ("host", self.host), ("x-tc-action", self.action)]
    }
}
