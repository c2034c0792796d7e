//! Documented error codes and their classes.

/// One documented error code of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorSpec {
    /// The error code as the service sends it: `FailedOperation.ImageDecodeFailed`.
    pub code: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// Its class.
    pub class: ErrorClass,
}

/// The class of an error code: what the caller can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorClass {
    /// Too many calls. Wait and send the request again; the server did nothing.
    Throttle,
    /// The server failed. The same request may succeed later; send it again only if the action can be sent twice.
    Retry,
    /// The credential, the signature or a permission is wrong. The same request fails again.
    Auth,
    /// The request is wrong. Change it.
    Caller,
    /// A quota is used up. Increase it or free resources.
    Quota,
    /// The current state of a resource does not allow the request.
    State,
}

impl ErrorClass {
    /// Returns the class of a common error code, or of a documented code for throttling; `None` for other codes.
    ///
    /// ```
    /// use tc_spec::ErrorClass;
    /// assert_eq!(ErrorClass::of("AuthFailure.SignatureExpire"), Some(ErrorClass::Auth));
    /// assert_eq!(ErrorClass::of("FailedOperation.ImageDecodeFailed"), None);
    /// ```
    pub const fn of(code: &str) -> Option<Self> {
        // Codes of single services. The official clients do not retry the throttles among them.
        // `RequestLimitExceeded.JobNumExceed` is about a quota, although its name begins like that of a throttle.
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
