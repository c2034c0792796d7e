//! How the ready-made transports connect.

use std::time::Duration;

use bytes::Bytes;

use super::Proxy;

/// How many headers hyper takes where it is told no number. Told this very number it would clear room for so many anew
/// for each response.
pub(super) const MAX_HEADERS: usize = 100;

/// How the ready-made transports connect: timeouts, proxy, trust.
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
            // The cloud closes idle connections after 60 s; a request sent at that moment is lost without an answer.
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
    /// How long name service, connection and TLS may take together; 5 s if never said.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long an idle connection is kept; 50 s if never said. The cloud closes them after 60 s.
    #[must_use]
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// How many idle connections are kept for each host; any number if never said.
    #[must_use]
    pub fn max_idle(mut self, connections: usize) -> Self {
        self.max_idle = connections;
        self
    }

    /// How many headers a response may have; 100 if never said.
    #[must_use]
    pub fn max_headers(mut self, headers: usize) -> Self {
        self.max_headers = headers;
        self
    }

    /// Which proxy is used; the environment's if never said.
    #[must_use]
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = proxy;
        self
    }

    /// Trusts the authorities of the operating system instead of those of Mozilla; `SSL_CERT_FILE` and `SSL_CERT_DIR`
    /// name others. Needs the feature `native-roots`: without it, the transport cannot be made.
    #[must_use]
    pub fn system_roots(mut self) -> Self {
        self.system_roots = true;
        self
    }

    /// Trusts one more authority (or several) in PEM, beside the others: those of Mozilla, or of the operating system, and
    /// those of the file that the variable `SSL_CERT_FILE` names. There is no way to trust everything.
    #[must_use]
    pub fn root_certificate(mut self, pem: impl Into<Bytes>) -> Self {
        self.roots.push(pem.into());
        self
    }
}
