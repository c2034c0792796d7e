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
pub(crate) fn meaning(code: &str) -> Option<ErrorClass> {
    // The service-specific throttles that the official documentation lists; no official client retries them.
    // `RequestLimitExceeded.JobNumExceed` is a quota, though it is spelt like a throttle.
    const THROTTLES: [&str; 7] = [
        "FailedOperation.RequestLimitExceeded",
        "FailedOperation.TooFrequent",
        "FailedOperation.FrequencyLimit",
        "FailedOperation.TagQpsLimit",
        "LimitExceeded.RateLimitExceeded",
        "LimitExceeded.FreqLimit",
        "LimitExceeded.Frequency",
    ];
    const TIMEOUTS: [&str; 2] = ["FailedOperation.RequestTimeout", "FailedOperation.Timeout"];
    let class = code.split_once('.').map_or(code, |(class, _)| class);
    Some(match class {
        _ if code == "RequestLimitExceeded.JobNumExceed" => ErrorClass::Quota,
        _ if THROTTLES.contains(&code) => ErrorClass::Throttle,
        _ if TIMEOUTS.contains(&code) => ErrorClass::Retry,
        "RequestLimitExceeded" => ErrorClass::Throttle,
        "InternalError" | "ServiceUnavailable" => ErrorClass::Retry,
        "AuthFailure" | "UnauthorizedOperation" | "IpInBlacklist" | "IpNotInWhitelist" => ErrorClass::Auth,
        "LimitExceeded" => ErrorClass::Quota,
        "ActionOffline"
        | "InvalidAction"
        | "InvalidParameter"
        | "InvalidParameterValue"
        | "InvalidRequest"
        | "MissingParameter"
        | "NoSuchProduct"
        | "NoSuchVersion"
        | "RequestSizeLimitExceeded"
        | "ResponseSizeLimitExceeded"
        | "UnknownParameter"
        | "UnsupportedOperation"
        | "UnsupportedProtocol"
        | "UnsupportedRegion" => ErrorClass::Caller,
        "ResourceInUse" | "ResourceNotFound" | "ResourceInsufficient" | "ResourceUnavailable" | "ResourcesSoldOut" => {
            ErrorClass::State
        }
        _ => return None,
    })
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
pub trait ServiceError: Sized {
    /// The documented codes.
    const CODES: &'static [ErrorSpec];

    /// The value for `code`, none where it is not documented.
    fn from_code(code: &ErrorCode) -> Option<Self>;
}

impl ServiceError for ErrorCode {
    const CODES: &'static [ErrorSpec] = &[];

    fn from_code(code: &ErrorCode) -> Option<Self> {
        Some(code.clone())
    }
}
