//! Measures the time that a rate limiter adds to a call with a free start, for the limiter on Redis and the limiter of one process:
//! `cargo run --release -p tc-redis --example latency`.
//!
//! Starts Debian's `redis-server` on a free port of this machine; `-- redis://HOST:PORT/` uses another server. `-- --quick` measures a
//! few calls, without useful results.

use std::error::Error;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tc_core::{InProcessLimiter, RateDecision, RateLimiter, RateRequest};
use tc_redis::RedisLimiter;
use tokio::time::MissedTickBehavior;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let url = std::env::args().skip(1).find(|argument| argument.contains("://"));
    let (_server, url) = match url {
        Some(url) => (None, url),
        None => {
            let (server, url) = RedisServer::start()?;
            (Some(server), url)
        }
    };
    let redis = RedisLimiter::connect(&url).await?;
    let in_process = InProcessLimiter::default();
    println!("| Calls per second | Rate limiter | Median | 99 % within | Longest | Calls |");
    println!("|---:|---|---:|---:|---:|---:|");
    for (calls_per_second, calls) in [(1, 200), (1000, 20_000)] {
        let calls = if quick { calls / 50 } else { calls };
        let [mut with_redis, mut local] = measure([&redis, &in_process], calls_per_second, calls).await?;
        for (name, times) in [("on Redis", &mut with_redis), ("in the process", &mut local)] {
            times.sort_unstable();
            let at = |part: usize| milliseconds(times[(times.len() - 1) * part / 100]);
            println!("| {calls_per_second} | {name} | {} | {} | {} | {calls} |", at(50), at(99), at(100));
        }
    }
    Ok(())
}

/// Measures the time of each call with both limiters. They take turns, so that both have the same machine.
async fn measure(
    limiters: [&dyn RateLimiter; 2],
    calls_per_second: u32,
    calls: usize,
) -> Result<[Vec<Duration>; 2], Box<dyn Error>> {
    // The documented rate is twice as high, so that no call waits for others.
    let request = RateRequest::new("AKIDEXAMPLE", "cvm", "DescribeZones", calls_per_second * 2);
    let mut times = [(); 2].map(|()| Vec::with_capacity(calls));
    let mut next = tokio::time::interval(Duration::from_secs(1) / calls_per_second);
    next.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // The first call also loads the script.
    for call in 0..=calls {
        next.tick().await;
        for turn in 0..2 {
            let which = (call + turn) % 2;
            let began = Instant::now();
            let decision = limiters[which].acquire(request).await?;
            let took = began.elapsed();
            assert_eq!(decision, RateDecision::Now);
            if call > 0 {
                times[which].push(took);
            }
        }
    }
    Ok(times)
}

fn milliseconds(time: Duration) -> String {
    format!("{:.4} ms", time.as_secs_f64() * 1000.0)
}

/// A Redis server that ends with this program.
struct RedisServer(Child);

impl RedisServer {
    fn start() -> Result<(Self, String), Box<dyn Error>> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = Command::new("redis-server");
        command.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port"]).arg(port.to_string());
        let child = command.stdout(Stdio::null()).spawn();
        let server =
            Self(child.map_err(|error| format!("redis-server: {error}; install it, or give the URL of a server"))?);
        let until = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > until {
                return Err("redis-server does not listen".into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok((server, format!("redis://127.0.0.1:{port}/")))
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
