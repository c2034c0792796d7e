//! Measures the wait for a free start: `cargo run --release -p tc-redis --example latency -- redis://127.0.0.1/`.

use std::time::{Duration, Instant};

use tc_core::{RateLimiter, RateRequest};
use tc_redis::RedisLimiter;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("the URL of a Redis server is missing")?;
    let limiter = RedisLimiter::connect(&url).await?;
    for (calls_per_second, calls) in [(1, 10), (1000, 5000)] {
        // The documented rate is twice as high, so that no call waits for others.
        let request = RateRequest::new("AKIDEXAMPLE", "cvm", "DescribeZones", calls_per_second * 2);
        let mut waits = Vec::new();
        let mut next = tokio::time::interval(Duration::from_secs(1) / calls_per_second);
        for _ in 0..calls {
            next.tick().await;
            let began = Instant::now();
            limiter.acquire(request).await?;
            waits.push(began.elapsed());
        }
        waits.sort_unstable();
        let (median, late) = (waits[waits.len() / 2], waits[waits.len() * 99 / 100]);
        println!("{calls_per_second} calls a second: median {median:?}, 99 % within {late:?}, of {calls} calls");
    }
    Ok(())
}
