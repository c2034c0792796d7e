//! The error that the server answers with.

use std::fmt;

use crate::error_code::ErrorCode;

/// `Response.Error`: the request arrived, and the cloud refused it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    pub(crate) code: ErrorCode,
    pub(crate) message: String,
    pub(crate) request_id: Option<String>,
    pub(crate) status: u16,
}

impl ApiError {
    /// The code as sent.
    pub fn code(&self) -> &ErrorCode {
        &self.code
    }

    /// The server's own words, which may change at any time.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The id of the request, which support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The HTTP status it came with; the cloud sends its errors with 200.
    pub fn status(&self) -> u16 {
        self.status
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)?;
        match &self.request_id {
            Some(id) => write!(f, " (request {id})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ApiError {}
