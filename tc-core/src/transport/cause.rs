//! Errors of the HTTP libraries as transport errors, by the chain of their sources.

use std::error::Error;
use std::io;

#[cfg(feature = "reqwest")]
use http::Uri;
#[cfg(feature = "reqwest")]
use hyper_util::client::legacy::connect::HttpConnector;
#[cfg(feature = "reqwest")]
use hyper_util::client::legacy::connect::proxy::SocksV5;
use rustls::CertificateError;
#[cfg(feature = "reqwest")]
use tower_service::Service;

use super::peer::Peer;
use super::{TransportError, TransportErrorKind as Kind};
use crate::text::shown;

/// When an error occurred.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Stage {
    /// Before the head of the response: while connecting, sending or waiting.
    Request,
    /// While reading the body.
    Body,
}

/// Converts `error`: finds its kind, and whether the request may have been sent, in the chain of its sources.
pub(super) fn transport_error(error: Box<dyn Error + Send + Sync>, peer: &Peer, stage: Stage) -> TransportError {
    let mut chain =
        Chain { kind: None, sent: true, connecting: false, at_proxy: false, detail: String::new(), advice: None };
    let mut next: Option<&(dyn Error + 'static)> = Some(&*error);
    while let Some(cause) = next {
        chain.add(cause);
        next = source_of(cause);
    }
    // A certificate may contain many names.
    chain.detail = shown(&chain.detail, 300);
    let kind = chain.kind.unwrap_or(if chain.connecting { Kind::Connect } else { Kind::Other });
    let message = match (stage, kind) {
        (_, Kind::Dns) => "the host name cannot be resolved".to_owned(),
        (_, Kind::Timeout) if chain.connecting => "connecting took too long".to_owned(),
        (_, Kind::Tls) => format!("TLS failed: {}", chain.detail),
        _ if chain.connecting => format!("no connection: {}", chain.detail),
        (Stage::Body, _) => format!("the response ended early: {}", chain.detail),
        (Stage::Request, _) => format!("no response: {}", chain.detail),
    };
    let proxy_failed = chain.connecting && peer.is_proxy_failure(chain.at_proxy);
    let mut failed = TransportError::new(kind, message).host(&peer.text(proxy_failed)).with_source(error);
    if let (Kind::Tls, Some(advice)) = (kind, chain.advice) {
        failed = failed.advice(advice);
    } else if proxy_failed {
        failed = failed.advice(PROXY);
    }
    match (chain.connecting, chain.sent) {
        (true, _) if kind == Kind::Timeout => failed.connecting().advice(SLOW),
        (true, _) => failed.connecting(),
        (false, true) => failed,
        (false, false) => failed.unsent(),
    }
}

/// What to do about a certificate that is not accepted. `None` if the advice for all TLS errors fits.
fn certificate_advice(error: &rustls::Error) -> Option<&'static str> {
    use CertificateError as E;
    let rustls::Error::InvalidCertificate(error) = error else { return None };
    Some(match error {
        E::UnknownIssuer => {
            "add the root certificate of the issuer with root_certificate(..) or to the file that SSL_CERT_FILE names, \
             or trust those of the operating system with system_roots()"
        }
        E::NotValidForName | E::NotValidForNameContext { .. } => {
            "check the host name of the endpoint; the certificate belongs to another host"
        }
        E::Expired | E::ExpiredContext { .. } | E::NotValidYet | E::NotValidYetContext { .. } => {
            "check the clock of this machine; if it is right, the server needs a new certificate"
        }
        _ => return None,
    })
}

/// The cause of `cause`.
fn source_of<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    // An `io::Error` made from another error has its message, but does not return it as `source`.
    if let Some(inner) = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        return Some(inner);
    }
    #[cfg(feature = "reqwest")]
    if let Some(SocksError::Inner(inner)) = cause.downcast_ref::<SocksError>() {
        return Some(inner);
    }
    cause.source()
}

/// The error of a SOCKS proxy, which does not return the error of its connection as `source`.
#[cfg(feature = "reqwest")]
type SocksError = <SocksV5<HttpConnector> as Service<Uri>>::Error;

const PROXY: &str = "check the URL of the proxy, with its user and password; Proxy::None connects without a proxy";

const SLOW: &str = "check the endpoint, the firewall and the proxy; connect_timeout(..) gives it more time";

/// What the sources of an error say about it.
struct Chain {
    kind: Option<Kind>,
    sent: bool,
    connecting: bool,
    /// Whether the proxy cannot be reached, or does not connect to the host.
    at_proxy: bool,
    detail: String,
    advice: Option<&'static str>,
}

impl Chain {
    fn add(&mut self, cause: &(dyn Error + 'static)) {
        self.detail = cause.to_string();
        if let Some(error) = cause.downcast_ref::<hyper_util::client::legacy::Error>() {
            self.connecting |= error.is_connect();
        } else if let Some(error) = cause.downcast_ref::<hyper::Error>() {
            // A request that hyper never started to write is canceled.
            self.sent &= !error.is_canceled();
            if error.is_incomplete_message() || error.is_closed() || error.is_canceled() {
                self.kind = Some(Kind::Closed);
            } else if error.is_parse() {
                self.kind = Some(Kind::Protocol);
            } else if error.is_user() {
                // The runtime of the connection has ended; hyper counts this as an error of its user.
                let ended = self.detail.contains("dispatch task is gone");
                self.kind = Some(if ended { Kind::Closed } else { Kind::Request });
            }
        } else if let Some(error) = cause.downcast_ref::<rustls::Error>() {
            self.kind = Some(Kind::Tls);
            self.advice = certificate_advice(error);
        } else if let Some(error) = cause.downcast_ref::<io::Error>() {
            self.kind = self.kind.filter(|kind| *kind == Kind::Dns).or_else(|| of_io(error)).or(self.kind);
        } else {
            match &*self.detail {
                // With `socks4` and `socks5`, this machine resolves the host name of the request.
                "dns error" | "error resolving for socks proxy" => self.kind = Some(Kind::Dns),
                "error connecting to socks proxy" => self.at_proxy = true,
                tunnel if tunnel.starts_with("tunnel error: ") => self.at_proxy = true,
                _ => {}
            }
        }
        #[cfg(feature = "reqwest")]
        if cause.downcast_ref::<reqwest::Error>().is_some_and(reqwest::Error::is_timeout) {
            self.kind = Some(Kind::Timeout);
        }
    }
}

fn of_io(error: &io::Error) -> Option<Kind> {
    Some(match error.kind() {
        io::ErrorKind::TimedOut => Kind::Timeout,
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionAborted => Kind::Reset,
        io::ErrorKind::UnexpectedEof => Kind::Closed,
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::AddrNotAvailable => Kind::Connect,
        _ => return None,
    })
}
