//! The error of a request without a response, and whether the request may have been executed.

use std::error::Error;
use std::fmt;
use std::time::Duration;

/// The error of a request that got no response, or whose response ended early.
///
/// Its Display says what to do. It contains no query, no header and no body, so it contains no secret.
#[derive(Debug)]
pub struct TransportError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: TransportErrorKind,
    message: Box<str>,
    host: Option<Box<str>>,
    sent: bool,
    connecting: bool,
    reused: Option<bool>,
    advice: Option<&'static str>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// The kind of a [`TransportError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The options of the transport are invalid: for example a proxy that is not a URL.
    Options,
    /// The request cannot be sent with HTTP. Retrying does not help.
    Request,
    /// The thread that polls the call runs in no tokio runtime, or in one without timers or I/O.
    Runtime,
    /// The host name could not be resolved.
    Dns,
    /// Connecting failed: refused, no route, or an error of the proxy.
    Connect,
    /// The certificate of the server was not accepted: unknown issuer, wrong host, or expired.
    Tls,
    /// A timeout expired.
    Timeout,
    /// The connection was reset.
    Reset,
    /// The connection was closed before the end of the response.
    Closed,
    /// The response is not valid HTTP, or its head is too large.
    Protocol,
    /// The body cannot be decompressed.
    Body,
    /// The body is larger than the limit.
    TooLarge,
    /// The response is a stream of events, but a whole response was expected.
    EventStream,
    /// Any other error.
    Other,
}

impl TransportErrorKind {
    /// The name for logs and metrics, in lower case: `timeout`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Options => "options",
            Self::Request => "request",
            Self::Runtime => "runtime",
            Self::Dns => "dns",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::Reset => "reset",
            Self::Closed => "closed",
            Self::Protocol => "protocol",
            Self::Body => "body",
            Self::TooLarge => "too_large",
            Self::EventStream => "event_stream",
            Self::Other => "other",
        }
    }

    fn advice(self) -> &'static str {
        match self {
            Self::Dns => "check the host name of the endpoint, and the DNS of this machine",
            Self::Connect => "check the endpoint, the firewall and the proxy",
            Self::Tls => {
                "check the host name of the endpoint and the clock of this machine; root_certificate(..) adds a private root certificate"
            }
            Self::Timeout => "the server or the network is slow",
            Self::EventStream => "call client.events(..) instead of client.send(..)",
            Self::Reset | Self::Closed => "the server or a device in between closed the connection",
            Self::Protocol => "the response is not from the cloud: check the endpoint and the proxy",
            Self::TooLarge => "request less data at a time, or raise the limit with response_limits(..)",
            Self::Options | Self::Request | Self::Runtime | Self::Body | Self::Other => "",
        }
    }
}

impl TransportError {
    /// Creates the error of a request that may have reached the server; see [`unsent`](Self::unsent).
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        let message = message.into().into();
        Self(Box::new(Inner {
            kind,
            message,
            host: None,
            sent: true,
            connecting: false,
            reused: None,
            advice: None,
            source: None,
        }))
    }

    /// Creates the error of a timeout: `what`, for example "the attempt", took longer than `limit`.
    pub fn timeout(what: &str, limit: Duration) -> Self {
        Self::new(TransportErrorKind::Timeout, format!("{what} took longer than {limit:?}"))
    }

    /// Marks that no byte of the request left this machine.
    #[must_use]
    pub fn unsent(mut self) -> Self {
        self.0.sent = false;
        self
    }

    /// Marks that it failed before a connection was established, so nothing was sent.
    #[must_use]
    pub fn connecting(mut self) -> Self {
        self.0.connecting = true;
        self.unsent()
    }

    /// Replaces the advice of the kind.
    pub(crate) fn advice(mut self, advice: &'static str) -> Self {
        self.0.advice = Some(advice);
        self
    }

    /// Adds the host of the request, with the port if the URL has one.
    #[must_use]
    pub fn host(mut self, host: &str) -> Self {
        self.0.host = Some(host.into());
        self
    }

    /// Adds whether the connection was used by a request before.
    #[must_use]
    pub fn reused(mut self, reused: bool) -> Self {
        self.0.reused = Some(reused);
        self
    }

    /// Adds the source. It must not contain a secret, such as a URL with a signature.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> TransportErrorKind {
        self.0.kind
    }

    /// Whether the request may have reached the server. False only if it certainly did not.
    pub fn sent(&self) -> bool {
        self.0.sent
    }

    /// Whether the connection was used by a request before, if the transport provides this.
    pub fn is_reused(&self) -> Option<bool> {
        self.0.reused
    }

    /// Whether a timeout expired.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == TransportErrorKind::Timeout
    }

    /// Whether no connection was established: DNS, TCP or TLS failed or timed out.
    pub fn is_connect(&self) -> bool {
        use TransportErrorKind as K;
        self.0.connecting || matches!(self.0.kind, K::Dns | K::Connect | K::Tls)
    }

    /// Whether a retry of the same request could succeed, if the request may be sent twice.
    pub fn is_retryable(&self) -> bool {
        use TransportErrorKind as K;
        matches!(
            self.0.kind,
            K::Dns | K::Connect | K::Timeout | K::Reset | K::Closed | K::Protocol | K::Body | K::Other
        )
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(host) = &self.0.host {
            write!(f, "{host}: ")?;
        }
        f.write_str(&self.0.message)?;
        match self.0.advice.unwrap_or_else(|| self.0.kind.advice()) {
            "" => Ok(()),
            advice => write!(f, " ({advice})"),
        }
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
