//! A cache for a credential: fetched once for all waiting calls, and refreshed before it expires.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tokio::runtime::{Handle, Id};
use tokio::sync::watch;
use tracing::Instrument;

use super::{Network, ProvideCredential, ProviderError, checked};
use crate::credential::Credential;
use crate::meter;
use crate::timestamp::{Clock, SystemClock, Timestamp};
use crate::transport::{BoxFuture, TransportError};

/// Caches the credential of a provider.
///
/// - If several calls need a credential at the same time, it is fetched once, and all of them get it, or its error. The fetch runs
///   in a separate task, so it continues if the call that started it is dropped.
/// - Calls on different tokio runtimes do not wait for each other: without a valid credential, each runtime fetches once.
/// - A credential is refreshed before it expires: five minutes before, or a fifth of its lifetime if that is shorter. Up to half of
///   that time is added at random, so that machines that were started together do not refresh together.
/// - While the old credential is valid, only the call that started the fetch waits for it. If the fetch fails, the old credential is
///   used, and the next fetch is half a minute later.
/// - Errors are not cached: without a valid credential, the next call fetches again.
/// - A credential that has already expired when it arrives is used for half a minute, because the clock of this machine may be
///   wrong.
/// - A credential without expiry is cached until the cloud refuses it.
///
/// ```
/// use tc_core::provider::{CredentialCache, CvmRole};
/// let cached = CredentialCache::new(CvmRole::new());
/// ```
#[derive(Debug)]
pub struct CredentialCache {
    provider: Arc<dyn ProvideCredential>,
    clock: Arc<dyn Clock>,
    timeout: Duration,
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    kept: RwLock<Option<Kept>>,
    /// The running fetches, at most one for each runtime.
    fetches: Mutex<Vec<Fetch>>,
}

/// A running fetch. Its task belongs to one runtime; calls on another runtime do not wait for it, because that runtime may not be
/// polled.
#[derive(Debug)]
struct Fetch {
    runtime: Id,
    began: Instant,
    outcome: watch::Receiver<Option<Outcome>>,
}

type Outcome = Result<Credential, ProviderError>;

#[derive(Debug, Clone)]
struct Kept {
    credential: Credential,
    /// The time of the next refresh; `None` for a credential without expiry.
    refresh: Option<Timestamp>,
    expiry: Option<Timestamp>,
}

/// The time between two attempts to refresh, in seconds.
const RETRY: i64 = 30;

impl CredentialCache {
    /// Creates an empty cache.
    pub fn new(provider: impl ProvideCredential) -> Self {
        Self {
            provider: Arc::new(provider),
            clock: Arc::new(SystemClock),
            timeout: Duration::from_secs(15),
            state: Arc::default(),
        }
    }

    /// Sets the clock that is compared with the expiry.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sets the longest time of one fetch. Default: 15 s.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    async fn get(&self) -> Outcome {
        match self.state.kept() {
            Some(kept) if kept.is_fresh(self.clock.now()) => Ok(kept.credential),
            // Still valid: one call fetches and waits, the others use this credential.
            Some(kept) if kept.is_valid(self.clock.now()) => match self.refresh()? {
                None => Ok(self.state.kept().unwrap_or(kept).credential),
                Some(outcome) => Ok(wait_for(outcome).await.unwrap_or_else(|_| self.postpone(kept))),
            },
            _ => match self.join()? {
                Ok(credential) => Ok(credential),
                Err(outcome) => wait_for(outcome).await,
            },
        }
    }

    /// Starts a fetch, unless one is running on any runtime or has just ended.
    fn refresh(&self) -> Result<Option<watch::Receiver<Option<Outcome>>>, ProviderError> {
        let mut fetches = self.state.fetches();
        // A fetch that exceeds its timeout belongs to a runtime that is not polled.
        if fetches.iter().any(|fetch| fetch.began.elapsed() <= self.timeout)
            || self.state.kept().is_some_and(|kept| kept.is_fresh(self.clock.now()))
        {
            return Ok(None);
        }
        self.begin(&mut fetches).map(Some)
    }

    /// Returns the credential if it has just arrived; otherwise the outcome of the fetch of this runtime, which is started if none
    /// is running.
    fn join(&self) -> Result<Result<Credential, watch::Receiver<Option<Outcome>>>, ProviderError> {
        let mut fetches = self.state.fetches();
        if let Some(kept) = self.state.kept().filter(|kept| kept.is_valid(self.clock.now())) {
            return Ok(Ok(kept.credential));
        }
        let runtime = runtime()?.id();
        match fetches.iter().find(|fetch| fetch.runtime == runtime) {
            Some(fetch) => Ok(Err(fetch.outcome.clone())),
            None => self.begin(&mut fetches).map(Err),
        }
    }

    fn begin(&self, fetches: &mut Vec<Fetch>) -> Result<watch::Receiver<Option<Outcome>>, ProviderError> {
        let runtime = runtime()?;
        let (sender, outcome) = watch::channel(None);
        fetches.retain(|fetch| fetch.runtime != runtime.id());
        fetches.push(Fetch { runtime: runtime.id(), began: Instant::now(), outcome: outcome.clone() });
        // Dropping it removes the fetch from the list, also if the provider panics or the runtime ends.
        let listed = Listed { state: Arc::clone(&self.state), outcome: outcome.clone() };
        let (provider, clock, timeout) = (Arc::clone(&self.provider), Arc::clone(&self.clock), self.timeout);
        let fetch = async move {
            let outcome = fetch(&*provider, timeout).await;
            if let Ok(credential) = &outcome {
                listed.state.keep(Some(Kept::new(credential.clone(), clock.now())));
            }
            drop(listed);
            sender.send_replace(Some(outcome));
        };
        runtime.spawn(fetch.in_current_span());
        Ok(outcome)
    }

    /// Keeps the old credential until the next attempt; returns a newer one if another runtime has fetched it.
    fn postpone(&self, old: Kept) -> Credential {
        let mut kept = self.state.kept.write().unwrap_or_else(PoisonError::into_inner);
        match &mut *kept {
            Some(kept) if kept.credential == old.credential => {
                kept.refresh = Some(self.clock.now().plus(RETRY + fastrand::i64(0..=RETRY / 2)));
                old.credential
            }
            Some(newer) => newer.credential.clone(),
            None => old.credential,
        }
    }
}

