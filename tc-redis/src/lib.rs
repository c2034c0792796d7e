//! A rate limiter for [`tc_core`] that many processes share through a Redis server.
//!
//! The cloud counts the calls of an account, not those of a process. [`RedisLimiter`] keeps the documented calls per second of an
//! action in all processes together that use the same Redis server.
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
//! # How turns are granted
//! One script, which Redis runs as a whole and by its own clock, appends the starts of calls to a list. At most the documented
//! calls start within any second, of which a tenth may start at once after a rest; calls that wait are spread evenly. A process
//! asks for several turns at a time (a twentieth of a second's worth at most), and for the next ones when those are nearly used
//! up, so processes take turns and a fast one does not pay a round trip for each call. A turn of a call that is given up is lost.
//!
//! Where the cloud refuses a call all the same, the rate of all processes is lowered by three tenths, once a second at most, and
//! raised again by a twentieth of the documented rate every second.
//!
//! # Keys
//! `tc-rate:{HASH}:starts`, `:state` and `:members`, where `HASH` is a part of the SHA-256 of SecretId, service, action, region
//! and rate. They expire when they are not used for two minutes.
//!
//! # When Redis is slow or gone
//! An exchange takes [`timeout`](RedisLimiter::timeout) at most. After that, [`Outage`] says what happens: by default every process
//! keeps an equal share of the rate on its own, without bursts, until two seconds after Redis has come back.

mod action_queue;
mod clock;
mod limiter;
mod local_share;
mod server;

pub use limiter::{ConnectError, Outage, RedisLimiter};
