//! Why no response came back, and whether the request may have been acted on.

use std::error::Error;
use std::fmt;
use std::time::Duration;

/// Why no response came back, or why its body broke off.
///
/// Its Display says what to do. It holds no query, no header and no body, hence no secret.
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

/// Why nothing can be done without a tokio runtime.
pub(crate) const NO_RUNTIME: &str =
    "no tokio runtime is running on this thread: await the call in #[tokio::main] or Runtime::block_on";

/// What failed on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The transport cannot be built as asked: a proxy that is no URL, a root certificate that is none.
    Options,
    /// The request is none that HTTP can carry. Sending it again will not help.
    Request,
    /// No tokio runtime is running on the thread that polls the call.
    Runtime,
    /// The host's name has no address.
    Dns,
    /// No connection: refused, no route, or the proxy would not.
    Connect,
    /// A connection, but not to whom it should be: an unknown authority, another host's certificate, an expired one.
    Tls,
    /// It took too long.
    Timeout,
    /// The connection was reset.
    Reset,
    /// The connection was closed before the response was whole.
    Closed,
    /// What came back is no HTTP, or its head is larger than accepted.
    Protocol,
    /// The body cannot be decoded.
    Body,
    /// The body is larger than accepted.
    TooLarge,
    /// The response is a stream of events, where a whole response was expected.
    EventStream,
    /// Anything else.
    Other,
}

impl TransportErrorKind {
    /// The lower-case word for logs and metrics: `timeout`.
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
            Self::Dns => "check the endpoint's name, and the name service of this machine",
            Self::Connect => "check the endpoint, the firewall and the proxy",
            Self::Tls => {
                "check the endpoint's name and this machine's clock; a private authority is added with root_certificate(..)"
            }
            Self::Timeout => "the server or the way to it is slow",
            Self::EventStream => "call client.events(..) instead of client.send(..)",
            Self::Reset | Self::Closed => "the server or something on the way broke the connection",
            Self::Protocol => "what answered is not the cloud: check the endpoint and the proxy",
            Self::TooLarge => "ask for less at once, or raise the client's limit for responses",
            Self::Options | Self::Request | Self::Runtime | Self::Body | Self::Other => "",
        }
    }
}

impl TransportError {
    /// An error of a request that may have reached the server, unless [`unsent`](Self::unsent).
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

    /// That `what` took longer than `limit`: "the attempt", "connecting".
    pub fn timeout(what: &str, limit: Duration) -> Self {
        Self::new(TransportErrorKind::Timeout, format!("{what} took longer than {limit:?}"))
    }

    /// That there is no tokio runtime to run on.
    pub(crate) fn no_runtime() -> Self {
        Self::new(TransportErrorKind::Runtime, NO_RUNTIME).unsent()
    }

    /// With the knowledge that no byte of the request left this machine.
    #[must_use]
    pub fn unsent(mut self) -> Self {
        self.0.sent = false;
        self
    }

    /// With the knowledge that it failed before there was a connection, so that nothing was sent.
    #[must_use]
    pub fn connecting(mut self) -> Self {
        self.0.connecting = true;
        self.unsent()
    }

    /// With what to do about it, instead of what the kind advises.
    pub(crate) fn advice(mut self, advice: &'static str) -> Self {
        self.0.advice = Some(advice);
        self
    }

    /// With the host that was asked, and its port where the URL names one.
    #[must_use]
    pub fn host(mut self, host: &str) -> Self {
        self.0.host = Some(host.into());
        self
    }

    /// With whether the connection had served a request before.
    #[must_use]
    pub fn reused(mut self, reused: bool) -> Self {
        self.0.reused = Some(reused);
        self
    }

    /// With what caused it. The cause must hold no secret: a URL with a signature in it, say.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// What failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.0.kind
    }

    /// Whether the request may have reached the server. False only where that is certain.
    pub fn sent(&self) -> bool {
        self.0.sent
    }

    /// Whether the connection had served a request before, where the transport can tell.
    pub fn is_reused(&self) -> Option<bool> {
        self.0.reused
    }

    /// Whether it took too long.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == TransportErrorKind::Timeout
    }

    /// Whether there was no connection: its name, TCP or TLS failed, or it took too long.
    pub fn is_connect(&self) -> bool {
        use TransportErrorKind as K;
        self.0.connecting || matches!(self.0.kind, K::Dns | K::Connect | K::Tls)
    }

    /// Whether sending the same again could succeed, if it may be sent twice.
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
