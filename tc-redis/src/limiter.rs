//! The rate limiter, and its options.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tc_core::transport::BoxFuture;
use tc_core::{RateDecision, RateLimiter, RateLimiterError, RateRequest};

use crate::action_queue::ActionQueue;
use crate::server::{Keys, Server, TIMEOUT, lock};

/// What a process does while Redis is slow or not available.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Outage {
    /// Uses an equal share of the rate: the rate divided by the last known number of processes, which take turns. It continues for
    /// two seconds after Redis is available again, so that all processes have noticed it.
    #[default]
    LocalShare,
    /// Fails with [`ErrorKind::RateLimiter`](tc_core::ErrorKind::RateLimiter). Nothing is sent.
    Fail,
}

/// The options that the queues of a limiter share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    pub(crate) outage: Outage,
    pub(crate) timeout: Duration,
}

/// Limits all processes that use the same Redis server to the documented calls per second; see the [crate](crate). Clones share their
/// state.
#[derive(Clone)]
pub struct RedisLimiter {
    server: Arc<Server>,
    options: Options,
    queues: Queues,
}

type Queues = Arc<Mutex<HashMap<String, Arc<ActionQueue>>>>;

/// Above this number of queues, idle ones are dropped. Temporary credentials create new queues.
const MANY: usize = 1024;

impl RedisLimiter {
    /// Connects to a Redis server: `redis://[user:password@]host[:port][/database]`. A connection that breaks later is opened
    /// again. Requires Redis 5 or newer. The nodes of a Redis Cluster can be used only through a proxy, because redirections to other
    /// nodes are not followed.
    ///
    /// TLS (`rediss://`) is not supported: it would add a second TLS configuration, beside that of the transport. Put a TLS proxy
    /// such as stunnel or HAProxy on the same machine, and connect to it with `redis://`.
    ///
    /// # Errors
    /// If the URL is invalid or begins with `rediss://`, if the server cannot be reached within two seconds, or if it refuses the
    /// password or the permission to run scripts. Outside a tokio runtime.
    ///
    /// ```no_run
    /// # async fn run() -> Result<(), tc_redis::ConnectError> {
    /// use tc_redis::{Outage, RedisLimiter};
    /// let limiter = RedisLimiter::connect("redis://127.0.0.1:6379").await?.outage(Outage::Fail);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn connect(url: &str) -> Result<Self, ConnectError> {
        if url.get(..9).is_some_and(|scheme| scheme.eq_ignore_ascii_case("rediss://")) {
            return Err(ConnectError(None));
        }
        let server = Arc::new(Server::connect(url).await.map_err(|error| ConnectError(Some(error)))?);
        let options = Options { outage: Outage::default(), timeout: TIMEOUT };
        Ok(Self { server, options, queues: Queues::default() })
    }

    /// Sets what a process does while Redis is slow or not available. Default: [`Outage::LocalShare`].
    #[must_use]
    pub fn outage(self, outage: Outage) -> Self {
        Self { options: Options { outage, ..self.options }, queues: Queues::default(), ..self }
    }

    /// Sets the timeout of an exchange, after which Redis counts as not available. Default: 250 ms.
    #[must_use]
    pub fn timeout(self, timeout: Duration) -> Self {
        let timeout = timeout.clamp(Duration::from_millis(1), Duration::from_secs(60));
        Self { options: Options { timeout, ..self.options }, queues: Queues::default(), ..self }
    }

    fn queue(&self, request: &RateRequest<'_>) -> Arc<ActionQueue> {
        let keys = Keys::of(request);
        let mut queues = lock(&self.queues);
        if let Some(queue) = queues.get(keys.name()) {
            return Arc::clone(queue);
        }
        if queues.len() >= MANY {
            queues.retain(|_, queue| Arc::strong_count(queue) > 1 || !queue.is_idle());
        }
        let name = keys.name().to_owned();
        let queue = Arc::new(ActionQueue::new(Arc::clone(&self.server), keys, request.rate, self.options));
        Arc::clone(queues.entry(name).or_insert(queue))
    }
}

impl RateLimiter for RedisLimiter {
    fn acquire<'a>(&'a self, request: RateRequest<'a>) -> BoxFuture<'a, Result<RateDecision, RateLimiterError>> {
        Box::pin(async move { self.queue(&request).acquire(request.max_wait).await })
    }

    fn throttled(&self, request: RateRequest<'_>) {
        self.queue(&request).throttled();
    }
}

impl fmt::Debug for RedisLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisLimiter")
            .field("server", &self.server)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

/// The reason why a [`RedisLimiter`] could not connect. Contains no URL, which may have a password.
#[derive(Debug)]
pub struct ConnectError(Option<redis::RedisError>);

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(error) => write!(
                f,
                "no connection to Redis: {error}; check the URL (redis://host:port) and that the server runs"
            ),
            None => f.write_str(
                "no connection to Redis: TLS (rediss://) is not supported; connect with redis://, to a TLS proxy if the server needs TLS",
            ),
        }
    }
}

impl std::error::Error for ConnectError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.as_ref().map(|error| error as _)
    }
}
