//! Error responses of the server.

use std::fmt;

use crate::error_code::ErrorCode;
use crate::text::shown;

/// How many characters of a message are printed.
const SHOWN: usize = 1000;

/// An error response of the cloud: `Response.Error`.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiError {
    pub(crate) code: ErrorCode,
    pub(crate) message: String,
    pub(crate) request_id: Option<String>,
    pub(crate) status: u16,
}

impl ApiError {
    /// Returns the code as the server sent it.
    pub fn code(&self) -> &ErrorCode {
        &self.code
    }

    /// Returns the message as the server sent it. The wording may change at any time. Display and Debug show at most a thousand
    /// characters, with control characters escaped.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the id of the request, which the support of the cloud needs to find it.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns the HTTP status. The cloud usually sends errors with the status 200.
    pub fn status(&self) -> u16 {
        self.status
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, shown(&self.message, SHOWN))?;
        match &self.request_id {
            Some(id) => write!(f, " (request {id})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("code", &self.code)
            .field("message", &format_args!("\"{}\"", shown(&self.message, SHOWN)))
            .field("request_id", &self.request_id)
            .field("status", &self.status)
            .finish()
    }
}

impl std::error::Error for ApiError {}
