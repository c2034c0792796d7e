//! One attempt: credential, rate limiter, signature, exchange, decoding.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use tokio::time::Instant;
use tracing::Span;

use super::events::{EventTimeouts, is_event_stream};
use super::prepare::Prepared;
use super::receiver::{LARGE, Received, Receiver, decode_large};
use super::settings::Settings;
use super::{skew, trace};
use crate::credential::Credential;
use crate::deadline::after;
use crate::error::{Error, ErrorKind};
use crate::meter;
use crate::provider::ProvideCredential;
use crate::rate_limiter::{RateDecision, RateRequest};
use crate::request::{Steps, Target};
use crate::throttle::Throttle;
use crate::timestamp::{Clock, Timestamp};
use crate::transport::{self, Body, BoxFuture, TransportError, sleep_until, timeout_at};

/// A failed attempt, with the information that the call loop needs.
pub(super) struct Failed {
    pub(super) error: Error,
    /// The time that was signed and the time of the server, if the response has one.
    pub(super) times: Option<(Timestamp, Timestamp)>,
    /// The wait that the response asks for.
    pub(super) retry_after: Option<Duration>,
    /// The credential of the signature.
    pub(super) credential: Option<Credential>,
    /// Whether a provider returned the credential.
    pub(super) from_provider: bool,
    /// Whether the rate limiter counted the attempt.
    pub(super) rate_limited: bool,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, times: None, retry_after: None, credential: None, from_provider: false, rate_limited: false }
    }
}

/// What all attempts of one call share.
#[derive(Clone, Copy)]
pub(super) struct CallContext<'a> {
    pub(super) settings: &'a Settings,
    pub(super) prepared: &'a Prepared,
    pub(super) receiver: &'a Arc<dyn Receiver>,
    pub(super) deadline: Instant,
}

/// Makes one attempt. `sent` counts the attempts given to the transport.
pub(super) async fn attempt(call: &CallContext<'_>, span: &Span, sent: &mut u32) -> Result<(), Failed> {
    let &CallContext { settings, prepared, .. } = call;
    let (credential, from_provider) = find_credential(call).await?;
    let limited =
        credential.as_ref().filter(|_| prepared.throttle != Throttle::Off && prepared.target().rate.is_some());
    if let Some(credential) = limited {
        let started = Instant::now();
        let decided = wait_for_rate_limiter(call, credential).await;
        meter::waited(prepared.labels(), started);
        decided?;
    }
    let rate_limited = limited.is_some();
    let with_credential = |failed| Failed { credential: credential.clone(), from_provider, rate_limited, ..failed };

    let at = settings.clock.now();
    // In a block, because the future would keep the request, which is large.
    let response = {
        let request = sign(call, credential.as_ref(), *sent + 1, at).map_err(|error| with_credential(error.into()))?;
        trace::sent(span, &request);
        settings.transport.send(request)
    };
    *sent += 1;
    let started = Instant::now();
    let result = receive(call, span, *sent, response, at, started).await.map_err(with_credential);
    let error = result.as_ref().err().map(|failed| trace::kind(&failed.error));
    meter::attempt(prepared.labels(), started, error);
    result
}

