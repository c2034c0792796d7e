//! One attempt: credential, turn, signature, exchange, decoding.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use tokio::time::{Instant, timeout_at};
use tracing::Span;

use super::events::{Patience, is_event_stream};
use super::interceptor::Attempt;
use super::prepare::Prepared;
use super::sending::{Decode, Decoded, Received, decoded};
use super::settings::Settings;
use super::{skew, trace};
use crate::credential::Credential;
use crate::deadline::after;
use crate::error::{Error, ErrorKind};
use crate::meter;
use crate::provider::ProvideCredential;
use crate::rate_limiter::{RateDecision, RateRequest};
use crate::request::Steps;
use crate::throttle::Throttle;
use crate::timestamp::{Clock, Timestamp};
use crate::transport::{self, Body, BoxFuture, TransportError, TransportErrorKind};

/// Why an attempt failed, and what its failure teaches.
pub(super) struct Failed {
    pub(super) error: Error,
    /// The time that was signed, and the server's where it said.
    pub(super) times: Option<(Timestamp, Timestamp)>,
    /// How long the server asks to be left alone.
    pub(super) retry_after: Option<Duration>,
    /// What the attempt was signed with, where a provider gave it.
    pub(super) provided: Option<Credential>,
    /// What it was signed with, where the rate limiter was asked for its turn.
    pub(super) counted: Option<Credential>,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, times: None, retry_after: None, provided: None, counted: None }
    }
}

/// What all attempts of one call share.
pub(super) struct Common<'a> {
    pub(super) settings: &'a Settings,
    pub(super) prepared: &'a Prepared,
    pub(super) decode: Decode,
    pub(super) deadline: Instant,
}

/// Makes one attempt; `sent` counts those that went to the transport.
pub(super) async fn attempt(common: &Common<'_>, span: &Span, sent: &mut u32) -> Result<Decoded, Failed> {
    let &Common { settings, prepared, deadline, .. } = common;
    let (credential, provided) = credential(settings, prepared, deadline).await?;
    let counted = credential.as_ref().filter(|_| prepared.throttle != Throttle::Off && prepared.rate.is_some());
    if let Some(counted) = counted {
        let began = Instant::now();
        wait_for_turn(common, counted).await?;
        meter::waited(prepared.of(), began.elapsed());
    }
    let failed = |error: Error| Failed {
        error,
        times: None,
        retry_after: None,
        provided: provided.clone(),
        counted: counted.cloned(),
    };

    let at = settings.clock.now();
    let asked =
        send(settings, credential.as_ref(), prepared, &prepared.attempt(*sent + 1), at, span).map_err(failed)?;
    *sent += 1;
    let started = Instant::now();
    let result = answer(common, span, *sent, asked, at, failed).await;
    let error = result.as_ref().err().map(|failed| trace::kind(&failed.error));
    meter::attempt(prepared.of(), started.elapsed(), error);
    result
}

/// Waits for the answer to what was sent, and decodes it.
async fn answer(
    common: &Common<'_>,
    span: &Span,
    sent: u32,
    asked: Asked<'_>,
    at: Timestamp,
    failed: impl Fn(Error) -> Failed,
) -> Result<Decoded, Failed> {
    let &Common { settings, prepared, decode, deadline } = common;
    let started = Instant::now();
    let until = deadline.min(after(started, prepared.attempt_timeout));
    let late = || {
        if until == deadline {
            let error = TransportError::timeout("the call", prepared.timeout);
            error.advice("timeout(..) of the client or of the call gives it more time")
        } else {
            let error = TransportError::timeout("the attempt", prepared.attempt_timeout);
            error.advice("attempt_timeout(..) gives an answer that is slow by nature more time")
        }
    };
    let response = match timeout_at(until, exchange(settings, prepared, asked)).await {
        Ok(Ok(Answered::Whole(response))) => response,
        Ok(Ok(Answered::Streaming(streaming))) => return Ok(streaming),
        Ok(Err(error)) => return Err(failed(error)),
        Err(_) => return Err(failed(late().into())),
    };
    trace::answered(span, &response, started);
    settings.interceptors.iter().for_each(|each| each.after_response(&prepared.attempt(sent), &response));
    let (status, body) = (response.status().as_u16(), response.body().clone());
    let received = Received { status, body, attempts: sent, strict: settings.strict_answers };
    let decoded = timeout_at(until, decoded(decode, received, span)).await;
    match decoded.unwrap_or_else(|_| Err(late().into())) {
        Ok(mut decoded) => {
            decoded.or_request_id(request_id(response.headers()));
            Ok(decoded)
        }
        Err(error) => Err(Failed {
            times: skew::date(response.headers()).map(|date| (at, date)),
            retry_after: retry_after(response.headers(), settings.clock.now()),
            ..failed(error.with_request_id(request_id(response.headers())))
        }),
    }
}

/// The id of the request, as the head of the response has it; empty if it has none.
pub(super) fn request_id(headers: &HeaderMap) -> &str {
    text(headers.get(REQUEST_ID))
}

