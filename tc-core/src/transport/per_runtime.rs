//! One HTTP client, hence one pool of connections, for each tokio runtime.
//!
//! A connection is driven by a task of the runtime that opened it. On another runtime it would stall while the first one is
//! not polled, and fail when the first one ends.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tokio::runtime::{Handle, Id};

use super::TransportError;

/// The clients of the runtimes that asked so far, each made when its runtime first asks.
pub(super) struct PerRuntime<C> {
    make: Box<dyn Fn() -> Result<C, TransportError> + Send + Sync>,
    /// The first client: making it showed that the options are good.
    first: Mutex<Option<C>>,
    clients: RwLock<HashMap<Id, Entry<C>>>,
    /// How long a connection may be idle. A client not used for longer has none worth keeping.
    idle: Duration,
    began: Instant,
}

struct Entry<C> {
    client: C,
    /// When it was last used, in seconds since the first client was made.
    used: AtomicU64,
}

/// The most clients kept, however recently they were used.
const MANY: usize = 1024;

impl<C> PerRuntime<C> {
    /// Makes the first client.
    ///
    /// # Errors
    /// Those of `make`.
    pub(super) fn new(
        idle: Duration,
        make: impl Fn() -> Result<C, TransportError> + Send + Sync + 'static,
    ) -> Result<Self, TransportError> {
        let first = Mutex::new(Some(make()?));
        Ok(Self { make: Box::new(make), first, clients: RwLock::default(), idle, began: Instant::now() })
    }

    /// Hands the client of the running runtime to `ask`.
    ///
    /// # Errors
    /// No tokio runtime is running on this thread.
    pub(super) fn with<R>(&self, ask: impl FnOnce(&C) -> R) -> Result<R, TransportError> {
        let runtime = Handle::try_current().map_err(|_| TransportError::no_runtime())?.id();
        let now = self.began.elapsed().as_secs();
        let clients = self.clients.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = clients.get(&runtime) {
            if entry.used.load(Ordering::Relaxed) != now {
                entry.used.store(now, Ordering::Relaxed);
            }
            return Ok(ask(&entry.client));
        }
        drop(clients);
        let mut clients = self.clients.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread of this runtime may have been first.
        if let Some(entry) = clients.get(&runtime) {
            return Ok(ask(&entry.client));
        }
        self.clear(&mut clients, now);
        let first = self.first.lock().unwrap_or_else(PoisonError::into_inner).take();
        let client = first.map_or_else(|| (self.make)(), Ok)?;
        let entry = clients.entry(runtime).insert_entry(Entry { client, used: AtomicU64::new(now) });
        Ok(ask(&entry.get().client))
    }

    /// Drops the clients of runtimes that ended, or that have not asked for longer than a connection is kept.
    fn clear(&self, clients: &mut HashMap<Id, Entry<C>>, now: u64) {
        clients.retain(|_, entry| now.saturating_sub(entry.used.load(Ordering::Relaxed)) <= self.idle.as_secs());
        if clients.len() >= MANY {
            let oldest = clients.iter().min_by_key(|(_, entry)| entry.used.load(Ordering::Relaxed));
            if let Some(runtime) = oldest.map(|(runtime, _)| *runtime) {
                clients.remove(&runtime);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::TransportErrorKind;

    fn counted(idle: Duration) -> PerRuntime<usize> {
        let count = AtomicU64::new(0);
        let make = move || Ok(usize::try_from(count.fetch_add(1, Ordering::Relaxed)).unwrap());
        PerRuntime::new(idle, make).unwrap()
    }

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().build().unwrap()
    }

    #[test]
    fn each_runtime_has_its_own_client_and_keeps_it() {
        let clients = counted(Duration::MAX);
        let runtimes = [(); 3].map(|()| runtime());
        for _ in 0..2 {
            for (number, runtime) in runtimes.iter().enumerate() {
                assert_eq!(runtime.block_on(async { clients.with(|client| *client) }).unwrap(), number);
            }
        }
    }

    #[test]
    fn without_a_runtime_there_is_an_error() {
        let error = counted(Duration::MAX).with(|client| *client).unwrap_err();
        assert_eq!((error.kind(), error.sent(), error.is_retryable()), (TransportErrorKind::Runtime, false, false));
    }

    #[test]
    fn runtimes_that_come_and_go_leave_a_bounded_number_of_clients() {
        let clients = counted(Duration::MAX);
        for _ in 0..MANY + 50 {
            runtime().block_on(async { clients.with(|_| ()) }).unwrap();
        }
        assert_eq!(clients.clients.read().unwrap().len(), MANY);
    }

    #[test]
    fn a_client_that_was_not_used_for_longer_than_a_connection_is_kept_is_dropped() {
        let clients = counted(Duration::from_secs(50));
        let [old, young] = [runtime(), runtime()];
        old.block_on(async { clients.with(|_| ()) }).unwrap();
        let mut all = clients.clients.write().unwrap();
        clients.clear(&mut all, 50);
        assert_eq!(all.len(), 1);
        clients.clear(&mut all, 51);
        assert_eq!(all.len(), 0);
        drop(all);
        young.block_on(async { clients.with(|_| ()) }).unwrap();
        assert_eq!(clients.clients.read().unwrap().len(), 1);
    }
}
