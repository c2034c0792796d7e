//! `--verbose` and `--request-client`: messages about a call, and the name of the client in the request.

use std::time::Instant;

use tc_core::bytes::Bytes;
use tc_core::{Attempt, Interceptor};

use super::advice::in_options;
use crate::error::{Error, arguments};

/// Adds `--request-client` to the name that is sent to the server. That header is not signed.
#[derive(Debug)]
pub(super) struct ClientName(http::HeaderValue);

impl ClientName {
    pub(super) fn new(name: &str) -> Result<Self, Error> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_ ,;.".contains(&byte);
        if name.is_empty() || name.len() > 128 || !name.bytes().all(plain) {
            return Err(arguments("argument --request-client: 1 to 128 of 0-9A-Za-z-_,;. and blanks are accepted"));
        }
        let value = format!("tcapi_{}; {name}", env!("CARGO_PKG_VERSION"));
        http::HeaderValue::from_str(&value).map(Self).map_err(|error| arguments(error.to_string()))
    }
}

impl Interceptor for ClientName {
    fn after_signing(&self, _: &Attempt<'_>, request: &mut http::Request<Bytes>) {
        request.headers_mut().insert("x-tc-requestclient", self.0.clone());
    }
}

/// `--verbose`: a line on standard error for each attempt. No header and no parameter is shown.
#[derive(Debug)]
pub(super) struct Trace(Instant);

impl Trace {
    pub(super) fn since(start: Instant) -> Self {
        Self(start)
    }

    fn line(&self, attempt: &Attempt<'_>, text: &str) {
        let Attempt { service, version, action, number, .. } = attempt;
        anstream::eprintln!(
            "{:>8.3} s  {service} {version} {action}, attempt {number}: {text}",
            self.0.elapsed().as_secs_f64()
        );
    }
}

impl Interceptor for Trace {
    fn after_signing(&self, attempt: &Attempt<'_>, request: &mut http::Request<Bytes>) {
        let host = request.uri().host().unwrap_or_default();
        self.line(attempt, &format!("{} {host}, {} bytes", request.method(), request.body().len()));
    }

    fn after_response(&self, attempt: &Attempt<'_>, response: &http::Response<Bytes>) {
        self.line(attempt, &format!("HTTP {}, {} bytes", response.status().as_u16(), response.body().len()));
    }

    fn on_error(&self, attempt: &Attempt<'_>, error: &tc_core::Error) {
        self.line(attempt, &in_options(&error.to_string()));
    }
}
