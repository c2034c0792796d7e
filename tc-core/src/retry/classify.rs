//! Decides whether another attempt is safe and useful.

use crate::error::{Error, ErrorKind};

/// What to do after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryDecision {
    /// Do not retry.
    Stop,
    /// Retry after a wait.
    Retry,
    /// Retry after a longer wait: the server limits the rate.
    Throttled,
    /// The server refused the time of the signature: retry with the time of the server.
    Clock,
    /// The server refused the credential: retry with a new one.
    Credential,
}

/// Decides what to do after `error`. `repeatable` means that the action may be sent twice.
pub(crate) fn classify(error: &Error, repeatable: bool) -> RetryDecision {
    match error.code().map(crate::error_code::ErrorCode::as_str) {
        Some("AuthFailure.SignatureExpire") => return RetryDecision::Clock,
        Some("AuthFailure.TokenFailure" | "AuthFailure.SecretIdNotFound") => return RetryDecision::Credential,
        _ => {}
    }
    if matches!(error.kind(), ErrorKind::Throttled { .. }) {
        // The call does not wait for the rate limiter, or has no time left.
        return RetryDecision::Stop;
    }
    if error.is_throttled() {
        RetryDecision::Throttled
    } else if error.is_retryable() && (repeatable || error.is_unsent()) {
        RetryDecision::Retry
    } else {
        RetryDecision::Stop
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::Response;
    use crate::transport::{TransportError, TransportErrorKind as Kind};

    #[track_caller]
    fn check(error: impl Into<Error>, repeatable: RetryDecision, once: RetryDecision) {
        let error = error.into();
        assert_eq!((classify(&error, true), classify(&error, false)), (repeatable, once), "{error:?}");
    }

    fn answer(status: u16, body: &str) -> Error {
        Response::<()>::decode(status, body.as_bytes()).unwrap_err()
    }

    #[track_caller]
    fn code(code: &str, repeatable: RetryDecision, once: RetryDecision) {
        let body = format!(r#"{{"Response":{{"Error":{{"Code":"{code}","Message":"m"}},"RequestId":"r"}}}}"#);
        check(answer(200, &body), repeatable, once);
    }

    #[test]
    fn throttles_are_always_retried() {
        for spelling in [
            "RequestLimitExceeded",
            "RequestLimitExceeded.UinLimitExceeded",
            "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
            "RequestLimitExceeded.IPLimitExceeded",
            "FailedOperation.RequestLimitExceeded",
            "LimitExceeded.RateLimitExceeded",
        ] {
            code(spelling, RetryDecision::Throttled, RetryDecision::Throttled);
        }
        code("RequestLimitExceeded.JobNumExceed", RetryDecision::Stop, RetryDecision::Stop);
    }

    #[test]
    fn server_failures_are_retried_if_that_is_safe() {
        for spelling in
            ["InternalError", "InternalError.Timeout", "ServiceUnavailable", "FailedOperation.RequestTimeout"]
        {
            code(spelling, RetryDecision::Retry, RetryDecision::Stop);
        }
        for spelling in ["FailedOperation", "InvalidParameter", "UnauthorizedOperation", "LimitExceeded", "AuthFailure"]
        {
            code(spelling, RetryDecision::Stop, RetryDecision::Stop);
        }
    }

    #[test]
    fn clock_and_token_errors_have_separate_decisions() {
        code("AuthFailure.SignatureExpire", RetryDecision::Clock, RetryDecision::Clock);
        code("AuthFailure.TokenFailure", RetryDecision::Credential, RetryDecision::Credential);
        code("AuthFailure.SecretIdNotFound", RetryDecision::Credential, RetryDecision::Credential);
        code("AuthFailure.SignatureFailure", RetryDecision::Stop, RetryDecision::Stop);
    }

    #[test]
    fn a_request_that_was_not_sent_is_always_retried_and_one_that_may_have_been_sent_if_that_is_safe() {
        for kind in [Kind::Dns, Kind::Connect, Kind::Timeout, Kind::Closed, Kind::Reset] {
            check(TransportError::new(kind, "").unsent(), RetryDecision::Retry, RetryDecision::Retry);
        }
        for kind in [Kind::Timeout, Kind::Closed, Kind::Reset, Kind::Protocol, Kind::Body, Kind::Other] {
            check(TransportError::new(kind, ""), RetryDecision::Retry, RetryDecision::Stop);
        }
        for kind in [Kind::Tls, Kind::TooLarge, Kind::Options, Kind::Request] {
            check(TransportError::new(kind, "").unsent(), RetryDecision::Stop, RetryDecision::Stop);
        }
    }

    #[test]
    fn invalid_responses_are_retried_if_that_is_safe() {
        for (status, body) in [(502, "<html>"), (503, ""), (200, "<html>"), (200, ""), (200, r#"{"Response":{"A"#)] {
            check(answer(status, body), RetryDecision::Retry, RetryDecision::Stop);
        }
        check(answer(302, ""), RetryDecision::Stop, RetryDecision::Stop);
        check(answer(404, "not here"), RetryDecision::Stop, RetryDecision::Stop);
    }
}
