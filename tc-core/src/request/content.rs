//! The part of a request that its parameters settle, within the sizes that the cloud takes.

use std::borrow::Cow;
use std::sync::OnceLock;

use bytes::Bytes;
use http::header::HeaderName;
use http::{HeaderValue, Uri};

use super::common_params as common;
use super::query_string::join;
use super::{Payload, RequestError};
use crate::endpoint::{ConnectTo, Hold, Origin};
use crate::signing::{Method, PayloadHash};

/// The greatest query of a GET, in bytes: 32 KB.
pub(super) const MAX_GET: usize = 32 << 10;
/// The greatest form with signature v1, in bytes: 1 MB.
pub(super) const MAX_V1: usize = 1 << 20;
/// The greatest body with TC3, in bytes: 10 MB.
pub(super) const MAX_TC3: usize = 10 << 20;

/// What the parameters settle.
// Made once a call, and the large one nearly always.
#[allow(clippy::large_enum_variant)]
pub(super) enum Content {
    /// TC3: all but the common parameters is settled.
    Settled {
        query: String,
        url: Uri,
        content_type: HeaderValue,
        body: Bytes,
        headers: Vec<(HeaderName, HeaderValue)>,
        unsigned: bool,
        /// Computed by the first attempt, or before it on a thread that may take its time.
        hash: OnceLock<PayloadHash>,
    },
    /// Signature v1: the common parameters and the signature go among these.
    Pairs(Vec<(String, String)>),
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");
pub(super) const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
const OCTET_STREAM: HeaderValue = HeaderValue::from_static("application/octet-stream");

impl Content {
    /// With signature v1, whose common parameters and signature are still to come.
    pub(super) fn v1(payload: Payload) -> Result<Self, RequestError> {
        match payload {
            Payload::Pairs(pairs) => v1(pairs),
            payload => Err(refuse(&payload, "names and values, as signature v1 needs them")),
        }
    }

    /// With TC3.
    pub(super) fn tc3(
        url: impl FnOnce(&str, Hold) -> Result<Uri, RequestError>,
        method: Method,
        unsigned: bool,
        payload: Payload,
    ) -> Result<Self, RequestError> {
        let mut headers = Vec::new();
        let (query, content_type, body) = match (method, payload) {
            (Method::Get, Payload::Pairs(pairs)) => {
                (within("the query of a GET", join(&pairs), MAX_GET)?, FORM, Bytes::new())
            }
            (Method::Get, payload) => return Err(refuse(&payload, "names and values, as a GET needs them")),
            (Method::Post, Payload::Json(body)) => (String::new(), JSON, body),
            (Method::Post, Payload::Multipart { boundary, body }) => {
                let content_type = format!("multipart/form-data; boundary={boundary}");
                (String::new(), value(content_type.into(), "the boundary")?, body)
            }
            (Method::Post, Payload::OctetStream { body, headers: parameters }) => {
                for (name, text) in parameters {
                    let name = HeaderName::from_bytes(name.as_bytes())
                        .map_err(|_| RequestError::Header { what: "a parameter's name" })?;
                    let text = HeaderValue::from_maybe_shared(Bytes::from(text))
                        .map_err(|_| RequestError::Header { what: "a parameter" })?;
                    headers.push((name, text));
                }
                (String::new(), OCTET_STREAM, body)
            }
            (Method::Post, Payload::Pairs(_)) => {
                return Err(RequestError::Form { needed: "JSON, as a POST with TC3 needs them" });
            }
        };
        let body = within("the body", body, MAX_TC3)?;
        let url = url(&query, Bytes::from)?;
        Ok(Content::Settled { query, url, content_type, body, headers, unsigned, hash: OnceLock::new() })
    }
}

fn v1(pairs: Vec<(String, String)>) -> Result<Content, RequestError> {
    match pairs.iter().find(|(name, _)| common::V1_NAMES.contains(&name.as_str())) {
        Some((name, _)) => Err(RequestError::NameTaken { name: name.clone() }),
        None => Ok(Content::Pairs(pairs)),
    }
}

/// Why `payload` does not go with a method that needs names and values.
fn refuse(payload: &Payload, needed: &'static str) -> RequestError {
    match payload {
        Payload::Multipart { .. } | Payload::OctetStream { .. } => RequestError::OnlyPost,
        Payload::Json(_) | Payload::Pairs(_) => RequestError::Form { needed },
    }
}

/// `bytes`, unless they are more than the cloud takes.
pub(super) fn within<T: AsRef<[u8]>>(what: &'static str, bytes: T, limit: usize) -> Result<T, RequestError> {
    let size = bytes.as_ref().len();
    if size > limit { Err(RequestError::TooLarge { what, size, limit }) } else { Ok(bytes) }
}

/// The URL that a request is sent to.
pub(super) fn url(
    origin: &Origin,
    connect_to: Option<&ConnectTo>,
    query: &str,
    hold: Hold,
) -> Result<Uri, RequestError> {
    let url = connect_to.map_or_else(|| origin.url(query, hold), |gateway| gateway.url(query, hold));
    url.map_err(|_| RequestError::Header { what: "the query" })
}

/// The value of a header.
pub(super) fn value(text: Cow<'static, str>, what: &'static str) -> Result<HeaderValue, RequestError> {
    let bytes = match text {
        Cow::Borrowed(text) => Bytes::from_static(text.as_bytes()),
        Cow::Owned(text) => Bytes::from(text),
    };
    HeaderValue::from_maybe_shared(bytes).map_err(|_| RequestError::Header { what })
}
