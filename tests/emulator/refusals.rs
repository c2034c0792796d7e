//! Authentication and routing: every error has its code.

use tc_core::emulator::{SECRET_ID, SECRET_KEY};

use crate::emulator::hand::{NOW, Request};
use crate::emulator::{emulator, run};

/// A valid request, changed before it is signed.
#[track_caller]
fn check(expected: &str, before: impl FnOnce(&mut Request)) {
    tampered(expected, before, |_| {});
}

/// A valid request, changed after it was signed.
#[track_caller]
fn tampered(expected: &str, before: impl FnOnce(&mut Request), after: impl FnOnce(&mut Request)) {
    let (code, message) = run(async {
        let emulator = emulator().await;
        let mut request = Request::json(&emulator, "Search", r#"{"Limit":20}"#);
        before(&mut request);
        request.sign();
        after(&mut request);
        let answer = request.send(&emulator).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.response()["RequestId"].as_str().map(str::len), Some(36), "{answer:?}");
        (answer.code(), answer.message())
    });
    assert_eq!(code, expected, "{message}");
}

/// A valid request, signed in another way.
#[track_caller]
fn signed(expected: &str, secret_id: &str, secret_key: &str, service: &str, headers: &str) {
    tampered(expected, |_| {}, |request| request.sign_as(secret_id, secret_key, service, headers));
}

#[test]
fn a_valid_request_is_accepted() {
    check("ok", |_| {});
}

#[test]
fn two_or_three_or_more_signed_headers_are_accepted() {
    for headers in ["content-type;host", "content-type;host;x-tc-action", "content-type;host;x-tc-action;x-tc-version"]
    {
        signed("ok", SECRET_ID, SECRET_KEY, "mps", headers);
    }
}

#[test]
fn a_signature_lacking_a_needed_header_is_malformed() {
    for headers in ["host", "content-type", "content-type;x-tc-action", "host;content-type"] {
        signed("AuthFailure.InvalidAuthorization", SECRET_ID, SECRET_KEY, "mps", headers);
    }
}

#[test]
fn a_signed_header_that_is_not_sent_fails() {
    signed("AuthFailure.SignatureFailure", SECRET_ID, SECRET_KEY, "mps", "content-type;host;x-tc-region");
}

#[test]
fn a_wrong_key_fails() {
    signed("AuthFailure.SignatureFailure", SECRET_ID, "Gu5t9xGARNpq86cd98joQYCN3EXAMPLF", "mps", "content-type;host");
}

#[test]
fn an_unknown_secret_id_is_not_found() {
    signed("AuthFailure.SecretIdNotFound", "AKIDnobody", SECRET_KEY, "mps", "content-type;host");
}

#[test]
fn a_difference_of_five_minutes_between_the_clocks_is_accepted_and_more_is_not() {
    for (seconds, expected) in [
        (300, "ok"),
        (-300, "ok"),
        (301, "AuthFailure.SignatureExpire"),
        (-301, "AuthFailure.SignatureExpire"),
        (600, "AuthFailure.SignatureExpire"),
        (-600, "AuthFailure.SignatureExpire"),
    ] {
        check(expected, |request| request.set("X-TC-Timestamp", &(NOW + seconds).to_string()));
    }
}

#[test]
fn a_timestamp_is_required_and_must_be_a_number() {
    check("InvalidParameter", |request| request.set("X-TC-Timestamp", "yesterday"));
    check("InvalidParameter", |request| request.set("X-TC-Timestamp", "-5"));
    check("MissingParameter", |request| request.remove("X-TC-Timestamp"));
}

