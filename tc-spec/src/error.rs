//! Documented error codes, and what each asks of the caller.

/// One documented error code of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorSpec {
    /// The code as sent: `FailedOperation.ImageDecodeFailed`.
    pub code: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// What to do about it.
    pub class: ErrorClass,
}

/// What an error code asks of the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorClass {
    /// Too many calls: wait, then send again; the server did nothing.
    Throttle,
    /// The server failed: sending again may succeed, if the action may be sent twice.
    Retry,
    /// Credential, signature or permission: sending the same again will not help.
    Auth,
    /// The request is wrong: change it.
    Caller,
    /// A quota is used up: raise it or free some.
    Quota,
    /// The state of the cloud does not allow it now.
    State,
}

impl ErrorClass {
    /// The class of an error code that every service may return, or of one that is spelt like a throttle.
    ///
    /// ```
    /// use tc_spec::ErrorClass;
    /// assert_eq!(ErrorClass::of("AuthFailure.SignatureExpire"), Some(ErrorClass::Auth));
    /// assert_eq!(ErrorClass::of("FailedOperation.ImageDecodeFailed"), None);
    /// ```
    pub const fn of(code: &str) -> Option<Self> {
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
