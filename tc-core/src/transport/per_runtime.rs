//! One HTTP client, and so one pool of connections, per tokio runtime.
//!
//! A connection is driven by a task of the runtime that opened it. Used from another runtime, it would stall while the first one is
//! not polled, and fail when the first one ends.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tokio::runtime::Id;

use super::TransportError;
use super::runtime::{check_io, runtime};

/// The clients by runtime. Each is created when its runtime sends the first request.
pub(super) struct PerRuntime<C> {
    create: Box<dyn Fn() -> Result<C, TransportError> + Send + Sync>,
    /// The first client, created in advance to check the options.
    first: C,
    /// The runtime that sent the first request. It uses the first client, without a lock.
    owner: OnceLock<Id>,
    /// The clients of the other runtimes.
    clients: RwLock<Clients<C>>,
    /// How long a connection may be idle.
    idle: Duration,
}

struct Clients<C> {
    /// In the order in which they were created.
    entries: Vec<Entry<C>>,
    /// The time from which `Entry::used` counts.
    since: Instant,
}

struct Entry<C> {
    runtime: Id,
    client: C,
    /// Whether it was used after `Clients::since`.
    used: AtomicBool,
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
        let first = create()?;
        let clients = RwLock::new(Clients { entries: Vec::new(), since: Instant::now() });
        Ok(Self { create: Box::new(create), first, owner: OnceLock::new(), clients, idle })
    }

    /// Calls `with` with the client of the current runtime.
    ///
    /// # Errors
    /// This thread runs in no tokio runtime, the runtime has no timers or no I/O, or the client cannot be created.
    pub(super) fn with<R>(&self, with: impl FnOnce(&C) -> R) -> Result<R, TransportError> {
        let runtime = runtime()?.id();
        if self.owner.get().is_none() {
            check_io()?;
        }
        if *self.owner.get_or_init(|| runtime) == runtime {
            return Ok(with(&self.first));
        }
        let clients = self.clients.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.of(runtime) {
            return Ok(with(client));
        }
        drop(clients);
        check_io()?;
        let mut clients = self.clients.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread of this runtime may have created it before this one got the lock.
        if let Some(client) = clients.of(runtime) {
            return Ok(with(client));
        }
        clients.remove_unused(self.idle, Instant::now());
        let client = (self.create)()?;
        let result = with(&client);
        clients.entries.push(Entry { runtime, client, used: AtomicBool::new(true) });
        Ok(result)
    }
}

impl<C> Clients<C> {
    /// Returns the client of a runtime, and records its use.
    fn of(&self, runtime: Id) -> Option<&C> {
        // The clients of runtimes that have ended are usually the older ones.
        let entry = self.entries.iter().rev().find(|entry| entry.runtime == runtime)?;
        if !entry.used.load(Ordering::Relaxed) {
            entry.used.store(true, Ordering::Relaxed);
        }
        Some(&entry.client)
    }

    /// Drops clients that were not used for longer than a connection may be idle, so that they have no open connections. If there
    /// are too many, also drops one that was not used for some time, or else the oldest.
    fn remove_unused(&mut self, idle: Duration, now: Instant) {
        if now.saturating_duration_since(self.since) > idle {
            self.entries.retain_mut(|entry| std::mem::take(entry.used.get_mut()));
            self.since = now;
        }
        if self.entries.len() >= CAPACITY {
            let unused = self.entries.iter().position(|entry| !entry.used.load(Ordering::Relaxed));
            self.entries.remove(unused.unwrap_or(0));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU64;

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
        for _ in 0..CAPACITY + 51 {
            runtime().block_on(async { clients.with(|_| ()) }).unwrap();
        }
        assert_eq!(clients.clients.read().unwrap().entries.len(), CAPACITY);
    }

    #[test]
    fn a_client_is_dropped_when_it_was_not_used_for_longer_than_a_connection_may_be_idle() {
        const IDLE: Duration = Duration::from_secs(50);
        let clients = counted(IDLE);
        let [owner, old, young] = [(); 3].map(|()| runtime());
        let send =
            |runtime: &tokio::runtime::Runtime| runtime.block_on(async { clients.with(|client| *client) }).unwrap();
        // Returns the number of clients that are left.
        let remove_unused_after = |time: Duration| {
            let mut all = clients.clients.write().unwrap();
            let now = all.since + time;
            all.remove_unused(IDLE, now);
            all.entries.len()
        };
        let second = Duration::from_secs(1);
        assert_eq!([send(&owner), send(&old), send(&young)], [0, 1, 2]);
        // Both were used in this time.
        assert_eq!(remove_unused_after(IDLE + second), 2);
        assert_eq!(send(&young), 2);
        // Too little time has passed.
        assert_eq!(remove_unused_after(IDLE), 2);
        assert_eq!(remove_unused_after(IDLE + second), 1);
        assert_eq!([send(&owner), send(&young), send(&old)], [0, 2, 3]);
    }
}