/// Signs the request of an attempt and adds what the interceptors add.
fn sign(
    call: &CallContext<'_>,
    credential: Option<&Credential>,
    number: u32,
    at: Timestamp,
) -> Result<http::Request<Bytes>, Error> {
    let &CallContext { settings, prepared, receiver, .. } = call;
    let info = prepared.attempt(number);
    let mut extra = HeaderMap::new();
    settings.interceptors.iter().for_each(|each| each.before_signing(&info, &mut extra));
    let mut request = prepared.request.sign(credential, at, nonce)?;
    for (name, value) in &extra {
        request.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    // A server that compresses collects several events before it sends them.
    let encoding = HeaderValue::from_static(if receiver.accepts_events() { "identity" } else { "gzip" });
    request.headers_mut().insert(ACCEPT_ENCODING, encoding);
    settings.interceptors.iter().for_each(|each| each.after_signing(&info, &mut request));
    Ok(request)
}

/// Waits for the response and decodes it. `at` is the time that was signed, `started` the time the request was sent.
async fn receive(
    call: &CallContext<'_>,
    span: &Span,
    sent: u32,
    response: ResponseFuture<'_>,
    at: Timestamp,
    started: Instant,
) -> Result<(), Failed> {
    let &CallContext { settings, prepared, receiver, deadline } = call;
    let until = deadline.min(after(started, prepared.attempt_timeout));
    let timed_out = || {
        let error = if until == deadline {
            let error = TransportError::timeout("the call", prepared.timeout);
            error.advice("timeout(..) of the client or of the call gives it more time")
        } else {
            let error = TransportError::timeout("the attempt", prepared.attempt_timeout);
            error.advice("attempt_timeout(..) gives a slow response more time")
        };
        Error::from(error)
    };
    let mut request_id = None;
    // Boxed, so that the future of the call stays small. Pinned, because `timeout_at` would move it.
    let reading = Box::pin(async { timeout_at(until, pin!(read(call, response, &mut request_id))).await });
    let read = reading.await.unwrap_or_else(|_| Err(timed_out()));
    let with_request_id = |error: Error| error.with_request_id(request_id_text(request_id.as_ref()));
    let Some(mut response) = read.map_err(with_request_id)? else { return Ok(()) };
    trace::answered(span, &response, started);
    settings.interceptors.iter().for_each(|each| each.after_response(&prepared.attempt(sent), &response));
    let is_large = response.body().len() > LARGE;
    let received = Received {
        status: response.status().as_u16(),
        // Moved, so that the body of a sensitive response has one owner and can be overwritten.
        body: std::mem::take(response.body_mut()),
        request_id: request_id.clone(),
        attempts: sent,
        strict: settings.strict_answers,
        documented: prepared.target().response,
    };
    let decoded = if is_large {
        // Boxed, because few responses are large.
        let decoded = Box::pin(timeout_at(until, decode_large(receiver, received, span))).await;
        decoded.unwrap_or_else(|_| Err(timed_out()))
    } else {
        span.in_scope(|| receiver.receive(received))
    };
    decoded.map_err(|error| Failed {
        times: skew::date(response.headers()).map(|date| (at, date)),
        retry_after: retry_after(response.headers(), settings.clock.now()),
        ..with_request_id(error).into()
    })
}

/// The future of the transport.
type ResponseFuture<'a> = BoxFuture<'a, Result<http::Response<Body>, TransportError>>;

/// Reads a whole response. `None` if it is a stream of events, which the receiver reads. `id` is set to the id of the request in the
/// headers as soon as they have arrived.
async fn read(
    call: &CallContext<'_>,
    response: ResponseFuture<'_>,
    id: &mut Option<HeaderValue>,
) -> Result<Option<http::Response<Bytes>>, Error> {
    let &CallContext { settings, prepared, receiver, .. } = call;
    let mut response = response.await?;
    *id = request_id_header(response.headers()).cloned();
    if is_event_stream(&response) {
        let (limits, strict) = (settings.limits, settings.strict_answers);
        let timeouts = EventTimeouts { silence: prepared.attempt_timeout, event: prepared.timeout };
        return Ok(receiver.open(response, limits, timeouts, strict).map(|()| None)?);
    }
    let whole = transport::read(&mut response, settings.limits).await?;
    Ok(Some(response.map(|_| whole)))
}

/// The id of the request in the headers of a response. Empty if the header is missing.
pub(super) fn request_id(headers: &HeaderMap) -> &str {
    request_id_text(request_id_header(headers))
}

/// The header with the id of the request. Compares the few names of a response, because hashing this one takes longer.
fn request_id_header(headers: &HeaderMap) -> Option<&HeaderValue> {
    headers.iter().find(|(name, _)| **name == REQUEST_ID).map(|(_, value)| value)
}

/// The text of the header with the id. A text much longer than an id is ignored: it would be kept with every event of a stream.
pub(super) fn request_id_text(value: Option<&HeaderValue>) -> &str {
    const MAX: usize = 256;
    value.and_then(|value| value.to_str().ok()).filter(|id| id.len() <= MAX).unwrap_or_default()
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-tc-requestid");

/// The request to the rate limiter for a call with a documented rate.
pub(super) fn rate_request<'a>(
    prepared: &'a Prepared,
    credential: &'a Credential,
    max_wait: Duration,
) -> RateRequest<'a> {
    let Target { service, action, rate, .. } = prepared.target();
    RateRequest::new(credential.secret_id(), service, action, rate.unwrap_or(u32::MAX))
        .with_region(prepared.request.region())
        .with_max_wait(max_wait)
}

