//! Error codes: what the server sends, what it means, and the enums of documented ones.

use std::fmt;

use crate::spec::{ErrorClass, ErrorSpec};

/// An error code as the server sent it: `AuthFailure.SignatureExpire`.
///
/// ```
/// use tc_core::ErrorCode;
/// let code = ErrorCode::from("RequestLimitExceeded.UinLimitExceeded");
/// assert_eq!(code.class(), "RequestLimitExceeded");
/// assert_eq!(code.detail(), Some("UinLimitExceeded"));
/// assert_eq!(code.to_string(), "RequestLimitExceeded.UinLimitExceeded");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ErrorCode(Box<str>);

impl ErrorCode {
    /// The whole code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the first dot: `AuthFailure`.
    pub fn class(&self) -> &str {
        self.0.split_once('.').map_or(&self.0, |(class, _)| class)
    }

    /// What stands after the first dot: `SignatureExpire`.
    pub fn detail(&self) -> Option<&str> {
        self.0.split_once('.').map(|(_, detail)| detail)
    }

    /// What the code asks of the caller, as far as the common codes and the spelling of throttles tell.
    ///
    /// An action's own documentation may know better: see [`ErrorSpec::class`].
    pub fn meaning(&self) -> Option<ErrorClass> {
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
/// `#[tc_error]` writes it for an enum; [`ErrorCode`] is the one that takes every code.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an enum of error codes",
    label = "missing #[tc_error]",
    note = "add #[tc_error] to the enum, or remove `error`"
)]
pub trait ServiceError: Sized {
    /// The documented codes.
    const CODES: &'static [ErrorSpec];

    /// The value for `code`, none where it is not documented.
    fn from_code(code: &ErrorCode) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl ServiceError for ErrorCode {
    const CODES: &'static [ErrorSpec] = &[];

    fn from_code(code: &ErrorCode) -> Option<Self> {
        Some(code.clone())
    }
}
