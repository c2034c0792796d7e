//! Signatures with one mistake or two, and what is said of them.

use super::parts::Parts;
use super::variants::variants;
use super::{SignedRequest, compare};

const ID: &str = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
const KEY: &str = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
const AT: i64 = 1_551_113_065;

/// A request of the documentation, with this signature.
fn request(signature: &str) -> SignedRequest {
    let text = format!(
        "POST / HTTP/1.1\nHost: cvm.tencentcloudapi.com\nContent-Type: application/json; charset=utf-8\nX-TC-Action: DescribeInstances\n\
         X-TC-Version: 2017-03-12\nX-TC-Region: ap-guangzhou\nX-TC-Timestamp: {AT}\n\
         Authorization: TC3-HMAC-SHA256 Credential={ID}/2019-02-25/cvm/tc3_request, \
         SignedHeaders=content-type;host, Signature={signature}\n\n\
         {{\"Limit\": 1, \"Filters\": [{{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\": \"instance-name\"}}]}}\n"
    );
    text.parse().unwrap()
}

#[test]
fn the_documented_signature_is_right() {
    let right = "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168";
    let comparison = compare(&request(right), ID, KEY, AT);
    assert!(comparison.right, "{comparison}");
    assert_eq!(comparison.warnings, Vec::<String>::new());
    let late = compare(&request(right), ID, KEY, AT + 301);
    assert!(late.right && !late.is_accepted() && late.to_string().contains("301 seconds behind"), "{late}");
    assert!(late.to_string().starts_with("the request will be rejected: "), "{late}");
}

#[test]
fn another_date_and_an_unknown_action_or_version_are_reasons_to_reject() {
    let at = |change: &dyn Fn(&mut SignedRequest)| {
        let mut request = request("00");
        change(&mut request);
        request.signature = Parts::of(&request, KEY).signature();
        compare(&request, ID, KEY, AT)
    };
    let set = |request: &mut SignedRequest, name: &str, value: &str| {
        let header = request.headers.iter_mut().find(|(known, _)| known == name);
        header.unwrap().1 = value.to_owned();
    };
    let date = |request: &mut SignedRequest| request.date = "2019-02-26".to_owned();
    let service = |request: &mut SignedRequest| request.service = "cvmm".to_owned();
    for (comparison, reason) in [
        (at(&date), "X-TC-Timestamp is on 2019-02-25 in UTC, but the date of the Credential is 2019-02-26"),
        (at(&|request| set(request, "x-tc-action", "DescribeInstance")), "did you mean `DescribeInstances`"),
        (at(&|request| set(request, "x-tc-version", "2017-03-13")), "available versions: 2017-03-12"),
        (at(&|request| request.headers.retain(|(name, _)| name != "x-tc-action")), "there is no header X-TC-Action"),
        (at(&service), "no service `cvmm`, which the Credential names; did you mean `cvm`"),
    ] {
        let text = comparison.to_string();
        assert!(comparison.right && !comparison.is_accepted(), "{text}");
        assert!(text.starts_with("the request will be rejected: ") && text.contains(reason), "{text}");
    }
}

#[test]
fn every_known_mistake_is_named() {
    let plain = request("00");
    let known = variants(&plain);
    assert!(known.len() > 50);
    let right = Parts::of(&plain, KEY).signature();
    for variant in &known {
        let mut parts = Parts::of(&plain, KEY);
        (variant.change)(&mut parts);
        let signature = parts.signature();
        if signature == right {
            continue;
        }
        let comparison = compare(&request(&signature), ID, KEY, AT);
        assert!(!comparison.right);
        // Two mistakes may come to the same; the first one is then as good.
        let same = known.iter().filter(|other| {
            let mut parts = Parts::of(&plain, KEY);
            (other.change)(&mut parts);
            parts.signature() == signature
        });
        assert!(
            same.map(|other| &other.reason).any(|reason| comparison.reasons == [reason.clone()]),
            "{}: {comparison}",
            variant.reason
        );
        assert_eq!(comparison.reasons.len(), 1);
    }
}

#[test]
fn two_mistakes_are_found_together() {
    let mut parts = Parts::of(&request("00"), KEY);
    parts.key.push('\n');
    parts.headers[1].1 = "cvm.tencentcloudapi.com:443".to_owned();
    let comparison = compare(&request(&parts.signature()), ID, KEY, AT);
    assert_eq!(comparison.reasons.len(), 2, "{comparison}");
    assert!(comparison.to_string().contains(":443") && comparison.to_string().contains("line feed"), "{comparison}");
}

#[test]
fn another_time_and_another_key_are_found() {
    let mut parts = Parts::of(&request("00"), KEY);
    parts.timestamp = (AT - 37).to_string();
    let comparison = compare(&request(&parts.signature()), ID, KEY, AT);
    assert!(comparison.reasons[0].contains("+37 seconds"), "{comparison}");
    let mut parts = Parts::of(&request("00"), KEY);
    parts.key = "another".to_owned();
    let comparison = compare(&request(&parts.signature()), ID, KEY, AT);
    assert!(
        comparison.to_string().contains("the key is another one") && !comparison.to_string().contains(KEY),
        "{comparison}"
    );
    let comparison = compare(&request(&parts.signature()), "AKIDOTHER", KEY, AT);
    assert!(comparison.to_string().contains("is that of AKIDOTHER"), "{comparison}");
}

#[test]
fn a_text_that_is_not_a_signed_request_is_an_error() {
    for (text, expected) in [
        ("", "first line"),
        ("PUT / HTTP/1.1\n\n", "neither GET nor POST"),
        ("POST / HTTP/1.1\nnothing\n\n", "is not a header"),
        ("POST / HTTP/1.1\nHost: x\n\n", "no header `Authorization`"),
        ("POST / HTTP/1.1\nAuthorization: Basic x\n\n", "does not begin with"),
        (
            "POST / HTTP/1.1\nAuthorization: TC3-HMAC-SHA256 Credential=a/b, SignedHeaders=x, Signature=y\n\n",
            "must have the form",
        ),
        ("POST / HTTP/1.1\nAuthorization: TC3-HMAC-SHA256 SignedHeaders=x\n\n", "no Credential="),
    ] {
        let error = text.parse::<SignedRequest>().unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}
