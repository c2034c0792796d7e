//! Calls that are refused before anything is sent, with messages that say what to do.

use serde_json::{Value, json};
use tc_core::transport::Replay;
use tc_core::{AnyAction, Client, Credential, ErrorKind, Method, SignatureMethod, tc_action};

/// An action with a number.
#[tc_action(service = "demo", version = "2020-01-01", response = ())]
struct DescribeRatio {
    ratio: f64,
    names: Option<Vec<String>>,
}

fn client(replay: &Replay) -> Client {
    Client::builder().credential(Credential::new("AKID", "key")).transport(replay.clone()).build().expect("a client")
}

/// Checks that these parameters are refused with this message, and that nothing is sent.
async fn refused(params: Value, method: Method, signature: SignatureMethod, why: &str) {
    let replay = Replay::default();
    let action = AnyAction::new("demo", "2020-01-01", "DescribeAll").params(params);
    let error = client(&replay).call(&action).method(method).signature(signature).send().await.expect_err("no request");
    assert!(matches!(error.kind(), ErrorKind::Request(_)), "{error:?}");
    assert!(error.to_string().contains(why), "{error:.300}");
    assert_eq!((error.attempts(), error.is_retryable(), error.is_unsent()), (0, false, true));
    assert!(replay.requests().is_empty());
}

/// Sends the maximum size.
async fn sent(params: Value, method: Method) -> http::Request<bytes::Bytes> {
    let replay = Replay::new([r#"{"Response":{"RequestId":"r"}}"#]);
    let action = AnyAction::new("demo", "2020-01-01", "DescribeAll").params(params);
    client(&replay).call(&action).method(method).send().await.expect("a response");
    replay.requests().remove(0)
}

#[tokio::test]
async fn requests_above_the_maximum_size_are_not_sent() {
    let text = |len: usize| json!({ "A": "x".repeat(len) });
    let (body, query) = ((10 << 20) - r#"{"A":""}"#.len(), (32 << 10) - "A=".len());
    assert_eq!(sent(text(body), Method::Post).await.body().len(), 10 << 20);
    refused(text(body + 1), Method::Post, SignatureMethod::Tc3, "the cloud accepts at most 10485760").await;
    assert_eq!(sent(text(query), Method::Get).await.uri().query().map(str::len), Some(32 << 10));
    refused(text(query + 1), Method::Get, SignatureMethod::Tc3, "at most 32768: use POST").await;
    for signature in [SignatureMethod::HmacSha1, SignatureMethod::HmacSha256] {
        refused(text(1 << 20), Method::Post, signature, "at most 1048576 with signature v1: use TC3").await;
        refused(text(32 << 10), Method::Get, signature, "at most 32768: use POST").await;
    }
}

#[tokio::test]
async fn parameters_with_names_reserved_by_signature_v1_are_not_sent() {
    for name in ["Nonce", "Signature", "SecretId", "Language", "Action", "Timestamp", "Version", "Token", "Region"] {
        let why = format!("signature v1 reserves the parameter name `{name}`: sign this call with TC3");
        refused(json!({ name: "x" }), Method::Post, SignatureMethod::HmacSha1, &why).await;
        refused(json!({ name: "x" }), Method::Get, SignatureMethod::HmacSha256, &why).await;
        sent(json!({ name: "x" }), Method::Get).await;
    }
}

#[tokio::test]
async fn values_that_no_form_can_represent_are_not_sent() {
    for ratio in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let (replay, action) = (Replay::default(), DescribeRatio { ratio, names: None });
        let checked = client(&replay).send(&action).await.expect_err("no request");
        assert!(
            matches!(checked.kind(), ErrorKind::Invalid(_)) && checked.to_string().contains("`Ratio`"),
            "{checked}"
        );
        for method in [Method::Post, Method::Get] {
            let error = client(&replay).call(&action).method(method).unchecked().send().await.expect_err("no request");
            assert!(matches!(error.kind(), ErrorKind::Payload(error) if error.path() == "Ratio"), "{error}");
        }
        assert!(replay.requests().is_empty());
    }
    let (replay, cleared) = (Replay::default(), DescribeRatio { ratio: 1.0, names: Some(Vec::new()) });
    let error = client(&replay).call(&cleared).method(Method::Get).send().await.expect_err("no request");
    assert!(matches!(error.kind(), ErrorKind::Payload(error) if error.path() == "Names"), "{error}");
    assert!(error.to_string().contains("POST"), "{error}");
}