/// Waits until the rate limiter lets the call start, at most until the deadline. Fails with `Throttle::Fail` instead of waiting.
async fn wait_for_rate_limiter(call: &CallContext<'_>, credential: &Credential) -> Result<(), Error> {
    /// Keeps a limiter that returns a wait of zero every time from blocking the thread.
    const LEAST: Duration = Duration::from_millis(1);
    let &CallContext { settings, prepared, deadline, .. } = call;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let max_wait = if prepared.throttle == Throttle::Fail { Duration::ZERO } else { left };
        let request = rate_request(prepared, credential, max_wait);
        let wait = match timeout_at(deadline, settings.rate_limiter.acquire(request)).await {
            Ok(Ok(RateDecision::Now)) => return Ok(()),
            Ok(Ok(RateDecision::After(wait))) => wait,
            Ok(Err(error)) => return Err(Error::new(ErrorKind::RateLimiter(error))),
            Err(_) => {
                return Err(TransportError::timeout("waiting for the rate limiter", prepared.timeout).unsent().into());
            }
        };
        if prepared.throttle == Throttle::Fail || wait >= deadline.saturating_duration_since(Instant::now()) {
            return Err(Error::new(ErrorKind::Throttled { action: request.action.into(), rate: request.rate, wait }));
        }
        sleep_until(after(Instant::now(), wait.max(LEAST))).await;
    }
}

/// Returns the steps of a signature, without I/O.
pub(super) fn steps(settings: &Settings, prepared: &Prepared, at: Timestamp) -> Result<Steps, Error> {
    let fixed = fixed(settings, prepared);
    if fixed.is_none() && !prepared.target().skip_sign {
        return Err(Error::configuration(
            "signing without I/O needs a credential: set one with credential(..) of the client or of the call",
        ));
    }
    Ok(prepared.request.steps(fixed, at, nonce)?)
}

/// Returns the signed request, without I/O.
pub(super) fn request(settings: &Settings, prepared: &Prepared, at: Timestamp) -> Result<http::Request<Bytes>, Error> {
    Ok(prepared.request.sign(fixed(settings, prepared), at, nonce)?)
}

/// The credential that is known without I/O: that of the call, or else that of the client.
fn fixed<'a>(settings: &'a Settings, prepared: &'a Prepared) -> Option<&'a Credential> {
    prepared.credential.as_ref().or(settings.credential.as_ref())
}

/// Returns the credential to sign with, and whether it is from a provider.
async fn find_credential(call: &CallContext<'_>) -> Result<(Option<Credential>, bool), Error> {
    let &CallContext { settings, prepared, deadline, .. } = call;
    if prepared.target().skip_sign {
        return Ok((None, false));
    }
    if let Some(fixed) = fixed(settings, prepared) {
        return Ok((Some(fixed.clone()), false));
    }
    let Some(provider) = &settings.provider else { return Ok((None, false)) };
    match timeout_at(deadline, provider.credential()).await {
        Ok(found) => Ok((Some(found?), true)),
        Err(_) => Err(TransportError::timeout("finding a credential", prepared.timeout).unsent().into()),
    }
}

/// The wait in `Retry-After`: a number of seconds, or a date, which is compared with the `Date` of the same response or, without
/// one, with `now`. A number too large for `u64` counts as the maximum.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().unwrap_or(u64::MAX)
    } else {
        let until = Timestamp::from(httpdate::parse_http_date(text).ok()?);
        u64::try_from(until.since(skew::date(headers).unwrap_or(now))).unwrap_or(0)
    };
    Some(Duration::from_secs(seconds))
}

fn nonce() -> u64 {
    // All official clients send a nonce that fits an i32.
    u64::from(fastrand::u32(1..=i32::MAX.unsigned_abs()))
}
