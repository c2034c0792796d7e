//! Why a call failed: one variant a chapter, one pointer wide.

use std::fmt;
use std::time::Duration;

use crate::credential::CredentialError;
use crate::endpoint::EndpointError;
use crate::error_code::{ErrorCode, ServiceError};
use crate::model::Violations;
use crate::payload::PayloadError;
use crate::provider::ProviderError;
use crate::rate_limiter::RateLimiterError;
use crate::region::RegionError;
use crate::request::RequestError;
use crate::response::{Answer, ApiError, BodyError, DecodeError, Response, decode};
use crate::spec::{ErrorClass, ErrorSpec};
use crate::transport::TransportError;

/// Why a call failed.
///
/// What to do is asked of it, not read from its text: [`is_retryable`](Self::is_retryable),
/// [`is_throttled`](Self::is_throttled), [`is_auth`](Self::is_auth), [`code`](Self::code),
/// [`service`](Self::service). Which chapter failed is its [`kind`](Self::kind).
///
/// ```
/// use tc_core::{ErrorKind, Response};
///
/// let body = br#"{"Response": {"Error": {"Code": "RequestLimitExceeded", "Message": "slow down"}, "RequestId": "7d80"}}"#;
/// let error = Response::<()>::decode(200, body).unwrap_err();
/// assert_eq!(error.code().unwrap(), "RequestLimitExceeded");
/// assert_eq!(error.request_id(), Some("7d80"));
/// assert!(error.is_throttled() && error.is_retryable());
/// assert!(matches!(error.kind(), ErrorKind::Api(_)));
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    attempts: u32,
    /// What the head of the response said, where its body says nothing.
    request_id: Option<Box<str>>,
    documented: &'static [ErrorSpec],
}

/// The chapter in which a call failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built as asked.
    Configuration(String),
    /// The request breaks documented limits. Nothing was sent.
    Invalid(Violations),
    /// A value that the chosen form cannot carry. Nothing was sent.
    Payload(PayloadError),
    /// No credential was found, or the one found cannot be used. Nothing was sent.
    Credential(ProviderError),
    /// No request can be made of the call: its size, endpoint, credential or form. Nothing was sent.
    Request(RequestError),
    /// The client's own throttle refused: the documented calls per second are used up. Nothing was sent.
    Throttled {
        /// The action's name.
        action: Box<str>,
        /// The documented calls per second.
        rate: u32,
        /// How long the call would have had to wait at least.
        wait: Duration,
    },
    /// The rate limiter could not decide when the call may start. Nothing was sent.
    RateLimiter(RateLimiterError),
    /// The network failed, or the server broke off.
    Transport(TransportError),
    /// The server refused the request.
    Api(ApiError),
    /// The server answered with something that is no answer.
    Body(BodyError),
    /// The pages of a list repeat themselves or have no list, so that going on would be wrong or never end.
    Paging(String),
}

impl Error {
    pub(crate) fn new(kind: ErrorKind) -> Self {
        Self(Box::new(Inner { kind, attempts: 0, request_id: None, documented: &[] }))
    }

    pub(crate) fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration(message.into()))
    }

    /// With what the action's own documentation says of its codes.
    pub(crate) fn documented(mut self, codes: &'static [ErrorSpec]) -> Self {
        self.0.documented = codes;
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// With the id of the request that the head of the response has. That of the body comes first.
    pub(crate) fn with_request_id(mut self, id: &str) -> Self {
        self.0.request_id = Some(id).filter(|id| !id.is_empty()).map(Into::into);
        self
    }

    /// The chapter that failed, with all that is known.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The server's error code, as sent.
    pub fn code(&self) -> Option<&ErrorCode> {
        match &self.0.kind {
            ErrorKind::Api(error) => Some(error.code()),
            _ => None,
        }
    }

    /// The id of the request, which support asks for: that of the body, or else of the header `X-TC-RequestId`.
    pub fn request_id(&self) -> Option<&str> {
        let of_body = match &self.0.kind {
            ErrorKind::Api(error) => error.request_id(),
            ErrorKind::Body(error) => error.request_id.as_deref(),
            _ => None,
        };
        of_body.filter(|id| !id.is_empty()).or(self.0.request_id.as_deref())
    }

    /// The documented error of an action: `error.service::<GetPersonGroupInfoError>()`. None where the server did
    /// not refuse, or with a code that is not documented.
    pub fn service<E: ServiceError>(&self) -> Option<E> {
        E::from_code(self.code()?)
    }

    /// How many times the call was sent; 0 where nothing was.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// What the error code asks of the caller; the action's documentation before the common rules.
    pub fn class(&self) -> Option<ErrorClass> {
        let code = self.code()?.as_str();
        self.0.documented.iter().find(|spec| spec.code == code).map(|spec| spec.class).or_else(|| ErrorClass::of(code))
    }

    /// Whether sending the same again may succeed. Of an action that may not be sent twice, ask
    /// [`is_unsent`](Self::is_unsent) too.
    ///
    /// True of: throttles; `InternalError`, `ServiceUnavailable` and other codes documented as the server's failure;
    /// transport errors but those of TLS, options and size; a body that is no JSON or ends early; HTTP 5xx; a source of
    /// credentials that did not answer in time; the client's own throttle, and a rate limiter that could not decide; `AuthFailure.SignatureExpire` (after the clock
    /// is set) and `AuthFailure.TokenFailure` (after a refresh).
    pub fn is_retryable(&self) -> bool {
        match &self.0.kind {
            ErrorKind::Api(error) => {
                matches!(self.class(), Some(ErrorClass::Throttle | ErrorClass::Retry))
                    || matches!(error.code().as_str(), "AuthFailure.SignatureExpire" | "AuthFailure.TokenFailure")
            }
            ErrorKind::Transport(error) => error.is_retryable(),
            ErrorKind::Body(error) => error.is_retryable(),
            ErrorKind::Credential(error) => error.is_retryable(),
            ErrorKind::Throttled { .. } | ErrorKind::RateLimiter(_) => true,
            ErrorKind::Configuration(_)
            | ErrorKind::Invalid(_)
            | ErrorKind::Payload(_)
            | ErrorKind::Request(_)
            | ErrorKind::Paging(_) => false,
        }
    }

    /// Whether the cloud (or the client's own throttle) said: too many calls.
    pub fn is_throttled(&self) -> bool {
        self.class() == Some(ErrorClass::Throttle) || matches!(self.0.kind, ErrorKind::Throttled { .. })
    }

    /// Whether time ran out: of connecting, of an attempt, or of the whole call.
    pub fn is_timeout(&self) -> bool {
        matches!(&self.0.kind, ErrorKind::Transport(error) if error.is_timeout())
    }

    /// Whether there was no connection to the server: its name, TCP or TLS failed, or connecting took too long.
    pub fn is_connect(&self) -> bool {
        matches!(&self.0.kind, ErrorKind::Transport(error) if error.is_connect())
    }

    /// Whether credential, signature or permission is at fault.
    pub fn is_auth(&self) -> bool {
        self.class() == Some(ErrorClass::Auth) || matches!(self.0.kind, ErrorKind::Credential(_))
    }

    /// Whether no byte of the call can have been acted on: it never left, or it was throttled.
    pub fn is_unsent(&self) -> bool {
        match &self.0.kind {
            ErrorKind::Transport(error) => !error.sent(),
            ErrorKind::Api(_) => self.is_throttled(),
            ErrorKind::Body(_) | ErrorKind::Paging(_) => false,
            _ => true,
        }
    }
}

