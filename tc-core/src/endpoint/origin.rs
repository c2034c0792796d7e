//! Scheme and host of a request.

use bytes::Bytes;
use http::HeaderValue;
use http::uri::{self, Authority, PathAndQuery, Scheme, Uri};

use super::EndpointError;

/// The scheme and host of a request, as a URL and as a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    root: Uri,
    host: HeaderValue,
}

impl Origin {
    pub(super) fn new(scheme: Scheme, host: String) -> Result<Self, EndpointError> {
        // The header and the URL share their memory.
        let host = Bytes::from(host);
        let unreadable =
            || EndpointError::Url { shown: String::from_utf8_lossy(&host).into_owned(), why: "its host is invalid" };
        let value = HeaderValue::from_maybe_shared(host.clone()).map_err(|_| unreadable())?;
        let mut parts = uri::Parts::default();
        parts.scheme = Some(scheme);
        parts.authority = Some(Authority::from_maybe_shared(host.clone()).map_err(|_| unreadable())?);
        parts.path_and_query = Some(PathAndQuery::from_static("/"));
        let root = Uri::from_parts(parts).map_err(|_| unreadable())?;
        Ok(Self { root, host: value })
    }

    /// The value of the header `Host`.
    pub(crate) fn host(&self) -> &HeaderValue {
        &self.host
    }

    pub(crate) fn host_text(&self) -> &str {
        self.root.authority().map_or("", Authority::as_str)
    }

    /// Returns the URL of a request with this query. The path is always `/`.
    ///
    /// # Errors
    /// The query contains a character that a URL cannot hold.
    pub(crate) fn url(&self, query: &str, hold: Hold) -> Result<Uri, http::Error> {
        with_query(&self.root, query, hold)
    }
}

/// Turns text into shared memory: `Bytes::from`, or a function whose result is overwritten when dropped.
pub(crate) type Hold = fn(Vec<u8>) -> Bytes;

/// Returns `root` with this query.
pub(super) fn with_query(root: &Uri, query: &str, hold: Hold) -> Result<Uri, http::Error> {
    if query.is_empty() {
        return Ok(root.clone());
    }
    let text = [root.path(), "?", query].concat();
    let mut parts = root.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::from_maybe_shared(hold(text.into_bytes()))?);
    Ok(Uri::from_parts(parts)?)
}