async fn fetch(provider: &dyn ProvideCredential, timeout: Duration) -> Outcome {
    let fetched = tokio::time::timeout(timeout, provider.credential()).await.unwrap_or_else(|_| {
        let error = ProviderError::failed("the provider", format!("took longer than {timeout:?}"));
        Err(error.retryable().with_source(TransportError::timeout("the provider", timeout).unsent()))
    });
    // A user's provider may return an invalid credential.
    let fetched = fetched.and_then(|credential| checked("the provider's credential:", credential));
    meter::refreshed(fetched.is_err());
    match &fetched {
        Ok(credential) => tracing::debug!(expires = ?credential.expiry(), "credential fetched"),
        Err(error) => tracing::warn!(place = error.place(), "credential not fetched"),
    }
    fetched
}

/// Waits for the outcome of a fetch.
async fn wait_for(mut outcome: watch::Receiver<Option<Outcome>>) -> Outcome {
    let ended = outcome.wait_for(Option::is_some).await.ok().and_then(|outcome| outcome.clone());
    ended.unwrap_or_else(|| Err(ProviderError::failed("the provider", "ended without a result").retryable()))
}

fn runtime() -> Result<Handle, ProviderError> {
    crate::transport::runtime()
        .map_err(|error| ProviderError::failed("the provider", format!("cannot be called: {error}")))
}

/// Removes a fetch from the list of running fetches when it is dropped.
struct Listed {
    state: Arc<State>,
    outcome: watch::Receiver<Option<Outcome>>,
}

impl Drop for Listed {
    fn drop(&mut self) {
        self.state.fetches().retain(|fetch| !fetch.outcome.same_channel(&self.outcome));
    }
}

impl State {
    fn kept(&self) -> Option<Kept> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, kept: Option<Kept>) {
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = kept;
    }

    fn fetches(&self) -> MutexGuard<'_, Vec<Fetch>> {
        self.fetches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn new(credential: Credential, now: Timestamp) -> Self {
        let expiry = credential.expiry().map(Timestamp::from);
        if expiry.is_some_and(|expiry| expiry <= now) {
            // The clock of this machine may be ahead; the client corrects it from the response of the cloud.
            tracing::warn!("the credential that was fetched has expired, if this machine's clock is right");
            let again = Some(now.plus(RETRY));
            return Self { credential, refresh: again, expiry: again };
        }
        let refresh = expiry.map(|expiry| {
            let life = expiry.since(now);
            let ahead = (life / 5).min(300);
            let ahead = ahead + fastrand::i64(0..=ahead / 2);
            // A metadata service returns the same credential until it has a new one: do not fetch at every call.
            expiry.plus(-ahead).max(now.plus(RETRY.min(life / 2)))
        });
        Self { credential, refresh, expiry }
    }

    fn is_fresh(&self, now: Timestamp) -> bool {
        self.refresh.is_none_or(|refresh| now < refresh) && self.is_valid(now)
    }

    fn is_valid(&self, now: Timestamp) -> bool {
        self.expiry.is_none_or(|expiry| now < expiry)
    }
}

impl ProvideCredential for CredentialCache {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(self.get())
    }

    fn refused(&self, credential: &Credential) {
        let mut kept = self.state.kept.write().unwrap_or_else(PoisonError::into_inner);
        // Another call may have fetched a newer credential.
        if kept.as_ref().is_some_and(|kept| kept.credential == *credential) {
            *kept = None;
        }
        drop(kept);
        self.provider.refused(credential);
    }

    fn network(&self, network: &Network) {
        self.provider.network(network);
    }
}
