//! Signed requests, and calls that cannot be made into one.

use serde_json::{Value as Json, json as j};

use super::*;
use crate::payload::Params;
use crate::spec::BodyForm;
use crate::{Credential, Endpoint, Method, Region, SignatureMethod, Timestamp};

const NOW: Timestamp = Timestamp::from_unix(1_551_113_065);
const NONCE: fn() -> u64 = || 11_886;

fn credential() -> Credential {
    Credential::new("AKIDEXAMPLE", "a-secret-key").with_token("a-session-token")
}

fn head(endpoint: &Endpoint) -> RequestHead {
    RequestHead {
        target: Target::new("cvm", "2017-03-12", "DescribeZones"),
        origin: endpoint.origin("cvm", Some(&Region::AP_GUANGZHOU)).expect("a host"),
        connect_to: None,
        region: Some(Region::AP_GUANGZHOU),
        language: Some(Language::EnUs),
        method: Method::Post,
        signature: SignatureMethod::Tc3,
    }
}

fn nearest() -> RequestHead {
    head(&Endpoint::nearest())
}

fn encoded(head: RequestHead, params: &Json) -> Result<UnsignedRequest, RequestError> {
    UnsignedRequest::new(head, Params::Json(params), || 7)
}

/// The request as text: line, headers in order of their names, body.
#[track_caller]
fn text(request: &UnsignedRequest) -> String {
    use std::fmt::Write;
    let request = request.sign(Some(&credential()), NOW, NONCE).expect("a request");
    let mut text = format!("{} {}\n", request.method(), request.uri());
    let mut headers: Vec<_> = request.headers().iter().collect();
    headers.sort_by_key(|(name, _)| name.as_str());
    for (name, value) in headers {
        writeln!(text, "{name}: {}", value.to_str().expect("text")).expect("memory");
    }
    text + &String::from_utf8_lossy(request.body())
}

#[test]
fn a_post_carries_json_and_the_common_parameters_in_headers() {
    let request = encoded(nearest(), &j!({"Limit": 1})).expect("a request");
    let text = text(&request);
    let (head, signature) = text.split_once("Signature=").expect("a signature");
    assert_eq!(
        head,
        "POST https://cvm.tencentcloudapi.com/\n\
         authorization: TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2019-02-25/cvm/tc3_request, \
         SignedHeaders=content-type;host;x-tc-action, "
    );
    assert_eq!(
        &signature[64..],
        "\ncontent-type: application/json\nhost: cvm.tencentcloudapi.com\nx-tc-action: DescribeZones\n\
         x-tc-language: en-US\nx-tc-region: ap-guangzhou\nx-tc-requestclient: tc-core_0.1.0\n\
         x-tc-timestamp: 1551113065\nx-tc-token: a-session-token\nx-tc-version: 2017-03-12\n{\"Limit\":1}"
    );
}

#[test]
fn a_get_carries_sorted_strictly_encoded_parameters() {
    let params = j!({"B": ["a b", "é", 3, 4, 5, 6, 7, 8, 9, 10, "~-._"], "A": "+&=%/?#*'()!"});
    let request = encoded(RequestHead { method: Method::Get, ..nearest() }, &params).expect("a request");
    let text = text(&request);
    assert!(
        text.starts_with(
            "GET https://cvm.tencentcloudapi.com/?A=%2B%26%3D%25%2F%3F%23%2A%27%28%29%21&B.0=a%20b&B.1=%C3%A9\
             &B.10=~-._&B.2=3&"
        ),
        "{text}"
    );
    assert!(text.contains("\ncontent-type: application/x-www-form-urlencoded\n"), "{text}");
}

