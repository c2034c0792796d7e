//! The connections to the Redis server, one for each tokio runtime.
//!
//! A connection is driven by a task of the runtime that opened it. Another runtime would wait for its responses without end if that
//! runtime is not polled.

use std::collections::HashMap;
use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, RedisError};
use tokio::runtime::{Handle, Id};

use crate::server::{lock, now};

/// The longest time for opening a connection.
pub(crate) const CONNECT: Duration = Duration::from_secs(2);

/// The maximum number of connections. Those of runtimes that have ended are not removed earlier.
const CAPACITY: usize = 64;

pub(crate) struct Connections {
    client: Client,
    open: Mutex<HashMap<Id, Connection>>,
    opened: AtomicU64,
}

/// A connection of the current runtime. Clones share it.
#[derive(Clone)]
pub(crate) struct Connection {
    pub(crate) manager: ConnectionManager,
    number: u64,
    opened: Instant,
    used: Instant,
}

impl Connections {
    pub(crate) fn new(client: Client) -> Self {
        Self { client, open: Mutex::default(), opened: AtomicU64::new(0) }
    }

    /// Returns the connection of the current runtime. The first request opens it.
    pub(crate) fn get(&self) -> Result<Connection, RedisError> {
        let no_runtime = (redis::ErrorKind::Client, "a connection can be opened only in a tokio runtime");
        let runtime = Handle::try_current().map_err(|_| no_runtime)?.id();
        let mut open = lock(&self.open);
        if let Some(connection) = open.get_mut(&runtime) {
            connection.used = now();
            return Ok(connection.clone());
        }
        if open.len() >= CAPACITY
            && let Some(unused) = open.iter().min_by_key(|(_, connection)| connection.used).map(|(runtime, _)| *runtime)
        {
            open.remove(&unused);
        }
        // The manager opens a broken connection again once; everything else is decided in this crate.
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(0)
            .set_connection_timeout(Some(CONNECT))
            .set_response_timeout(None);
        let manager = ConnectionManager::new_lazy_with_config(self.client.clone(), config)?;
        // Opened in a task, because a request may give up earlier.
        let mut opening = manager.clone();
        tokio::spawn(async move {
            let _ = tokio::time::timeout(CONNECT, redis::cmd("PING").query_async::<()>(&mut opening)).await;
        });
        let number = self.opened.fetch_add(1, Ordering::Relaxed);
        let connection = Connection { manager, number, opened: now(), used: now() };
        Ok(open.entry(runtime).insert_entry(connection).get().clone())
    }

    /// Closes a connection after a failed request, so that the next request opens a new one, perhaps to another server. After a
    /// timeout it stays open if it may be still in the process of opening.
    pub(crate) fn close(&self, failed: &Connection, timed_out: bool) {
        if timed_out && now().saturating_duration_since(failed.opened) < CONNECT {
            return;
        }
        lock(&self.open).retain(|_, connection| connection.number != failed.number);
    }
}

/// Does not show the URL, which may contain a password.
impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").finish_non_exhaustive()
    }
}