/// `{:?}` is the Display text, since it is what a `main` that returns an error prints; `{:#?}` shows the parts.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { self.0.kind.fmt(f) } else { fmt::Display::fmt(self, f) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            ErrorKind::Configuration(message) | ErrorKind::Paging(message) => f.write_str(message)?,
            ErrorKind::Invalid(error) => error.fmt(f)?,
            ErrorKind::Payload(error) => error.fmt(f)?,
            ErrorKind::Credential(error) => error.fmt(f)?,
            ErrorKind::Request(error) => error.fmt(f)?,
            ErrorKind::Throttled { action, rate, wait } => {
                write!(
                    f,
                    "{action} is asked more often than the documented {rate} times a second; wait {} ms at least",
                    wait.as_millis()
                )?;
            }
            ErrorKind::RateLimiter(error) => error.fmt(f)?,
            ErrorKind::Transport(error) => error.fmt(f)?,
            ErrorKind::Api(error) => error.fmt(f)?,
            ErrorKind::Body(error) => error.fmt(f)?,
        }
        match self.0.attempts {
            0 | 1 => Ok(()),
            attempts => write!(f, "; after {attempts} attempts"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            ErrorKind::Configuration(_) | ErrorKind::Throttled { .. } | ErrorKind::Paging(_) => None,
            ErrorKind::Invalid(error) => Some(error),
            ErrorKind::Payload(error) => Some(error),
            ErrorKind::Credential(error) => Some(error),
            ErrorKind::Request(error) => Some(error),
            ErrorKind::RateLimiter(error) => Some(error),
            ErrorKind::Transport(error) => Some(error),
            ErrorKind::Api(error) => Some(error),
            ErrorKind::Body(error) => Some(error),
        }
    }
}

macro_rules! chapters {
    ($($error:ty => $kind:ident),*) => {$(
        impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::new(ErrorKind::$kind(error))
            }
        }
    )*};
}

chapters!(Violations => Invalid, ProviderError => Credential, TransportError => Transport, ApiError => Api, BodyError => Body);

impl From<PayloadError> for Error {
    fn from(error: PayloadError) -> Self {
        Self::new(ErrorKind::Payload(error))
    }
}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::Payload(error) => error.into(),
            error => Self::new(ErrorKind::Request(error)),
        }
    }
}

impl From<CredentialError> for Error {
    fn from(error: CredentialError) -> Self {
        RequestError::Credential(error).into()
    }
}

impl From<EndpointError> for Error {
    fn from(error: EndpointError) -> Self {
        RequestError::Endpoint(error).into()
    }
}

impl From<RegionError> for Error {
    fn from(error: RegionError) -> Self {
        RequestError::Region(error).into()
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        match error {
            DecodeError::Api(error) => error.into(),
            DecodeError::Body(error) => error.into(),
        }
    }
}

impl<T: Answer> Response<T> {
    /// Decodes the body of an answer that came with an HTTP status: the door for tools and tests.
    ///
    /// # Errors
    /// The server's refusal, and a body that cannot be read as an answer, with the path of the first mismatch.
    pub fn decode(status: u16, body: &[u8]) -> Result<Self, Error> {
        Ok(decode(status, body)?)
    }
}
