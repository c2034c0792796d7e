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
//! and rate. They expire two minutes after their last use.
//!
//! # When Redis is slow or not available
//! An exchange takes at most [`timeout`](RedisLimiter::timeout). After that, the option [`Outage`] decides: by default every process
//! uses an equal share of the rate, without bursts, until two seconds after Redis is available again.

mod action_queue;
mod clock;
mod limiter;
mod local_share;
mod server;

pub use limiter::{ConnectError, Outage, RedisLimiter};
