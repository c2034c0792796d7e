//! Extreme durations and dates: no option of the user and no header of the server causes a panic or an endless wait.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use tc_core::emulator::Fault;
use tc_core::provider::{CredentialCache, CvmRole, ProvideCredential, ProviderError};
use tc_core::transport::{BoxFuture, HyperTransport, Proxy, Replay, ReqwestTransport, Transport, TransportOptions};
use tc_core::{Client, ClientBuilder, Credential, RetryPolicy, SystemClock, Timestamp};

use crate::client::actions::{DescribeThing, GetThing};
use crate::client::caller::{BuildAs, Kind, both};
use crate::client::emulator;

const ANSWER: &str = r#"{"Response":{"Name":"x","RequestId":"r"}}"#;
const EXPIRED: &str = r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureExpire","Message":"m"},"RequestId":"r"}}"#;

fn long() -> [Duration; 8] {
    let seconds = Duration::from_secs;
    [
        Duration::MAX,
        seconds(u64::MAX),
        seconds(u64::MAX / 2),
        seconds(u64::MAX / 2 + 1),
        seconds(u64::MAX / 5),
        seconds(u64::from(u32::MAX)),
        Duration::from_millis(u64::MAX),
        Duration::from_nanos(u64::MAX),
    ]
}

fn client(replay: &Replay) -> ClientBuilder {
    Client::builder().credential(Credential::new("AKIDX", "key")).transport(replay.clone())
}

#[test]
fn every_timeout_is_accepted() {
    both(async |kind| {
        for long in long() {
            let replay = Replay::new([ANSWER, "<html>", ANSWER, ANSWER]);
            let policy = RetryPolicy::default().backoff(Duration::ZERO, Duration::ZERO);
            let client = client(&replay).timeout(long).attempt_timeout(long).retry(policy).build_as(kind);
            assert_eq!(client.send(&DescribeThing::new("x")).await.unwrap().attempts(), 1, "{long:?}");
            assert_eq!(client.send(&DescribeThing::new("x")).await.unwrap().attempts(), 2, "{long:?}");
            let call = DescribeThing::new("x");
            assert_eq!(client.call(&call).timeout(long).send().await.unwrap().name, "x", "{long:?}");
        }
    });
}

#[test]
fn every_wait_between_attempts_is_accepted() {
    both(async |kind| {
        for body in
            ["<html>", r#"{"Response":{"Error":{"Code":"RequestLimitExceeded","Message":"m"},"RequestId":"r"}}"#]
        {
            for base in long() {
                for cap in long().into_iter().chain([Duration::ZERO]) {
                    let replay = Replay::new([body; 9]);
                    let policy = RetryPolicy::default().backoff(base, cap).attempts(u32::MAX).budget(u32::MAX);
                    let client = client(&replay).retry(policy).timeout(Duration::from_millis(20)).build_as(kind);
                    let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
                    assert!(error.attempts() >= 1, "{base:?}, {cap:?}: {error}");
                }
            }
        }
    });
}

#[test]
fn every_duration_of_a_transport_is_accepted() {
    both(async |kind| {
        let emulator = emulator().await;
        for long in long() {
            let options = || {
                let options = TransportOptions::default().proxy(Proxy::None);
                options.connect_timeout(long).idle_timeout(long)
            };
            check(kind, &emulator, ReqwestTransport::new(&options()).unwrap()).await;
            check(kind, &emulator, HyperTransport::new(&options()).unwrap()).await;
        }
    });
}

async fn check(kind: Kind, emulator: &tc_core::emulator::Emulator, transport: impl Transport) {
    emulator.inject(Fault::code("InternalError"));
    let quick = RetryPolicy::default().backoff(Duration::ZERO, Duration::ZERO);
    let client = emulator.client_builder().transport(transport).retry(quick).build_as(kind);
    for attempts in [2, 1] {
        assert_eq!(client.send(&DescribeThing::new("x")).await.unwrap().attempts(), attempts);
    }
    // The timer of the pool starts with the first idle connection. A panic in it is visible only on standard error, and in the
    // number of tasks.
    tokio::time::sleep(Duration::from_millis(5)).await;
}

#[test]
fn the_timer_of_a_pool_survives_every_idle_timeout() {
    let panics = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    // All tasks of the runtimes run on this thread. Other threads run other tests, some of which panic intentionally.
    let this = std::thread::current().id();
    for long in long() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let counted = panics.clone();
        runtime.block_on(async {
            let emulator = emulator().await;
            let options = TransportOptions::default().proxy(Proxy::None).idle_timeout(long);
            let transports: [std::sync::Arc<dyn Transport>; 2] = [
                std::sync::Arc::new(ReqwestTransport::new(&options).unwrap()),
                std::sync::Arc::new(HyperTransport::new(&options).unwrap()),
            ];
            let usual = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                let file = panic.location().map_or("", |location| location.file());
                let is_own = std::thread::current().id() == this;
                if is_own && (file.contains("hyper") || file.contains("tokio") || file.contains("/time")) {
                    counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                }
                eprintln!("{panic}");
            }));
            for transport in transports {
                let client = emulator.client_builder().transport(transport).build().unwrap();
                client.send(&DescribeThing::new("x")).await.unwrap();
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            std::panic::set_hook(usual);
        });
    }
    assert_eq!(panics.load(std::sync::atomic::Ordering::SeqCst), 0, "panics in tasks of a pool");
}

