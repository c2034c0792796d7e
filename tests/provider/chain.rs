//! The chain: which credential it returns, and its error if no provider has one.

use tc_core::provider::{
    Chain, CvmRole, Environment, HostEnvironment, Profile, ProvideCredential, TccliProfile, TkeOidc,
};

use super::files::Home;
use super::{SECRET, ask, check, pair, runtime};

#[test]
fn a_chain_skips_absent_credentials_and_stops_at_an_invalid_one() {
    let nothing = || Environment::of(HostEnvironment::empty());
    let half = || Environment::of(HostEnvironment::empty().var("TENCENTCLOUD_SECRET_ID", "AKIDX"));
    check(&Chain::new().link(nothing()).link(Environment::of(pair())), Ok(("AKIDX", SECRET, None)));
    let error = ask(&Chain::new().link(nothing()).link(half()).link(Environment::of(pair()))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "environment has TENCENTCLOUD_SECRET_ID but no TENCENTCLOUD_SECRET_KEY\n  \
         environment has no TENCENTCLOUD_SECRET_ID and no TENCENTCLOUD_SECRET_KEY"
    );
    assert!(!error.is_absent());
}

#[test]
fn a_chain_without_a_credential_lists_every_provider_within_two_seconds() {
    let home = Home::new();
    let environment = HostEnvironment::empty().home(home.path()).etc(home.path().join("etc"));
    // A metadata service that accepts connections and never responds, like a firewall that drops packets.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let chain = Chain::new()
        .link(Environment::of(environment.clone()))
        .link(Profile::of(environment.clone()))
        .link(TccliProfile::of(environment.clone()))
        .link(TkeOidc::of(environment))
        .link(CvmRole::new().base_url(format!("http://{}", silent.local_addr().unwrap())));
    let error = runtime().block_on(async {
        // The paused clock moves forward only while the chain waits.
        tokio::time::pause();
        let started = tokio::time::Instant::now();
        let error = chain.credential().await.unwrap_err();
        assert!(started.elapsed() < std::time::Duration::from_secs(2), "{:?}", started.elapsed());
        error
    });
    let text = error.to_string();
    for place in [
        "environment has no TENCENTCLOUD_SECRET_ID",
        ".tencentcloud/credentials does not exist",
        "etc/tencentcloud/credentials does not exist",
        ".tccli/default.credential does not exist",
        "TKE OIDC is not configured; not set: TKE_REGION, TKE_PROVIDER_ID, TKE_WEB_IDENTITY_TOKEN_FILE, TKE_ROLE_ARN",
        "CVM role is not available: the metadata service does not respond, so this machine is not a CVM: the response took longer than 1s",
    ] {
        assert!(text.contains(place), "{place} is not in:\n{text}");
    }
    assert_eq!(error.tried().len(), 5);
    let links = |chain: &Chain| format!("{chain:?}").matches("HostEnvironment").count();
    assert_eq!(links(&Chain::of(&HostEnvironment::empty())), links(&chain), "the default chain has the same links");
}
