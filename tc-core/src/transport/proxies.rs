//! The proxies of a transport, checked when it is created, so that an invalid proxy never leads to a direct connection.

use std::ffi::OsString;
#[cfg(feature = "reqwest")]
use std::sync::Arc;

#[cfg(feature = "reqwest")]
use http::Uri;
use http::uri::Authority;
#[cfg(feature = "reqwest")]
use hyper_util::client::proxy::matcher::Matcher;

use super::{Proxy, TransportError, TransportErrorKind};

/// The proxies of a transport, as URLs in a form that all libraries parse in the same way.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Proxies {
    /// The proxy for `http` URLs.
    pub(super) http: Option<ProxyUrl>,
    /// The proxy for `https` URLs.
    pub(super) https: Option<ProxyUrl>,
    /// The hosts to connect to directly.
    pub(super) except: Option<String>,
}

/// The URL of a proxy, which may contain a password.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct ProxyUrl {
    pub(super) url: String,
    /// The environment variable that contains it. `None` for the option.
    variable: Option<&'static str>,
}

impl ProxyUrl {
    /// The proxy for an error, without user and password: `proxy http://127.0.0.1:3128 of HTTPS_PROXY`.
    #[cfg(feature = "reqwest")]
    fn label(&self) -> String {
        let (scheme, rest) = self.url.split_once("://").unwrap_or_default();
        let address = rest.rsplit('@').next().unwrap_or_default();
        match self.variable {
            Some(variable) => format!("proxy {scheme}://{address} of {variable}"),
            None => format!("proxy {scheme}://{address}"),
        }
    }
}

/// Finds the proxy of a request, to name it in errors.
#[cfg(feature = "reqwest")]
pub(super) struct ProxyLabels {
    /// reqwest uses it too, so both have the same rules.
    matcher: Matcher,
    http: Arc<str>,
    https: Arc<str>,
}

/// The proxy of a request.
#[cfg(feature = "reqwest")]
#[derive(Debug, Clone)]
pub(super) struct ProxyLabel {
    pub(super) text: Arc<str>,
    /// Whether it forwards requests instead of opening a tunnel, so that the only connection is that to the proxy.
    pub(super) forwards: bool,
}

#[cfg(feature = "reqwest")]
impl ProxyLabels {
    /// Returns `None` without a proxy.
    pub(super) fn of(proxies: &Proxies) -> Option<Self> {
        if proxies.http.is_none() && proxies.https.is_none() {
            return None;
        }
        let url = |proxy: &Option<ProxyUrl>| proxy.as_ref().map_or_else(String::new, |proxy| proxy.url.clone());
        let label = |proxy: &Option<ProxyUrl>| proxy.as_ref().map_or_else(String::new, ProxyUrl::label).into();
        let matcher = Matcher::builder()
            .http(url(&proxies.http))
            .https(url(&proxies.https))
            .no(proxies.except.clone().unwrap_or_default())
            .build();
        Some(Self { matcher, http: label(&proxies.http), https: label(&proxies.https) })
    }

    /// The proxy of a request to `uri`. `None` if it is sent directly.
    pub(super) fn label(&self, uri: &Uri) -> Option<ProxyLabel> {
        let proxy = self.matcher.intercept(uri)?;
        let is_http = uri.scheme_str() == Some("http");
        Some(ProxyLabel {
            text: Arc::clone(if is_http { &self.http } else { &self.https }),
            forwards: is_http && matches!(proxy.uri().scheme_str(), Some("http" | "https")),
        })
    }
}

impl Proxies {
    /// Reads the option, or the environment variables if the option says so.
    ///
    /// # Errors
    /// The option or a variable is not the URL of a proxy.
    pub(super) fn of(chosen: &Proxy) -> Result<Self, TransportError> {
        match chosen {
            Proxy::None => Ok(Self::default()),
            Proxy::Url(url) => {
                let url = url_of(url).map_err(|reason| refused(&format!("the proxy cannot be used: {reason}")))?;
                let proxy = ProxyUrl { url, variable: None };
                Ok(Self { http: Some(proxy.clone()), https: Some(proxy), except: None })
            }
            Proxy::Environment => Self::of_variables(|name| std::env::var_os(name)),
        }
    }

