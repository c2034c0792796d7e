//! Whether another attempt is safe and of use.

use crate::error::{Error, ErrorKind};

/// What follows a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It stays at that.
    Final,
    /// Another attempt, after a wait.
    Again,
    /// Another attempt, after a longer wait: the server has too much to do.
    Throttled,
    /// The signature's time was refused: another attempt by the server's clock.
    Clock,
    /// The credential was refused as outdated: another attempt with another one.
    Credential,
}

/// Judges a failure of an action that may be sent twice, or may not.
pub(crate) fn classify(error: &Error, repeatable: bool) -> Verdict {
    match error.code().map(crate::error_code::ErrorCode::as_str) {
        Some("AuthFailure.SignatureExpire") => return Verdict::Clock,
        Some("AuthFailure.TokenFailure" | "AuthFailure.SecretIdNotFound") => return Verdict::Credential,
        _ => {}
    }
    if matches!(error.kind(), ErrorKind::Throttled { .. }) {
        // The caller chose not to wait, or has no time to.
        return Verdict::Final;
    }
    if error.is_throttled() {
        Verdict::Throttled
    } else if error.is_retryable() && (repeatable || error.is_unsent()) {
        Verdict::Again
    } else {
        Verdict::Final
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::Response;
    use crate::transport::{TransportError, TransportErrorKind as Kind};

    #[track_caller]
    fn check(error: impl Into<Error>, repeatable: Verdict, once: Verdict) {
        let error = error.into();
        assert_eq!((classify(&error, true), classify(&error, false)), (repeatable, once), "{error:?}");
    }

    fn answer(status: u16, body: &str) -> Error {
        Response::<()>::decode(status, body.as_bytes()).unwrap_err()
    }

    #[track_caller]
    fn code(code: &str, repeatable: Verdict, once: Verdict) {
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
            code(spelling, Verdict::Throttled, Verdict::Throttled);
        }
        code("RequestLimitExceeded.JobNumExceed", Verdict::Final, Verdict::Final);
    }

    #[test]
    fn the_servers_failures_are_retried_where_that_is_safe() {
        for spelling in
            ["InternalError", "InternalError.Timeout", "ServiceUnavailable", "FailedOperation.RequestTimeout"]
        {
            code(spelling, Verdict::Again, Verdict::Final);
        }
        for spelling in ["FailedOperation", "InvalidParameter", "UnauthorizedOperation", "LimitExceeded", "AuthFailure"]
        {
            code(spelling, Verdict::Final, Verdict::Final);
        }
    }

    #[test]
    fn clock_and_token_have_ways_of_their_own() {
        code("AuthFailure.SignatureExpire", Verdict::Clock, Verdict::Clock);
        code("AuthFailure.TokenFailure", Verdict::Credential, Verdict::Credential);
        code("AuthFailure.SecretIdNotFound", Verdict::Credential, Verdict::Credential);
        code("AuthFailure.SignatureFailure", Verdict::Final, Verdict::Final);
    }

    #[test]
    fn what_was_not_sent_is_retried_always_and_what_may_have_been_where_that_is_safe() {
        for kind in [Kind::Dns, Kind::Connect, Kind::Timeout, Kind::Closed, Kind::Reset] {
            check(TransportError::new(kind, "").unsent(), Verdict::Again, Verdict::Again);
        }
        for kind in [Kind::Timeout, Kind::Closed, Kind::Reset, Kind::Protocol, Kind::Body, Kind::Other] {
            check(TransportError::new(kind, ""), Verdict::Again, Verdict::Final);
        }
        for kind in [Kind::Tls, Kind::TooLarge, Kind::Options, Kind::Request] {
            check(TransportError::new(kind, "").unsent(), Verdict::Final, Verdict::Final);
        }
    }

    #[test]
    fn answers_that_are_none_are_retried_where_that_is_safe() {
        for (status, body) in [(502, "<html>"), (503, ""), (200, "<html>"), (200, ""), (200, r#"{"Response":{"A"#)] {
            check(answer(status, body), Verdict::Again, Verdict::Final);
        }
        check(answer(302, ""), Verdict::Final, Verdict::Final);
        check(answer(404, "not here"), Verdict::Final, Verdict::Final);
    }
}
