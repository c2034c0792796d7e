//! The URL to connect to, if it is not that of the signed host.

use http::uri::{self, Authority, PathAndQuery, Uri};

use super::EndpointError;
use super::origin::{Hold, with_query};
use super::url::{self, Url, refuse};

/// The URL of a gateway. Its path is put before that of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConnectTo {
    root: Uri,
}

impl ConnectTo {
    /// Parses a URL such as `https://gateway.example/prefix`.
    ///
    /// # Errors
    /// Those of [`Endpoint::parse`](super::Endpoint::parse), except that a path is accepted.
    pub(crate) fn parse(url: &str) -> Result<Self, EndpointError> {
        let Url { scheme, host, path } = url::parse(url)?;
        let unreadable = || refuse(url, "its host or path is invalid");
        let mut parts = uri::Parts::default();
        parts.scheme = Some(scheme);
        parts.authority = Some(host.parse::<Authority>().map_err(|_| unreadable())?);
        parts.path_and_query = Some(format!("{path}/").parse::<PathAndQuery>().map_err(|_| unreadable())?);
        Ok(Self { root: Uri::from_parts(parts).map_err(|_| unreadable())? })
    }

    /// Returns the URL of a request with this query.
    ///
    /// # Errors
    /// The query contains a character that a URL cannot hold.
    pub(crate) fn url(&self, query: &str, hold: Hold) -> Result<Uri, http::Error> {
        with_query(&self.root, query, hold)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    #[track_caller]
    fn check(url: &str, expected: &str) {
        let url = ConnectTo::parse(url).expect("a URL").url("A=1", Bytes::from).expect("a query");
        assert_eq!(url.to_string(), expected);
    }

    #[test]
    fn the_path_is_put_before_that_of_the_request() {
        check("http://127.0.0.1:8080", "http://127.0.0.1:8080/?A=1");
        check("https://Gateway.example/tencent", "https://gateway.example/tencent/?A=1");
        check("gateway.example:8443/a/b/", "https://gateway.example:8443/a/b/?A=1");
    }

    #[test]
    fn invalid_urls_are_refused() {
        for url in
            ["", "ftp://host", "https://user:password@host/", "https://host/?A=1", "http://ho st/", "http://h/a b"]
        {
            let error = ConnectTo::parse(url).expect_err(url).to_string();
            assert!(!error.contains("password"), "{error}");
        }
    }
}