/// A change of a request, with its name.
type Change = (&'static str, fn(&mut Request));

#[test]
fn no_signed_part_can_be_changed() {
    let changes: [Change; 8] = [
        ("body", |request| request.body = br#"{"Limit":21}"#.to_vec()),
        ("action", |request| request.set("X-TC-Action", "Person")),
        ("an action that does not exist", |request| request.set("X-TC-Action", "Nothing")),
        ("host", |request| request.set("Host", "127.0.0.1")),
        ("content type", |request| request.set("Content-Type", "application/json; charset=utf-8")),
        ("timestamp", |request| request.set("X-TC-Timestamp", &(NOW + 1).to_string())),
        ("query", |request| request.query = "Limit=21".into()),
        ("path", |request| request.path = "/v2".into()),
    ];
    for (what, change) in changes {
        println!("tampered with: {what}");
        tampered("AuthFailure.SignatureFailure", |_| {}, change);
    }
}

#[test]
fn a_tampered_query_of_a_get_fails() {
    let code = run(async {
        let emulator = emulator().await;
        let mut request = Request::get(&emulator, "Search", "Limit=20&PersonIds.0=a");
        request.sign();
        assert_eq!(request.send(&emulator).await.code(), "ok");
        request.query = "Limit=20&PersonIds.0=b".into();
        request.send(&emulator).await.code()
    });
    assert_eq!(code, "AuthFailure.SignatureFailure");
}

#[test]
fn the_action_may_be_changed_if_it_is_not_signed() {
    let code = run(async {
        let emulator = emulator().await;
        let mut request = Request::json(&emulator, "Search", "{}");
        request.sign_as(SECRET_ID, SECRET_KEY, "mps", "content-type;host");
        request.set("X-TC-Action", "Person");
        request.send(&emulator).await.code()
    });
    assert_eq!(code, "MissingParameter");
}

#[test]
fn an_authorization_header_must_be_complete() {
    let good = format!(
        "TC3-HMAC-SHA256 Credential={SECRET_ID}/2019-02-25/mps/tc3_request, SignedHeaders=content-type;host, Signature={}",
        "0".repeat(64)
    );
    let malformed = "AuthFailure.InvalidAuthorization";
    for (expected, header) in [
        ("AuthFailure.SignatureFailure", good.clone()),
        ("AuthFailure.SignatureFailure", good.replace("2019-02-25", "2019-02-26")),
        (malformed, String::new()),
        (malformed, "Bearer abc".into()),
        (malformed, good.replace("TC3-HMAC-SHA256", "TC3-HMAC-SHA1")),
        (malformed, good.replace("Credential=", "Cred=")),
        (malformed, good.replace("/tc3_request", "")),
        (malformed, good.replace("tc3_request", "tc4_request")),
        (malformed, good.replace("SignedHeaders", "Headers")),
        (malformed, good.replace(", Signature=", ", Signature=0, Signature=")),
        (malformed, good.replace("000", "")),
        (malformed, good.replace("000", "00G")),
        (malformed, format!("{good}, {good}")),
    ] {
        println!("{header}");
        tampered(expected, |_| {}, |request| request.set("Authorization", &header));
    }
    tampered(malformed, |_| {}, |request| request.remove("Authorization"));
}

#[test]
fn service_version_and_action_must_exist() {
    signed("NoSuchProduct", SECRET_ID, SECRET_KEY, "nope", "content-type;host");
    check("NoSuchVersion", |request| request.set("X-TC-Version", "2017-01-01"));
    check("InvalidAction", |request| request.set("X-TC-Action", "Nothing"));
    check("InvalidAction", |request| request.set("X-TC-Action", "search"));
    check("MissingParameter", |request| request.remove("X-TC-Version"));
    check("MissingParameter", |request| request.set("X-TC-Action", ""));
}

#[test]
fn the_host_must_belong_to_the_signed_service() {
    check("ok", |request| request.set("Host", "mps.tencentcloudapi.com"));
    check("ok", |request| request.set("Host", "mps.ap-guangzhou.tencentcloudapi.com"));
    check("AuthFailure.SignatureFailure", |request| request.set("Host", "cvm.tencentcloudapi.com"));
}

#[test]
fn other_methods_paths_and_content_types_are_errors() {
    check("UnsupportedProtocol", |request| request.method = "PUT".into());
    check("InvalidRequest", |request| request.path = "/index.php".into());
    check("UnsupportedProtocol", |request| request.set("Content-Type", "text/plain"));
    check("UnsupportedProtocol", |request| request.set("Content-Type", "application/x-www-form-urlencoded"));
    check("UnsupportedProtocol", |request| request.set("Content-Type", "multipart/form-data; boundary=b"));
    check("ok", |request| request.set("Content-Type", "application/json; charset=utf-8"));
}

#[test]
fn a_temporary_key_needs_its_token_until_it_expires() {
    run(async {
        let emulator = emulator().await;
        emulator.add_temporary_key("AKIDtmp", "tmp-key", "tmp-token");
        let mut request = Request::json(&emulator, "Search", "{}");
        request.sign_as("AKIDtmp", "tmp-key", "mps", "content-type;host");
        assert_eq!(request.send(&emulator).await.code(), "AuthFailure.TokenFailure");
        request.set("X-TC-Token", "tmp-token");
        assert_eq!(request.send(&emulator).await.code(), "ok");
        emulator.expire_key("AKIDtmp");
        assert_eq!(request.send(&emulator).await.code(), "AuthFailure.TokenFailure");
        emulator.delete_key("AKIDtmp");
        assert_eq!(request.send(&emulator).await.code(), "AuthFailure.SecretIdNotFound");
    });
    check("AuthFailure.TokenFailure", |request| request.set("X-TC-Token", "of another key"));
}

#[test]
fn only_actions_with_skip_sign_are_called_without_a_signature() {
    let codes = run(async {
        let emulator = emulator().await;
        let mut codes = Vec::new();
        for action in ["AssumeRole", "Search"] {
            let mut request = Request::json(&emulator, action, "{}");
            request.set("Authorization", "SKIP");
            codes.push(request.send(&emulator).await.code());
        }
        codes
    });
    assert_eq!(codes, ["ok", "AuthFailure.InvalidAuthorization"]);
}

#[test]
fn sizes_are_limited() {
    let bytes = |limit: usize| format!(r#"{{"Free":"{}"}}"#, "x".repeat(limit - 11)).into_bytes();
    check("ok", |request| request.body = bytes(10 * 1024 * 1024));
    check("RequestSizeLimitExceeded", |request| request.body = bytes(10 * 1024 * 1024 + 1));
    for (size, expected) in [(32 * 1024, "ok"), (32 * 1024 + 1, "RequestSizeLimitExceeded")] {
        let code = run(async {
            let emulator = emulator().await;
            let mut request = Request::get(&emulator, "Person", &format!("PersonId={}", "x".repeat(size - 9)));
            request.sign();
            request.send(&emulator).await.code()
        });
        assert_eq!(code, expected, "{size} bytes");
    }
}

#[test]
fn the_rate_is_enforced_for_each_second_and_key() {
    run(async {
        let emulator = emulator().await;
        emulator.add_key("AKIDother", "other-key");
        let mut request = Request::json(&emulator, "Search", "{}");
        request.sign();
        for _ in 0..10 {
            assert_eq!(request.send(&emulator).await.code(), "ok");
        }
        emulator.enforce_rates(true);
        let mut codes = Vec::new();
        for _ in 0..7 {
            codes.push(request.send(&emulator).await.code());
        }
        assert_eq!(codes[..5], ["ok"; 5]);
        assert_eq!(codes[5..], ["RequestLimitExceeded"; 2]);
        let mut other = request.clone();
        other.sign_as("AKIDother", "other-key", "mps", "content-type;host");
        assert_eq!(other.send(&emulator).await.code(), "ok");
        emulator.freeze_clock(chrono::DateTime::from_timestamp(NOW + 1, 0));
        assert_eq!(request.send(&emulator).await.code(), "ok");
    });
}

#[test]
fn the_date_header_is_the_clock_of_the_emulator() {
    run(async {
        let emulator = emulator().await;
        let mut request = Request::json(&emulator, "Search", "{}");
        request.sign();
        let answer = request.send(&emulator).await;
        assert_eq!(answer.header("date"), "Mon, 25 Feb 2019 16:44:25 GMT");
        assert_eq!(answer.head.to_lowercase().matches("\ndate: ").count(), 1);
    });
}
