//! The option that chooses a proxy.

use std::fmt;

/// Which proxy the requests go through.
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Proxy {
    /// That of the variables `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY`, except for the hosts of `NO_PROXY`.
    ///
    /// Each is read in upper case, or else in lower case, when the transport is made; an empty one counts as not set.
    /// `HTTPS_PROXY` is for `https` URLs, `HTTP_PROXY` for `http` URLs, and `ALL_PROXY` for those that have none. A value
    /// that [`Url`](Self::Url) would refuse is an error that names the variable. In a CGI process, which has
    /// `REQUEST_METHOD`, none is read.
    ///
    /// `NO_PROXY` is a list with commas: a host name, which stands for its subdomains too and may begin with a dot, an IP
    /// address, a network such as `10.0.0.0/8`, or `*` for every host. A port in it matches nothing.
    ///
    /// The transport of the feature `hyper` knows no proxies: there a variable that names one is an error, unless
    /// `NO_PROXY` is `*`.
    #[default]
    Environment,
    /// None, whatever the environment says.
    None,
    /// This one: `http://user:password@proxy.example:3128`. The schemes are `http` (also where none is given), `https`,
    /// `socks4`, `socks4a`, `socks5` and `socks5h`; with the last of each kind the proxy resolves host names. Special
    /// characters in the user and the password are percent-encoded.
    Url(String),
}

/// [`Proxy::Url`].
impl From<String> for Proxy {
    fn from(url: String) -> Self {
        Self::Url(url)
    }
}

/// [`Proxy::Url`].
impl From<&str> for Proxy {
    fn from(url: &str) -> Self {
        Self::Url(url.to_owned())
    }
}

/// Shows no URL: it often holds a password.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "Environment",
            Self::None => "None",
            Self::Url(_) => "Url(..)",
        })
    }
}
