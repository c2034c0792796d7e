//! Redis servers that fail: each call gets a start or an error soon, and the server is used again when it works again.

use std::time::{Duration, Instant};

use tc_core::{Credential, RateDecision, RateLimiter, RateRequest};
use tc_redis::{Outage, RedisLimiter};

use crate::machine::{Cloud, Lateness, RedisServer, connect};
use crate::process::GetThing;
use crate::request;

/// Longer than a limiter needs to notice that a server works again.
const PATIENCE: Duration = Duration::from_secs(60);

fn waiting(rate: u32) -> RateRequest<'static> {
    request(rate, Duration::from_secs(20))
}

/// A limiter that fails while Redis is not available, so that a test sees when it is. A response may be late on a busy machine.
async fn failing(url: &str) -> RedisLimiter {
    connect(url).await.outage(Outage::Fail).timeout(PATIENCE)
}

/// Waits until a limiter gets a start from Redis. Returns the last error.
#[track_caller]
fn recovers(limiter: &RedisLimiter) -> impl Future<Output = Option<String>> {
    let (limiter, place) = (limiter.clone(), std::panic::Location::caller());
    async move {
        let (until, mut last) = (Instant::now() + PATIENCE, None);
        while let Err(error) = limiter.acquire(waiting(100)).await {
            last = Some(error.to_string());
            assert!(Instant::now() < until, "{last:?}, at {place}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        last
    }
}

/// The error of a limiter that cannot use Redis.
async fn error(limiter: &RedisLimiter) -> String {
    for _ in 0..50 {
        if let Err(error) = limiter.acquire(waiting(100)).await {
            return error.to_string();
        }
    }
    panic!("Redis is available");
}

#[tokio::test]
async fn a_login_that_is_refused_for_some_time_is_tried_again() {
    let Some(redis) = RedisServer::start() else { return };
    redis.command(&["ACL", "SETUSER", "fleet", "on", ">TOPSECRET", "~*", "+@all"]);
    let url = redis.url.replace("redis://", "redis://fleet:TOPSECRET@");
    let limiter = failing(&url).await;
    limiter.acquire(waiting(100)).await.unwrap();
    redis.command(&["ACL", "SETUSER", "fleet", "resetpass", ">another"]);
    redis.command(&["CLIENT", "KILL", "USER", "fleet"]);
    let mut errors = String::new();
    for _ in 0..10 {
        errors += &error(&limiter).await;
    }
    assert!(errors.contains("Password authentication failed") && !errors.contains("TOPSECRET"), "{errors}");
    let refused = RedisLimiter::connect(&url).await.unwrap_err();
    assert!(
        refused.to_string().contains("Password authentication failed") && !format!("{refused:?}").contains("TOPSECRET"),
        "{refused:?}"
    );
    redis.command(&["ACL", "SETUSER", "fleet", "resetpass", ">TOPSECRET"]);
    recovers(&limiter).await;
}

#[tokio::test]
async fn connecting_to_a_server_that_needs_a_password_or_a_permission_is_an_error() {
    let Some(redis) = RedisServer::start() else { return };
    redis.command(&["ACL", "SETUSER", "poor", "on", ">p", "~*", "+@all", "-@scripting"]);
    let error = RedisLimiter::connect(&redis.url.replace("redis://", "redis://poor:p@")).await.unwrap_err();
    assert!(error.to_string().contains("permission"), "{error}");
    redis.command(&["CONFIG", "SET", "requirepass", "TOPSECRET"]);
    let error = RedisLimiter::connect(&redis.url).await.unwrap_err();
    assert!(error.to_string().contains("Authentication required"), "{error}");
}

#[tokio::test]
async fn connecting_to_a_server_that_sends_nothing_or_is_not_redis_is_an_error() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let started = Instant::now();
    let error = RedisLimiter::connect(&format!("redis://{}/", silent.local_addr().unwrap())).await.unwrap_err();
    assert!(error.to_string().contains("timed out"), "{error}");
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("redis://{}/", other.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = other.accept().unwrap();
        std::io::Write::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
    });
    let error = RedisLimiter::connect(&url).await.unwrap_err();
    assert!(error.to_string().starts_with("no connection to Redis: "), "{error}");
}

#[tokio::test]
async fn a_server_that_became_a_replica_is_not_used_until_it_accepts_writes() {
    let Some(redis) = RedisServer::start() else { return };
    let fail = failing(&redis.url).await;
    let share = connect(&redis.url).await;
    share.acquire(waiting(50)).await.unwrap();
    redis.command(&["REPLICAOF", "127.0.0.1", "1"]);
    let message = error(&fail).await;
    assert!(message.contains("READONLY") || message.contains("read only"), "{message}");
    let started = Instant::now();
    for _ in 0..11 {
        assert_eq!(share.acquire(waiting(50)).await.unwrap(), RateDecision::Now);
    }
    let took = started.elapsed();
    assert!(took >= Duration::from_millis(195) && took < PATIENCE, "11 calls at 50 a second took {took:?}");
    redis.command(&["REPLICAOF", "NO", "ONE"]);
    recovers(&fail).await;
}

