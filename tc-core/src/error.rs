//! The error of a call.

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

/// The error of a call. It is one pointer in size.
///
/// To decide what to do, call [`is_retryable`](Self::is_retryable), [`is_throttled`](Self::is_throttled),
/// [`is_auth`](Self::is_auth), [`code`](Self::code) or [`service`](Self::service). [`kind`](Self::kind) returns the step that
/// failed.
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
    /// The id in the headers of the response, for bodies without one.
    request_id: Option<Box<str>>,
    documented: &'static [ErrorSpec],
}

/// The step of a call that failed, with its error.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The options of the client or the call are invalid. Nothing was sent.
    Configuration(String),
    /// The request violates documented limits. Nothing was sent.
    Invalid(Violations),
    /// A value cannot be encoded in the form of the request. Nothing was sent.
    Payload(PayloadError),
    /// No credential was found, or it cannot be used. Nothing was sent.
    Credential(ProviderError),
    /// The request cannot be created, because of its size, endpoint, credential or form. Nothing was sent.
    Request(RequestError),
    /// The documented calls per second are used up, and the call does not wait. Nothing was sent.
    Throttled {
        /// The name of the action.
        action: Box<str>,
        /// The documented calls per second.
        rate: u32,
        /// The shortest time after which the call could start.
        wait: Duration,
    },
    /// The rate limiter failed. Nothing was sent.
    RateLimiter(RateLimiterError),
    /// The network failed, or the server closed the connection.
    Transport(TransportError),
    /// The server returned an error response.
    Api(ApiError),
    /// The body of the response could not be decoded.
    Body(BodyError),
    /// The pages of a list repeat, or have no list.
    Paging(String),
}

impl Error {
    pub(crate) fn new(kind: ErrorKind) -> Self {
        Self(Box::new(Inner { kind, attempts: 0, request_id: None, documented: &[] }))
    }

    pub(crate) fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration(message.into()))
    }

    /// Sets the documented error codes of the action.
    pub(crate) fn documented(mut self, codes: &'static [ErrorSpec]) -> Self {
        self.0.documented = codes;
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Sets the id of the request from the headers of the response. An id in the body has precedence.
    pub(crate) fn with_request_id(mut self, id: &str) -> Self {
        self.0.request_id = Some(id).filter(|id| !id.is_empty()).map(Into::into);
        self
    }

    /// Returns the step that failed, with its error.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Returns the error code of the server, as it was sent.
    pub fn code(&self) -> Option<&ErrorCode> {
        match &self.0.kind {
            ErrorKind::Api(error) => Some(error.code()),
            _ => None,
        }
    }

    /// Returns the id of the request, from the body or else from the header `X-TC-RequestId`. The support of the cloud needs it.
    pub fn request_id(&self) -> Option<&str> {
        let of_body = match &self.0.kind {
            ErrorKind::Api(error) => error.request_id(),
            ErrorKind::Body(error) => error.request_id.as_deref(),
            _ => None,
        };
        of_body.filter(|id| !id.is_empty()).or(self.0.request_id.as_deref())
    }

    /// Returns the documented error of an action: `error.service::<GetPersonGroupInfoError>()`. `None` if this is not an error
    /// response, or if its code is not documented.
    pub fn service<E: ServiceError>(&self) -> Option<E> {
        E::from_code(self.code()?)
    }

    /// Returns the number of attempts; 0 if nothing was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the error class of the error code: that of the action's documentation, or else of the common codes.
    pub fn class(&self) -> Option<ErrorClass> {
        let code = self.code()?.as_str();
        self.0.documented.iter().find(|spec| spec.code == code).map(|spec| spec.class).or_else(|| ErrorClass::of(code))
    }

    /// Whether the same call may succeed later. If the action must not be executed twice, check [`is_unsent`](Self::is_unsent)
    /// too.
    ///
    /// True for:
    /// - throttled calls, also if the rate limiter of the client refused or failed;
    /// - `InternalError`, `ServiceUnavailable` and other codes that are documented as failures of the server;
    /// - transport errors, except those of TLS, options and size;
    /// - a body that is not JSON or ends early, and HTTP 5xx;
    /// - a service for credentials that did not respond in time;
    /// - `AuthFailure.SignatureExpire` (after the clock is corrected) and `AuthFailure.TokenFailure` (after a refresh).
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

    /// Whether there were too many calls, for the cloud or for the rate limiter of the client.
    pub fn is_throttled(&self) -> bool {
        self.class() == Some(ErrorClass::Throttle) || matches!(self.0.kind, ErrorKind::Throttled { .. })
    }

    /// Whether a timeout expired: of the connection, of an attempt, of the whole call, or of a service for credentials.
    pub fn is_timeout(&self) -> bool {
        self.transport().is_some_and(TransportError::is_timeout)
    }

    /// Whether no connection was established, to the cloud or to a service for credentials: DNS, TCP or TLS failed, or the
    /// connection timed out.
    pub fn is_connect(&self) -> bool {
        self.transport().is_some_and(TransportError::is_connect)
    }

    /// The error of the network: that of the call, or the cause of the error of a provider.
    fn transport(&self) -> Option<&TransportError> {
        match &self.0.kind {
            ErrorKind::Transport(error) => Some(error),
            ErrorKind::Credential(error) => {
                let first = std::error::Error::source(error);
                std::iter::successors(first, |error| error.source()).find_map(|error| error.downcast_ref())
            }
            _ => None,
        }
    }

    /// Whether the credential, the signature or a missing permission is the cause.
    pub fn is_auth(&self) -> bool {
        self.class() == Some(ErrorClass::Auth) || matches!(self.0.kind, ErrorKind::Credential(_))
    }

    /// Whether the cloud certainly did not execute the call: it was not sent, or it was throttled.
    pub fn is_unsent(&self) -> bool {
        match &self.0.kind {
            ErrorKind::Transport(error) => !error.sent(),
            ErrorKind::Api(_) => self.is_throttled(),
            ErrorKind::Body(_) | ErrorKind::Paging(_) => false,
            _ => true,
        }
    }
}

/// `{:?}` writes the same text as Display, because a `main` that returns an error prints it; `{:#?}` writes the fields.
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
                    "{action} is called more often than the documented {rate} times per second; wait at least {} ms",
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

macro_rules! from_errors {
    ($($error:ty => $kind:ident),*) => {$(
        impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::new(ErrorKind::$kind(error))
            }
        }
    )*};
}

from_errors!(Violations => Invalid, ProviderError => Credential, TransportError => Transport, ApiError => Api, BodyError => Body);

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
    /// Decodes a body that was received with an HTTP status, for tools and tests.
    ///
    /// # Errors
    /// An error response of the server, and a body that cannot be decoded, with the path of the first mismatch.
    pub fn decode(status: u16, body: &[u8]) -> Result<Self, Error> {
        Ok(decode(status, body)?)
    }
}
