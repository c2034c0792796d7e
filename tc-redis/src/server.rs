//! The Redis server: the script, its results, and the state of the connection.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, RedisError, Script};
use sha2::{Digest, Sha256};
use tc_core::RateRequest;

use crate::clock::ServerClock;

/// The default timeout of an exchange.
pub(crate) const TIMEOUT: Duration = Duration::from_millis(250);

/// The interval of checks whether a server that was down is available again.
const PROBE: Duration = Duration::from_millis(250);

/// How long every process still uses its local share after the server is available again, so that all processes have noticed it.
const SETTLE: Duration = Duration::from_secs(2);

pub(crate) struct Server {
    connection: ConnectionManager,
    script: Script,
    /// The name of this process in the set of members.
    process: String,
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
    pub(crate) recent: bool,
}

/// The result of the script.
#[derive(Debug)]
pub(crate) struct GrantReply {
    pub(crate) starts: Vec<Instant>,
    pub(crate) processes: u32,
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
    pub(crate) async fn connect(url: &str) -> Result<Self, RedisError> {
        // The next exchange opens a broken connection again; retries and waits are decided here.
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(0)
            .set_connection_timeout(Some(Duration::from_secs(1)))
            .set_response_timeout(Some(Duration::from_secs(1)));
        let connection = ConnectionManager::new_with_config(Client::open(url)?, config).await?;
        let process = unique();
        let script = Script::new(include_str!("grant.lua"));
        Ok(Self { connection, script, process, clock: Mutex::default(), health: Mutex::default() })
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
            .arg(u8::from(request.recent));
        let (mut connection, sent) = (self.connection.clone(), now());
        let reply = tokio::time::timeout(timeout, invocation.invoke_async::<Vec<i64>>(&mut connection)).await;
        let reply = reply.map_err(|_| Failure::Timeout(timeout))?.map_err(Failure::Redis)?;
        let clock = |time| {
            let mut clock = lock(&self.clock);
            let new = ServerClock::of(sent, now(), time);
            let better = clock.map_or(new, |known| known.better(new));
            *clock.insert(better)
        };
        granted(&reply, clock).ok_or(Failure::Reply)
    }

    /// Records that the server is not available.
    pub(crate) fn mark_down(&self) {
        let mut health = lock(&self.health);
        if !health.down {
            *health = Health { down: true, probed: Some(now()), settled: None };
            tracing::warn!("the Redis server of the rate limiter is not available: this process uses its local share");
        }
    }

    pub(crate) fn is_down(&self) -> bool {
        lock(&self.health).down
    }

    /// Whether other processes may not have noticed yet that the server is available again.
    pub(crate) fn is_settling(&self) -> bool {
        lock(&self.health).settled.is_some_and(|settled| now() < settled)
    }

    /// Checks in the background whether the server is available again, if the last check is long enough ago.
    pub(crate) fn probe(self: &Arc<Self>, timeout: Duration) {
        let mut health = lock(&self.health);
        let begun = |at: Instant| now().saturating_duration_since(at) < PROBE + timeout;
        if !health.down || health.probed.is_some_and(begun) {
            return;
        }
        health.probed = Some(now());
        drop(health);
        let server = Arc::clone(self);
        tokio::spawn(async move {
            let (ping, mut connection) = (redis::cmd("PING"), server.connection.clone());
            if let Ok(Ok(())) = tokio::time::timeout(timeout, ping.query_async::<()>(&mut connection)).await {
                let settled = Some(now() + SETTLE);
                *lock(&server.health) = Health { down: false, probed: None, settled };
                tracing::info!("the Redis server of the rate limiter is available again");
            }
        });
    }
}

fn granted(reply: &[i64], clock: impl FnOnce(u64) -> ServerClock) -> Option<GrantReply> {
    let [now, processes, rate, denied, waits @ ..] = reply else { return None };
    let now = u64::try_from(*now).ok()?;
    let clock = clock(now);
    let start = |wait: &i64| u64::try_from(*wait).ok().map(|wait| clock.at(now.saturating_add(wait)));
    Some(GrantReply {
        starts: waits.iter().map(start).collect::<Option<_>>()?,
        processes: u32::try_from(*processes).ok()?.max(1),
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
            Self::Redis(_) => f.write_str("the connection to the Redis server failed"),
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
