//! `Debug` of every public type that contains a secret hides it. The test lists these types.

#[cfg(target_os = "linux")]
mod memory;

use std::fmt::Debug;
use std::sync::Arc;

use tc_core::emulator::{Emulator, Fault};
use tc_core::provider::{Chain, CredentialCache, ProvideCredential};
use tc_core::signing::{PayloadHash, Scope, SigningKey, Tc3};
use tc_core::{AnyAction, Client, Credential, Method, RetryPolicy, SignatureMethod, Timestamp, tc_action, tc_model};

const KEY: &str = "Gu5t9xGARNpq86cd98joQYCN3SECRET1";
const TOKEN: &str = "token-that-nobody-may-see-SECRET2";
const PASSWORD: &str = "correctHorseBatterySECRET3";
const INVALID_PASSWORD: &str = "correct horse battery SECRET4";
const SECRETS: [&str; 4] = [KEY, TOKEN, PASSWORD, INVALID_PASSWORD];

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
struct ResetInstancesPassword {
    instance_ids: Vec<String>,
    #[tc(sensitive, length = 12..=30, charset = "a-zA-Z0-9")]
    password: String,
    #[tc(sensitive)]
    answers: Vec<String>,
    login: Option<LoginSettings>,
}

#[tc_model]
struct LoginSettings {
    #[tc(sensitive, length = ..=5)]
    password: Option<String>,
}

fn credential() -> Credential {
    Credential::new("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", KEY).with_token(TOKEN)
}

fn reset() -> ResetInstancesPassword {
    ResetInstancesPassword::new(PASSWORD).instance_ids(["ins-1"]).answers([PASSWORD])
}

/// The same with values that break limits.
fn invalid() -> ResetInstancesPassword {
    ResetInstancesPassword::new(INVALID_PASSWORD).login(LoginSettings::new().password(INVALID_PASSWORD))
}

#[track_caller]
fn check(what: &str, shown: &str) {
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{what} shows {secret}: {shown}");
    }
    assert!(!shown.is_empty());
}

#[track_caller]
fn debug(value: &impl Debug) {
    check(std::any::type_name_of_val(value), &format!("{value:?} {value:#?}"));
}

#[tokio::test]
async fn debug_of_every_type_that_holds_a_secret_hides_it() {
    let at = Timestamp::from_unix(1_551_113_065);
    let credential = credential();
    debug(&credential);
    debug(&SigningKey::of(&credential, &Scope::new(at.date(), "cvm")));
    debug(&Tc3 {
        method: Method::Post,
        query: "",
        content_type: "application/json",
        host: "cvm.tencentcloudapi.com",
        action: "ResetInstancesPassword",
        payload: PayloadHash::of(PASSWORD.as_bytes()),
        service: "cvm",
        at,
    });
    let client = Client::builder().credential(credential.clone()).build().expect("a client");
    debug(&Client::builder().credential(credential.clone()));
    debug(&client);
    debug(&client.call(&reset()).credential(credential.clone()));
    debug(&client.send(&reset()));
    debug(&client.sign(&reset(), at).expect("steps"));
    for signature in [SignatureMethod::Tc3, SignatureMethod::HmacSha1] {
        let builder = Client::builder().credential(credential.clone()).method(Method::Get).signature(signature);
        debug(&builder.build().expect("a client").sign(&reset(), at).expect("steps"));
    }
    debug(&Chain::new().link(credential.clone()));
    debug(&CredentialCache::new(credential.clone()));
    debug(&(Arc::new(credential.clone()) as Arc<dyn ProvideCredential>));
    debug(&reset());
    debug(&invalid());
    debug(
        &AnyAction::new("cvm", "2017-03-12", "ResetInstancesPassword")
            .params(serde_json::json!({"Password": PASSWORD})),
    );

    let builder = Emulator::builder().temporary_key("AKIDEXAMPLE", KEY, TOKEN);
    debug(&builder);
    let emulator = builder.start().await.expect("an emulator");
    emulator.register::<ResetInstancesPassword>();
    debug(&emulator);
    debug(&emulator.client_builder());
    let error = emulator.client().call(&invalid()).unchecked().send().await.expect_err("a password of wrong length");
    debug(&error);
    check("the error", &error.to_string());
    debug(&emulator.received());
}

#[test]
fn violations_hide_sensitive_values_and_name_the_limit() {
    let violations = invalid().validate().expect_err("two limits are broken");
    let text = violations.to_string();
    check("violations", &format!("{violations:?} {text}"));
    assert_eq!(violations.len(), 2, "{text}");
    assert!(
        text.contains("`Password` contains a character that is not accepted; accepted characters are a-zA-Z0-9"),
        "{text}"
    );
    assert!(text.contains("`Login.Password` has 29 characters; at most 5 are accepted"), "{text}");
}

#[test]
fn debug_of_a_credential_shows_its_secret_id() {
    let shown = format!("{:?}", credential());
    assert!(shown.contains("AKID"), "{shown}");
}

#[tc_action(service = "cvm", version = "2017-03-12")]
struct DescribePassword {}

#[tc_model]
struct DescribePasswordResponse {
    #[tc(sensitive)]
    password: String,
}

#[tokio::test]
async fn an_error_shows_a_page_of_a_gateway_but_no_json_that_may_contain_a_secret() {
    let emulator = Emulator::start().await.unwrap();
    let client = emulator.client_builder().retry(RetryPolicy::none()).build().unwrap();
    emulator.on::<DescribePassword>(|_| DescribePasswordResponse::new(PASSWORD));
    emulator.inject(Fault::Html(502));
    let page = client.send(&DescribePassword {}).await.unwrap_err().to_string();
    assert!(page.contains("502 Bad Gateway"), "{page}");
    emulator.inject(Fault::TruncatedJson);
    let json = client.send(&DescribePassword {}).await.unwrap_err().to_string();
    assert!(json.contains("is not JSON") && !json.contains("SECRET"), "{json}");
}
