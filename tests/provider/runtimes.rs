//! The cache on several tokio runtimes: no fetch waits for a runtime that is not polled, or fails because a runtime ended.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use tc_core::Credential;
use tc_core::provider::{CredentialCache, ProvideCredential, ProviderError};
use tc_core::transport::BoxFuture;
use tokio::runtime::Runtime;

use crate::provider::runtime;

/// Longer than every step here takes, and shorter than the timeout of the cache.
const PATIENCE: Duration = Duration::from_secs(15);

/// Polls a future once on a runtime, and does not poll that runtime again.
fn begin<F: Future>(runtime: &Runtime, future: Pin<&mut F>) {
    let mut future = future;
    runtime.block_on(async {
        let polled = std::future::poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await;
        assert!(polled.is_pending(), "it was meant to wait");
    });
}

/// Returns a credential after a while, using the timer of the caller's runtime.
#[derive(Debug, Default)]
struct Slow(AtomicUsize);

impl ProvideCredential for Slow {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(async {
            self.0.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(30)).await;
            Ok(Credential::new("AKIDX", "key"))
        })
    }
}

async fn waiting(cache: &CredentialCache) -> Result<Credential, ProviderError> {
    tokio::time::timeout(PATIENCE, cache.credential()).await.expect("no stall")
}

#[test]
fn a_fetch_on_a_runtime_that_is_not_polled_delays_no_other() {
    let cache = CredentialCache::new(Slow::default()).timeout(Duration::from_hours(1));
    let [first, second] = [runtime(), runtime()];
    let mut begun = pin!(cache.credential());
    begin(&first, begun.as_mut());
    assert_eq!(second.block_on(waiting(&cache)).unwrap().secret_id(), "AKIDX");
    assert_eq!(first.block_on(begun).unwrap().secret_id(), "AKIDX");
}

#[test]
fn a_fetch_on_a_runtime_that_ended_delays_no_other() {
    let cache = CredentialCache::new(Slow::default()).timeout(Duration::from_hours(1));
    let second = runtime();
    {
        let first = runtime();
        let mut begun = Box::pin(cache.credential());
        begin(&first, begun.as_mut());
    }
    assert_eq!(second.block_on(waiting(&cache)).unwrap().secret_id(), "AKIDX");
}

#[test]
fn a_fetch_started_by_a_call_that_is_not_polled_is_used_by_others() {
    let cache = CredentialCache::new(Slow::default()).timeout(Duration::from_hours(1));
    let runtime = runtime();
    let mut begun = pin!(cache.credential());
    begin(&runtime, begun.as_mut());
    assert_eq!(runtime.block_on(waiting(&cache)).unwrap().secret_id(), "AKIDX");
}

#[test]
fn a_fetch_that_panics_is_an_error_and_the_next_call_fetches() {
    #[derive(Debug, Default)]
    struct Panics(AtomicUsize);
    impl ProvideCredential for Panics {
        fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
            Box::pin(async {
                assert!(self.0.fetch_add(1, Ordering::SeqCst) > 0, "the first fetch");
                Ok(Credential::new("AKIDX", "key"))
            })
        }
    }
    let cache = CredentialCache::new(Panics::default());
    let runtime = runtime();
    let error = runtime.block_on(waiting(&cache)).unwrap_err();
    assert_eq!((error.is_retryable(), error.to_string().as_str()), (true, "the provider ended without a result"));
    assert_eq!(runtime.block_on(waiting(&cache)).unwrap().secret_id(), "AKIDX");
}
