//! All of a request but its signature: made once a call, signed anew for each attempt.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderMap};
use http::{HeaderValue, Request, Uri};
use zeroize::Zeroizing;

use super::common_params as common;
use super::content::{Content, FORM, MAX_GET, MAX_V1, url, value, within};
use super::query_string::join;
use super::{Language, Payload, RequestError, Steps};
use crate::credential::{Credential, wiped};
use crate::endpoint::{ConnectTo, Endpoint, Hold, Origin};
use crate::region::Region;
use crate::signing::{Authorization, Method, PayloadHash, Signature, SignatureMethod, StringToSign, Tc3};
use crate::timestamp::Timestamp;

/// What a request is made from, beside its parameters.
#[derive(Debug, Clone)]
pub(crate) struct Options<'a> {
    pub(crate) service: Cow<'static, str>,
    pub(crate) version: Cow<'static, str>,
    pub(crate) action: Cow<'static, str>,
    pub(crate) endpoint: &'a Endpoint,
    /// Where to connect, if not to the host that is signed.
    pub(crate) connect_to: Option<&'a ConnectTo>,
    pub(crate) region: Option<&'a Region>,
    pub(crate) language: Option<Language>,
    pub(crate) method: Method,
    pub(crate) signature: SignatureMethod,
    pub(crate) unsigned_payload: bool,
    pub(crate) skip_sign: bool,
}

/// All of a request but its signature. It holds no credential.
pub(crate) struct Draft {
    service: Cow<'static, str>,
    version: Cow<'static, str>,
    action: Cow<'static, str>,
    origin: Origin,
    connect_to: Option<ConnectTo>,
    region: Option<Region>,
    language: Option<Language>,
    method: Method,
    signature: SignatureMethod,
    skip_sign: bool,
    content: Content,
}

impl Draft {
    /// Puts together what does not change between attempts.
    ///
    /// # Errors
    /// An endpoint without a host, a region that is none, a form that the method cannot carry, a size over the cloud's
    /// limit, with signature v1 a parameter whose name it has for itself.
    pub(crate) fn new(options: Options<'_>, payload: Payload) -> Result<Self, RequestError> {
        let Options { service, version, action, endpoint, connect_to, region, language, method, signature, .. } =
            options;
        let origin = endpoint.origin(&service, region)?;
        if let Some(region) = region {
            region.check()?;
        }
        let content = if signature.is_v1() {
            Content::v1(payload)?
        } else {
            let url = |query: &str, hold| url(&origin, connect_to, query, hold);
            Content::tc3(url, method, options.unsigned_payload, payload)?
        };
        let (region, connect_to) = (region.cloned(), connect_to.cloned());
        let skip_sign = options.skip_sign;
        Ok(Self {
            service,
            version,
            action,
            origin,
            connect_to,
            region,
            language,
            method,
            signature,
            skip_sign,
            content,
        })
    }

    /// The service's short name.
    pub(crate) fn service(&self) -> &str {
        &self.service
    }

    /// The API's version.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// The action's name.
    pub(crate) fn action(&self) -> &str {
        &self.action
    }

    /// The region, empty where none is sent.
    pub(crate) fn region(&self) -> &str {
        self.region.as_ref().map_or("", Region::as_str)
    }

    /// Whether it goes unsigned.
    pub(crate) fn skips_sign(&self) -> bool {
        self.skip_sign
    }

    /// The body whose hash the first attempt computes; empty where there is nothing to hash.
    pub(crate) fn body(&self) -> &[u8] {
        match &self.content {
            Content::Settled { body, unsigned: false, .. } => body,
            _ => &[],
        }
    }

    /// Hashes the body now rather than in the first attempt: what a large one needs a thread of its own for.
    pub(crate) fn hash(&self) -> PayloadHash {
        match &self.content {
            Content::Settled { unsigned: true, .. } => PayloadHash::UNSIGNED,
            Content::Settled { body, .. } if body.is_empty() => PayloadHash::EMPTY,
            Content::Settled { body, hash, .. } => *hash.get_or_init(|| PayloadHash::of(body)),
            Content::Pairs(_) => PayloadHash::EMPTY,
        }
    }

