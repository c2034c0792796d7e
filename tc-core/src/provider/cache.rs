//! A credential kept until shortly before it expires, fetched once however many calls wait for it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::{ProvideCredential, ProviderError};
use crate::credential::Credential;
use crate::timestamp::{Clock, SystemClock, Timestamp};
use crate::transport::BoxFuture;

/// Keeps a provider's credential.
///
/// - However many calls need a credential at once, one of them fetches and the others get what it got, its failure
///   too. If that one is given up, the next takes over.
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
    kept: RwLock<Option<Kept>>,
    /// Held by the call that fetches. What it guards is the failure of the last fetch, for those who waited for it.
    fetching: tokio::sync::Mutex<Option<ProviderError>>,
    /// How many fetches have ended.
    fetched: AtomicU64,
}

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
            kept: RwLock::new(None),
            fetching: tokio::sync::Mutex::new(None),
            fetched: AtomicU64::new(0),
        }
    }

    /// With another clock to hold expiry against.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// How long one fetch may take; 15 s if never said.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    async fn get(&self) -> Result<Credential, ProviderError> {
        let seen = self.fetched.load(Ordering::Acquire);
        match self.kept() {
            Some(kept) if kept.is_fresh(self.clock.now()) => Ok(kept.credential),
            // Still valid: whoever comes first fetches, the others go on with it.
            Some(kept) if kept.is_valid(self.clock.now()) => match self.fetching.try_lock() {
                Err(_) => Ok(kept.credential),
                Ok(mut failure) => match self.kept() {
                    Some(newer) if newer.is_fresh(self.clock.now()) => Ok(newer.credential),
                    _ => Ok(self.fetch(&mut failure).await.unwrap_or_else(|_| self.postpone(kept))),
                },
            },
            _ => {
                let mut failure = self.fetching.lock().await;
                if let Some(kept) = self.kept().filter(|kept| kept.is_valid(self.clock.now())) {
                    return Ok(kept.credential);
                }
                match &*failure {
                    // The fetch this call waited for has failed: a thousand waiting calls are no thousand fetches.
                    Some(error) if self.fetched.load(Ordering::Acquire) > seen => Err(error.clone()),
                    _ => self.fetch(&mut failure).await,
                }
            }
        }
    }

    async fn fetch(&self, failure: &mut Option<ProviderError>) -> Result<Credential, ProviderError> {
        let fetched = match tokio::time::timeout(self.timeout, self.provider.credential()).await {
            Ok(fetched) => fetched,
            Err(_) => {
                Err(ProviderError::failed("the provider", format!("took longer than {:?}", self.timeout)).passing())
            }
        };
        let now = self.clock.now();
        match &fetched {
            Ok(credential) => {
                *failure = None;
                self.keep(Some(Kept::new(credential.clone(), now)));
                tracing::debug!(expires = ?credential.expiry(), "credential fetched");
            }
            Err(error) => {
                *failure = Some(error.clone());
                tracing::warn!(place = error.place(), "credential not fetched");
            }
        }
        self.fetched.fetch_add(1, Ordering::Release);
        fetched
    }

    /// Serves an old credential for a while before the next try.
    fn postpone(&self, mut kept: Kept) -> Credential {
        kept.refresh = Some(self.clock.now().plus(RETRY + fastrand::i64(0..=RETRY / 2)));
        let credential = kept.credential.clone();
        self.keep(Some(kept));
        credential
    }

    fn kept(&self) -> Option<Kept> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, kept: Option<Kept>) {
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = kept;
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
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        // Another call may have brought a newer one meanwhile.
        if kept.as_ref().is_some_and(|kept| kept.credential == *credential) {
            *kept = None;
        }
        drop(kept);
        self.provider.refused(credential);
    }
}
