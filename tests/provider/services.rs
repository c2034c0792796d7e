//! The metadata service and the token service: correct responses, wrong responses, and no response.

use tc_core::provider::{CvmRole, HostEnvironment, ProvideCredential, TkeOidc};
use tc_core::transport::{Replay, ReplayStep, TransportError, TransportErrorKind};

use crate::provider::files::Home;
use crate::provider::{SECRET, TOKEN, ask, check};

const GRANTED: &str = r#"{"TmpSecretId":"AKIDR","TmpSecretKey":"TOPSECRETKEY","ExpiredTime":1700007200,
    "Expiration":"2023-11-15T00:13:20Z","Token":"TOPSECRETTOKEN","Code":"Success"}"#;

fn role(replay: &Replay) -> CvmRole {
    CvmRole::new().transport(replay.clone())
}

fn status(status: u16, body: &'static str) -> http::Response<&'static str> {
    http::Response::builder().status(status).body(body).unwrap()
}

#[test]
fn the_credential_of_a_role_is_requested_by_its_name() {
    let replay = Replay::new(["a-role\n", GRANTED]);
    let provider = role(&replay);
    let found = ask(&provider).unwrap();
    assert_eq!((found.secret_id(), found.secret_key(), found.token()), ("AKIDR", SECRET, Some(TOKEN)));
    assert_eq!(found.expiry().unwrap().timestamp(), 1_700_007_200);
    let asked: Vec<String> = replay.requests().iter().map(|request| request.uri().to_string()).collect();
    let base = "http://metadata.tencentyun.com/latest/meta-data/cam/security-credentials/";
    assert_eq!(asked, [base.to_owned(), format!("{base}a-role")]);
}

/// Checks the error for these responses of the metadata service: whether a chain continues, whether it is retryable, and the reason.
#[track_caller]
fn check_error<A: Into<ReplayStep>>(answers: impl IntoIterator<Item = A>, absent: bool, retryable: bool, reason: &str) {
    let error = ask(&role(&Replay::new(answers))).unwrap_err();
    assert_eq!((error.is_absent(), error.is_retryable()), (absent, retryable), "{error}");
    assert!(error.reason().starts_with(reason), "{error}");
}

#[test]
fn a_machine_without_a_role_has_no_credential() {
    check_error([status(404, "")], true, false, "does not exist: no role is bound to this machine");
    let refused = TransportError::new(TransportErrorKind::Connect, "no connection: refused").unsent();
    check_error(
        [refused],
        true,
        false,
        "is not available: the metadata service does not respond, so this machine is not a CVM",
    );
}

#[test]
fn a_wrong_response_of_the_metadata_service_is_reported() {
    check_error([status(403, "no")], false, false, "is refused by the metadata service with status 403");
    check_error([status(503, "no")], false, true, "is refused by the metadata service with status 503");
    check_error([status(302, "")], false, false, "is refused by the metadata service with status 302");
    check_error(
        ["<html>TOPSECRETKEY</html>"],
        false,
        false,
        "cannot be read: the response is not from the metadata service",
    );
    check_error(["../../x"], false, false, "cannot be read: the response is not from the metadata service");
    check_error(
        ["r", "<html>TOPSECRETKEY</html>"],
        false,
        true,
        "cannot be read: the response of the metadata service is not JSON",
    );
    check_error(
        ["r", r#"{"Code":"Denied","TmpSecretKey":"TOPSECRETKEY"}"#],
        false,
        true,
        "is refused by the metadata service: Denied",
    );
    check_error(
        ["r", r#"{"TmpSecretId":"AKIDR","TmpSecretKey":"TOPSECRETKEY"}"#],
        false,
        false,
        "cannot be read: the response of the metadata service has no `Token`",
    );
    check_error(
        ["r", r#"{"TmpSecretId":"AKIDR","TmpSecretKey":"TOPSECRETKEY","Token":"TOPSECRETTOKEN"}"#],
        false,
        false,
        "cannot be read: the response of the metadata service has no `ExpiredTime`",
    );
}

/// The credential of a role, with this text in another member.
fn granted_with(text: &[u8]) -> Vec<u8> {
    let start = br#"{"TmpSecretId":"AKIDR","TmpSecretKey":"TOPSECRETKEY","Token":"TOPSECRETTOKEN","Code":"Success","#;
    [start, &br#""ExpiredTime":1700007200,"Expiration":""#[..], text, br#""}"#].concat()
}

#[test]
fn an_invalid_text_in_another_member_does_not_lose_the_credential() {
    for text in [&b"\xff"[..], br"\ud800", b"\x01", br"\udc00\ud800 x"] {
        let bodies = [b"a-role".to_vec(), granted_with(text)].map(http::Response::new);
        let found = ask(&role(&Replay::new(bodies))).unwrap();
        assert_eq!((found.secret_id(), found.secret_key(), found.token()), ("AKIDR", SECRET, Some(TOKEN)));
        let home = Home::new();
        let granted = [
            &br#"{"Response":{"Credentials":{"TmpSecretId":"AKIDP","TmpSecretKey":"TOPSECRETKEY","Token":"TOPSECRETTOKEN"},
            "ExpiredTime":1700007200,"Expiration":""#[..],
            text,
            br#"","RequestId":"r-1"}}"#,
        ];
        let replay = Replay::new([http::Response::new(granted.concat())]);
        let found = ask(&TkeOidc::of(pod(&home)).transport(replay)).unwrap();
        assert_eq!((found.secret_id(), found.secret_key(), found.token()), ("AKIDP", SECRET, Some(TOKEN)));
        // An error response is read, too, and not requested again.
        let refused = [
            &br#"{"Response":{"Error":{"Code":"InvalidParameter.WebIdentityTokenError","Message":"no: "#[..],
            text,
            br#""},"RequestId":"r-2"}}"#,
        ];
        let replay = Replay::new([http::Response::new(refused.concat())]);
        let error = ask(&TkeOidc::of(pod(&home)).transport(replay)).unwrap_err();
        assert!(error.reason().starts_with("is refused: InvalidParameter.WebIdentityTokenError: no: "), "{error}");
        assert!(!error.is_retryable() && !error.to_string().contains(char::is_control), "{error}");
    }
    // The invalid text is not accepted as a part of the credential, and nothing may follow the JSON.
    let invalid = granted_with(b"").iter().map(|byte| if *byte == b'K' { 0xFF } else { *byte }).collect::<Vec<_>>();
    let bodies = [b"a-role".to_vec(), invalid].map(http::Response::new);
    assert!(ask(&role(&Replay::new(bodies))).is_err());
    let followed = [granted_with(b"\xff"), b" x".to_vec()].concat();
    let bodies = [b"a-role".to_vec(), followed].map(http::Response::new);
    let error = ask(&role(&Replay::new(bodies))).unwrap_err();
    assert!(error.to_string().contains("is not JSON"), "{error}");
}

#[test]
fn an_expiry_may_be_written_as_text() {
    let body = String::from_utf8(granted_with(b"")).unwrap().replace("1700007200", r#"" 1700007200 ""#);
    let found = ask(&role(&Replay::new(["a-role".to_owned(), body]))).unwrap();
    assert_eq!(found.expiry().unwrap().timestamp(), 1_700_007_200);
}

#[test]
fn invisible_characters_in_an_error_are_escaped() {
    let text = "a\u{2028}b\u{202e}c\u{200b}";
    let home = Home::new();
    let body = serde_json::json!({"Response": {"Error": {"Code": text, "Message": text}, "RequestId": text}});
    let error = ask(&TkeOidc::of(pod(&home)).transport(Replay::new([body.to_string()]))).unwrap_err();
    let refused = serde_json::json!({ "Code": text }).to_string();
    let of_role = ask(&role(&Replay::new(["r".to_owned(), refused]))).unwrap_err();
    for error in [error, of_role] {
        assert!(error.to_string().contains(r"a\u{2028}b\u{202e}c\u{200b}"), "{error}");
        assert!(!error.to_string().contains(['\u{2028}', '\u{202e}', '\u{200b}']), "{error}");
    }
}

#[test]
fn a_metadata_service_that_does_not_respond_is_waited_for_one_second() {
    let replay = Replay::new([ReplayStep::Silence]);
    crate::provider::runtime().block_on(async {
        // The paused clock moves forward only while the provider waits.
        tokio::time::pause();
        let started = tokio::time::Instant::now();
        let error = role(&replay).credential().await.unwrap_err();
        let waited = started.elapsed().as_millis();
        assert!(error.is_absent() && (1000..1010).contains(&waited), "{error}: {waited} ms");
    });
}

#[test]
fn on_a_machine_that_had_a_role_no_response_is_a_retryable_failure() {
    let replay = Replay::new(["r", GRANTED]);
    let provider = role(&replay);
    crate::provider::runtime().block_on(async {
        provider.credential().await.unwrap();
        replay.push(TransportError::new(TransportErrorKind::Reset, "no response"));
        let error = provider.credential().await.unwrap_err();
        assert!(!error.is_absent() && error.is_retryable(), "{error}");
    });
}

fn pod(home: &Home) -> HostEnvironment {
    HostEnvironment::empty()
        .var("TKE_REGION", "ap-shanghai")
        .var("TKE_PROVIDER_ID", "cls-1")
        .var("TKE_ROLE_ARN", "qcs::cam::uin/1:roleName/r")
        .var("TKE_WEB_IDENTITY_TOKEN_FILE", home.file("token", "TOPSECRETTOKEN\n"))
}

#[test]
fn the_expiry_may_be_a_text_and_is_required() {
    for written in ["\"1700007200\"", "1700007200.0", " 1700007200"] {
        let answer = GRANTED.replace("1700007200", written);
        let found = ask(&role(&Replay::new(["a-role".to_owned(), answer]))).unwrap();
        assert_eq!(found.expiry().unwrap().timestamp(), 1_700_007_200);
    }
    for written in ["0", "-1", "null", "\"soon\"", "{}", "1e30"] {
        let answer = GRANTED.replace("1700007200", written);
        let reason = "cannot be read: the response of the metadata service has no `ExpiredTime`";
        check_error(["a-role".to_owned(), answer], false, false, reason);
    }
}

#[test]
fn a_code_of_the_metadata_service_that_is_not_a_text_is_a_refusal() {
    for (code, shown) in [("500", "500"), ("{}", "{}"), ("false", "false"), (r#""""#, ""), (r#""Failed""#, "Failed")] {
        let answer = GRANTED.replace(r#""Success""#, code);
        let reason = format!("is refused by the metadata service: {shown}");
        check_error(["a-role".to_owned(), answer], false, true, &reason);
    }
    for code in ["null", r#""Success""#] {
        let answer = GRANTED.replace(r#""Success""#, code);
        assert_eq!(ask(&role(&Replay::new(["a-role".to_owned(), answer]))).unwrap().secret_id(), "AKIDR");
    }
}

const ASSUMED: &str = r#"{"Response":{"Credentials":{"Token":"TOPSECRETTOKEN","TmpSecretId":"AKIDP",
    "TmpSecretKey":"TOPSECRETKEY"},"ExpiredTime":1700007200,"RequestId":"r-1"}}"#;

#[test]
fn the_token_of_a_pod_is_exchanged_unsigned_and_read_again_each_time() {
    let home = Home::new();
    let replay = Replay::new([ASSUMED, ASSUMED]);
    let provider = TkeOidc::of(pod(&home)).transport(replay.clone());
    check(&provider, Ok(("AKIDP", SECRET, Some(TOKEN))));
    home.file("token", "another");
    check(&provider, Ok(("AKIDP", SECRET, Some(TOKEN))));
    let requests = replay.requests();
    let header = |name: &str| requests[0].headers()[name].to_str().unwrap().to_owned();
    assert_eq!(requests[0].uri(), "https://sts.tencentcloudapi.com/");
    assert_eq!(header("authorization"), "SKIP");
    assert_eq!(header("x-tc-action"), "AssumeRoleWithWebIdentity");
    assert_eq!(header("x-tc-version"), "2018-08-13");
    assert_eq!(header("x-tc-region"), "ap-shanghai");
    let token = |at: usize| {
        serde_json::from_slice::<serde_json::Value>(requests[at].body()).unwrap()["WebIdentityToken"].clone()
    };
    assert_eq!((token(0), token(1)), (TOKEN.into(), "another".into()));
}

#[test]
fn an_incomplete_configuration_of_a_pod_names_what_is_missing() {
    let half =
        HostEnvironment::empty().var("TKE_REGION", "ap-shanghai").var("TKE_PROVIDER_ID", "p").var("TKE_ROLE_ARN", "r");
    check(&TkeOidc::of(half.clone()), Err("TKE OIDC is not configured; not set: TKE_WEB_IDENTITY_TOKEN_FILE"));
    check(
        &TkeOidc::of(half.var("TKE_WEB_IDENTITY_TOKEN_FILE", "/nowhere")),
        Err("TKE OIDC cannot be used: /nowhere does not exist"),
    );
}

#[test]
fn a_wrong_response_of_the_token_service_is_reported() {
    let home = Home::new();
    for (answer, retryable, reason) in [
        (
            r#"{"Response":{"Error":{"Code":"AuthFailure.TokenFailure","Message":"expired"},"RequestId":"r-2"}}"#,
            false,
            "is refused: AuthFailure.TokenFailure: expired (request r-2)",
        ),
        (
            r#"{"Response":{"Error":{"Code":"InternalError","Message":"oops"},"RequestId":"r-3"}}"#,
            true,
            "is refused: InternalError: oops (request r-3)",
        ),
        ("<html>", true, "cannot be read: the response of the token service (status 200) is not JSON"),
        (
            r#"{"Response":{"error":{"Code":"LimitExceeded"},"Credentials":{"Token":"t"},"RequestId":"r-5"}}"#,
            false,
            "is refused: LimitExceeded: {\"Code\":\"LimitExceeded\"} (request r-5)",
        ),
        (r#"{"Response":{"RequestId":"r-4"}}"#, false, "cannot be read: the response has no `TmpSecretId`"),
    ] {
        let error = ask(&TkeOidc::of(pod(&home)).transport(Replay::new([answer]))).unwrap_err();
        assert_eq!((error.reason(), error.is_retryable(), error.is_absent()), (reason, retryable, false));
    }
}

#[test]
fn without_a_runtime_there_is_an_error() {
    let home = Home::new();
    let providers: [Box<dyn ProvideCredential>; 2] = [Box::new(CvmRole::new()), Box::new(TkeOidc::of(pod(&home)))];
    for provider in providers {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        let std::task::Poll::Ready(found) = provider.credential().as_mut().poll(&mut context) else {
            panic!("it waits without a runtime")
        };
        assert!(found.unwrap_err().to_string().contains("tokio"), "{provider:?}");
    }
}
