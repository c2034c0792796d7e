//! The Redis server: the script, its results, and the state of the connection.

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use redis::{Client, RedisError, Script};
use sha2::{Digest, Sha256};
use tc_core::RateRequest;

use crate::clock::ServerClock;
use crate::connections::{CONNECT, Connections};

/// The default timeout of an exchange.
pub(crate) const TIMEOUT: Duration = Duration::from_millis(250);

/// The interval of checks whether a server that was down is available again.
const PROBE: Duration = Duration::from_millis(250);

/// Added to the timeout of a request: the script allows for this time since the process looked at its last start.
const MARGIN: Duration = Duration::from_millis(50);

/// How long every process still uses its local share after the server is available again, so that all processes have noticed it.
const SETTLE: Duration = Duration::from_secs(2);

pub(crate) struct Server {
    connections: Connections,
    script: Script,
    /// The name of this process in the set of members.
    process: String,
    any_rank: u32,
    /// The number of processes in the last response, for actions without a response.
    processes: AtomicU32,
    clock: Mutex<Option<ServerClock>>,
    health: Mutex<Health>,
}

#[derive(Debug, Default)]
struct Health {
    down: bool,
    /// The start of the last check.
    probed: Option<Instant>,
    settled: Option<Instant>,
}

/// The keys of one action.
#[derive(Debug, Clone)]
pub(crate) struct Keys([String; 3]);

impl Keys {
    /// Contains no part of the request in clear: only a hash.
    pub(crate) fn of(request: &RateRequest<'_>) -> Self {
        let mut hash = Sha256::new();
        for part in [request.secret_id, request.service, request.action, request.region] {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        hash.update(request.rate.to_be_bytes());
        let hash = hash.finalize().iter().take(16).fold(0_u128, |hash, byte| hash << 8 | u128::from(*byte));
        // The braces put the three keys on one node of a cluster.
        Self(["starts", "state", "members"].map(|part| format!("tc-rate:{{{hash:032x}}}:{part}")))
    }

    pub(crate) fn name(&self) -> &str {
        &self.0[0]
    }
}

/// The arguments of the script.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GrantRequest {
    pub(crate) documented: u32,
    pub(crate) want: usize,
    pub(crate) max_wait: Duration,
    pub(crate) throttled: bool,
    /// The time since the last start of this process, if it is short.
    pub(crate) since: Option<Duration>,
    /// Whether the rank of this process is needed.
    pub(crate) rank: bool,
}

/// The result of the script.
#[derive(Debug)]
pub(crate) struct GrantReply {
    pub(crate) starts: Vec<Instant>,
    pub(crate) processes: u32,
    /// The number of processes with a smaller name, if it was requested.
    pub(crate) rank: Option<u32>,
    pub(crate) rate: f64,
    /// The wait for the next start, which was not granted.
    pub(crate) denied: Option<Duration>,
}

/// The reason why an exchange failed.
#[derive(Debug)]
pub(crate) enum Failure {
    Redis(RedisError),
    Timeout(Duration),
    /// A result that the script does not return.
    Reply,
}

impl Server {
    /// Opens the connection of this runtime and loads the script, which also checks the password and the permission.
    pub(crate) async fn connect(url: &str) -> Result<Self, RedisError> {
        let connections = Connections::new(Client::open(url)?);
        let script = Script::new(include_str!("grant.lua"));
        let mut connection = connections.get()?;
        let loaded = tokio::time::timeout(CONNECT, script.load_async(&mut connection.manager)).await;
        loaded.unwrap_or_else(|_| Err(std::io::Error::from(std::io::ErrorKind::TimedOut).into()))?;
        let (process, processes) = (unique(), AtomicU32::new(1));
        let any_rank = u32::from_str_radix(&process[..7], 16).unwrap_or_default();
        let (clock, health) = (Mutex::default(), Mutex::default());
        Ok(Self { connections, script, process, any_rank, processes, clock, health })
    }

    /// The clock of the server, if it has responded.
    pub(crate) fn clock(&self) -> Option<ServerClock> {
        *lock(&self.clock)
    }

    /// A rank for this process until Redis has returned one.
    pub(crate) fn any_rank(&self) -> u32 {
        self.any_rank
    }

    /// The number of processes in the last response for any action.
    pub(crate) fn processes(&self) -> u32 {
        self.processes.load(Ordering::Relaxed)
    }

