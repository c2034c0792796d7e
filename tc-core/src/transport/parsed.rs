//! URLs in the form that reqwest wants, parsed once a host: that takes longer than all else on the way to it.

use std::str::FromStr;
use std::sync::OnceLock;

use http::Uri;
use http::uri::{Authority, PathAndQuery};
use reqwest::Url;
use zeroize::Zeroizing;

/// The hosts asked so far, in the order they came in. Readers never wait.
#[derive(Debug, Default)]
pub(super) struct Parsed(OnceLock<Box<(Uri, Url, Parsed)>>);

/// A program asks few hosts; whoever asks more than this pays for parsing them.
const MANY: usize = 16;

impl Parsed {
    /// `uri` as a URL.
    ///
    /// # Errors
    /// What is no URL.
    pub(super) fn url(&self, uri: &Uri) -> Result<Url, <Url as FromStr>::Err> {
        let parse = || Url::parse(&text(uri));
        // Every query is another.
        if uri.query().is_some() {
            return parse();
        }
        let mut hosts = self;
        for _ in 0..MANY {
            let Some(host) = hosts.0.get() else {
                let url = parse()?;
                hosts.0.get_or_init(|| Box::new((uri.clone(), url.clone(), Self::default())));
                return Ok(url);
            };
            let (known, url, others) = &**host;
            if known == uri {
                return Ok(url.clone());
            }
            hosts = others;
        }
        parse()
    }
}

/// `uri` as text, which may hold a session token: overwritten when dropped, and never grown.
fn text(uri: &Uri) -> Zeroizing<String> {
    let path = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    let (scheme, host) = (uri.scheme_str().unwrap_or_default(), uri.authority().map_or("", Authority::as_str));
    Zeroizing::new([scheme, "://", host, path].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_has_its_own_url_first_and_again_and_beyond_what_is_kept() {
        let parsed = Parsed::default();
        for _ in 0..2 {
            for host in 0..MANY + 3 {
                for query in ["", "?A=1", "?A=2"] {
                    let text = format!("https://host{host}.example:8443/{query}");
                    let url = parsed.url(&text.parse().unwrap());
                    assert_eq!(url.map(String::from), Ok(text));
                }
            }
        }
    }
}
