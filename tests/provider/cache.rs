//! The cache: one fetch for many calls, refresh before expiry, and no cached errors.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::DateTime;
use tc_core::provider::{CredentialCache, ProvideCredential, ProviderError};
use tc_core::transport::BoxFuture;
use tc_core::{Clock, Credential};

use crate::provider::{SECRET, TestClock, runtime};

const NOW: i64 = 1_700_000_000;

/// Returns credentials with these lifetimes, in order; 0 is a failure.
#[derive(Debug, Clone)]
struct Counted {
    lives: Arc<Mutex<VecDeque<i64>>>,
    fetches: Arc<AtomicUsize>,
    clock: TestClock,
    takes: Duration,
}

impl ProvideCredential for Counted {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(async {
            tokio::time::sleep(self.takes).await;
            let number = self.fetches.fetch_add(1, Ordering::SeqCst);
            let life = self.lives.lock().unwrap().pop_front().expect("one fetch too many");
            if life == 0 {
                return Err(ProviderError::failed("the test", format!("failed at fetch {number}")).retryable());
            }
            let at = self.clock.now().as_unix() + life;
            Ok(Credential::new(format!("AKID{number}"), SECRET).with_expiry(DateTime::from_timestamp(at, 0).unwrap()))
        })
    }
}

struct Rig {
    cache: Arc<CredentialCache>,
    clock: TestClock,
    fetches: Arc<AtomicUsize>,
}

impl Rig {
    fn of(lives: &[i64]) -> Self {
        let clock = TestClock::at(NOW);
        let fetches = Arc::new(AtomicUsize::new(0));
        let provider = Counted {
            lives: Arc::new(Mutex::new(lives.iter().copied().collect())),
            fetches: fetches.clone(),
            clock: clock.clone(),
            takes: Duration::from_millis(20),
        };
        let cache = CredentialCache::new(provider).clock(clock.clone()).timeout(Duration::from_mins(1));
        Self { cache: Arc::new(cache), clock, fetches }
    }

    async fn ask(&self) -> Result<String, String> {
        self.cache.credential().await.map(|found| found.secret_id().to_owned()).map_err(|error| error.to_string())
    }

    /// The results of `many` calls at the same time.
    async fn ask_at_once(&self, many: usize) -> Vec<Result<String, String>> {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..many {
            let cache = self.cache.clone();
            tasks.spawn(async move {
                cache.credential().await.map(|found| found.secret_id().to_owned()).map_err(|error| error.to_string())
            });
        }
        tasks.join_all().await
    }

    fn fetches(&self) -> usize {
        self.fetches.load(Ordering::SeqCst)
    }
}

#[test]
fn a_thousand_calls_at_once_fetch_once() {
    runtime().block_on(async {
        let rig = Rig::of(&[7200]);
        assert!(rig.ask_at_once(1000).await.iter().all(|found| found.as_deref() == Ok("AKID0")));
        assert_eq!(rig.fetches(), 1);
    });
}

#[test]
fn a_thousand_calls_with_an_expired_credential_refresh_once() {
    runtime().block_on(async {
        let rig = Rig::of(&[100, 7200]);
        rig.ask().await.unwrap();
        rig.clock.forward(100);
        assert!(rig.ask_at_once(1000).await.iter().all(|found| found.as_deref() == Ok("AKID1")));
        assert_eq!(rig.fetches(), 2);
    });
}

#[test]
fn a_thousand_calls_before_expiry_refresh_once_and_only_one_waits() {
    runtime().block_on(async {
        let rig = Rig::of(&[7200, 7200]);
        rig.ask().await.unwrap();
        rig.clock.forward(7200 - 60);
        let found = rig.ask_at_once(1000).await;
        assert_eq!(found.iter().filter(|found| found.as_deref() == Ok("AKID1")).count(), 1);
        assert_eq!(found.iter().filter(|found| found.as_deref() == Ok("AKID0")).count(), 999);
        assert_eq!(rig.ask().await.as_deref(), Ok("AKID1"));
        assert_eq!(rig.fetches(), 2);
    });
}

