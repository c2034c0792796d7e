//! Whether another attempt is safe and of use.

use crate::error::{Error, ErrorKind};

/// What follows a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryDecision {
    /// It stays at that.
    Stop,
    /// Another attempt, after a wait.
    Retry,
    /// Another attempt, after a longer wait: the server has too much to do.
    Throttled,
    /// The signature's time was refused: another attempt by the server's clock.
    Clock,
    /// The credential was refused as outdated: another attempt with another one.
    Credential,
}

/// Judges a failure of an action that may be sent twice, or may not.
pub(crate) fn classify(error: &Error, repeatable: bool) -> RetryDecision {
    match error.code().map(crate::error_code::ErrorCode::as_str) {
        Some("AuthFailure.SignatureExpire") => return RetryDecision::Clock,
        Some("AuthFailure.TokenFailure" | "AuthFailure.SecretIdNotFound") => return RetryDecision::Credential,
        _ => {}
    }
    if matches!(error.kind(), ErrorKind::Throttled { .. }) {
        // The caller chose not to wait, or has no time to.
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
    fn throttles_are_retried_always() {
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
    fn the_servers_failures_are_retried_where_that_is_safe() {
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
    fn clock_and_token_have_ways_of_their_own() {
        code("AuthFailure.SignatureExpire", RetryDecision::Clock, RetryDecision::Clock);
        code("AuthFailure.TokenFailure", RetryDecision::Credential, RetryDecision::Credential);
        code("AuthFailure.SecretIdNotFound", RetryDecision::Credential, RetryDecision::Credential);
        code("AuthFailure.SignatureFailure", RetryDecision::Stop, RetryDecision::Stop);
    }

    #[test]
    fn what_was_not_sent_is_retried_always_and_what_may_have_been_where_that_is_safe() {
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
    fn answers_that_are_none_are_retried_where_that_is_safe() {
        for (status, body) in [(502, "<html>"), (503, ""), (200, "<html>"), (200, ""), (200, r#"{"Response":{"A"#)] {
            check(answer(status, body), RetryDecision::Retry, RetryDecision::Stop);
        }
        check(answer(302, ""), RetryDecision::Stop, RetryDecision::Stop);
        check(answer(404, "not here"), RetryDecision::Stop, RetryDecision::Stop);
    }
}
