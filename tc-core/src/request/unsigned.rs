//! A request without its signature: encoded once per call, signed for each attempt.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderMap};
use http::{HeaderValue, Request, Uri};

use super::common_params as common;
use super::{Language, RequestError, Steps, Target, v1};
use crate::credential::Credential;
use crate::endpoint::{ConnectTo, Hold, Origin};
use crate::payload::{self, Encoded, Params};
use crate::region::Region;
use crate::signing::{Authorization, Method, PayloadHash, SignatureMethod, Tc3};
use crate::spec::BodyForm;
use crate::timestamp::Timestamp;

/// The maximum query of a GET: 32 KB.
pub(super) const MAX_GET: usize = 32 << 10;
/// The maximum form with signature v1: 1 MB.
pub(super) const MAX_V1: usize = 1 << 20;
/// The maximum body with TC3: 10 MB.
const MAX_TC3: usize = 10 << 20;

/// Everything about a request except its parameters and its credential.
#[derive(Debug, Clone)]
pub(crate) struct RequestHead {
    pub(crate) target: Target,
    /// The scheme and the host that is signed.
    pub(crate) origin: Arc<Origin>,
    /// The URL to connect to, if it is not that of `origin`.
    pub(crate) connect_to: Option<ConnectTo>,
    pub(crate) region: Option<Region>,
    pub(crate) language: Option<Language>,
    pub(crate) method: Method,
    pub(crate) signature: SignatureMethod,
}

/// A request without its signature. It holds no credential.
pub(crate) struct UnsignedRequest {
    pub(super) head: RequestHead,
    content: Content,
}

/// The encoded parameters.
// Created once per call, and nearly always the large variant.
#[allow(clippy::large_enum_variant)]
enum Content {
    Tc3 {
        encoded: Encoded,
        url: Uri,
        /// Computed by the first attempt, or before it on another thread.
        hash: OnceLock<PayloadHash>,
    },
    /// Signature v1 adds the common parameters and the signature to these.
    V1(Vec<(String, String)>),
}

impl UnsignedRequest {
    /// Encodes the parameters of a request. `boundary` returns a random number that separates the parts of a multipart body.
    ///
    /// # Errors
    /// An invalid region, a value that the form cannot represent, a form that the method cannot send, a size above the limit of the cloud, or, with
    /// signature v1, a parameter with a reserved name.
    pub(crate) fn new(head: RequestHead, params: Params<'_>, boundary: fn() -> u128) -> Result<Self, RequestError> {
        let Target { body, service, .. } = &head.target;
        if let Some(region) = &head.region {
            region.check()?;
        }
        if head.signature.is_v1() {
            let BodyForm::Json = body else { return Err(RequestError::OnlyPost) };
            let pairs = v1::without_reserved(payload::pairs(params)?)?;
            return Ok(Self { head, content: Content::V1(pairs) });
        }
        let encoded = payload::encode(params, *body, head.method, service, boundary)?;
        Self::from_encoded(head, encoded.ok_or(RequestError::OnlyPost)?)
    }

    /// Creates a request for TC3 from parameters that are encoded already. Does not check the region.
    ///
    /// # Errors
    /// A size above the limit of the cloud.
    pub(crate) fn from_encoded(head: RequestHead, encoded: Encoded) -> Result<Self, RequestError> {
        check_size("the query of a GET", encoded.query.len(), MAX_GET)?;
        check_size("the body", encoded.body.len(), MAX_TC3)?;
        let url = head.url(&encoded.query, Bytes::from)?;
        Ok(Self { head, content: Content::Tc3 { encoded, url, hash: OnceLock::new() } })
    }

    pub(crate) fn target(&self) -> &Target {
        &self.head.target
    }

    /// The region, or an empty text if none is sent.
    pub(crate) fn region(&self) -> &str {
        self.head.region.as_ref().map_or("", Region::as_str)
    }

    /// The body that the first attempt hashes. Empty if nothing is hashed.
    pub(crate) fn hashed_body(&self) -> &[u8] {
        match &self.content {
            Content::Tc3 { encoded, .. } if !self.head.target.unsigned_payload => &encoded.body,
            _ => &[],
        }
    }

    /// Computes the hash of the body, or returns the one computed before.
    pub(crate) fn hash(&self) -> PayloadHash {
        match &self.content {
            Content::Tc3 { .. } if self.head.target.unsigned_payload => PayloadHash::UNSIGNED,
            Content::Tc3 { encoded, hash, .. } if !encoded.body.is_empty() => {
                *hash.get_or_init(|| PayloadHash::of(&encoded.body))
            }
            _ => PayloadHash::EMPTY,
        }
    }

