//! A rate limiter for [`tc_core`] that many processes share through a Redis server.
//!
//! The cloud counts the calls of an account, not those of a process. [`RedisLimiter`] limits the calls of all processes that use the
//! same Redis server to the documented calls per second of an action.
//!
//! ```no_run
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use tc_core::Client;
//! use tc_redis::RedisLimiter;
//!
//! let client = Client::builder().rate_limiter(RedisLimiter::connect("redis://127.0.0.1/").await?).build()?;
//! # Ok(())
//! # }
//! ```
//!
//! # Algorithm
//! A script, which Redis runs atomically and with its own clock, appends the starts of calls to a list. At most the documented number
//! of calls starts within any second. After a pause, a tenth of them may start at once; waiting calls are spread evenly. A process
//! requests several starts at a time (at most those of 50 ms), and the next ones before these are used up. So processes alternate,
//! and a fast process does not need a round trip for each call. The start of a call that is cancelled stays unused.
//!
//! If the cloud throttles a call, the rate of all processes is lowered by 30 %, at most once a second, and raised by 5 % of the
//! documented rate every second.
//!
//! # Keys
//! `tc-rate:{HASH}:starts`, `:state` and `:members`, where `HASH` is a part of the SHA-256 of SecretId, service, action, region
//! and rate. They expire two minutes after their last use. Documented rates above 10,000 calls per second count as 10,000.
//!
//! # Temporary credentials
//! Processes share a rate if they sign with the same SecretId. Temporary credentials, such as those of a role, have another SecretId in
//! each process and after each refresh. So replace it with a name for the account:
//!
//! ```
//! use tc_core::transport::BoxFuture;
//! use tc_core::{RateDecision, RateLimiter, RateLimiterError, RateRequest};
//! use tc_redis::RedisLimiter;
//!
//! #[derive(Debug)]
//! struct OneAccount(RedisLimiter);
//!
//! impl RateLimiter for OneAccount {
//!     fn acquire<'a>(&'a self, mut request: RateRequest<'a>) -> BoxFuture<'a, Result<RateDecision, RateLimiterError>> {
//!         request.secret_id = "production";
//!         self.0.acquire(request)
//!     }
//!
//!     fn throttled(&self, mut request: RateRequest<'_>) {
//!         request.secret_id = "production";
//!         self.0.throttled(request);
//!     }
//! }
//! ```
//!
//! # When Redis is slow or not available
//! An exchange takes at most [`timeout`](RedisLimiter::timeout). After that, the option [`Outage`] decides: by default every process
//! uses an equal share of the rate, until two seconds after Redis is available again. The processes take turns by the clock of the
//! Redis server, which each of them has measured before. So all processes together start at most the documented number of calls in
//! any second, if all of them lose the server and have received the same number of processes from it. If only some processes lose the
//! server, their shares are added to the calls of the others; a throttled call then lowers the rate.
//!
//! A server that returns errors counts as not available, for example a replica that accepts no writes. About twice a second one
//! request checks whether the script works again, with a new connection.
//!
//! # Programs without async code
//! A runtime is needed to connect. After that, the limiter opens a connection for each runtime that uses it, also for the runtime of
//! a blocking client:
//!
//! ```no_run
//! # fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use tc_core::tokio::runtime::Builder;
//! use tc_redis::RedisLimiter;
//!
//! let runtime = Builder::new_current_thread().enable_all().build()?;
//! let limiter = runtime.block_on(RedisLimiter::connect("redis://127.0.0.1/"))?;
//! let client = tc_core::blocking::Client::builder().rate_limiter(limiter).build()?;
//! # Ok(())
//! # }
//! ```

mod action_queue;
mod clock;
mod connections;
mod limiter;
mod local_share;
mod server;

pub use limiter::{ConnectError, Outage, RedisLimiter};
