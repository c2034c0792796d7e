//! A credential kept until shortly before it expires, fetched once however many calls wait for it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tokio::runtime::{Handle, Id};
use tokio::sync::watch;
use tracing::Instrument;

use super::{Network, ProvideCredential, ProviderError, checked};
use crate::credential::Credential;
use crate::meter;
use crate::timestamp::{Clock, SystemClock, Timestamp};
use crate::transport::{BoxFuture, NO_RUNTIME};

/// Keeps a provider's credential.
///
/// - However many calls need a credential at once, it is fetched once and all of them get it, or the failure. The fetch is
///   a task of its own, so it goes on if the call that began it is given up.
/// - Calls on several tokio runtimes do not wait for each other: where none is valid, each runtime fetches once.
/// - It is fetched anew ahead of its expiry: five minutes, or a fifth of its lifetime if that is less, and up to half as
///   much again at random, so that machines that started together do not refresh together.
/// - While the old one is valid nobody waits but the one that fetches; if that fails, the old one serves on and the next
///   try is half a minute later.
/// - A failure is never kept: without a valid credential, the next call tries again.
/// - One that arrives expired is used for half a minute all the same: only the cloud knows whether the clock is right.
/// - A credential without expiry is kept until the cloud refuses it.
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
    /// The fetches under way, one a runtime.
    fetches: Mutex<Vec<Fetch>>,
}

/// A fetch under way. It is driven by a task of one runtime, and calls on another would wait in vain where that one is not
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
    /// From when on it is fetched anew; never for one without expiry.
    refresh: Option<Timestamp>,
    expiry: Option<Timestamp>,
}

const RETRY: i64 = 30;

impl CredentialCache {
    /// Nothing kept yet.
    pub fn new(provider: impl ProvideCredential) -> Self {
        Self {
            provider: Arc::new(provider),
            clock: Arc::new(SystemClock),
            timeout: Duration::from_secs(15),
            state: Arc::default(),
        }
    }

    /// With another clock to hold expiry against.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// How long one fetch may take; 15 s if never said.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    async fn get(&self) -> Outcome {
        match self.state.kept() {
            Some(kept) if kept.is_fresh(self.clock.now()) => Ok(kept.credential),
            // Still valid: the first that comes waits for another, the rest go on with this one.
            Some(kept) if kept.is_valid(self.clock.now()) => match self.refresh()? {
                None => Ok(self.state.kept().unwrap_or(kept).credential),
                Some(outcome) => Ok(ended(outcome).await.unwrap_or_else(|_| self.postpone(kept))),
            },
            _ => match self.join()? {
                Ok(credential) => Ok(credential),
                Err(outcome) => ended(outcome).await,
            },
        }
    }

    /// Begins a fetch, unless one is under way on any runtime or has just ended.
    fn refresh(&self) -> Result<Option<watch::Receiver<Option<Outcome>>>, ProviderError> {
        let mut fetches = self.state.fetches();
        // One that takes longer than it may is on a runtime that is not polled.
        if fetches.iter().any(|fetch| fetch.began.elapsed() <= self.timeout)
            || self.state.kept().is_some_and(|kept| kept.is_fresh(self.clock.now()))
        {
            return Ok(None);
        }
        self.begin(&mut fetches).map(Some)
    }

    /// The credential that has just come; or else the outcome of this runtime's fetch, which begins if none is under way.
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
        // Ended by its drop, also where the provider panics or the runtime ends.
        let listed = Listed { state: Arc::clone(&self.state), outcome: outcome.clone() };
        let (provider, clock, timeout) = (Arc::clone(&self.provider), Arc::clone(&self.clock), self.timeout);
        let fetch = async move {
            let answer = fetch(&*provider, timeout).await;
            if let Ok(credential) = &answer {
                listed.state.keep(Some(Kept::new(credential.clone(), clock.now())));
            }
            drop(listed);
            sender.send_replace(Some(answer));
        };
        runtime.spawn(fetch.in_current_span());
        Ok(outcome)
    }

    /// Serves an old credential for a while before the next try; or the newer one that another runtime brought meanwhile.
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
        Err(ProviderError::failed("the provider", format!("took longer than {timeout:?}")).retryable())
    });
    // A provider of the user's own may give anything.
    let fetched = fetched.and_then(|credential| checked("the provider's credential:", credential));
    meter::refreshed(fetched.is_err());
    match &fetched {
        Ok(credential) => tracing::debug!(expires = ?credential.expiry(), "credential fetched"),
        Err(error) => tracing::warn!(place = error.place(), "credential not fetched"),
    }
    fetched
}

/// Waits for the outcome of a fetch.
async fn ended(mut outcome: watch::Receiver<Option<Outcome>>) -> Outcome {
    let ended = outcome.wait_for(Option::is_some).await.ok().and_then(|outcome| outcome.clone());
    ended.unwrap_or_else(|| Err(ProviderError::failed("the provider", "ended without an answer").retryable()))
}

fn runtime() -> Result<Handle, ProviderError> {
    Handle::try_current().map_err(|_| ProviderError::failed("the provider", format!("cannot be asked: {NO_RUNTIME}")))
}

/// A fetch in the list of those under way, which it leaves when it ends.
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
            // The machine's clock may be ahead; the cloud knows better, and its answer sets the clock right.
            tracing::warn!("the credential that was fetched has expired, if this machine's clock is right");
            let again = Some(now.plus(RETRY));
            return Self { credential, refresh: again, expiry: again };
        }
        let refresh = expiry.map(|expiry| {
            let life = expiry.since(now);
            let ahead = (life / 5).min(300);
            let ahead = ahead + fastrand::i64(0..=ahead / 2);
            // A metadata service gives the same one until it has a new one: it is not asked at every call.
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
        // Another call may have brought a newer one meanwhile.
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
