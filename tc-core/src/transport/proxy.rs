//! The proxy option.

use std::fmt;

/// The proxy for requests.
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Proxy {
    /// The proxy in the environment variables `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY`, except for the hosts in `NO_PROXY`.
    ///
    /// The transport reads each in upper case, or else in lower case, when it is created; an empty variable counts as not set.
    /// `HTTPS_PROXY` is for `https` URLs, `HTTP_PROXY` for `http` URLs, and `ALL_PROXY` for both if the other is not set. A value
    /// that is invalid for [`Url`](Self::Url) is an error with the name of the variable. A CGI process, in which `REQUEST_METHOD` is
    /// set, reads no variable.
    ///
    /// `NO_PROXY` is a list separated by commas. An item is a host name, which includes its subdomains and may begin with a dot, an IP
    /// address, a network such as `10.0.0.0/8`, or `*` for all hosts. An item with a port matches nothing.
    ///
    /// The transport of the feature `hyper` does not support proxies: with it, a variable that sets one is an error, unless
    /// `NO_PROXY` is `*`.
    #[default]
    Environment,
    /// No proxy. The environment variables are ignored.
    None,
    /// The proxy with this URL: `http://user:password@proxy.example:3128`. The schemes are `http` (the default), `https`, `socks4`,
    /// `socks4a`, `socks5` and `socks5h`; with `socks4a` and `socks5h` the proxy resolves host names. Special characters in the user
    /// and the password must be percent-encoded.
    Url(String),
}

/// Same as [`Proxy::Url`].
impl From<String> for Proxy {
    fn from(url: String) -> Self {
        Self::Url(url)
    }
}

/// Same as [`Proxy::Url`].
impl From<&str> for Proxy {
    fn from(url: &str) -> Self {
        Self::Url(url.to_owned())
    }
}

/// Does not show the URL, which often contains a password.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "Environment",
            Self::None => "None",
            Self::Url(_) => "Url(..)",
        })
    }
}
