//! The options of the built-in transports.

use std::time::Duration;

use bytes::Bytes;

use super::Proxy;

/// The default of hyper. If this number is set explicitly, hyper clears memory for as many headers for each response.
pub(super) const MAX_HEADERS: usize = 100;

/// The most headers that a response may have: the crate `http` panics above 24,576.
const MOST_HEADERS: usize = 20_000;

/// The options of the built-in transports: timeouts, proxy, certificates.
///
/// ```
/// use std::time::Duration;
/// use tc_core::transport::{Proxy, TransportOptions};
///
/// let options = TransportOptions::default().connect_timeout(Duration::from_secs(2)).proxy(Proxy::None);
/// ```
#[derive(Debug, Clone)]
pub struct TransportOptions {
    pub(super) connect_timeout: Duration,
    pub(super) idle_timeout: Duration,
    pub(super) max_idle: usize,
    pub(super) max_headers: usize,
    pub(super) proxy: Proxy,
    pub(super) system_roots: bool,
    pub(super) roots: Vec<Bytes>,
}

impl Default for TransportOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            // The cloud closes idle connections after 60 s. A request sent at that moment gets no response.
            idle_timeout: Duration::from_secs(50),
            max_idle: usize::MAX,
            max_headers: MAX_HEADERS,
            proxy: Proxy::Environment,
            system_roots: false,
            roots: Vec::new(),
        }
    }
}

impl TransportOptions {
    /// Sets the timeout for DNS, TCP and TLS together. Default: 5 s.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long an idle connection is kept. Default: 50 s. The cloud closes them after 60 s.
    #[must_use]
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// Sets the maximum number of idle connections per host. Default: unlimited.
    #[must_use]
    pub fn max_idle(mut self, connections: usize) -> Self {
        self.max_idle = connections;
        self
    }

    /// Sets the maximum number of headers in a response. Default: 100. More than 20,000 count as 20,000.
    #[must_use]
    pub fn max_headers(mut self, headers: usize) -> Self {
        self.max_headers = headers.min(MOST_HEADERS);
        self
    }

    /// Sets the proxy. Default: [`Proxy::Environment`].
    #[must_use]
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = proxy;
        self
    }

    /// Trusts the root certificates of the operating system instead of those of Mozilla; `SSL_CERT_FILE` and `SSL_CERT_DIR` replace
    /// them. Needs the feature `native-roots`; without it, creating the transport fails.
    #[must_use]
    pub fn system_roots(mut self) -> Self {
        self.system_roots = true;
        self
    }

    /// Adds one or several root certificates in PEM to the others: those of Mozilla or of the operating system, and those in the file
    /// named by `SSL_CERT_FILE`. Verification cannot be turned off.
    #[must_use]
    pub fn root_certificate(mut self, pem: impl Into<Bytes>) -> Self {
        self.roots.push(pem.into());
        self
    }
}
