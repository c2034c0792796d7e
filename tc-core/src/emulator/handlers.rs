//! Typed answers: what a handler may return, and how it becomes the gateway's envelope.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use crate::action::Action;
use crate::error_code::ErrorCode;
use crate::model::{Fields, deserialize, serialize};

/// Why a request is refused: an error code and a message, sent in the gateway's envelope.
///
/// ```
/// use tc_core::emulator::ErrorResponse;
/// let refusal = ErrorResponse::new("ResourceNotFound", "There is no such person.");
/// assert_eq!(refusal.code(), "ResourceNotFound");
/// assert_eq!(ErrorResponse::from("InternalError").code(), "InternalError");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorResponse {
    code: String,
    message: String,
}

impl ErrorResponse {
    /// A refusal with this code and message.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }

    /// The code: `AuthFailure.SignatureFailure`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The message.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl From<&str> for ErrorResponse {
    fn from(code: &str) -> Self {
        Self::new(code, "The emulator was told to answer so.")
    }
}

impl From<ErrorCode> for ErrorResponse {
    fn from(code: ErrorCode) -> Self {
        Self::from(code.as_str())
    }
}

impl<C: Into<String>, M: Into<String>> From<(C, M)> for ErrorResponse {
    fn from((code, message): (C, M)) -> Self {
        Self::new(code, message)
    }
}

impl fmt::Display for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

/// What a handler answers: a value, a refusal, free JSON, or a stream of events; with a RequestId of its own if it likes.
///
/// A handler may return the value itself or a `Result` of it; both become a `Reply`.
#[derive(Debug, Clone)]
pub struct Reply<T> {
    content: Content<T>,
    request_id: Option<String>,
    delay: Duration,
    pace: Duration,
}

#[derive(Debug, Clone)]
enum Content<T> {
    Value(T),
    Json(Value),
    Error(ErrorResponse),
    Stream(Vec<Bytes>),
}

impl<T> Reply<T> {
    fn of(content: Content<T>) -> Self {
        Self { content, request_id: None, delay: Duration::ZERO, pace: Duration::ZERO }
    }

    /// Answers with a value.
    pub fn value(value: T) -> Self {
        Self::of(Content::Value(value))
    }

    /// Answers with an error envelope.
    pub fn error(refusal: impl Into<ErrorResponse>) -> Self {
        Self::of(Content::Error(refusal.into()))
    }

    /// Answers with free JSON as the `Response` object, for what a typed value cannot say: `"GroupNum": "1"`.
    pub fn json(response: Value) -> Self {
        Self::of(Content::Json(response))
    }

    /// Answers with server-sent events, each item the data of one; the RequestId goes into the header `X-TC-RequestId`.
    pub fn events<I: IntoIterator>(events: I) -> Self
    where
        I::Item: fmt::Display,
    {
        let event = |event: I::Item| {
            let mut text = String::new();
            for line in event.to_string().split('\n') {
                text.push_str("data: ");
                text.push_str(line);
                text.push('\n');
            }
            text.push('\n');
            Bytes::from(text)
        };
        Self::of(Content::Stream(events.into_iter().map(event).collect()))
    }

    /// Answers with an event stream of exactly these bytes, cut exactly so.
    pub fn event_bytes<I: IntoIterator>(chunks: I) -> Self
    where
        I::Item: Into<Bytes>,
    {
        Self::of(Content::Stream(chunks.into_iter().map(Into::into).collect()))
    }

    /// With this RequestId instead of a random one.
    #[must_use]
    pub fn request_id(mut self, request_id: impl Into<String>) -> Self {
        self.request_id = Some(request_id.into());
        self
    }

    /// Only after this time.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// With this time before each piece of a stream but the first.
    #[must_use]
    pub fn every(mut self, pace: Duration) -> Self {
        self.pace = pace;
        self
    }
}

impl<T> From<T> for Reply<T> {
    fn from(value: T) -> Self {
        Self::value(value)
    }
}

impl<T, E: Into<ErrorResponse>> From<Result<T, E>> for Reply<T> {
    fn from(result: Result<T, E>) -> Self {
        match result {
            Ok(value) => Self::value(value),
            Err(refusal) => Self::error(refusal),
        }
    }
}

/// A function that answers an action: from the request to its response, a `Result` of it, or a [`Reply`].
///
/// Every closure of that form is one.
pub trait Handle<A: Action>: Fn(A) -> <Self as Handle<A>>::Reply + Send + Sync + 'static {
    /// What it returns.
    type Reply: Into<Reply<A::Response>>;
}

impl<A, F, R> Handle<A> for F
where
    A: Action,
    F: Fn(A) -> R + Send + Sync + 'static,
    R: Into<Reply<A::Response>>,
{
    type Reply = R;
}

/// A handler without its types: parameters in, answer out.
pub(super) type Handler = Arc<dyn Fn(Value) -> RawReply + Send + Sync>;

/// What goes back, as far as it is known before a RequestId is chosen.
#[derive(Debug, Clone)]
pub(super) struct RawReply {
    pub(super) content: RawContent,
    pub(super) request_id: Option<String>,
    pub(super) delay: Duration,
    pub(super) pace: Duration,
}

#[derive(Debug, Clone)]
pub(super) enum RawContent {
    /// The `Response` object as text, without a RequestId or with one of its own.
    Object(String),
    Error(ErrorResponse),
    Stream(Vec<Bytes>),
}

impl RawReply {
    fn of(content: RawContent) -> Self {
        Self { content, request_id: None, delay: Duration::ZERO, pace: Duration::ZERO }
    }

    pub(super) fn error(refusal: ErrorResponse) -> Self {
        Self::of(RawContent::Error(refusal))
    }

    /// The answer of an action that is known, but has no handler.
    pub(super) fn empty() -> Self {
        Self::of(RawContent::Object("{}".into()))
    }

    fn from_reply<T>(reply: Reply<T>, write: impl FnOnce(&T) -> Result<String, serde_json::Error>) -> Self {
        let content = match reply.content {
            Content::Value(value) => match write(&value) {
                Ok(text) => RawContent::Object(text),
                Err(error) => RawContent::Error(ErrorResponse::new(
                    "InternalError",
                    format!("The emulator's handler gave a value that cannot be written: {error}."),
                )),
            },
            Content::Json(value) => RawContent::Object(value.to_string()),
            Content::Error(refusal) => RawContent::Error(refusal),
            Content::Stream(chunks) => RawContent::Stream(chunks),
        };
        Self { content, request_id: reply.request_id, delay: reply.delay, pace: reply.pace }
    }
}

/// The handler of `A`, its types taken off.
pub(super) fn typed<A: Action>(handler: impl Handle<A>) -> Handler {
    Arc::new(move |params| match deserialize::<A, _>(params) {
        Ok(request) => RawReply::from_reply(handler(request).into(), |response| write(response)),
        // The gateway has checked the parameters before, so this is a difference between spec and type.
        Err(error) => RawReply::error(ErrorResponse::new(
            "InvalidParameter",
            format!("The parameters are no {}: {error}.", A::SPEC.name),
        )),
    })
}

/// The handler of an action without types.
pub(super) fn untyped<R: Into<Reply<Value>>>(handler: impl Fn(Value) -> R + Send + Sync + 'static) -> Handler {
    Arc::new(move |params| RawReply::from_reply(handler(params).into(), |value| Ok(value.to_string())))
}

fn write(model: &dyn Fields) -> Result<String, serde_json::Error> {
    let mut text = Vec::new();
    serialize(model, &mut serde_json::Serializer::new(&mut text))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
