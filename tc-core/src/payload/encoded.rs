//! The result of every encoder.

use bytes::Bytes;
use http::HeaderValue;
use http::header::HeaderName;

/// The encoded parameters of a call: the parts of a request that follow from them.
pub(crate) struct Encoded {
    /// The text after the `?`, percent-encoded. Empty if the parameters are in the body.
    pub(crate) query: String,
    pub(crate) content_type: HeaderValue,
    pub(crate) body: Bytes,
    /// Parameters that are sent as headers.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
}

/// The content type of a GET, and of a POST with signature v1.
pub(crate) const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

impl Encoded {
    /// All parameters are in the body.
    pub(super) fn body(content_type: HeaderValue, body: impl Into<Bytes>) -> Self {
        Self { query: String::new(), content_type, body: body.into(), headers: Vec::new() }
    }

    /// The body is this JSON.
    pub(crate) fn json(body: impl Into<Bytes>) -> Self {
        Self::body(JSON, body)
    }

    /// All parameters are in the query.
    pub(super) fn query(query: String) -> Self {
        Self { query, content_type: FORM, body: Bytes::new(), headers: Vec::new() }
    }
}