    /// Signs the request of one attempt. `nonce` returns a positive number for signature v1.
    ///
    /// # Errors
    /// A missing credential, a name or credential that a header cannot hold, or, with signature v1, a size above the limit of
    /// the cloud, since the common parameters count.
    pub(crate) fn sign(
        &self,
        credential: Option<&Credential>,
        at: Timestamp,
        nonce: fn() -> u64,
    ) -> Result<Request<Bytes>, RequestError> {
        let credential = self.needed(credential)?;
        let (encoded, url) = match &self.content {
            Content::Tc3 { encoded, url, .. } => (encoded, url),
            Content::V1(pairs) => return v1::sign(&self.head, pairs, credential, at, nonce()),
        };
        let RequestHead { target, origin, region, language, .. } = &self.head;
        let mut headers = HeaderMap::with_capacity(12 + encoded.headers.len());
        headers.insert(HOST, origin.host().clone());
        headers.insert(CONTENT_TYPE, encoded.content_type.clone());
        headers.insert(common::ACTION, value(target.action.clone(), "the name of the action")?);
        headers.insert(common::VERSION, value(target.version.clone(), "the version")?);
        headers.insert(common::TIMESTAMP, HeaderValue::from(at.as_unix()));
        headers.insert(common::REQUEST_CLIENT, HeaderValue::from_static(common::CLIENT));
        if let Some(region) = region {
            headers.insert(common::REGION, value(region.cow().clone(), "the region")?);
        }
        if let Some(language) = language {
            headers.insert(common::LANGUAGE, HeaderValue::from_static(language.as_str()));
        }
        if target.unsigned_payload {
            headers.insert(common::CONTENT_SHA256, HeaderValue::from_static("UNSIGNED-PAYLOAD"));
        }
        for (name, value) in &encoded.headers {
            headers.insert(name.clone(), value.clone());
        }
        match credential {
            None => drop(headers.insert(AUTHORIZATION, HeaderValue::from_static("SKIP"))),
            Some(credential) => {
                let mut authorization = Vec::with_capacity(512);
                self.tc3(encoded, at).authorize(credential, &mut authorization);
                let value = HeaderValue::from_maybe_shared(Bytes::from(authorization));
                let mut value = value.map_err(|_| unusable(credential))?;
                value.set_sensitive(true);
                headers.insert(AUTHORIZATION, value);
                if let Some(token) = credential.token_header() {
                    headers.insert(common::TOKEN, token.map_err(|()| unusable(credential))?);
                }
            }
        }
        Ok(self.head.request(url.clone(), headers, encoded.body.clone()))
    }

    /// Returns the steps of the signature that [`sign`](Self::sign) makes with the same arguments.
    ///
    /// # Errors
    /// A missing credential.
    pub(crate) fn steps(
        &self,
        credential: Option<&Credential>,
        at: Timestamp,
        nonce: fn() -> u64,
    ) -> Result<Steps, RequestError> {
        let empty = Steps { canonical_request: None, string_to_sign: None, signature: None, authorization: None };
        let credential = self.needed(credential)?;
        Ok(match (&self.content, credential) {
            (Content::Tc3 { .. }, None) => Steps { authorization: Some(Authorization::skip()), ..empty },
            (Content::Tc3 { encoded, .. }, Some(credential)) => {
                let (canonical, string, signature, authorization) = self.tc3(encoded, at).steps(credential);
                Steps {
                    canonical_request: Some(canonical),
                    string_to_sign: Some(string),
                    signature: Some(signature),
                    authorization: Some(authorization),
                }
            }
            (Content::V1(_), None) => empty,
            (Content::V1(pairs), Some(credential)) => {
                let (string, signature) = v1::steps(&self.head, pairs, credential, at, nonce());
                Steps { string_to_sign: Some(string), signature: Some(signature), ..empty }
            }
        })
    }

    /// The credential, or `None` if the action is not signed.
    fn needed<'c>(&self, credential: Option<&'c Credential>) -> Result<Option<&'c Credential>, RequestError> {
        if self.head.target.skip_sign { Ok(None) } else { credential.map(Some).ok_or(RequestError::NoCredential) }
    }

    fn tc3<'a>(&'a self, encoded: &'a Encoded, at: Timestamp) -> Tc3<'a> {
        Tc3 {
            method: self.head.method,
            query: &encoded.query,
            // Created from text, so it is text.
            content_type: encoded.content_type.to_str().unwrap_or_default(),
            host: self.head.origin.host_text(),
            action: &self.head.target.action,
            payload: self.hash(),
            service: &self.head.target.service,
            at,
        }
    }
}

impl RequestHead {
    /// The URL of a request with this query.
    pub(super) fn url(&self, query: &str, hold: Hold) -> Result<Uri, RequestError> {
        let url = match &self.connect_to {
            None => self.origin.url(query, hold),
            Some(gateway) => gateway.url(query, hold),
        };
        url.map_err(|_| RequestError::Header { what: "the query" })
    }

    pub(super) fn request(&self, url: Uri, headers: HeaderMap, body: Bytes) -> Request<Bytes> {
        let mut request = Request::new(body);
        *request.method_mut() = match self.method {
            Method::Get => http::Method::GET,
            Method::Post => http::Method::POST,
        };
        *request.uri_mut() = url;
        *request.headers_mut() = headers;
        request
    }
}

/// Checks a size against the limit of the cloud.
pub(super) fn check_size(what: &'static str, size: usize, limit: usize) -> Result<(), RequestError> {
    if size > limit { Err(RequestError::TooLarge { what, size, limit }) } else { Ok(()) }
}

/// The value of a header.
fn value(text: Cow<'static, str>, what: &'static str) -> Result<HeaderValue, RequestError> {
    let bytes = match text {
        Cow::Borrowed(text) => Bytes::from_static(text.as_bytes()),
        Cow::Owned(text) => Bytes::from(text),
    };
    HeaderValue::from_maybe_shared(bytes).map_err(|_| RequestError::Header { what })
}

/// The error for a credential that a header cannot hold.
fn unusable(credential: &Credential) -> RequestError {
    match credential.check() {
        Err(error) => RequestError::Credential(error),
        Ok(()) => RequestError::Header { what: "the credential" },
    }
}
