//! Roles from profiles and variables, and the credentials that assume them.

use std::sync::Arc;

use tc_core::provider::{
    Chain, CvmRole, Environment, HostEnvironment, Network, Profile, ProvideCredential, TccliProfile,
};
use tc_core::transport::{Replay, ReplayStep};

use crate::provider::files::Home;
use crate::provider::{SECRET, TOKEN, ask, check, pair};

const ROLE: &str = "qcs::cam::uin/100000000001:roleName/reader";

/// A response of the token service: the credential with this SecretId.
fn assumed(id: &str) -> String {
    format!(
        r#"{{"Response":{{"Credentials":{{"Token":"{TOKEN}","TmpSecretId":"{id}","TmpSecretKey":"{SECRET}"}},
        "ExpiredTime":1700007200,"RequestId":"r-1"}}}}"#
    )
}

/// A request to the token service: its SecretId, its token, and its parameters.
#[derive(Debug, PartialEq)]
struct RoleRequest {
    host: String,
    id: String,
    token: Option<String>,
    role: String,
    session: String,
    duration: u64,
    external_id: Option<String>,
}

fn requests(replay: &Replay) -> Vec<RoleRequest> {
    let read = |request: &http::Request<bytes::Bytes>| {
        let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(header("x-tc-action").as_deref(), Some("AssumeRole"));
        assert_eq!(header("x-tc-version").as_deref(), Some("2018-08-13"));
        let authorization = header("authorization").unwrap();
        let id = authorization.split_once("Credential=").unwrap().1.split_once('/').unwrap().0.to_owned();
        let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
        let text = |name: &str| body[name].as_str().map(str::to_owned);
        RoleRequest {
            host: header("host").unwrap(),
            id,
            token: header("x-tc-token"),
            role: text("RoleArn").unwrap(),
            session: text("RoleSessionName").unwrap(),
            duration: body["DurationSeconds"].as_u64().unwrap(),
            external_id: text("ExternalId"),
        }
    };
    replay.requests().iter().map(read).collect()
}

/// The expected request.
fn role(id: &str, token: Option<&str>, session: &str) -> RoleRequest {
    RoleRequest {
        host: "sts.tencentcloudapi.com".into(),
        id: id.into(),
        token: token.map(str::to_owned),
        role: ROLE.into(),
        session: session.into(),
        duration: 7200,
        external_id: None,
    }
}

/// Sets a network with these responses on the provider.
fn with_responses<A: Into<ReplayStep>>(
    provider: &dyn ProvideCredential,
    responses: impl IntoIterator<Item = A>,
) -> Replay {
    let replay = Replay::new(responses);
    provider.network(&Network::new(Arc::new(replay.clone())));
    replay
}

#[test]
fn a_profile_with_a_role_assumes_it_with_its_source_profile() {
    let home = Home::new();
    let text = format!(
        "[default]\nsecret_id = AKIDX\nsecret_key = {SECRET}\ntoken = {TOKEN}\n[reader]\nrole_arn = {ROLE}\nsource_profile = default\n\
         [own]\nrole_arn: {ROLE}\nsecret_id: AKIDO\nsecret_key: {SECRET}\nrole_session_name = nightly\n\
         duration_seconds = 900\nexternal_id = TOPSECRETTOKEN\n[second]\nrole_arn = {ROLE}\nsource_profile = own\n"
    );
    home.file(".tencentcloud/credentials", text);
    let profile = |name: &str| Profile::of(home.environment()).named(name);

    let reader = profile("reader");
    let replay = with_responses(&reader, [assumed("AKIDR")]);
    check(&reader, Ok(("AKIDR", SECRET, Some(TOKEN))));
    assert_eq!(requests(&replay), [role("AKIDX", Some(TOKEN), "tc-core")]);

    let second = profile("second");
    let replay = with_responses(&second, [assumed("AKIDR"), assumed("AKIDS")]);
    let found = ask(&second).unwrap();
    assert_eq!((found.secret_id(), found.expiry().unwrap().timestamp()), ("AKIDS", 1_700_007_200));
    let own = RoleRequest { duration: 900, external_id: Some(TOKEN.into()), ..role("AKIDO", None, "nightly") };
    assert_eq!(requests(&replay), [own, role("AKIDR", Some(TOKEN), "tc-core")]);
}