#[test]
fn a_call_does_not_wait_for_an_endless_retry_after() {
    both(async |kind| {
        for wait in [
            "18446744073709551615",
            "18446744073709551616",
            "99999999999999999999999999999999999999999",
            "9223372036854775807",
            "253402300800",
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Monday, 31-Dec-68 23:59:59 GMT",
        ] {
            for timeout in [Duration::from_mins(1), Duration::MAX] {
                let busy = http::Response::builder().status(503).header("retry-after", wait).body("<html>").unwrap();
                let replay = Replay::new([busy]);
                replay.push(ANSWER);
                let client = client(&replay).timeout(timeout).build_as(kind);
                let answer = tokio::time::timeout(Duration::from_secs(20), client.send(&DescribeThing::new("x"))).await;
                assert_eq!(answer.expect("an end").unwrap_err().attempts(), 1, "{wait}, {timeout:?}");
            }
        }
    });
}

#[test]
fn an_invalid_retry_after_is_ignored() {
    both(async |kind| {
        let date = "Tue, 14 Nov 2023 22:13:20 GMT";
        for wait in ["", "-1", "1.5", "soon", "Thu, 01 Jan 1970 00:00:00 GMT", date, "0", "\u{a0}"] {
            let busy = http::Response::builder().status(503).header("date", date).header("retry-after", wait);
            let replay = Replay::new([busy.body("<html>").unwrap()]);
            replay.push(ANSWER);
            let client = client(&replay).timeout(Duration::from_secs(30)).build_as(kind);
            assert_eq!(client.send(&DescribeThing::new("x")).await.unwrap().attempts(), 2, "{wait}");
        }
    });
}

#[test]
fn a_date_in_retry_after_is_compared_with_the_date_of_the_server() {
    both(async |kind| {
        let busy = http::Response::builder().status(503).header("date", "Tue, 14 Nov 2023 22:13:20 GMT");
        let replay = Replay::new([busy.header("retry-after", "Tue, 14 Nov 2023 22:13:21 GMT").body("<html>").unwrap()]);
        replay.push(ANSWER);
        let started = std::time::Instant::now();
        assert_eq!(client(&replay).build_as(kind).send(&DescribeThing::new("x")).await.unwrap().attempts(), 2);
        assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());
    });
}

#[test]
fn every_date_of_a_server_can_be_signed_or_is_ignored() {
    both(async |kind| {
        for date in [
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Mon, 01 Jan 0000 00:00:00 GMT",
            "Sat, 31 Dec 1600 00:00:00 GMT",
            "Fri, 31 Dec 99999 23:59:59 GMT",
        ] {
            for clock in [0, i64::MIN, i64::MAX, 1_700_000_000] {
                let refused = || http::Response::builder().header("date", date).body(EXPIRED).unwrap();
                let replay = Replay::new([refused(), refused(), refused()]);
                replay.push(ANSWER);
                let client = client(&replay).clock(Timestamp::from_unix(clock)).build_as(kind);
                for _ in 0..2 {
                    client.send(&DescribeThing::new("x")).await.ok();
                }
            }
        }
    });
}

#[derive(Debug)]
struct Until(DateTime<Utc>);

impl ProvideCredential for Until {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(async { Ok(Credential::new("AKIDX", "key").with_expiry(self.0)) })
    }
}

#[tokio::test]
async fn every_expiry_of_a_credential_is_accepted() {
    let far = [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::UNIX_EPOCH];
    for expiry in far {
        for now in [0, 1_700_000_000, i64::MAX] {
            for timeout in long() {
                let cache = CredentialCache::new(Until(expiry)).timeout(timeout);
                let cache = cache.clock(std::sync::Arc::new(Timestamp::from_unix(now)));
                for _ in 0..3 {
                    let found = cache.credential().await.unwrap();
                    assert_eq!(found.secret_id(), "AKIDX", "{found:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn every_expiry_in_a_response_is_read_or_refused() {
    for expiry in [
        "9223372036854775807",
        "-9223372036854775808",
        "-1",
        "0",
        "253402300800",
        "8210266876800",
        "18446744073709551615",
        "1e300",
        "99999999999999999999999999",
    ] {
        let body = format!(
            r#"{{"TmpSecretId":"AKIDX","TmpSecretKey":"key","ExpiredTime":{expiry},"Token":"t","Code":"Success"}}"#
        );
        let replay = Replay::new(["a-role".to_owned(), body]);
        let cache = CredentialCache::new(CvmRole::new().transport(std::sync::Arc::new(replay)));
        match cache.credential().await {
            Ok(found) => assert_eq!(found.secret_id(), "AKIDX"),
            Err(error) => assert!(error.to_string().contains("ExpiredTime"), "{expiry}: {error}"),
        }
    }
}

#[test]
fn every_system_time_becomes_a_timestamp() {
    for far in [Duration::from_secs(u64::MAX / 2), Duration::from_secs(1 << 62), Duration::from_secs(1 << 43)] {
        if let Some(late) = SystemTime::UNIX_EPOCH.checked_add(far) {
            assert_eq!(Timestamp::from(late).date().to_string(), "9999-12-31");
        }
        if let Some(early) = SystemTime::UNIX_EPOCH.checked_sub(far) {
            assert_eq!(Timestamp::from(early).as_unix(), 0);
        }
    }
    assert_eq!(Timestamp::from(DateTime::<Utc>::MAX_UTC).date().to_string(), "9999-12-31");
    assert_eq!(Timestamp::from(DateTime::<Utc>::MIN_UTC).as_unix(), 0);
    let half = SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_999);
    assert_eq!(Timestamp::from(half).as_unix(), 1_700_000_000);
    let _ = SystemClock;
}

#[test]
fn every_wait_for_the_rate_limiter_is_accepted() {
    both(async |kind| {
        let emulator = emulator().await;
        for long in long() {
            let client = emulator.client_builder().timeout(long).build_as(kind);
            for _ in 0..3 {
                client.send(&GetThing::new("x")).await.unwrap();
            }
        }
    });
}
