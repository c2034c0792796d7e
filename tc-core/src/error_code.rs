//! Error codes: what the server sends, what it means, and the enums of documented ones.

use std::fmt;

use crate::facts::{ErrorClass, ErrorSpec};

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
        meaning(&self.0)
    }
}

/// The class of a common code, or of one that is spelt like a throttle.
pub(crate) const fn meaning(code: &str) -> Option<ErrorClass> {
    // The service-specific throttles that the official documentation lists; no official client retries them.
    // `RequestLimitExceeded.JobNumExceed` is a quota, though it is spelt like a throttle.
    const WHOLE: [(&str, ErrorClass); 10] = [
        ("RequestLimitExceeded.JobNumExceed", ErrorClass::Quota),
        ("FailedOperation.RequestLimitExceeded", ErrorClass::Throttle),
        ("FailedOperation.TooFrequent", ErrorClass::Throttle),
        ("FailedOperation.FrequencyLimit", ErrorClass::Throttle),
        ("FailedOperation.TagQpsLimit", ErrorClass::Throttle),
        ("LimitExceeded.RateLimitExceeded", ErrorClass::Throttle),
        ("LimitExceeded.FreqLimit", ErrorClass::Throttle),
        ("LimitExceeded.Frequency", ErrorClass::Throttle),
        ("FailedOperation.RequestTimeout", ErrorClass::Retry),
        ("FailedOperation.Timeout", ErrorClass::Retry),
    ];
    const FIRST: [(&str, ErrorClass); 27] = [
        ("RequestLimitExceeded", ErrorClass::Throttle),
        ("InternalError", ErrorClass::Retry),
        ("ServiceUnavailable", ErrorClass::Retry),
        ("AuthFailure", ErrorClass::Auth),
        ("UnauthorizedOperation", ErrorClass::Auth),
        ("IpInBlacklist", ErrorClass::Auth),
        ("IpNotInWhitelist", ErrorClass::Auth),
        ("LimitExceeded", ErrorClass::Quota),
        ("ActionOffline", ErrorClass::Caller),
        ("InvalidAction", ErrorClass::Caller),
        ("InvalidParameter", ErrorClass::Caller),
        ("InvalidParameterValue", ErrorClass::Caller),
        ("InvalidRequest", ErrorClass::Caller),
        ("MissingParameter", ErrorClass::Caller),
        ("NoSuchProduct", ErrorClass::Caller),
        ("NoSuchVersion", ErrorClass::Caller),
        ("RequestSizeLimitExceeded", ErrorClass::Caller),
        ("ResponseSizeLimitExceeded", ErrorClass::Caller),
        ("UnknownParameter", ErrorClass::Caller),
        ("UnsupportedOperation", ErrorClass::Caller),
        ("UnsupportedProtocol", ErrorClass::Caller),
        ("UnsupportedRegion", ErrorClass::Caller),
        ("ResourceInUse", ErrorClass::State),
        ("ResourceNotFound", ErrorClass::State),
        ("ResourceInsufficient", ErrorClass::State),
        ("ResourceUnavailable", ErrorClass::State),
        ("ResourcesSoldOut", ErrorClass::State),
    ];
    let code = code.as_bytes();
    let mut at = 0;
    while at < WHOLE.len() {
        if WHOLE[at].0.len() == code.len() && starts(code, WHOLE[at].0) {
            return Some(WHOLE[at].1);
        }
        at += 1;
    }
    let mut at = 0;
    while at < FIRST.len() {
        let len = FIRST[at].0.len();
        if starts(code, FIRST[at].0) && (code.len() == len || code[len] == b'.') {
            return Some(FIRST[at].1);
        }
        at += 1;
    }
    None
}

const fn starts(text: &[u8], start: &str) -> bool {
    let start = start.as_bytes();
    let mut at = 0;
    while at < start.len() {
        if at == text.len() || text[at] != start[at] {
            return false;
        }
        at += 1;
    }
    true
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
    message = "`{Self}` is no enum of error codes",
    label = "lists no codes",
    note = "write #[tc_error] above the enum, or leave `error` out"
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
