//! Error codes, and the trait of enums that list the documented codes of an action.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use crate::spec::{ErrorClass, ErrorSpec};

/// An error code as the server sent it: `AuthFailure.SignatureExpire`.
///
/// ```
/// use tc_core::ErrorCode;
/// let code = ErrorCode::from("RequestLimitExceeded.UinLimitExceeded");
/// assert_eq!(code.prefix(), "RequestLimitExceeded");
/// assert_eq!(code.detail(), Some("UinLimitExceeded"));
/// assert_eq!(code.to_string(), "RequestLimitExceeded.UinLimitExceeded");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ErrorCode(Box<str>);

impl ErrorCode {
    /// Returns the whole code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the part before the first dot: `AuthFailure`.
    pub fn prefix(&self) -> &str {
        self.0.split_once('.').map_or(&self.0, |(prefix, _)| prefix)
    }

    /// Returns the part after the first dot: `SignatureExpire`.
    pub fn detail(&self) -> Option<&str> {
        self.0.split_once('.').map(|(_, detail)| detail)
    }

    /// Returns the error class of a common code, or of a code that is spelt like a throttle; `None` for other codes.
    ///
    /// For a code that an action documents, [`Error::class`](crate::Error::class) returns the class of its
    /// [`ErrorSpec`], which is more exact.
    pub fn class(&self) -> Option<ErrorClass> {
        ErrorClass::of(&self.0)
    }
}

impl From<&str> for ErrorCode {
    fn from(code: &str) -> Self {
        Self(code.into())
    }
}

impl From<String> for ErrorCode {
    fn from(code: String) -> Self {
        Self(code.into())
    }
}

impl FromStr for ErrorCode {
    type Err = Infallible;

    fn from_str(code: &str) -> Result<Self, Infallible> {
        Ok(code.into())
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<str> for ErrorCode {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for ErrorCode {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

/// The documented business error codes of an action, as a type.
///
/// `#[tc_error]` implements it for an enum. [`ErrorCode`] implements it too, and accepts every code.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an enum of error codes",
    label = "missing #[tc_error]",
    note = "write #[tc_error] above an enum of error codes, or remove `error`"
)]
pub trait ServiceError: Sized {
    /// The documented codes.
    const CODES: &'static [ErrorSpec];

    /// Returns the value for `code`, or `None` if the code is not documented.
    fn from_code(code: &ErrorCode) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl ServiceError for ErrorCode {
    const CODES: &'static [ErrorSpec] = &[];

    fn from_code(code: &ErrorCode) -> Option<Self> {
        Some(code.clone())
    }
}