    /// Runs the script.
    pub(crate) async fn request(
        &self,
        keys: &Keys,
        request: GrantRequest,
        timeout: Duration,
    ) -> Result<GrantReply, Failure> {
        let mut invocation = self.script.prepare_invoke();
        keys.0.iter().for_each(|key| {
            invocation.key(key);
        });
        invocation
            .arg(request.documented)
            .arg(request.want)
            // Limited to an hour, which Lua represents exactly.
            .arg(u64::try_from(request.max_wait.min(Duration::from_secs(3600)).as_micros()).unwrap_or_default())
            .arg(u8::from(request.throttled))
            .arg(&self.process)
            .arg(request.since.map_or(-1, |since| i64::try_from(since.as_micros()).unwrap_or(i64::MAX)))
            .arg(u64::try_from((timeout + MARGIN).as_micros()).unwrap_or(u64::MAX))
            .arg(u8::from(request.rank));
        let (mut connection, sent) = (self.connections.get().map_err(Failure::Redis)?, now());
        let reply = tokio::time::timeout(timeout, invocation.invoke_async::<Vec<i64>>(&mut connection.manager)).await;
        let reply = reply.map_or(Err(Failure::Timeout(timeout)), |reply| reply.map_err(Failure::Redis));
        let reply = reply.inspect_err(|failure| {
            self.connections.close(&connection, matches!(failure, Failure::Timeout(_)));
        })?;
        let clock = |time| {
            let mut clock = lock(&self.clock);
            let new = ServerClock::of(sent, now(), time);
            let better = clock.map_or(new, |known| known.better(new));
            *clock.insert(better)
        };
        let granted = granted(&reply, clock).ok_or(Failure::Reply)?;
        self.processes.store(granted.processes, Ordering::Relaxed);
        Ok(granted)
    }

    /// Records that the server is not available.
    pub(crate) fn mark_down(&self, failure: &Failure) {
        let mut health = lock(&self.health);
        if !health.down {
            *health = Health { down: true, probed: Some(now()), settled: None };
            tracing::warn!(%failure, "the Redis server of the rate limiter is not available: this process uses its local share");
        }
    }

    pub(crate) fn is_down(&self) -> bool {
        lock(&self.health).down
    }

    /// Whether other processes may not have noticed yet that the server is available again.
    pub(crate) fn is_settling(&self) -> bool {
        lock(&self.health).settled.is_some_and(|settled| now() < settled)
    }

    /// Checks in the background whether the server is available again, if the last check is long enough ago. The check runs the
    /// script, because a server may accept connections and not run it, for example a replica.
    pub(crate) fn probe(self: &Arc<Self>, keys: &Keys, request: GrantRequest, timeout: Duration) {
        let mut health = lock(&self.health);
        let begun = |at: Instant| now().saturating_duration_since(at) < PROBE + timeout;
        if !health.down || health.probed.is_some_and(begun) {
            return;
        }
        health.probed = Some(now());
        drop(health);
        let (server, keys) = (Arc::clone(self), keys.clone());
        let request = GrantRequest { want: 0, throttled: false, ..request };
        tokio::spawn(async move {
            match server.request(&keys, request, timeout).await {
                Ok(_) => {
                    let settled = Some(now() + SETTLE);
                    *lock(&server.health) = Health { down: false, probed: None, settled };
                    tracing::info!("the Redis server of the rate limiter is available again");
                }
                Err(failure) => {
                    tracing::debug!(%failure, "the Redis server of the rate limiter is still not available");
                }
            }
        });
    }
}

fn granted(reply: &[i64], clock: impl FnOnce(u64) -> ServerClock) -> Option<GrantReply> {
    let [now, processes, rate, denied, rank, waits @ ..] = reply else { return None };
    let now = u64::try_from(*now).ok()?;
    let clock = clock(now);
    let start = |wait: &i64| u64::try_from(*wait).ok().map(|wait| clock.at(now.saturating_add(wait)));
    Some(GrantReply {
        starts: waits.iter().map(start).collect::<Option<_>>()?,
        processes: u32::try_from(*processes).ok()?.max(1),
        rank: u32::try_from(*rank).ok(),
        rate: f64::from(u32::try_from(*rate).ok()?) / 1000.0,
        denied: u64::try_from(*denied).ok().map(Duration::from_micros),
    })
}

/// A unique name for this process, from random hasher state, the process id and the clock.
fn unique() -> String {
    use std::hash::{BuildHasher, RandomState};
    let part = || RandomState::new().hash_one((std::process::id(), now()));
    format!("{:016x}{:016x}", part(), part())
}

pub(crate) fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Does not show the URL, which may contain a password.
impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("health", &lock(&self.health)).finish_non_exhaustive()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Redis(error) if error.is_io_error() => {
                write!(f, "the connection to the Redis server failed: {error}")
            }
            Self::Redis(error) => write!(f, "the Redis server returned an error: {error}"),
            Self::Timeout(timeout) => write!(f, "the Redis server did not respond within {} ms", timeout.as_millis()),
            Self::Reply => f.write_str("the Redis server returned an unexpected result of the script"),
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Redis(error) => Some(error),
            Self::Timeout(_) | Self::Reply => None,
        }
    }
}
