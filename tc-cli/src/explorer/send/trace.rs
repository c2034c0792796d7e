//! Reports each attempt of a call to the page.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::body::Bytes;
use serde_json::{Value, json};
use tc_core::{Attempt, Interceptor};

use super::Lines;

/// The time since the start.
pub(super) fn milliseconds(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// The target of the reports, and the last response.
#[derive(Debug)]
pub(super) struct Seen {
    lines: Lines,
    start: Instant,
    body: Mutex<Option<Bytes>>,
}

impl Seen {
    pub(super) fn new(lines: Lines, start: Instant) -> Self {
        Self { lines, start, body: Mutex::default() }
    }

    /// The body of the last response.
    pub(super) fn body(&self) -> Option<Bytes> {
        self.body.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, body: Option<Bytes>) {
        *self.body.lock().unwrap_or_else(PoisonError::into_inner) = body;
    }
}

/// Reports the attempts of a call. Of a request only its host and size are reported: its headers have the signature.
#[derive(Debug)]
pub(super) struct Trace(pub(super) Arc<Seen>);

impl Trace {
    fn line(&self, attempt: &Attempt<'_>, kind: &str, more: Value) {
        let mut line = json!({"kind": kind, "number": attempt.number, "ms": milliseconds(self.0.start)});
        if let (Value::Object(line), Value::Object(more)) = (&mut line, more) {
            line.extend(more);
        }
        self.0.lines.push(&line);
    }
}

impl Interceptor for Trace {
    fn after_signing(&self, attempt: &Attempt<'_>, request: &mut http::Request<Bytes>) {
        self.0.keep(None);
        let host = request.uri().authority().map(ToString::to_string).unwrap_or_default();
        let method = request.method().to_string();
        self.line(attempt, "attempt", json!({"method": method, "host": host, "bytes": request.body().len()}));
    }

    fn after_response(&self, attempt: &Attempt<'_>, response: &http::Response<Bytes>) {
        self.0.keep(Some(response.body().clone()));
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| json!([name.as_str(), String::from_utf8_lossy(value.as_bytes())]));
        let (status, bytes) = (response.status().as_u16(), response.body().len());
        let headers: Vec<Value> = headers.collect();
        self.line(attempt, "response", json!({"status": status, "bytes": bytes, "headers": headers}));
    }

    fn on_error(&self, attempt: &Attempt<'_>, error: &tc_core::Error) {
        self.line(attempt, "failure", json!({"message": error.to_string(), "retryable": error.is_retryable()}));
    }
}
