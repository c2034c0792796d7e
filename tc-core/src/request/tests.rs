//! What a call becomes, and what is refused before it is sent.

use serde_json::{Value as Json, json as j};

use super::*;
use crate::payload::Params;
use crate::spec::BodyForm;
use crate::{Credential, Endpoint, Method, Region, SignatureMethod, Timestamp};

const NOW: Timestamp = Timestamp::from_unix(1_551_113_065);
const NONCE: u64 = 11_886;

fn credential() -> Credential {
    Credential::new("AKIDEXAMPLE", "a-secret-key").with_token("a-session-token")
}

fn options(endpoint: &Endpoint) -> Options<'_> {
    Options {
        service: "cvm".into(),
        version: "2017-03-12".into(),
        action: "DescribeZones".into(),
        endpoint,
        connect_to: None,
        region: Some(&Region::AP_GUANGZHOU),
        language: Some(Language::EnUs),
        method: Method::Post,
        signature: SignatureMethod::Tc3,
        unsigned_payload: false,
        skip_sign: false,
    }
}

fn draft(options: Options<'_>, params: &Json) -> Result<Draft, RequestError> {
    let Options { method, signature, .. } = options;
    let payload = Payload::of(Params::Json(params), BodyForm::Json, method, signature, "cvm", 7)?;
    Draft::new(options, payload)
}

