//! Credentials from every place, the chain over them, and the cache in front.

mod cache;
mod files;
mod services;

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tc_core::Credential;
use tc_core::provider::{
    Chain, CvmRole, Environment, Profile, ProvideCredential, ProviderError, Surroundings, TccliProfile, TkeOidc,
};
use tc_core::{Clock, Timestamp};

/// No error may show any of these.
const SECRET: &str = "TOPSECRETKEY";
const TOKEN: &str = "TOPSECRETTOKEN";

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn ask(provider: &dyn ProvideCredential) -> Result<Credential, ProviderError> {
    let found = runtime().block_on(provider.credential());
    let shown = match &found {
        Ok(credential) => format!("{credential:?} {provider:?}"),
        Err(error) => format!("{error} {error:?} {:?} {provider:?}", error.source()),
    };
    assert!(!shown.contains(SECRET) && !shown.contains(TOKEN), "{shown}");
    found
}

/// What a provider finds: id, key, token; or what it says.
#[track_caller]
fn check(provider: &dyn ProvideCredential, expected: Result<(&str, &str, Option<&str>), &str>) {
    let found = ask(provider);
    let found = found.as_ref().map(|found| (found.secret_id(), found.secret_key(), found.token()));
    assert_eq!(found.map_err(ToString::to_string), expected.map_err(str::to_owned));
}

/// A clock that a test moves.
#[derive(Debug, Clone)]
struct Hands(Arc<AtomicI64>);

impl Hands {
    fn at(seconds: i64) -> Self {
        Self(Arc::new(AtomicI64::new(seconds)))
    }

    fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix(self.0.load(Ordering::SeqCst))
    }
}

fn pair() -> Surroundings {
    Surroundings::empty().var("TENCENTCLOUD_SECRET_ID", "AKIDX").var("TENCENTCLOUD_SECRET_KEY", SECRET)
}

#[test]
fn the_environment_knows_both_spellings_of_the_token() {
    check(&Environment::of(pair()), Ok(("AKIDX", SECRET, None)));
    for name in ["TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_TOKEN"] {
        check(&Environment::of(pair().var(name, TOKEN)), Ok(("AKIDX", SECRET, Some(TOKEN))));
    }
    check(&Environment::of(pair().var("TENCENTCLOUD_TOKEN", "")), Ok(("AKIDX", SECRET, None)));
}

#[test]
fn half_a_pair_is_told_and_a_bad_one_is_refused() {
    let half = Surroundings::empty().var("TENCENTCLOUD_SECRET_KEY", SECRET);
    check(&Environment::of(half), Err("environment has TENCENTCLOUD_SECRET_KEY but no TENCENTCLOUD_SECRET_ID"));
    for (value, reason) in [
        (format!(" {SECRET}"), "has a blank or a line break at its start or end: it was probably pasted with it"),
        (format!("\"{SECRET}\""), "stands in quotes: leave them out"),
        (format!("{SECRET}\n"), "has a blank or a line break at its start or end: it was probably pasted with it"),
    ] {
        let bad = pair().var("TENCENTCLOUD_SECRET_KEY", value);
        check(&Environment::of(bad), Err(&format!("environment: the SecretKey {reason}")));
    }
}

#[test]
fn a_chain_passes_over_what_is_absent_and_stops_at_what_is_broken() {
    let nothing = || Environment::of(Surroundings::empty());
    let half = || Environment::of(Surroundings::empty().var("TENCENTCLOUD_SECRET_ID", "AKIDX"));
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
fn a_chain_with_nothing_says_so_of_every_place_within_two_seconds() {
    let home = files::Home::new();
    let surroundings = Surroundings::empty().home(home.path()).etc(home.path().join("etc"));
    // A metadata service that takes connections and never answers, as a firewall that swallows everything.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let chain = Chain::new()
        .link(Environment::of(surroundings.clone()))
        .link(Profile::of(surroundings.clone()))
        .link(TccliProfile::of(surroundings.clone()))
        .link(TkeOidc::of(surroundings))
        .link(CvmRole::new().base_url(format!("http://{}", silent.local_addr().unwrap())));
    let started = std::time::Instant::now();
    let error = ask(&chain).unwrap_err();
    assert!(started.elapsed() < std::time::Duration::from_secs(2), "{:?}", started.elapsed());
    let text = error.to_string();
    for place in [
        "environment has no TENCENTCLOUD_SECRET_ID",
        ".tencentcloud/credentials is not there",
        "etc/tencentcloud/credentials is not there",
        ".tccli/default.credential is not there",
        "TKE OIDC is not set up: there is no TKE_REGION, TKE_PROVIDER_ID, TKE_WEB_IDENTITY_TOKEN_FILE, TKE_ROLE_ARN",
        "CVM role is not there: the metadata service gave no answer, so this is no CVM: the answer took longer than 1s",
    ] {
        assert!(text.contains(place), "{place} is not in:\n{text}");
    }
    assert_eq!(error.tried().len(), 5);
    let links = |chain: &Chain| format!("{chain:?}").matches("Surroundings").count();
    assert_eq!(links(&Chain::of(&Surroundings::empty())), links(&chain), "the default chain has the same links");
}
