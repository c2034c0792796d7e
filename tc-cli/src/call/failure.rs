//! Messages and exit codes for errors of the library.

use tc_core::ErrorKind;
use tc_core::provider::ProviderError;

use super::advice::in_options;
use crate::error::{Error, Kind};

/// The failure of a call. Errors of the cloud are printed in tccli's format.
pub(crate) fn failure(error: &tc_core::Error) -> Error {
    let kind = match error.kind() {
        ErrorKind::Invalid(_) | ErrorKind::Payload(_) => Kind::Limits,
        ErrorKind::Credential(_) => Kind::Credential,
        ErrorKind::Throttled { .. } => Kind::Throttled,
        // A rate limiter fails because of the service in which it counts calls.
        ErrorKind::Transport(_) | ErrorKind::RateLimiter(_) => Kind::Network,
        // A gateway answered that the service cannot be reached.
        ErrorKind::Body(body) if body.status() >= 500 => Kind::Network,
        ErrorKind::Body(body) if body.status() == 429 => Kind::Throttled,
        ErrorKind::Body(_) | ErrorKind::Paging(_) => Kind::Response,
        ErrorKind::Api(_) if error.is_throttled() => Kind::Throttled,
        ErrorKind::Api(_) if error.is_auth() => Kind::Credential,
        ErrorKind::Api(_) => Kind::Api,
        _ => Kind::Configuration,
    };
    let message = match error.kind() {
        ErrorKind::Api(api) => {
            let request_id = error.request_id().unwrap_or_default();
            let message = printable(api.message());
            // On another line, because scripts of tccli read this one.
            let attempts = match error.attempts() {
                0 | 1 => String::new(),
                attempts => format!("\nafter {attempts} attempts"),
            };
            format!("[TencentCloudSDKException] code:{} message:{message} requestId:{request_id}{attempts}", api.code())
        }
        ErrorKind::Transport(_) => {
            let request_id = error.request_id().unwrap_or("None");
            let message = in_options(&error.to_string());
            format!("[TencentCloudSDKException] code:ClientNetworkError message:{message} requestId:{request_id}")
        }
        ErrorKind::Credential(provider) => {
            let error = if provider.tried().is_empty() { error.to_string() } else { in_documented_order(provider) };
            let error = in_options(&error);
            format!("{error}\nRun `tcapi configure`, or set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY.")
        }
        _ => in_options(&error.to_string()),
    };
    Error::new(kind, message)
}

/// A message of the server, whose control characters could change the terminal.
fn printable(text: &str) -> String {
    let shown = |letter: char| match letter {
        control if control.is_control() => control.escape_debug().to_string(),
        other => other.to_string(),
    };
    text.chars().map(shown).collect()
}

/// The error of a provider. The places that it tried are in the order in which a call looks: the files of tccli are read before
/// the other providers, and the library lists them after its own file.
fn in_documented_order(error: &ProviderError) -> String {
    let mut tried: Vec<&ProviderError> = error.tried().iter().collect();
    let is_tccli = |error: &&ProviderError| error.place().ends_with(".credential");
    if let (Some(tccli), Some(file)) =
        (tried.iter().position(is_tccli), tried.iter().position(|error| is_sdk_file(error)))
        && file < tccli
    {
        let moved = tried.remove(tccli);
        tried.insert(file, moved);
    }
    let places = tried.iter().map(|place| format!("\n  {place}"));
    std::iter::once(format!("{} {}", error.place(), error.reason())).chain(places).collect()
}

/// Whether the error is of the credential file of the SDKs. Its place may name two files.
fn is_sdk_file(error: &ProviderError) -> bool {
    error.place().contains("tencentcloud/credentials")
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;

    use tc_core::transport::{Body, Replay};
    use tc_core::{
        AnyAction, Client, Credential, RateDecision, RateLimiter, RateLimiterError, RateRequest, Response, RetryPolicy,
    };

    use super::failure;
    use crate::error::Kind;

    /// A rate limiter whose server does not respond.
    #[derive(Debug)]
    struct Unavailable;

    impl RateLimiter for Unavailable {
        fn acquire<'a>(
            &'a self,
            _: RateRequest<'a>,
        ) -> Pin<Box<dyn Future<Output = Result<RateDecision, RateLimiterError>> + Send + 'a>> {
            Box::pin(std::future::ready(Err(RateLimiterError::new("the server does not respond"))))
        }
    }

    #[test]
    fn a_rate_limiter_that_fails_is_an_error_of_the_network() {
        let client = Client::builder().credential(Credential::new("AKID", "key")).rate_limiter(Unavailable);
        let client = client.region("ap-guangzhou").retry(RetryPolicy::none()).build().unwrap();
        let call = AnyAction::new("mps", "2019-06-12", "DescribePersonSamples").rate(20);
        let runtime = tc_core::tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let error = failure(&runtime.block_on(client.send(&call)).unwrap_err());
        assert_eq!(error.kind(), Kind::Network, "{error}");
    }

    #[test]
    fn control_characters_of_a_message_are_not_printed() {
        let body = br#"{"Response":{"Error":{"Code":"A","Message":"a\u001b[2J\nb\u009b \u4e2d"},"RequestId":"r"}}"#;
        let error = failure(&Response::<()>::decode(200, body).unwrap_err()).to_string();
        assert!(error.contains(r"message:a\u{1b}[2J\nb\u{9b} 中 requestId:r"), "{error}");
    }

    #[test]
    fn an_error_of_the_network_has_the_request_id_of_the_head() {
        let head =
            || tc_core::http::Response::builder().header("X-TC-RequestId", "r-head").header("content-encoding", "gzip");
        let replay = Replay::new([head().body(Body::from("no gzip")).unwrap()]);
        let client = Client::builder().credential(Credential::new("AKID", "key")).transport(replay);
        let client = client.retry(RetryPolicy::none()).build().unwrap();
        let call = AnyAction::new("mps", "2019-06-12", "DescribePersonSamples");
        let runtime = tc_core::tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let error = failure(&runtime.block_on(client.send(&call)).unwrap_err()).to_string();
        assert!(error.ends_with("requestId:r-head"), "{error}");
    }
}