#[tokio::test]
async fn a_server_without_the_script_gets_it_again() {
    let Some(redis) = RedisServer::start() else { return };
    let limiter = failing(&redis.url).await;
    for command in [&["SCRIPT", "FLUSH"][..], &["FLUSHALL"]] {
        limiter.acquire(waiting(100)).await.unwrap();
        redis.command(command);
        limiter.acquire(waiting(100)).await.unwrap();
    }
}

/// The keys of the only action, in the order of their names: members, starts, state (if any).
fn keys(redis: &RedisServer) -> Vec<String> {
    let mut keys: Vec<String> = redis.command(&["KEYS", "tc-rate:*"]).lines().map(str::to_owned).collect();
    keys.sort();
    keys
}

#[tokio::test]
async fn keys_of_another_type_are_replaced() {
    let Some(redis) = RedisServer::start() else { return };
    let limiter = failing(&redis.url).await;
    limiter.acquire(waiting(100)).await.unwrap();
    let starts = keys(&redis).pop().unwrap();
    for part in ["starts", "state", "members"] {
        redis.command(&["SET", &starts.replace("starts", part), "text"]);
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(limiter.acquire(waiting(100)).await.unwrap(), RateDecision::Now, "{part}");
    }
    // Values that are not numbers.
    redis.command(&["RPUSH", &starts, "x", ""]);
    redis.command(&["HSET", &starts.replace("starts", "state"), "rate", "-5", "changed", "x"]);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(limiter.acquire(waiting(100)).await.unwrap(), RateDecision::Now);
}

/// The clock of the server, in microseconds.
fn time(redis: &RedisServer) -> i64 {
    let time = redis.command(&["TIME"]);
    let (seconds, microseconds) = time.trim().split_once('\n').unwrap();
    seconds.parse::<i64>().unwrap() * 1_000_000 + microseconds.parse::<i64>().unwrap()
}

/// Moves all times in Redis by `seconds`, as if the clock of the server was changed in the other direction.
fn shift(redis: &RedisServer, seconds: i64) {
    let moved = |time: &str| (time.parse::<i64>().unwrap() + seconds * 1_000_000).to_string();
    let [members, starts] = keys(redis).try_into().unwrap();
    let list = redis.command(&["LRANGE", &starts, "0", "-1"]);
    redis.command(&["DEL", &starts]);
    for start in list.lines() {
        redis.command(&["RPUSH", &starts, &moved(start)]);
    }
    for member in redis.command(&["ZRANGE", &members, "0", "-1"]).lines() {
        redis.command(&["ZINCRBY", &members, &(seconds * 1_000_000).to_string(), member]);
    }
}

#[tokio::test]
async fn after_a_change_of_the_clock_of_the_server_calls_neither_stop_nor_start_in_a_burst() {
    let Some(redis) = RedisServer::start() else { return };
    for seconds in [3600, -3600] {
        redis.command(&["FLUSHALL"]);
        let limiter = failing(&redis.url).await;
        let mut starts = Vec::new();
        for call in 0..25 {
            if call == 15 {
                shift(&redis, seconds);
            }
            assert_eq!(limiter.acquire(waiting(10)).await.unwrap(), RateDecision::Now, "{seconds} s");
            // The start that Redis granted. On a busy machine the call may start later.
            let granted: i64 = redis.command(&["LINDEX", &keys(&redis)[1], "-1"]).parse().unwrap();
            let early = granted - time(&redis);
            assert!(early < 100_000, "{seconds} s: the call started {early} microseconds early");
            starts.push(granted);
        }
        let took = Duration::from_micros((starts[24] - starts[0]).try_into().unwrap());
        assert!(took < PATIENCE, "{seconds} s: {took:?}");
        let within = |first: &i64| starts.iter().filter(|at| *at >= first && **at < *first + 1_000_000).count();
        let most = starts.iter().map(within).max().unwrap();
        assert!(most <= 10, "{seconds} s: {most} within a second");
    }
}

#[tokio::test]
async fn the_highest_rates_do_not_block_the_server() {
    let Some(redis) = RedisServer::start() else { return };
    let limiter = failing(&redis.url).await;
    for rate in [20_000, 1_000_000, u32::MAX] {
        let started = Instant::now();
        assert_eq!(limiter.acquire(waiting(rate)).await.unwrap(), RateDecision::Now);
        redis.command(&["FLUSHALL"]);
        for _ in 0..2000 {
            assert_eq!(limiter.acquire(waiting(rate)).await.unwrap(), RateDecision::Now);
        }
        assert!(started.elapsed() < PATIENCE, "{rate}: {:?}", started.elapsed());
        for key in redis.command(&["KEYS", "*:starts"]).lines() {
            let length: usize = redis.command(&["LLEN", key]).trim().parse().unwrap();
            assert!(length <= 10_000, "{length}");
        }
    }
}

