//! One HTTP client, and so one pool of connections, per tokio runtime.
//!
//! A connection is driven by a task of the runtime that opened it. Used from another runtime, it would stall while the first one is
//! not polled, and fail when the first one ends.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tokio::runtime::Id;

use super::TransportError;
use super::runtime::{check_io, runtime};

/// The clients by runtime. Each is created when its runtime sends the first request.
pub(super) struct PerRuntime<C> {
    create: Box<dyn Fn() -> Result<C, TransportError> + Send + Sync>,
    /// The first client, created in advance to check the options.
    first: Mutex<Option<C>>,
    clients: RwLock<HashMap<Id, Entry<C>>>,
    /// How long a connection may be idle. A client that was not used for longer has no open connections.
    idle: Duration,
    created: Instant,
}

struct Entry<C> {
    client: C,
    /// The time of its last use, in seconds after `created`.
    used: AtomicU64,
}

/// The maximum number of clients.
const CAPACITY: usize = 1024;

impl<C> PerRuntime<C> {
    /// Creates the first client.
    ///
    /// # Errors
    /// Those of `create`.
    pub(super) fn new(
        idle: Duration,
        create: impl Fn() -> Result<C, TransportError> + Send + Sync + 'static,
    ) -> Result<Self, TransportError> {
        let first = Mutex::new(Some(create()?));
        Ok(Self { create: Box::new(create), first, clients: RwLock::default(), idle, created: Instant::now() })
    }

    /// Calls `with` with the client of the current runtime.
    ///
    /// # Errors
    /// This thread runs in no tokio runtime, the runtime has no timers or no I/O, or the client cannot be created.
    pub(super) fn with<R>(&self, with: impl FnOnce(&C) -> R) -> Result<R, TransportError> {
        let runtime = runtime()?.id();
        let now = self.created.elapsed().as_secs();
        let clients = self.clients.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = clients.get(&runtime) {
            if entry.used.load(Ordering::Relaxed) != now {
                entry.used.store(now, Ordering::Relaxed);
            }
            return Ok(with(&entry.client));
        }
        drop(clients);
        check_io()?;
        let mut clients = self.clients.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread of this runtime may have created it before this one got the lock.
        if let Some(entry) = clients.get(&runtime) {
            return Ok(with(&entry.client));
        }
        self.remove_unused(&mut clients, now);
        let first = self.first.lock().unwrap_or_else(PoisonError::into_inner).take();
        let client = first.map_or_else(|| (self.create)(), Ok)?;
        let entry = clients.entry(runtime).insert_entry(Entry { client, used: AtomicU64::new(now) });
        Ok(with(&entry.get().client))
    }

    /// Drops clients that were not used for longer than a connection may be idle; if there are too many, also the one that was not
    /// used for the longest time.
    fn remove_unused(&self, clients: &mut HashMap<Id, Entry<C>>, now: u64) {
        clients.retain(|_, entry| now.saturating_sub(entry.used.load(Ordering::Relaxed)) <= self.idle.as_secs());
        if clients.len() >= CAPACITY {
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
        let create = move || Ok(usize::try_from(count.fetch_add(1, Ordering::Relaxed)).unwrap());
        PerRuntime::new(idle, create).unwrap()
    }

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
    }

    #[test]
    fn each_runtime_keeps_its_own_client() {
        let clients = counted(Duration::MAX);
        let runtimes = [(); 3].map(|()| runtime());
        for _ in 0..2 {
            for (number, runtime) in runtimes.iter().enumerate() {
                assert_eq!(runtime.block_on(async { clients.with(|client| *client) }).unwrap(), number);
            }
        }
    }

    #[test]
    fn a_thread_without_a_runtime_gets_an_error() {
        let error = counted(Duration::MAX).with(|client| *client).unwrap_err();
        assert_eq!((error.kind(), error.sent(), error.is_retryable()), (TransportErrorKind::Runtime, false, false));
    }

    #[test]
    fn the_number_of_clients_is_limited_when_many_runtimes_end() {
        let clients = counted(Duration::MAX);
        for _ in 0..CAPACITY + 50 {
            runtime().block_on(async { clients.with(|_| ()) }).unwrap();
        }
        assert_eq!(clients.clients.read().unwrap().len(), CAPACITY);
    }

    #[test]
    fn a_client_is_dropped_when_it_was_not_used_for_longer_than_a_connection_may_be_idle() {
        let clients = counted(Duration::from_secs(50));
        let [old, young] = [runtime(), runtime()];
        old.block_on(async { clients.with(|_| ()) }).unwrap();
        let mut all = clients.clients.write().unwrap();
        clients.remove_unused(&mut all, 50);
        assert_eq!(all.len(), 1);
        clients.remove_unused(&mut all, 51);
        assert_eq!(all.len(), 0);
        drop(all);
        young.block_on(async { clients.with(|_| ()) }).unwrap();
        assert_eq!(clients.clients.read().unwrap().len(), 1);
    }
}