#[test]
fn a_fresh_credential_is_not_fetched_again() {
    runtime().block_on(async {
        let rig = Rig::of(&[7200]);
        for _ in 0..10 {
            rig.ask().await.unwrap();
            rig.clock.forward(600);
        }
        assert_eq!(rig.fetches(), 1, "no refresh after 6000 of 7200 s");
    });
}

#[test]
fn machines_that_started_together_refresh_at_different_times() {
    runtime().block_on(async {
        let mut refreshed = std::collections::BTreeSet::new();
        for _ in 0..20 {
            let rig = Rig::of(&[7200, 7200]);
            rig.ask().await.unwrap();
            rig.clock.forward(7200 - 460);
            while rig.fetches() == 1 {
                rig.clock.forward(5);
                rig.ask().await.unwrap();
            }
            let left = NOW + 7200 - rig.clock.now().as_unix();
            assert!((295..=455).contains(&left), "{left} s were left");
            refreshed.insert(left);
        }
        assert!(refreshed.len() > 3, "{refreshed:?}");
    });
}

#[test]
fn the_old_credential_is_used_while_refreshing_fails_and_the_next_attempt_is_later() {
    runtime().block_on(async {
        let rig = Rig::of(&[7200, 0, 0, 7200]);
        rig.ask().await.unwrap();
        rig.clock.forward(7200 - 250);
        for _ in 0..5 {
            assert_eq!(rig.ask().await.as_deref(), Ok("AKID0"));
        }
        assert_eq!(rig.fetches(), 2, "no try at every call");
        rig.clock.forward(46);
        assert_eq!(rig.ask().await.as_deref(), Ok("AKID0"));
        rig.clock.forward(46);
        assert_eq!(rig.ask().await.as_deref(), Ok("AKID3"));
    });
}

#[test]
fn a_failure_is_returned_to_all_waiting_calls_and_not_cached() {
    runtime().block_on(async {
        let rig = Rig::of(&[0, 7200]);
        let found = rig.ask_at_once(100).await;
        assert!(
            found.iter().all(|found| found.as_ref().is_err_and(|error| error == "the test failed at fetch 0")),
            "{:?}",
            found[0]
        );
        assert_eq!(rig.fetches(), 1);
        assert_eq!(rig.ask().await.as_deref(), Ok("AKID1"));
    });
}

#[test]
fn a_fetch_continues_if_its_call_is_dropped() {
    runtime().block_on(async {
        let rig = Rig::of(&[7200]);
        // Polled once and dropped.
        tokio::select! {
            biased;
            found = rig.cache.credential() => panic!("{found:?} without a wait"),
            () = std::future::ready(()) => {}
        }
        assert_eq!(rig.ask().await.as_deref(), Ok("AKID0"));
    });
}

#[test]
fn a_provider_that_hangs_times_out() {
    #[derive(Debug)]
    struct Hangs;
    impl ProvideCredential for Hangs {
        fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
            Box::pin(std::future::pending())
        }
    }
    runtime().block_on(async {
        let cache = CredentialCache::new(Hangs).timeout(Duration::from_millis(20));
        let error = cache.credential().await.unwrap_err();
        assert_eq!((error.to_string().as_str(), error.is_retryable()), ("the provider took longer than 20ms", true));
    });
}

#[test]
fn a_credential_that_arrives_expired_is_used_and_soon_fetched_again() {
    runtime().block_on(async {
        let rig = Rig::of(&[-5, 7200]);
        assert!(rig.ask_at_once(100).await.iter().all(|found| found.as_deref() == Ok("AKID0")));
        rig.clock.forward(30);
        assert_eq!(rig.ask().await.as_deref(), Ok("AKID1"));
    });
}

#[test]
fn a_refused_credential_is_fetched_again_once() {
    runtime().block_on(async {
        let rig = Rig::of(&[7200, 7200]);
        let first = rig.cache.credential().await.unwrap();
        rig.cache.refused(&first);
        let second = rig.cache.credential().await.unwrap();
        rig.cache.refused(&first);
        assert_eq!(rig.cache.credential().await.unwrap(), second, "a late word about the old one changes nothing");
        assert_eq!(rig.fetches(), 2);
    });
}