#[test]
fn an_invalid_role_in_a_profile_is_reported() {
    let home = Home::new();
    for (lines, reason) in [
        ("source_profile = default", "has source_profile but no role_arn"),
        ("role_session_name = x1", "has role_session_name but no role_arn"),
        ("role_arn = a b", "has role_arn, whose value is not a role"),
        ("role_arn = r\nrole_session_name = x y", "has role_session_name = `x y`: 2 to 128 characters of"),
        ("role_arn = r\nduration_seconds = 2h", "has duration_seconds = `2h`: 1 to 43200 seconds are accepted"),
        (
            "role_arn = r\nsource_profile = missing",
            "has no section `[missing]`, but another profile has `source_profile = missing`",
        ),
        ("role_arn = r", "has no `secret_id`"),
        (
            "role_arn = r\nsource_profile = a\n[a]\nrole_arn = r\nsource_profile = default",
            "has a profile `default` that is its own `source_profile`",
        ),
    ] {
        home.file(".tencentcloud/credentials", format!("[default]\n{lines}\n"));
        let error = ask(&Profile::of(home.environment())).unwrap_err();
        assert!(error.reason().starts_with(reason) && !error.is_absent(), "{error}");
    }
}

#[test]
fn a_profile_of_the_command_line_with_a_role_assumes_it() {
    let home = Home::new();
    let file = |more: &str| {
        let keys = format!(r#""secretId":"AKIDX","secretKey":"{SECRET}","token":null,"type":"default""#);
        home.file(".tccli/default.credential", format!(r#"{{{keys},"role-arn":"{ROLE}"{more}}}"#))
    };
    for (more, session) in [("", "tc-core"), (r#","role-session-name":"me""#, "me")] {
        file(more);
        let provider = TccliProfile::of(home.environment());
        let replay = with_responses(&provider, [assumed("AKIDR")]);
        check(&provider, Ok(("AKIDR", SECRET, Some(TOKEN))));
        assert_eq!(requests(&replay), [role("AKIDX", None, session)]);
    }
    // A variable sets another role, but not for a profile that is named explicitly.
    let other = home.environment().var("TENCENTCLOUD_ROLE_ARN", "qcs::cam::uin/1:roleName/other");
    for (provider, expected) in [
        (TccliProfile::of(other.clone()), "qcs::cam::uin/1:roleName/other"),
        (TccliProfile::of(other).named("default"), ROLE),
    ] {
        let replay = with_responses(&provider, [assumed("AKIDR")]);
        ask(&provider).unwrap();
        assert_eq!(requests(&replay)[0].role, expected);
    }
}

#[test]
fn a_profile_of_type_cvm_role_uses_only_the_role_of_the_machine() {
    let home = Home::new();
    home.file(".tccli/default.credential", r#"{"type":"cvm-role","secretId":"AKIDX"}"#);
    let granted = format!(
        r#"{{"TmpSecretId":"AKIDM","TmpSecretKey":"{SECRET}","ExpiredTime":1700007200,"Token":"{TOKEN}","Code":"Success"}}"#
    );
    let machine = CvmRole::new().transport(Replay::new(["a-role".to_owned(), granted]));
    check(&TccliProfile::of(home.environment()).cvm_role(machine), Ok(("AKIDM", SECRET, Some(TOKEN))));
    let none = http::Response::builder().status(404).body("").unwrap();
    let machine = CvmRole::new().transport(Replay::new([none]));
    let error = ask(&TccliProfile::of(home.environment()).cvm_role(machine)).unwrap_err();
    assert!(!error.is_absent() && error.to_string().contains("the tccli profile selects it"), "{error}");
}

#[test]
fn a_role_from_variables_is_assumed_with_any_credential_that_is_found() {
    for (arn, session) in [
        ("TENCENTCLOUD_ROLE_ARN", "TENCENTCLOUD_ROLE_SESSION_NAME"),
        ("TENCENTCLOUD_ASSUME_ROLE_ARN", "TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME"),
    ] {
        let with_role = |environment: HostEnvironment| environment.var(arn, ROLE).var(session, "me");
        let provider = Environment::of(with_role(pair()));
        let replay = with_responses(&provider, [assumed("AKIDR")]);
        check(&provider, Ok(("AKIDR", SECRET, Some(TOKEN))));
        assert_eq!(requests(&replay), [role("AKIDX", None, "me")]);

        let home = Home::new();
        home.file(".tencentcloud/credentials", format!("[default]\nsecret_id = AKIDF\nsecret_key = {SECRET}\n"));
        let chain = Chain::of(&with_role(home.environment()));
        let replay = with_responses(&chain, [assumed("AKIDR")]);
        check(&chain, Ok(("AKIDR", SECRET, Some(TOKEN))));
        assert_eq!(requests(&replay), [role("AKIDF", None, "me")]);
    }
    let alone = pair().var("TENCENTCLOUD_ROLE_SESSION_NAME", "me");
    check(&Environment::of(alone), Err("environment has TENCENTCLOUD_ROLE_SESSION_NAME but no TENCENTCLOUD_ROLE_ARN"));
    let blank = pair().var("TENCENTCLOUD_ROLE_ARN", " ");
    check(&Environment::of(blank), Err("environment has TENCENTCLOUD_ROLE_ARN, which is blank: set or unset it"));
}

#[test]
fn an_error_of_the_token_service_is_shortened_and_has_no_control_characters() {
    let provider = || Environment::of(pair().var("TENCENTCLOUD_ROLE_ARN", ROLE));
    let long = "x".repeat(100_000);
    for (answer, retryable, reason) in [
        (
            r#"{"Response":{"Error":{"Code":"AuthFailure","Message":"no\u001b[2J\r\n"},"RequestId":"r-2"}}"#.to_owned(),
            false,
            "is refused: AuthFailure: no",
        ),
        (
            r#"{"Response":{"Error":{"Code":"InternalError.X","Message":"m"},"RequestId":"r-2"}}"#.to_owned(),
            true,
            "is refused: InternalError.X: m (request r-2)",
        ),
        (
            r#"{"Response":{"Error":4100,"RequestId":"r-2"}}"#.to_owned(),
            false,
            "is refused: an error without a code: 4100",
        ),
        (
            r#"{"Response":{"Error":"denied"}}"#.to_owned(),
            false,
            "is refused: an error without a code: denied (request none)",
        ),
        (format!(r#"{{"Response":{{"Error":{{"Code":"C","Message":"{long}"}}}}}}"#), false, "is refused: C: xxx"),
        ("<html>".to_owned(), true, "cannot be read: the response of the token service (status 200) is not JSON"),
        (r#"{"Response":{"RequestId":"r-4"}}"#.to_owned(), false, "cannot be read: the response has no `TmpSecretId`"),
    ] {
        let provider = provider();
        with_responses(&provider, [answer]);
        let error = ask(&provider).unwrap_err();
        assert_eq!(
            (error.is_retryable(), error.is_absent(), error.place()),
            (retryable, false, &*format!("role {ROLE}"))
        );
        assert!(error.reason().starts_with(reason) && error.reason().len() < 4096, "{error}");
        assert!(!error.to_string().chars().any(char::is_control), "{error:?}");
    }
}

#[test]
fn a_wrong_clock_is_corrected_with_the_date_of_the_token_service() {
    let provider = Environment::of(pair().var("TENCENTCLOUD_ROLE_ARN", ROLE));
    let expired = r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureExpire","Message":"m"},"RequestId":"r"}}"#;
    let dated = http::Response::builder().header("date", "Tue, 14 Nov 2023 22:13:20 GMT").body(expired.to_owned());
    let replay = with_responses(&provider, [dated.unwrap(), http::Response::new(assumed("AKIDR"))]);
    check(&provider, Ok(("AKIDR", SECRET, Some(TOKEN))));
    assert_eq!(replay.requests()[1].headers()["x-tc-timestamp"], "1700000000");
}