/// The request as text: line, headers in order of their names, body.
#[track_caller]
fn text(draft: &Draft) -> String {
    use std::fmt::Write;
    let request = draft.sign(Some(&credential()), NOW, NONCE).expect("a request");
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
    let draft = draft(options(&Endpoint::nearest()), &j!({"Limit": 1})).expect("a draft");
    let text = text(&draft);
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
    let endpoint = Endpoint::nearest();
    let draft = draft(Options { method: Method::Get, ..options(&endpoint) }, &params).expect("a draft");
    let text = text(&draft);
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
    let endpoint = Endpoint::nearest();
    let options = Options { method: Method::Get, signature: SignatureMethod::HmacSha1, ..options(&endpoint) };
    let draft = draft(options, &j!({"Limit": 20})).expect("a draft");
    let text = text(&draft);
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
    let endpoint = Endpoint::nearest();
    for (method, signature) in [
        (Method::Post, SignatureMethod::Tc3),
        (Method::Get, SignatureMethod::Tc3),
        (Method::Post, SignatureMethod::HmacSha1),
    ] {
        let options = Options { skip_sign: true, method, signature, ..options(&endpoint) };
        let text = text(&draft(options, &j!({})).expect("a draft"));
        for word in ["AKID", "Signature", "token", "SecretId"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
        assert_eq!(text.contains("authorization: SKIP\n"), signature == SignatureMethod::Tc3, "{text}");
    }
}

#[test]
fn the_steps_are_those_of_the_request() {
    let endpoint = Endpoint::nearest();
    for (method, signature) in [
        (Method::Post, SignatureMethod::Tc3),
        (Method::Get, SignatureMethod::Tc3),
        (Method::Get, SignatureMethod::HmacSha1),
        (Method::Get, SignatureMethod::HmacSha256),
    ] {
        let draft = draft(Options { method, signature, ..options(&endpoint) }, &j!({"A": "é"})).expect("a draft");
        let steps = draft.steps(Some(&credential()), NOW, NONCE).expect("steps");
        let signature = steps.signature().expect("a signature").as_str().to_owned();
        let sent = percent_encoding::percent_decode_str(&text(&draft)).decode_utf8_lossy().into_owned();
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
    let steps = draft(options(&endpoint), &j!({})).and_then(|draft| draft.steps(Some(&credential()), NOW, NONCE));
    let steps = steps.expect("steps").to_string();
    assert!(steps.contains("\n  host:127.0.0.1:8080\n") && steps.contains("/cvm/tc3_request"), "{steps}");
}

#[test]
fn an_unsigned_payload_says_so_and_is_not_hashed() {
    let endpoint = Endpoint::nearest();
    let draft = draft(Options { unsigned_payload: true, ..options(&endpoint) }, &j!({"A": 1})).expect("a draft");
    assert!(text(&draft).contains("\nx-tc-content-sha256: UNSIGNED-PAYLOAD\n"));
    assert_eq!(draft.hash(), crate::signing::PayloadHash::UNSIGNED);
}

#[test]
fn an_octet_stream_is_a_body_and_headers() {
    let headers = vec![("X-CVM-TopicId".to_owned(), "主题 1".to_owned())];
    let payload = Payload::OctetStream { body: b"\0\xff"[..].into(), headers };
    let endpoint = Endpoint::nearest();
    let draft = Draft::new(options(&endpoint), payload).expect("a draft");
    let request = draft.sign(Some(&credential()), NOW, NONCE).expect("a request");
    assert_eq!(request.headers()["x-cvm-topicid"].as_bytes(), "主题 1".as_bytes());
    assert_eq!(&request.body()[..], b"\0\xff");
}

/// What is said of `params` instead of sending them.
#[track_caller]
fn refused(options: Options<'_>, params: &Json, why: &str) {
    let said = draft(options, params).and_then(|draft| draft.sign(Some(&credential()), NOW, NONCE));
    let said = said.map_or_else(|error| error.to_string(), |sent| sent.uri().to_string());
    assert!(said.contains(why), "{said:.300}");
}

/// Sent at this size, refused with one byte more.
#[track_caller]
fn fits(options: &Options<'_>, overhead: usize, limit: usize, why: &str) {
    let params = |size: usize| j!({"A": "x".repeat(size - overhead)});
    let sent = draft(options.clone(), &params(limit)).and_then(|draft| draft.sign(Some(&credential()), NOW, NONCE));
    let sent = sent.expect("the greatest that is taken");
    assert_eq!(sent.body().len().max(sent.uri().query().unwrap_or_default().len()), limit);
    refused(options.clone(), &params(limit + 1), why);
}

#[test]
fn each_form_is_refused_beyond_its_size() {
    let endpoint = Endpoint::nearest();
    let options = options(&endpoint);
    fits(&options, r#"{"A":""}"#.len(), 10 << 20, "is 10485761 bytes long; the cloud takes 10485760");
    let get = Options { method: Method::Get, ..options.clone() };
    fits(&get, "A=".len(), 32 << 10, "is 32769 bytes long; the cloud takes 32768 at most: use POST");
    // What signature v1 adds, with a signature that holds the same number of characters to encode.
    let v1 = Options { signature: SignatureMethod::HmacSha256, ..options };
    let long = draft(v1.clone(), &j!({"A": "x".repeat(2 << 20)})).and_then(|d| d.sign(Some(&credential()), NOW, NONCE));
    assert!(long.is_err_and(|error| error.to_string().contains("the cloud takes 1048576 at most with signature v1")));
    let get = Options { method: Method::Get, ..v1 };
    refused(get, &j!({"A": "x".repeat(32 << 10)}), "the query of a GET is 33");
}

#[test]
fn names_that_signature_v1_has_for_itself_are_refused() {
    let endpoint = Endpoint::nearest();
    for name in super::common_params::V1_NAMES {
        let v1 = Options { method: Method::Get, signature: SignatureMethod::HmacSha256, ..options(&endpoint) };
        refused(v1.clone(), &j!({name: "x"}), "sign this call with TC3");
        assert!(draft(v1, &j!({name: ["x"]})).is_ok(), "{name}.0 is a name of its own");
    }
}

#[test]
fn what_no_request_can_be_made_of_is_refused_in_words() {
    let endpoint = Endpoint::nearest();
    let base = options(&endpoint);
    refused(Options { action: "A\nB".into(), ..base.clone() }, &j!({}), "the action's name holds a character");
    refused(Options { version: "\0".into(), ..base.clone() }, &j!({}), "the version holds a character");
    refused(Options { service: "evil.example/".into(), ..base.clone() }, &j!({}), "evil.example/");
    refused(Options { region: Some(&Region::new("a b")), ..base.clone() }, &j!({}), "invalid region name \"a b\"");
    refused(base.clone(), &j!([1]), "a JSON object");

    let draft = draft(base.clone(), &j!({})).expect("a draft");
    let unusable = Credential::new("AKIDEXAMPLE\n", "key");
    assert_eq!(draft.sign(None, NOW, NONCE).err(), Some(RequestError::NoCredential));
    assert!(matches!(draft.sign(Some(&unusable), NOW, NONCE), Err(RequestError::Credential(_))));

    let multipart = Payload::Multipart { boundary: "b".into(), body: b"".as_slice().into() };
    for options in [
        Options { method: Method::Get, ..base.clone() },
        Options { signature: SignatureMethod::HmacSha1, ..base.clone() },
    ] {
        assert_eq!(Draft::new(options, multipart.clone()).err(), Some(RequestError::OnlyPost));
    }
}