    fn of_variables(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, TransportError> {
        // CGI servers set variables from the headers of a request: the header `Proxy` would become `HTTP_PROXY`.
        if variable("REQUEST_METHOD").is_some() {
            return Ok(Self::default());
        }
        let text = |names: [&'static str; 2]| match names.into_iter().find_map(|name| Some((name, variable(name)?))) {
            None => Ok(None),
            Some((_, value)) if value.is_empty() => Ok(None),
            Some((name, value)) => match value.into_string() {
                Ok(value) => Ok(Some((name, value))),
                Err(_) => Err(refused(&format!("the proxy of {name} cannot be used: it is not valid UTF-8"))),
            },
        };
        let proxy = |names| match text(names)? {
            None => Ok(None),
            Some((name, value)) => match url_of(&value) {
                Ok(url) => Ok(Some(ProxyUrl { url, variable: Some(name) })),
                Err(reason) => Err(refused(&format!("the proxy of {name} cannot be used: {reason}"))),
            },
        };
        let all = proxy(["ALL_PROXY", "all_proxy"])?;
        let https = proxy(["HTTPS_PROXY", "https_proxy"])?.or_else(|| all.clone());
        let http = proxy(["HTTP_PROXY", "http_proxy"])?.or(all);
        let except = text(["NO_PROXY", "no_proxy"])?.map(|(_, value)| value);
        Ok(Self { http, https, except })
    }

    /// Checks the proxies for a transport that does not support any.
    ///
    /// # Errors
    /// There is a proxy, and it is not disabled for all hosts.
    #[cfg_attr(not(feature = "hyper"), allow(dead_code))]
    pub(super) fn refuse(&self) -> Result<(), TransportError> {
        let direct = self.except.as_deref().is_some_and(|hosts| hosts.split(',').any(|host| host.trim() == "*"));
        let Some(proxy) = self.https.as_ref().or(self.http.as_ref()).filter(|_| !direct) else { return Ok(()) };
        let (what, advice) = match proxy.variable {
            Some(name) => (format!("the proxy of {name}"), ", or proxy(Proxy::None)"),
            None => ("the proxy".to_owned(), ""),
        };
        Err(refused(&format!(
            "{what} cannot be used: the transport of the feature `hyper` does not support proxies; use that of the feature \
             `reqwest`{advice}"
        )))
    }
}

fn refused(message: &str) -> TransportError {
    TransportError::new(TransportErrorKind::Options, message).unsent()
}

const SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

/// Parses the URL of a proxy, and returns it with scheme and without a path.
///
/// # Errors
/// The text is not the URL of a proxy. The reason does not show it, since it often contains a password.
fn url_of(text: &str) -> Result<String, &'static str> {
    if text.chars().any(|character| character.is_whitespace() || character.is_control()) {
        return Err("it contains a space or a control character; write http://user:password@host:port");
    }
    let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
    let scheme = scheme.to_ascii_lowercase();
    if !SCHEMES.contains(&&*scheme) {
        return Err("its scheme is not one of http, https, socks4, socks4a, socks5 and socks5h");
    }
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    if rest.contains(['/', '?', '#', '\\']) {
        return Err(
            "it has more than scheme, user, host and port; write http://user:password@host:port, with special \
                    characters percent-encoded",
        );
    }
    let (user, address) = rest.rsplit_once('@').map_or((None, rest), |(user, address)| (Some(user), address));
    if user.is_some_and(|user| user.contains('@')) {
        return Err("its user or password contains an `@`; write it as %40");
    }
    let (host, port) = match address.strip_prefix('[') {
        // An IPv6 address contains colons.
        Some(rest) => rest.split_once(']').ok_or("its host has a `[` without a `]`")?,
        None => address.split_at(address.find(':').unwrap_or(address.len())),
    };
    let named = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let is_host =
        if address.starts_with('[') { host.parse::<std::net::Ipv6Addr>().is_ok() } else { host.bytes().all(named) };
    if host.is_empty() || !is_host {
        return Err("its host is missing or invalid; write http://user:password@host:port");
    }
    let is_port =
        |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|it| it > 0);
    if !port.is_empty() && !port.strip_prefix(':').is_some_and(is_port) {
        return Err("its port is not a number between 1 and 65535");
    }
    rest.parse::<Authority>().map_err(|_| "its user or password contains a character that must be percent-encoded")?;
    Ok(format!("{scheme}://{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INVALID: [&str; 22] = [
        "not a url",
        " http://proxy:3128",
        "http://proxy:3128\n",
        "http://",
        "://proxy:3128",
        "http:///proxy",
        "http:proxy:3128",
        "http:/proxy:3128",
        "http//proxy:3128",
        "ftp://proxy:21",
        "socks://proxy:1080",
        "socks6://proxy:1080",
        "http://proxy:0",
        "http://proxy:65536",
        "http://proxy:x",
        "http://proxy:",
        "http://:3128",
        "http://user:p@ss@proxy:3128",
        "http://proxy/proxy.pac",
        "http://[::1:3128",
        "http://pröxy:3128",
        "http://user:pass{word}@proxy:3128",
    ];

    fn of(variables: &[(&'static str, &str)]) -> Result<Proxies, String> {
        let get = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value));
        Proxies::of_variables(get).map_err(|error| error.to_string())
    }

    #[test]
    fn an_invalid_proxy_is_the_same_error_in_the_option_and_in_every_variable() {
        for text in INVALID {
            let option = Proxies::of(&Proxy::Url(text.to_owned())).map(|_| ()).expect_err(text);
            assert_eq!((option.kind(), option.sent()), (TransportErrorKind::Options, false));
            let reason = option.to_string().replace("the proxy cannot be used: ", "");
            for name in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
                let expected = format!("the proxy of {name} cannot be used: {reason}");
                assert_eq!(of(&[(name, text)]).map(|_| ()), Err(expected), "{text}");
            }
            assert!(!reason.contains("p@ss") && !reason.contains("pass{"), "{reason}");
        }
    }

    #[test]
    fn a_proxy_is_a_url_with_or_without_a_scheme() {
        for (text, expected) in [
            ("proxy.example:3128", "http://proxy.example:3128"),
            ("localhost", "http://localhost"),
            ("HTTP://proxy:3128/", "http://proxy:3128"),
            ("https://user:p%40ss@proxy", "https://user:p%40ss@proxy"),
            ("user:pass@10.0.0.1:8080", "http://user:pass@10.0.0.1:8080"),
            ("socks5h://[::1]:1080", "socks5h://[::1]:1080"),
            ("socks4://proxy_1", "socks4://proxy_1"),
        ] {
            assert_eq!(url_of(text).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn variables_are_read_as_reqwest_documents() {
        let found = |variables: &[(&'static str, &str)]| {
            let url = |proxy: Option<ProxyUrl>| proxy.map_or_else(String::new, |proxy| proxy.url);
            of(variables).map(|found| (url(found.http), url(found.https)))
        };
        let urls = |http: &str, https: &str| Ok((http.to_owned(), https.to_owned()));
        assert_eq!(found(&[]), urls("", ""));
        assert_eq!(found(&[("HTTPS_PROXY", "a")]), urls("", "http://a"));
        assert_eq!(found(&[("http_proxy", "a")]), urls("http://a", ""));
        assert_eq!(found(&[("ALL_PROXY", "a"), ("http_proxy", "b")]), urls("http://b", "http://a"));
        assert_eq!(found(&[("HTTPS_PROXY", "a"), ("https_proxy", "not a url")]), urls("", "http://a"));
        assert_eq!(found(&[("HTTPS_PROXY", ""), ("https_proxy", "b")]), urls("", ""));
        assert_eq!(found(&[("HTTPS_PROXY", ""), ("ALL_PROXY", "b")]), urls("http://b", "http://b"));
        assert_eq!(found(&[("HTTP_PROXY", "a"), ("REQUEST_METHOD", "GET")]), urls("", ""));
    }

    #[test]
    fn a_transport_without_proxies_refuses_one_unless_it_is_disabled_for_all_hosts() {
        let refused = |variables: &[(&'static str, &str)]| {
            of(variables).and_then(|found| found.refuse().map_err(|error| error.to_string()))
        };
        assert_eq!(refused(&[("NO_PROXY", "a")]), Ok(()));
        assert_eq!(refused(&[("ALL_PROXY", "a"), ("NO_PROXY", "b, *")]), Ok(()));
        for name in ["HTTPS_PROXY", "http_proxy", "ALL_PROXY"] {
            let said = refused(&[(name, "a"), ("NO_PROXY", "*.example")]).expect_err(name);
            assert!(
                said.contains(&format!("the proxy of {name} cannot be used")) && said.contains("Proxy::None"),
                "{said}"
            );
        }
    }
}
