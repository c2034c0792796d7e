//! Spans and events for `tracing`: names, sizes and codes, never a value that was sent or received.
//!
//! Names are those of OpenTelemetry, if it defines one.

use std::time::Duration;

use tokio::time::Instant;
use tracing::Span;
use tracing::field::Empty;

use crate::error::{Error, ErrorKind};
use crate::request::UnsignedRequest;
use crate::response::BodyProblem;

/// The span of a whole call.
pub(super) fn call(request: &UnsignedRequest) -> Span {
    let target = request.target();
    tracing::info_span!(
        "tencentcloud.call",
        otel.name = %format_args!("{}/{}", target.service, target.action),
        otel.kind = "client",
        otel.status_code = Empty,
        rpc.system.name = "tencentcloud",
        rpc.method = %format_args!("{}/{}", target.service, target.action),
        cloud.region = filled(request.region()),
        tencentcloud.request_id = Empty,
        http.request.resend_count = Empty,
        error.type = Empty,
    )
}

/// `None` for an empty text, because a field without a value is left out.
fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// The span of one attempt.
pub(super) fn attempt(number: u32) -> Span {
    tracing::debug_span!(
        "tencentcloud.attempt",
        attempt = number,
        http.request.method = Empty,
        server.address = Empty,
        http.request.body.size = Empty,
        http.response.status_code = Empty,
        http.response.body.size = Empty,
        error.type = Empty,
    )
}

pub(super) fn sent(span: &Span, request: &http::Request<bytes::Bytes>) {
    if !span.is_disabled() {
        span.record("http.request.method", request.method().as_str());
        span.record("server.address", request.uri().host());
        span.record("http.request.body.size", request.body().len());
    }
}

pub(super) fn answered(span: &Span, response: &http::Response<bytes::Bytes>, started: Instant) {
    let (status, size) = (response.status().as_u16(), response.body().len());
    if !span.is_disabled() {
        span.record("http.response.status_code", status);
        span.record("http.response.body.size", size);
    }
    tracing::debug!(status, size, milliseconds = milliseconds(started.elapsed()), "answered");
}

/// Recorded only on the span of the attempt: the call may still succeed.
pub(super) fn failed(span: &Span, error: &Error) {
    let kind = kind(error);
    span.record("error.type", kind);
    tracing::debug!(error.type = kind, request_id = error.request_id(), "attempt failed");
}

pub(super) fn again(error: &Error, sent: u32, wait: Duration) {
    tracing::info!(error.type = kind(error), attempts = sent, milliseconds = milliseconds(wait), "another attempt follows");
}

pub(super) fn succeeded(span: &Span, request_id: &str, sent: u32, started: Instant) {
    let request_id = filled(request_id);
    span.record("tencentcloud.request_id", request_id);
    finished(span, "OK", sent);
    tracing::debug!(parent: span, request_id, attempts = sent, milliseconds = milliseconds(started.elapsed()), "call succeeded");
}

pub(super) fn gave_up(span: &Span, error: &Error, sent: u32, started: Instant) {
    let kind = kind(error);
    span.record("tencentcloud.request_id", error.request_id());
    span.record("error.type", kind);
    finished(span, "ERROR", sent);
    tracing::info!(
        parent: span,
        error.type = kind,
        request_id = error.request_id(),
        attempts = sent,
        milliseconds = milliseconds(started.elapsed()),
        "call failed"
    );
}

fn finished(span: &Span, status: &str, sent: u32) {
    span.record("otel.status_code", status);
    if sent > 1 {
        span.record("http.request.resend_count", sent - 1);
    }
}

/// The code or the kind of an error, without the message of the server, which may repeat a value that was sent.
pub(super) fn kind(error: &Error) -> &str {
    match error.kind() {
        ErrorKind::Configuration(_) => "configuration",
        ErrorKind::Paging(_) => "paging",
        ErrorKind::Invalid(_) => "invalid",
        ErrorKind::Payload(_) => "payload",
        ErrorKind::Credential(_) => "credential",
        ErrorKind::Request(_) => "request",
        ErrorKind::Transport(error) => error.kind().as_str(),
        ErrorKind::Throttled { .. } => "throttled",
        ErrorKind::RateLimiter(_) => "rate_limiter",
        ErrorKind::Api(error) => error.code().as_str(),
        ErrorKind::Body(error) => match error.problem {
            BodyProblem::Empty => "empty_body",
            BodyProblem::NotJson { .. } => "no_json",
            BodyProblem::EventStream => "event_stream",
            _ => "foreign_body",
        },
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
