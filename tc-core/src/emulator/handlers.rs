//! Handlers: the values that they may return, and the conversion to the gateway's envelope.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::panics::caught;
use crate::action::Action;
use crate::error_code::ErrorCode;
use crate::model::{Fields, Value as Member, deserialize, present};

/// An error response of the cloud: a code and a message.
///
/// ```
/// use tc_core::emulator::ErrorResponse;
/// let error = ErrorResponse::new("ResourceNotFound", "There is no such person.");
/// assert_eq!(error.code(), "ResourceNotFound");
/// assert_eq!(ErrorResponse::from("InternalError").code(), "InternalError");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorResponse {
    code: String,
    /// `None` if only the code was given. The message then names the handler that returned the error.
    message: Option<String>,
}

impl ErrorResponse {
    /// Creates an error response with this code and message.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: Some(message.into()) }
    }

    /// The code: `AuthFailure.SignatureFailure`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The message. If only a code was given, the emulator sends a message that names the handler instead of this one.
    pub fn message(&self) -> &str {
        self.message.as_deref().unwrap_or("The emulator returned this error.")
    }

    /// Adds a message, if only a code was given.
    fn or_message(mut self, message: impl FnOnce() -> String) -> Self {
        self.message.get_or_insert_with(message);
        self
    }
}

impl From<&str> for ErrorResponse {
    fn from(code: &str) -> Self {
        Self { code: code.into(), message: None }
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
        write!(f, "{}: {}", self.code, self.message())
    }
}

/// The response of a handler: a value, an error response, JSON, or a stream of events; with options for RequestId and delay.
///
/// A handler may also return the value itself or a `Result`; both are converted to a `Reply`.
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

    /// Responds with a value.
    pub fn value(value: T) -> Self {
        Self::of(Content::Value(value))
    }

    /// Responds with an error.
    pub fn error(error: impl Into<ErrorResponse>) -> Self {
        Self::of(Content::Error(error.into()))
    }

    /// Responds with JSON as the `Response` object, for responses that no typed value can express: `"GroupNum": "1"`.
    pub fn json(response: Value) -> Self {
        Self::of(Content::Json(response))
    }

    /// Responds with server-sent events; each item is the data of one event. The RequestId is in the header `X-TC-RequestId`.
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

    /// Responds with an event stream of exactly these chunks of bytes.
    pub fn event_bytes<I: IntoIterator>(chunks: I) -> Self
    where
        I::Item: Into<Bytes>,
    {
        Self::of(Content::Stream(chunks.into_iter().map(Into::into).collect()))
    }

    /// Sets the RequestId. Default: random.
    #[must_use]
    pub fn request_id(mut self, request_id: impl Into<String>) -> Self {
        self.request_id = Some(request_id.into());
        self
    }

    /// Sends the response after this time.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Waits this time between two chunks of a stream.
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
            Err(error) => Self::error(error),
        }
    }
}

/// A function that handles an action: it takes the request and returns the response, a `Result`, or a [`Reply`].
///
/// Implemented for every closure of this form.
pub trait Handle<A: Action>: Fn(A) -> <Self as Handle<A>>::Reply + Send + Sync + 'static {
    /// The return type of the function.
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

/// A handler without types: it takes parameters as JSON.
pub(super) type Handler = Arc<dyn Fn(Value) -> RawReply + Send + Sync>;

/// A response before its RequestId is known.
#[derive(Debug, Clone)]
pub(super) struct RawReply {
    pub(super) content: RawContent,
    pub(super) request_id: Option<String>,
    pub(super) delay: Duration,
    pub(super) pace: Duration,
}

#[derive(Debug, Clone)]
pub(super) enum RawContent {
    /// The `Response` object as text, with or without a RequestId.
    Object(String),
    Error(ErrorResponse),
    Stream(Vec<Bytes>),
}

impl RawReply {
    fn of(content: RawContent) -> Self {
        Self { content, request_id: None, delay: Duration::ZERO, pace: Duration::ZERO }
    }

    pub(super) fn error(error: ErrorResponse) -> Self {
        Self::of(RawContent::Error(error))
    }

    /// The response of an action without a handler.
    pub(super) fn empty() -> Self {
        Self::of(RawContent::Object("{}".into()))
    }

    fn from_reply<T>(reply: Reply<T>, write: impl FnOnce(&T) -> Result<String, serde_json::Error>) -> Self {
        let content = match reply.content {
            Content::Value(value) => match write(&value) {
                Ok(text) => RawContent::Object(text),
                Err(error) => RawContent::Error(ErrorResponse::new(
                    "InternalError",
                    format!("The handler of the emulator returned a value that cannot be written as JSON: {error}."),
                )),
            },
            Content::Json(value) => RawContent::Object(value.to_string()),
            Content::Error(error) => RawContent::Error(error),
            Content::Stream(chunks) => RawContent::Stream(chunks),
        };
        Self { content, request_id: reply.request_id, delay: reply.delay, pace: reply.pace }
    }
}

/// Calls the handler of this action.
pub(super) fn call(handler: &Handler, action: &str, params: Value) -> RawReply {
    let called = caught(&format!("The handler of {action}"), || handler(params));
    let mut reply = called.unwrap_or_else(RawReply::error);
    if let RawContent::Error(error) = reply.content {
        reply.content = RawContent::Error(error.or_message(|| format!("The handler of {action} returned this error.")));
    }
    reply
}

/// Converts a handler of `A` to one without types.
pub(super) fn typed<A: Action>(handler: impl Handle<A>) -> Handler {
    Arc::new(move |params| match deserialize::<A, _>(params) {
        Ok(request) => RawReply::from_reply(handler(request).into(), |response| write(response)),
        // The gateway has checked the parameters, so this is a difference between spec and type.
        Err(error) => RawReply::error(ErrorResponse::new(
            "InvalidParameter",
            format!("The parameters cannot be read as {}: {error}.", A::SPEC.name),
        )),
    })
}

/// Converts a handler of JSON parameters.
pub(super) fn untyped<R: Into<Reply<Value>>>(handler: impl Fn(Value) -> R + Send + Sync + 'static) -> Handler {
    Arc::new(move |params| RawReply::from_reply(handler(params).into(), |value| Ok(value.to_string())))
}

fn write(model: &dyn Fields) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Whole(Member::Model(model)))
}

/// A value of a response with all its lists. A request does not contain empty lists; the cloud sends them.
struct Whole<'a>(Member<'a>);

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Member::Model(model) => {
                serializer.collect_map(present(model).map(|(param, value)| (param.name, Whole(value))))
            }
            list @ Member::List(_) => serializer.collect_seq(list.items().map(Whole)),
            value => value.serialize(serializer),
        }
    }
}