/// A text far longer than an id is none: it would be kept with each event of a stream.
fn text(value: Option<&HeaderValue>) -> &str {
    const LONGEST: usize = 256;
    value.and_then(|value| value.to_str().ok()).filter(|id| id.len() <= LONGEST).unwrap_or_default()
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-tc-requestid");

/// The transport's answer under way.
type Asked<'a> = BoxFuture<'a, Result<http::Response<Body>, TransportError>>;

/// What came back.
enum Answered {
    Whole(http::Response<Bytes>),
    Streaming(Decoded),
}

/// What the rate limiter is told of a call with a documented rate.
pub(super) fn rate_request<'a>(
    prepared: &'a Prepared,
    credential: &'a Credential,
    max_wait: Duration,
) -> RateRequest<'a> {
    let draft = &prepared.draft;
    RateRequest::new(credential.secret_id(), draft.service(), draft.action(), prepared.rate.unwrap_or(u32::MAX))
        .with_region(draft.region())
        .with_max_wait(max_wait)
}

/// Waits until the rate limiter lets the call start, until the deadline at most; or fails where it would have to wait.
async fn wait_for_turn(common: &Common<'_>, credential: &Credential) -> Result<(), Error> {
    /// A limiter that says "after no time" again and again does not keep the thread busy.
    const LEAST: Duration = Duration::from_millis(1);
    let &Common { settings, prepared, deadline, .. } = common;
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
        tokio::time::sleep(wait.max(LEAST)).await;
    }
}

/// Signs the request and hands it, with what interceptors add, to the transport.
fn send<'a>(
    settings: &'a Settings,
    credential: Option<&Credential>,
    prepared: &Prepared,
    this: &Attempt<'_>,
    at: Timestamp,
    span: &Span,
) -> Result<Asked<'a>, Error> {
    let mut extra = HeaderMap::new();
    settings.interceptors.iter().for_each(|interceptor| interceptor.before_signing(this, &mut extra));
    let mut request = prepared.draft.sign(credential, at, nonce())?;
    for (name, value) in &extra {
        request.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    // A compressor on the way would hold events back until it has enough of them.
    let encoding = HeaderValue::from_static(if prepared.open.is_some() { "identity" } else { "gzip" });
    request.headers_mut().insert(ACCEPT_ENCODING, encoding);
    settings.interceptors.iter().for_each(|interceptor| interceptor.after_signing(this, &mut request));
    trace::sent(span, &request);
    Ok(settings.transport.send(request))
}

/// The answer of the transport, its body read to the end unless it is a stream of events.
async fn exchange(settings: &Settings, prepared: &Prepared, asked: Asked<'_>) -> Result<Answered, Error> {
    let mut response = asked.await?;
    let id = response.headers().get(REQUEST_ID).cloned();
    let broken = |error: TransportError| Error::from(error).with_request_id(text(id.as_ref()));
    if is_event_stream(&response) {
        let Some(open) = prepared.open else {
            return Err(broken(TransportError::new(
                TransportErrorKind::EventStream,
                "the answer is a stream of events",
            )));
        };
        let patience = Patience { silence: prepared.attempt_timeout, event: prepared.timeout };
        return open(response, settings.limits, patience).map(Answered::Streaming).map_err(broken);
    }
    let whole = transport::read(&mut response, settings.limits).await.map_err(broken)?;
    transport::decoded(response, whole, settings.limits).await.map(Answered::Whole).map_err(broken)
}

/// The steps of a signature, without any I/O.
pub(super) fn steps(settings: &Settings, prepared: &Prepared, at: Timestamp) -> Result<Steps, Error> {
    let fixed = fixed(settings, prepared);
    if fixed.is_none() && !prepared.draft.skips_sign() {
        return Err(Error::configuration(
            "nothing can be signed without I/O before the credential is known: give the client one with credential(..)",
        ));
    }
    Ok(prepared.draft.steps(fixed, at, nonce())?)
}

/// The signed request, without any I/O.
pub(super) fn request(settings: &Settings, prepared: &Prepared, at: Timestamp) -> Result<http::Request<Bytes>, Error> {
    Ok(prepared.draft.sign(fixed(settings, prepared), at, nonce())?)
}

/// What is signed with wherever that is known without I/O: the call's own credential before the client's.
fn fixed<'a>(settings: &'a Settings, prepared: &'a Prepared) -> Option<&'a Credential> {
    prepared.credential.as_ref().or(settings.credential.as_ref())
}

/// What to sign with; and the same again where a provider gave it.
async fn credential(
    settings: &Settings,
    prepared: &Prepared,
    deadline: Instant,
) -> Result<(Option<Credential>, Option<Credential>), Error> {
    if prepared.draft.skips_sign() {
        return Ok((None, None));
    }
    if let Some(fixed) = fixed(settings, prepared) {
        return Ok((Some(fixed.clone()), None));
    }
    let Some(provider) = &settings.provider else { return Ok((None, None)) };
    match timeout_at(deadline, provider.credential()).await {
        Ok(found) => found.map(|found| (Some(found.clone()), Some(found))).map_err(Into::into),
        Err(_) => Err(TransportError::timeout("finding a credential", prepared.timeout).unsent().into()),
    }
}

/// What `Retry-After` asks for: a number of seconds, or a date, which is compared with the `Date` of the same response, or
/// with `now` where it has none. More seconds than a number can hold are very many.
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
    // What every official client accepts as a nonce fits an i32.
    u64::from(fastrand::u32(1..=i32::MAX.unsigned_abs()))
}