    /// The request of one attempt. `nonce` is a positive number that signature v1 takes.
    ///
    /// # Errors
    /// No credential where one is needed; a name or credential that no header can carry; with signature v1 a size over
    /// the cloud's limit, since the common parameters count.
    pub(crate) fn sign(
        &self,
        credential: Option<&Credential>,
        at: Timestamp,
        nonce: u64,
    ) -> Result<Request<Bytes>, RequestError> {
        let credential = self.needed(credential)?;
        let Content::Settled { query, url, content_type, body, headers, unsigned, .. } = &self.content else {
            return self.sign_v1(credential, at, nonce);
        };
        let mut map = HeaderMap::with_capacity(12 + headers.len());
        map.insert(HOST, self.origin.host().clone());
        map.insert(CONTENT_TYPE, content_type.clone());
        map.insert(common::ACTION, value(self.action.clone(), "the action's name")?);
        map.insert(common::VERSION, value(self.version.clone(), "the version")?);
        map.insert(common::TIMESTAMP, HeaderValue::from(at.as_unix()));
        map.insert(common::REQUEST_CLIENT, HeaderValue::from_static(common::CLIENT));
        if let Some(region) = &self.region {
            map.insert(common::REGION, value(region.cow().clone(), "the region")?);
        }
        if let Some(language) = self.language {
            map.insert(common::LANGUAGE, HeaderValue::from_static(language.as_str()));
        }
        if *unsigned {
            map.insert(common::CONTENT_SHA256, HeaderValue::from_static("UNSIGNED-PAYLOAD"));
        }
        for (name, value) in headers {
            map.insert(name.clone(), value.clone());
        }
        match credential {
            None => drop(map.insert(AUTHORIZATION, HeaderValue::from_static("SKIP"))),
            Some(credential) => {
                let mut authorization = Vec::with_capacity(512);
                self.tc3(query, content_type, at).authorize(credential, &mut authorization);
                map.insert(AUTHORIZATION, secret(Bytes::from(authorization), credential)?);
                if let Some(token) = credential.token_header() {
                    map.insert(common::TOKEN, token.map_err(|()| unusable(credential))?);
                }
            }
        }
        Ok(self.request(url.clone(), map, body.clone()))
    }

    /// The steps of the signature that [`sign`](Self::sign) makes of the same arguments.
    ///
    /// # Errors
    /// The same.
    pub(crate) fn steps(
        &self,
        credential: Option<&Credential>,
        at: Timestamp,
        nonce: u64,
    ) -> Result<Steps, RequestError> {
        let empty = Steps { canonical_request: None, string_to_sign: None, signature: None, authorization: None };
        let credential = self.needed(credential)?;
        Ok(match (&self.content, credential) {
            (Content::Settled { .. }, None) => Steps { authorization: Some(Authorization::skip()), ..empty },
            (Content::Settled { query, content_type, .. }, Some(credential)) => {
                let (canonical, string, signature, authorization) = self.tc3(query, content_type, at).steps(credential);
                Steps {
                    canonical_request: Some(canonical),
                    string_to_sign: Some(string),
                    signature: Some(signature),
                    authorization: Some(authorization),
                }
            }
            (Content::Pairs(_), None) => empty,
            (Content::Pairs(pairs), Some(credential)) => {
                let (timestamp, nonce) = numbers(at, nonce);
                let signed = self.with_common(pairs, Some(credential), &timestamp, &nonce);
                let (string, signature) = self.signature_v1(&signed, credential);
                Steps { string_to_sign: Some(string), signature: Some(signature), ..empty }
            }
        })
    }