#[test]
fn a_limiter_can_be_used_when_its_first_runtime_is_not_polled_or_has_ended() {
    let Some(redis) = RedisServer::start() else { return };
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let [first, second, third] = [runtime(), runtime(), runtime()];
    let limiter = first.block_on(failing(&redis.url));
    for runtime in [&second, &first, &third] {
        for _ in 0..5 {
            assert_eq!(runtime.block_on(limiter.acquire(waiting(100))).unwrap(), RateDecision::Now);
        }
    }
    drop((first, second));
    for _ in 0..5 {
        assert_eq!(third.block_on(limiter.acquire(waiting(100))).unwrap(), RateDecision::Now);
        assert_eq!(runtime().block_on(limiter.acquire(waiting(100))).unwrap(), RateDecision::Now);
    }
}

#[test]
fn a_blocking_client_can_use_a_limiter() {
    let Some(redis) = RedisServer::start() else { return };
    let [connecting, serving] =
        [(); 2].map(|()| tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap());
    let limiter = connecting.block_on(failing(&redis.url));
    drop(connecting);
    let cloud = serving.block_on(Cloud::start());
    let credential = Credential::new(tc_core::emulator::SECRET_ID, tc_core::emulator::SECRET_KEY);
    let builder = tc_core::Client::builder().credential(credential).endpoint(cloud.url.as_str());
    let builder = builder.proxy(tc_core::transport::Proxy::None);
    let client = builder.rate_limiter(limiter).blocking().build().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| {
                for _ in 0..5 {
                    assert_eq!(client.send(&GetThing::new("x")).unwrap().attempts(), 1);
                }
            });
        }
    });
    assert_eq!(redis.command(&["KEYS", "*:starts"]).lines().count(), 1);
}

#[tokio::test]
async fn a_server_that_hangs_for_a_while_is_used_again() {
    let Some(redis) = RedisServer::start() else { return };
    let limiter = failing(&redis.url).await.timeout(Duration::from_millis(100));
    recovers(&limiter).await;
    redis.signal("STOP");
    let started = Instant::now();
    // Longer than a connection may be in the process of opening.
    while started.elapsed() < Duration::from_secs(3) {
        let asked = Instant::now();
        let error = limiter.acquire(waiting(100)).await.unwrap_err();
        assert!(error.to_string().contains("did not respond within 100 ms"), "{error}");
        assert!(asked.elapsed() < PATIENCE, "{:?}", asked.elapsed());
    }
    redis.signal("CONT");
    recovers(&limiter).await;
}

#[tokio::test]
async fn the_starts_of_a_process_that_ends_are_lost_only_for_a_moment() {
    let Some(redis) = RedisServer::start() else { return };
    let other = failing(&redis.url).await;
    for _ in 0..5 {
        let ending = failing(&redis.url).await;
        let mut tasks = tokio::task::JoinSet::new();
        // The starts of twenty seconds.
        for _ in 0..2000 {
            let ending = ending.clone();
            tasks.spawn(async move { ending.acquire(request(100, Duration::from_secs(600))).await });
        }
        tasks.join_next().await.unwrap().unwrap().unwrap();
        tasks.shutdown().await;
        drop(ending);
        let started = Instant::now();
        assert_eq!(other.acquire(waiting(100)).await.unwrap(), RateDecision::Now);
        // A process reserves the starts of 50 ms.
        assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_processes_without_redis_never_start_more_calls_than_one_may() {
    let Some(mut redis) = RedisServer::start() else { return };
    let mut limiters = Vec::new();
    for _ in 0..10 {
        limiters.push(connect(&redis.url).await.timeout(PATIENCE));
    }
    // A round takes two seconds. After the second one, each process has the number of all processes.
    for limiter in limiters.iter().chain(&limiters) {
        assert_eq!(limiter.acquire(waiting(5)).await.unwrap(), RateDecision::Now);
    }
    // So long that each process has used less than its share.
    tokio::time::sleep(Duration::from_millis(2500)).await;
    redis.kill();
    let lateness = Lateness::measure();
    let mut tasks = tokio::task::JoinSet::new();
    for limiter in limiters {
        tasks.spawn(async move {
            let mut starts = Vec::new();
            for _ in 0..2 {
                assert_eq!(limiter.acquire(waiting(5)).await.unwrap(), RateDecision::Now);
                starts.push(Instant::now());
            }
            starts
        });
    }
    let starts = tasks.join_all().await.concat();
    // Twenty calls at five a second. A call may start late, and be closer to the next ones.
    let late = lateness.longest();
    let second = Duration::from_millis(950).saturating_sub(2 * late);
    let within = |first: &Instant| starts.iter().filter(|at| *at >= first && **at < *first + second).count();
    let most = starts.iter().map(within).max().unwrap();
    assert!(most <= 5, "{most} within {second:?}, with delays of {late:?}");
    let took = *starts.iter().max().unwrap() - *starts.iter().min().unwrap();
    assert!(took < PATIENCE, "{took:?}");
}
