//! The exact request of each action, in every form.

use bytes::Bytes;
use std::sync::{Arc, Mutex};
use tc_apis::iai::GetPersonGroupInfo;
use tc_apis::mps::{DescribePersonSamples, SampleType};
use tc_apis::sts::AssumeRole;
use tc_core::transport::{Body, BoxFuture, Transport, TransportError};
use tc_core::{
    Call, Client, Credential, Language, Method, Region, SignatureMethod, Timestamp, encode_json, encode_query,
};

/// Records the requests and responds to each with a RequestId.
#[derive(Debug, Default, Clone)]
struct Wire(Arc<Mutex<Vec<http::Request<Bytes>>>>);

impl Transport for Wire {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.lock().expect("no panic").push(request);
        let answer = http::Response::new(Body::from(r#"{"Response":{"RequestId":"id"}}"#));
        Box::pin(async { Ok(answer) })
    }
}

fn samples() -> DescribePersonSamples {
    DescribePersonSamples::new().person_ids(["10569"]).names(["John Smith"]).tags(["Celebrity"]).offset(0).limit(20)
}

/// Returns the request of `call` at 2019-02-25 00:44:25 UTC, with the example keys of the documentation.
async fn sent<C: Call>(call: &C, method: Method, signature: SignatureMethod) -> http::Request<Bytes> {
    let wire = Wire::default();
    let client = Client::builder()
        .credential(Credential::new("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"))
        .region(Region::AP_GUANGZHOU)
        .language(Language::EnUs)
        .method(method)
        .signature(signature)
        .clock(Timestamp::from_unix(1_551_113_065))
        .transport(wire.clone())
        .build()
        .expect("a client");
    client.send(call).await.expect("a response");
    let mut requests = wire.0.lock().expect("no panic");
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}

fn header<'a>(request: &'a http::Request<Bytes>, name: &str) -> &'a str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[test]
fn documented_calls_have_the_documented_query() {
    let pairs = encode_query(&samples()).expect("a query");
    let text: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(text, ["Limit=20", "Names.0=John Smith", "Offset=0", "PersonIds.0=10569", "Tags.0=Celebrity"]);
    let groups = encode_query(&GetPersonGroupInfo::new("2001").offset(0).limit(10)).expect("a query");
    let text: Vec<String> = groups.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(text, ["Limit=10", "Offset=0", "PersonId=2001"]);
    let role = AssumeRole::new("qcs::cam::uin/1:roleName/reader", "report").duration_seconds(7200);
    let text: Vec<String> =
        encode_query(&role).expect("a query").iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(text, ["DurationSeconds=7200", "RoleArn=qcs::cam::uin/1:roleName/reader", "RoleSessionName=report"]);
}

#[test]
fn unset_parameters_are_not_sent() {
    assert_eq!(encode_json(&DescribePersonSamples::new()).expect("a body"), b"{}");
    assert_eq!(encode_query(&DescribePersonSamples::new()).expect("a query"), []);
    let own = DescribePersonSamples::new().r#type(SampleType::UserDefine);
    assert_eq!(encode_json(&own).expect("a body"), br#"{"Type":"UserDefine"}"#);
    let late = DescribePersonSamples::new().r#type("Shared");
    assert_eq!(encode_json(&late).expect("a body"), br#"{"Type":"Shared"}"#);
}

#[tokio::test]
async fn a_post_with_tc3_is_json_with_common_parameters_as_headers() {
    let request = sent(&samples(), Method::Post, SignatureMethod::Tc3).await;
    assert_eq!(
        (request.method().as_str(), request.uri().to_string().as_str()),
        ("POST", "https://mps.tencentcloudapi.com/")
    );
    assert_eq!(
        request.body(),
        r#"{"PersonIds":["10569"],"Names":["John Smith"],"Tags":["Celebrity"],"Offset":0,"Limit":20}"#
    );
    for (name, value) in [
        ("host", "mps.tencentcloudapi.com"),
        ("content-type", "application/json"),
        ("x-tc-action", "DescribePersonSamples"),
        ("x-tc-version", "2019-06-12"),
        ("x-tc-timestamp", "1551113065"),
        ("x-tc-region", "ap-guangzhou"),
        ("x-tc-language", "en-US"),
    ] {
        assert_eq!(header(&request, name), value, "{name}");
    }
    assert!(header(&request, "authorization").starts_with(
        "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/mps/tc3_request, \
         SignedHeaders=content-type;host;x-tc-action, Signature="
    ));
    assert!(request.headers()["authorization"].is_sensitive());
}

#[tokio::test]
async fn a_get_with_tc3_is_a_sorted_strictly_encoded_query() {
    let request = sent(&samples().names(["J'ö hn+"]), Method::Get, SignatureMethod::Tc3).await;
    assert_eq!(request.method(), "GET");
    assert_eq!(
        request.uri().query(),
        Some("Limit=20&Names.0=J%27%C3%B6%20hn%2B&Offset=0&PersonIds.0=10569&Tags.0=Celebrity")
    );
    assert_eq!(header(&request, "content-type"), "application/x-www-form-urlencoded");
    assert!(request.body().is_empty());
}

#[tokio::test]
async fn a_post_with_v1_is_a_form_with_all_parameters() {
    let request = sent(&samples(), Method::Post, SignatureMethod::HmacSha256).await;
    let body = std::str::from_utf8(request.body()).expect("text");
    let names: Vec<&str> = body.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    assert_eq!(
        names,
        [
            "Action",
            "Language",
            "Limit",
            "Names.0",
            "Nonce",
            "Offset",
            "PersonIds.0",
            "Region",
            "RequestClient",
            "SecretId",
            "Signature",
            "SignatureMethod",
            "Tags.0",
            "Timestamp",
            "Version",
        ]
    );
    assert!(body.contains("&SignatureMethod=HmacSHA256&") && body.contains("&Timestamp=1551113065&"));
    assert!(request.headers().get("authorization").is_none());
}

#[tokio::test]
async fn an_unsigned_action_contains_no_credential() {
    let assume = tc_core::AnyAction::new("sts", "2018-08-13", "AssumeRoleWithWebIdentity")
        .params(serde_json::json!({"WebIdentityToken": "x"}))
        .skip_sign();
    let request = sent(&assume, Method::Post, SignatureMethod::Tc3).await;
    assert_eq!(header(&request, "authorization"), "SKIP");
    assert!(request.headers().get("x-tc-token").is_none());
}

/// An action with its own method and signature.
#[tc_core::tc_action(service = "cvm", version = "2017-03-12", response = (), method = get, signature = hmac_sha256)]
struct DescribeZones {
    limit: Option<u64>,
}

#[tokio::test]
async fn the_method_and_signature_of_an_action_can_be_replaced_for_a_call() {
    let zones = DescribeZones::new().limit(3);
    let request = sent(&zones, Method::Post, SignatureMethod::Tc3).await;
    assert_eq!(request.method(), "GET");
    assert!(request.uri().query().is_some_and(|query| query.contains("SignatureMethod=HmacSHA256")), "{request:?}");

    let wire = Wire::default();
    let credential = Credential::new("AKIDEXAMPLE", "EXAMPLEKEY");
    let client = Client::builder().credential(credential).transport(wire.clone()).build().expect("a client");
    client.call(&zones).method(Method::Post).signature(SignatureMethod::Tc3).send().await.expect("a response");
    assert_eq!(wire.0.lock().expect("no panic")[0].body(), r#"{"Limit":3}"#);
}
