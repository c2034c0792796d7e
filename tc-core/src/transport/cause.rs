//! What an error of the HTTP libraries means, read off the chain of its causes.

use std::error::Error;
use std::io;

use http::uri::Authority;

use super::{TransportError, TransportErrorKind as Kind};

/// Whether the request may have left when `error` came up.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Stage {
    /// While connecting or sending: the chain tells.
    Request,
    /// While reading the body.
    Body,
}

/// Reads the kind of failure, and whether the request may have been sent, off the chain below `error`.
pub(super) fn transport_error(
    error: Box<dyn Error + Send + Sync>,
    asked: Option<&Authority>,
    stage: Stage,
) -> TransportError {
    let mut seen = Seen { kind: None, sent: true, connecting: false, detail: String::new() };
    let mut next: Option<&(dyn Error + 'static)> = Some(&*error);
    // An `io::Error` made of another error shows that one's message as its own but hides it from `source`.
    while let Some(cause) = next {
        seen.look(cause);
        next = match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => cause.source(),
        };
    }
    let kind = seen.kind.unwrap_or(if seen.connecting { Kind::Connect } else { Kind::Other });
    let message = match (stage, kind) {
        (_, Kind::Dns) => "the name cannot be resolved".to_owned(),
        (_, Kind::Timeout) if seen.connecting => "connecting took too long".to_owned(),
        (_, Kind::Tls) => format!("TLS failed: {}", seen.detail),
        _ if seen.connecting => format!("no connection: {}", seen.detail),
        (Stage::Body, _) => format!("the response broke off: {}", seen.detail),
        (Stage::Request, _) => format!("no response: {}", seen.detail),
    };
    // What stands before an `@` may be a password.
    let host = asked.map_or("", |asked| asked.as_str().rsplit('@').next().unwrap_or_default());
    let failed = TransportError::new(kind, message).host(host).with_source(error);
    match (seen.connecting, seen.sent) {
        (true, _) if kind == Kind::Timeout => failed.connecting().advice(SLOW),
        (true, _) => failed.connecting(),
        (false, true) => failed,
        (false, false) => failed.unsent(),
    }
}

const SLOW: &str = "check the endpoint, the firewall and the proxy; connect_timeout(..) gives it more time";

struct Seen {
    kind: Option<Kind>,
    sent: bool,
    connecting: bool,
    detail: String,
}

impl Seen {
    fn look(&mut self, cause: &(dyn Error + 'static)) {
        self.detail = cause.to_string();
        if let Some(error) = cause.downcast_ref::<hyper_util::client::legacy::Error>() {
            self.connecting |= error.is_connect();
        } else if let Some(error) = cause.downcast_ref::<hyper::Error>() {
            // Canceled is what hyper says of a request it never began to write.
            self.sent &= !error.is_canceled();
            if error.is_incomplete_message() || error.is_closed() || error.is_canceled() {
                self.kind = Some(Kind::Closed);
            } else if error.is_parse() {
                self.kind = Some(Kind::Protocol);
            } else if error.is_user() {
                self.kind = Some(Kind::Request);
            }
        } else if cause.is::<rustls::Error>() {
            self.kind = Some(Kind::Tls);
        } else if let Some(error) = cause.downcast_ref::<io::Error>() {
            self.kind = self.kind.filter(|kind| *kind == Kind::Dns).or_else(|| of_io(error)).or(self.kind);
        } else if cause.to_string() == "dns error" {
            self.kind = Some(Kind::Dns);
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