    /// The credential where the action is signed.
    fn needed<'c>(&self, credential: Option<&'c Credential>) -> Result<Option<&'c Credential>, RequestError> {
        if self.skip_sign { Ok(None) } else { credential.map(Some).ok_or(RequestError::NoCredential) }
    }

    fn tc3<'a>(&'a self, query: &'a str, content_type: &'a HeaderValue, at: Timestamp) -> Tc3<'a> {
        Tc3 {
            method: self.method,
            query,
            // Ours, and made of text.
            content_type: content_type.to_str().unwrap_or_default(),
            host: self.origin.host_text(),
            action: &self.action,
            payload: self.hash(),
            service: &self.service,
            at,
        }
    }

    fn sign_v1(
        &self,
        credential: Option<&Credential>,
        at: Timestamp,
        nonce: u64,
    ) -> Result<Request<Bytes>, RequestError> {
        let Content::Pairs(pairs) = &self.content else { return Err(RequestError::Form { needed: "signature v1" }) };
        let (timestamp, nonce) = numbers(at, nonce);
        let mut pairs = self.with_common(pairs, credential, &timestamp, &nonce);
        let signature = credential.map(|credential| self.signature_v1(&pairs, credential).1);
        if let Some(signature) = &signature {
            pairs.push(("Signature", signature.as_str()));
            pairs.sort_unstable();
        }
        // The token is in it.
        let text = Zeroizing::new(join(&pairs));
        let hold: Hold =
            if credential.is_some_and(|credential| credential.token().is_some()) { wiped } else { Bytes::from };
        let mut map = HeaderMap::with_capacity(4);
        map.insert(HOST, self.origin.host().clone());
        map.insert(CONTENT_TYPE, FORM);
        match self.method {
            Method::Get => {
                let url = self.url(within("the query of a GET", &*text, MAX_GET)?, hold)?;
                Ok(self.request(url, map, Bytes::new()))
            }
            Method::Post => {
                within("the form", &*text, MAX_V1)?;
                let body = hold(std::mem::take(&mut *{ text }).into_bytes());
                Ok(self.request(self.url("", hold)?, map, body))
            }
        }
    }

    fn url(&self, query: &str, hold: Hold) -> Result<Uri, RequestError> {
        url(&self.origin, self.connect_to.as_ref(), query, hold)
    }

    /// The parameters and the common ones, sorted. All are borrowed: the token is not copied.
    fn with_common<'a>(
        &'a self,
        pairs: &'a [(String, String)],
        credential: Option<&'a Credential>,
        timestamp: &'a str,
        nonce: &'a str,
    ) -> Vec<(&'a str, &'a str)> {
        let common = [
            ("Action", Some(&*self.action)),
            ("Version", Some(&*self.version)),
            ("Timestamp", Some(timestamp)),
            ("Nonce", Some(nonce)),
            ("RequestClient", Some(common::CLIENT)),
            ("Region", self.region.as_ref().map(Region::as_str)),
            ("Language", self.language.map(Language::as_str)),
            ("SecretId", credential.map(Credential::secret_id)),
            ("SignatureMethod", credential.map(|_| self.signature.as_str())),
            ("Token", credential.and_then(Credential::token)),
        ];
        let given = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut all = Vec::with_capacity(pairs.len() + common.len() + 1);
        all.extend(given.chain(common.into_iter().filter_map(|(name, value)| Some((name, value?)))));
        all.sort_unstable();
        all
    }

    fn signature_v1(&self, pairs: &[(&str, &str)], credential: &Credential) -> (StringToSign, Signature) {
        let string = StringToSign::of_sorted(self.method, self.origin.host_text(), "/", pairs.iter().copied());
        let signature = Signature::of_parameters(self.signature, credential.secret_key(), &string);
        (string, signature)
    }

    fn request(&self, url: Uri, headers: HeaderMap, body: Bytes) -> Request<Bytes> {
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

/// Time and nonce as signature v1 has them.
fn numbers(at: Timestamp, nonce: u64) -> (String, String) {
    (at.as_unix().to_string(), nonce.max(1).to_string())
}

fn secret(text: Bytes, credential: &Credential) -> Result<HeaderValue, RequestError> {
    let mut value = HeaderValue::from_maybe_shared(text).map_err(|_| unusable(credential))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Why a credential cannot be in a header.
fn unusable(credential: &Credential) -> RequestError {
    match credential.check() {
        Err(error) => RequestError::Credential(error),
        Ok(()) => RequestError::Header { what: "the credential" },
    }
}
