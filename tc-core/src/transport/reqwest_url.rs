//! URLs of the crate `http` as URLs of reqwest.

use std::str::FromStr;

use http::Uri;
use http::uri::{Authority, PathAndQuery};
use reqwest::Url;
use zeroize::Zeroizing;

use crate::cache::Cache;

/// A cache of parsed URLs. Parsing takes longer than the rest of the work for a request.
#[derive(Debug)]
pub(super) struct ReqwestUrls(Cache<Uri, Url>);

const CAPACITY: usize = 16;

impl Default for ReqwestUrls {
    fn default() -> Self {
        Self(Cache::new(CAPACITY))
    }
}

impl ReqwestUrls {
    /// Returns `uri` as a URL. A URL with a query is not cached, because nearly every query is different.
    ///
    /// # Errors
    /// `uri` is not a URL.
    pub(super) fn url(&self, uri: &Uri) -> Result<Url, <Url as FromStr>::Err> {
        let parse = || Url::parse(&text(uri));
        if uri.query().is_some() {
            return parse();
        }
        // `==` of two URIs ignores case, which takes several times as long.
        self.0.get(|other| parts(other) == parts(uri), || Ok((uri.clone(), parse()?)))
    }
}

/// The text of `uri`, which may hold a session token: it is overwritten when dropped, and never grows.
fn text(uri: &Uri) -> Zeroizing<String> {
    Zeroizing::new(parts(uri).concat())
}

/// The parts of the text of `uri`.
fn parts(uri: &Uri) -> [&str; 4] {
    let path = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    [uri.scheme_str().unwrap_or_default(), "://", uri.authority().map_or("", Authority::as_str), path]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_the_same_when_it_is_new_and_cached_and_evicted() {
        let urls = ReqwestUrls::default();
        for _ in 0..2 {
            for host in 0..CAPACITY + 3 {
                for query in ["", "?A=1", "?A=2"] {
                    let text = format!("https://host{host}.example:8443/{query}");
                    let url = urls.url(&text.parse().unwrap());
                    assert_eq!(url.map(String::from), Ok(text));
                }
            }
        }
    }
}
