//! Scheme and host of a request.

use bytes::Bytes;
use http::HeaderValue;
use http::uri::{self, Authority, PathAndQuery, Scheme, Uri};

use super::EndpointError;

/// Scheme and host of a request, in the forms it needs them in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    root: Uri,
    host: HeaderValue,
}

impl Origin {
    pub(super) fn new(scheme: Scheme, host: String) -> Result<Self, EndpointError> {
        // One piece of memory for the header and the URL: every call to a cloud's host comes through here.
        let host = Bytes::from(host);
        let unreadable = || EndpointError::Url {
            shown: String::from_utf8_lossy(&host).into_owned(),
            why: "it holds no host that can be read",
        };
        let value = HeaderValue::from_maybe_shared(host.clone()).map_err(|_| unreadable())?;
        let mut parts = uri::Parts::default();
        parts.scheme = Some(scheme);
        parts.authority = Some(Authority::from_maybe_shared(host.clone()).map_err(|_| unreadable())?);
        parts.path_and_query = Some(PathAndQuery::from_static("/"));
        let root = Uri::from_parts(parts).map_err(|_| unreadable())?;
        Ok(Self { root, host: value })
    }

    /// The value of `Host`.
    pub(crate) fn host(&self) -> &HeaderValue {
        &self.host
    }

    pub(crate) fn host_text(&self) -> &str {
        self.root.authority().map_or("", Authority::as_str)
    }

    /// The URL of a request with this query; the path is always `/`.
    ///
    /// # Errors
    /// A query that no URL can hold.
    pub(crate) fn url(&self, query: &str, hold: Hold) -> Result<Uri, http::Error> {
        with_query(&self.root, query, hold)
    }
}

/// How a text becomes shared memory: `Bytes::from`, or a way that overwrites it when it is dropped.
pub(crate) type Hold = fn(Vec<u8>) -> Bytes;

/// `root` with this query.
pub(super) fn with_query(root: &Uri, query: &str, hold: Hold) -> Result<Uri, http::Error> {
    if query.is_empty() {
        return Ok(root.clone());
    }
    let text = [root.path(), "?", query].concat();
    let mut parts = root.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::from_maybe_shared(hold(text.into_bytes()))?);
    Ok(Uri::from_parts(parts)?)
}
