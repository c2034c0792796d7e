//! The host of a request and the proxy in front of it, as errors name them.

use http::Uri;
use http::uri::Authority;

#[cfg(feature = "reqwest")]
use super::proxies::ProxyLabel;

/// Where a request is sent to.
#[derive(Debug, Clone)]
pub(super) struct Peer {
    host: Option<Authority>,
    #[cfg(feature = "reqwest")]
    proxy: Option<ProxyLabel>,
}

impl Peer {
    /// The host of `uri`, without a proxy.
    #[cfg(feature = "hyper")]
    pub(super) fn direct(uri: &Uri) -> Self {
        Self {
            host: uri.authority().cloned(),
            #[cfg(feature = "reqwest")]
            proxy: None,
        }
    }

    /// The host of `uri`, through `proxy` if there is one.
    #[cfg(feature = "reqwest")]
    pub(super) fn through(uri: &Uri, proxy: Option<ProxyLabel>) -> Self {
        Self { host: uri.authority().cloned(), proxy }
    }

    /// Whether a connection that cannot be opened is that to the proxy. `at_proxy` is true if the error is certainly one of the proxy.
    pub(super) fn is_proxy_failure(&self, at_proxy: bool) -> bool {
        #[cfg(feature = "reqwest")]
        return self.proxy.as_ref().is_some_and(|proxy| at_proxy || proxy.forwards);
        // Without reqwest there are no proxies.
        #[cfg(not(feature = "reqwest"))]
        return {
            let _ = self;
            at_proxy
        };
    }

    /// The host for an error, and the proxy: `proxy http://127.0.0.1:3128 (for cvm.tencentcloudapi.com)` if the proxy failed, or
    /// `cvm.tencentcloudapi.com (through proxy http://127.0.0.1:3128)`.
    pub(super) fn text(&self, proxy_failed: bool) -> String {
        // The text before an `@` may be a password.
        let host = self.host.as_ref().map_or("", |host| host.as_str().rsplit('@').next().unwrap_or_default());
        #[cfg(feature = "reqwest")]
        if let Some(proxy) = &self.proxy {
            let proxy = &proxy.text;
            return if proxy_failed { format!("{proxy} (for {host})") } else { format!("{host} (through {proxy})") };
        }
        let _ = proxy_failed;
        host.to_owned()
    }
}
