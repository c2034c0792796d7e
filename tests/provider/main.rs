//! All providers of credentials, the chain, and the cache.

mod cache;
mod chain;
mod environment;
mod files;
mod network;
mod roles;
mod runtimes;
mod services;

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tc_core::Credential;
use tc_core::provider::{HostEnvironment, ProvideCredential, ProviderError};
use tc_core::{Clock, Timestamp};

/// Secrets that no error may contain.
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

/// Checks the credential (id, key, token) or the error of a provider.
#[track_caller]
fn check(provider: &dyn ProvideCredential, expected: Result<(&str, &str, Option<&str>), &str>) {
    let found = ask(provider);
    let found = found.as_ref().map(|found| (found.secret_id(), found.secret_key(), found.token()));
    assert_eq!(found.map_err(ToString::to_string), expected.map_err(str::to_owned));
}

/// A clock that a test sets.
#[derive(Debug, Clone)]
struct TestClock(Arc<AtomicI64>);

impl TestClock {
    fn at(seconds: i64) -> Self {
        Self(Arc::new(AtomicI64::new(seconds)))
    }

    fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix(self.0.load(Ordering::SeqCst))
    }
}

/// An environment with a SecretId and a SecretKey.
fn pair() -> HostEnvironment {
    HostEnvironment::empty().var("TENCENTCLOUD_SECRET_ID", "AKIDX").var("TENCENTCLOUD_SECRET_KEY", SECRET)
}