#[test]
fn signature_v1_goes_among_the_parameters() {
    let head = RequestHead { method: Method::Get, signature: SignatureMethod::HmacSha1, ..nearest() };
    let request = encoded(head, &j!({"Limit": 20})).expect("a request");
    let text = text(&request);
    let names = "GET https://cvm.tencentcloudapi.com/?Action=DescribeZones&Language=en-US&Limit=20&Nonce=11886\
                 &Region=ap-guangzhou&RequestClient=tc-core_0.1.0&SecretId=AKIDEXAMPLE&Signature=";
    assert!(text.starts_with(names), "{text}");
    assert!(
        text.contains("%3D&SignatureMethod=HmacSHA1&Timestamp=1551113065&Token=a-session-token&Version=2017-03-12\n"),
        "{text}"
    );
    assert!(!text.contains("authorization"), "{text}");
}

#[test]
fn an_unsigned_action_carries_nothing_of_the_credential() {
    for (method, signature) in [
        (Method::Post, SignatureMethod::Tc3),
        (Method::Get, SignatureMethod::Tc3),
        (Method::Post, SignatureMethod::HmacSha1),
    ] {
        let target = Target { skip_sign: true, ..nearest().target };
        let head = RequestHead { target, method, signature, ..nearest() };
        let text = text(&encoded(head, &j!({})).expect("a request"));
        for word in ["AKID", "Signature", "token", "SecretId"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
        assert_eq!(text.contains("authorization: SKIP\n"), signature == SignatureMethod::Tc3, "{text}");
    }
}

#[test]
fn the_steps_are_those_of_the_request() {
    for (method, signature) in [
        (Method::Post, SignatureMethod::Tc3),
        (Method::Get, SignatureMethod::Tc3),
        (Method::Get, SignatureMethod::HmacSha1),
        (Method::Get, SignatureMethod::HmacSha256),
    ] {
        let request = encoded(RequestHead { method, signature, ..nearest() }, &j!({"A": "é"})).expect("a request");
        let steps = request.steps(Some(&credential()), NOW, NONCE).expect("steps");
        let signature = steps.signature().expect("a signature").as_str().to_owned();
        let sent = percent_encoding::percent_decode_str(&text(&request)).decode_utf8_lossy().into_owned();
        assert!(sent.contains(&format!("Signature={signature}")), "{sent}");
        assert_eq!(
            steps.authorization().is_some_and(|text| sent.contains(text.as_str())),
            method == Method::Post || steps.canonical_request().is_some()
        );
        for shown in [steps.to_string(), format!("{steps:?}")] {
            assert!(!shown.contains("a-session-token") && !shown.contains("a-secret-key"), "{shown}");
        }
    }
}

#[test]
fn a_port_is_part_of_the_host_that_is_signed() {
    let endpoint = Endpoint::parse("http://127.0.0.1:8080").expect("a url");
    let steps = encoded(head(&endpoint), &j!({})).and_then(|request| request.steps(Some(&credential()), NOW, NONCE));
    let steps = steps.expect("steps").to_string();
    assert!(steps.contains("\n  host:127.0.0.1:8080\n") && steps.contains("/cvm/tc3_request"), "{steps}");
}

#[test]
fn an_unsigned_payload_says_so_and_is_not_hashed() {
    let target = Target { unsigned_payload: true, ..nearest().target };
    let request = encoded(RequestHead { target, ..nearest() }, &j!({"A": 1})).expect("a request");
    assert!(text(&request).contains("\nx-tc-content-sha256: UNSIGNED-PAYLOAD\n"));
    assert_eq!(request.hash(), crate::signing::PayloadHash::UNSIGNED);
}

#[test]
fn an_octet_stream_is_a_body_and_headers() {
    let target = Target { body: BodyForm::OctetStream, ..nearest().target };
    let (json, files) = (j!({"TopicId": "主题 1"}), [("Logs".to_owned(), crate::Upload::new(*b"\0\xff"))]);
    let request = UnsignedRequest::new(RequestHead { target, ..nearest() }, Params::Files(&json, &files), || 7);
    let request = request.expect("a request");
    let request = request.sign(Some(&credential()), NOW, NONCE).expect("a request");
    assert_eq!(request.headers()["x-cvm-topicid"].as_bytes(), "主题 1".as_bytes());
    assert_eq!(&request.body()[..], b"\0\xff");
}

/// Checks that `params` are not sent, and that the error contains `why`.
#[track_caller]
fn refused(head: RequestHead, params: &Json, why: &str) {
    let signed = encoded(head, params).and_then(|request| request.sign(Some(&credential()), NOW, NONCE));
    let text = signed.map_or_else(|error| error.to_string(), |request| request.uri().to_string());
    assert!(text.contains(why), "{text:.300}");
}

/// Checks that `limit` bytes are sent, and that one byte more is an error.
#[track_caller]
fn accepts_at_most(head: &RequestHead, overhead: usize, limit: usize, why: &str) {
    let params = |size: usize| j!({"A": "x".repeat(size - overhead)});
    let signed = encoded(head.clone(), &params(limit)).and_then(|it| it.sign(Some(&credential()), NOW, NONCE));
    let signed = signed.expect("the maximum is accepted");
    assert_eq!(signed.body().len().max(signed.uri().query().unwrap_or_default().len()), limit);
    refused(head.clone(), &params(limit + 1), why);
}

#[test]
fn each_form_has_a_maximum_size() {
    let post = nearest();
    accepts_at_most(&post, r#"{"A":""}"#.len(), 10 << 20, "is 10485761 bytes long; the cloud accepts at most 10485760");
    let get = RequestHead { method: Method::Get, ..nearest() };
    let why = "is 32769 bytes long; the cloud accepts at most 32768: use POST";
    accepts_at_most(&get, "A=".len(), 32 << 10, why);
    // Signature v1 adds common parameters, so its exact overhead differs from request to request.
    let v1 = RequestHead { signature: SignatureMethod::HmacSha256, ..nearest() };
    refused(v1, &j!({"A": "x".repeat(2 << 20)}), "the cloud accepts at most 1048576 with signature v1: use TC3");
    let get = RequestHead { method: Method::Get, signature: SignatureMethod::HmacSha256, ..nearest() };
    refused(get, &j!({"A": "x".repeat(32 << 10)}), "the query of a GET is 33");
}

#[test]
fn parameter_names_reserved_by_signature_v1_are_refused() {
    for name in crate::spec::COMMON_PARAMETERS {
        let v1 = RequestHead { method: Method::Get, signature: SignatureMethod::HmacSha256, ..nearest() };
        refused(v1.clone(), &j!({name: "x"}), "sign this call with TC3");
        assert!(encoded(v1, &j!({name: ["x"]})).is_ok(), "{name}.0 is not reserved");
    }
}

#[test]
fn invalid_calls_are_refused_with_a_clear_message() {
    let with = |target: Target| RequestHead { target, ..nearest() };
    let action = Target { action: "A\nB".into(), ..nearest().target };
    refused(with(action), &j!({}), "the name of the action contains a character that an HTTP header cannot hold");
    let version = Target { version: "\0".into(), ..nearest().target };
    refused(with(version), &j!({}), "the version contains a character");
    let region = RequestHead { region: Some(Region::new("a b")), ..nearest() };
    refused(region, &j!({}), "invalid region name \"a b\"");
    refused(nearest(), &j!([1]), "a JSON object");

    let request = encoded(nearest(), &j!({})).expect("a request");
    let unusable = Credential::new("AKIDEXAMPLE\n", "key");
    assert_eq!(request.sign(None, NOW, NONCE).err(), Some(RequestError::NoCredential));
    assert!(matches!(request.sign(Some(&unusable), NOW, NONCE), Err(RequestError::Credential(_))));

    for body in [BodyForm::Multipart, BodyForm::OctetStream] {
        let target = Target { body, ..nearest().target };
        for (method, signature) in [(Method::Get, SignatureMethod::Tc3), (Method::Post, SignatureMethod::HmacSha1)] {
            let head = RequestHead { target: target.clone(), method, signature, ..nearest() };
            assert_eq!(encoded(head, &j!({})).err(), Some(RequestError::OnlyPost));
        }
    }
}
