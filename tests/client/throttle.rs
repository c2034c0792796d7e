//! The documented calls per second.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tc_core::emulator::Fault;
use tc_core::transport::BoxFuture;
use tc_core::{
    AnyAction, Call, Error, ErrorKind, InProcessLimiter, RateDecision, RateLimiter, RateLimiterError, RateRequest,
    Region, Throttle,
};
use tc_tests::lateness::Lateness;

use crate::client::actions::{DescribeThing, GetThing};
use crate::client::caller::{BuildAs, Caller, both};
use crate::client::emulator;

/// The delay of a timer up to which a failed run is an error of the client. Its windows are 20 ms longer than a second.
const ACCEPTED: Duration = Duration::from_millis(5);

/// Sends concurrent calls, and returns the time and the results.
async fn burst(client: &Caller, calls: usize) -> (Duration, Vec<Result<u32, Error>>) {
    burst_of(client, (0..calls).map(|number| GetThing::new(number.to_string()))).await
}

async fn burst_of<C>(client: &Caller, calls: impl Iterator<Item = C>) -> (Duration, Vec<Result<u32, Error>>)
where
    C: Call + Clone + Send + 'static,
{
    let started = Instant::now();
    let mut all = tokio::task::JoinSet::new();
    for call in calls {
        let call = client.send(&call);
        all.spawn(async move { call.await.map(|answer| answer.attempts()) });
    }
    let answers = all.join_all().await;
    (started.elapsed(), answers)
}

/// The largest number of calls that start within this time at ten a second: two start at once, and two each fifth of a second.
fn most_within(time: Duration) -> usize {
    2 + 2 * usize::try_from(time.as_millis() / 200).unwrap()
}

#[test]
fn the_client_stays_below_the_rate_that_the_cloud_enforces() {
    both(async |kind| {
        for _ in 0..10 {
            let emulator = emulator().await;
            emulator.enforce_rates(true);
            let lateness = Lateness::measure();
            let (took, answers) = burst(&emulator.build_as(kind), 25).await;
            let late = lateness.longest();
            assert!(took >= Duration::from_millis(1800), "25 calls at 10 a second took {took:?}");
            let first_attempts = answers.iter().all(|answer| matches!(answer, Ok(1)));
            if first_attempts && took < Duration::from_secs(4) + 12 * late {
                return;
            }
            // Calls that started in time may arrive late, and then too close to the next ones. There are twelve waits.
            assert!(late > ACCEPTED, "25 calls took {took:?}, and no timer was later than {late:?}: {answers:?}");
            println!("repeated: a timer of this machine was {late:?} late");
        }
        panic!("this machine is too busy");
    });
}

#[test]
fn with_throttle_fail_the_error_contains_the_wait() {
    both(async |kind| {
        let emulator = emulator().await;
        let client = emulator.client_builder().throttle(Throttle::Fail).build_as(kind);
        let (took, answers) = burst(&client, 50).await;
        let refused: Vec<&Error> = answers.iter().filter_map(|answer| answer.as_ref().err()).collect();
        assert!(50 - refused.len() <= most_within(took), "{} refused in {took:?}", refused.len());
        assert!(!refused.is_empty(), "50 calls took {took:?}");
        for error in refused {
            assert!(matches!(error.kind(), ErrorKind::Throttled { rate: 10, .. }), "{error:?}");
            assert!(error.is_throttled() && error.is_unsent() && error.attempts() == 0);
            assert!(
                error.to_string().starts_with(
                    "GetThing is called more often than the documented 10 times per second; wait at least "
                )
            );
        }
    });
}

#[test]
fn with_throttle_off_the_cloud_refuses_calls() {
    both(async |kind| {
        let emulator = emulator().await;
        emulator.enforce_rates(true);
        let client =
            emulator.client_builder().throttle(Throttle::Off).retry(tc_core::RetryPolicy::none()).build_as(kind);
        let (_, answers) = burst(&client, 40).await;
        assert!(answers.iter().any(|answer| answer.as_ref().is_err_and(Error::is_throttled)), "{answers:?}");
    });
}

#[test]
fn a_wait_beyond_the_deadline_fails_at_once() {
    both(async |kind| {
        let emulator = emulator().await;
        let client = emulator.client_builder().timeout(Duration::from_millis(900)).build_as(kind);
        // The first call starts at once, and the others would wait for one second to nineteen.
        let call = AnyAction::new("demo", "2020-01-01", "GetThing").params(serde_json::json!({"Name": "x"})).rate(1);
        let (took, answers) = burst_of(&client, std::iter::repeat_n(call, 20)).await;
        let late = answers.iter().filter_map(|answer| answer.as_ref().err()).collect::<Vec<_>>();
        assert_eq!(late.len(), 19, "{late:?}");
        assert!(late.iter().all(|error| matches!(error.kind(), ErrorKind::Throttled { .. })), "{late:?}");
        assert!(took < Duration::from_secs(15), "{took:?}");
        assert_eq!(emulator.received().len(), 1, "what failed was not sent");
    });
}

#[test]
fn regions_credentials_and_actions_have_separate_limits() {
    both(async |kind| {
        let emulator = emulator().await;
        emulator.add_key("AKIDother", "other-key");
        let client = emulator.client_builder().throttle(Throttle::Fail).build_as(kind);
        let (took, answers) = burst(&client, 50).await;
        let sent = answers.iter().filter(|answer| answer.is_ok()).count();
        assert!(sent <= most_within(took) && sent < 50, "{sent} were sent in {took:?}: {answers:?}");
        let call = GetThing::new("x");
        assert!(client.call(&call).region(Region::AP_GUANGZHOU).send().await.is_ok());
        let other = tc_core::Credential::new("AKIDother", "other-key");
        assert!(client.call(&call).credential(other).send().await.is_ok());
        assert!(client.send(&DescribeThing::new("x")).await.is_ok());
    });
}

#[test]
fn the_rate_is_lowered_while_the_cloud_refuses_calls() {
    both(async |kind| {
        let emulator = emulator().await;
        let client = emulator.build_as(kind);
        emulator.inject(Fault::code("RequestLimitExceeded"));
        client.send(&GetThing::new("x")).await.unwrap();
        let (took, answers) = burst(&client, 14).await;
        assert!(answers.iter().all(Result::is_ok));
        // At ten a second, two start at once and each further one a tenth later: 1.2 s. At seven a second it is 1.7 s.
        assert!(took > Duration::from_millis(1350), "{took:?}");
    });
}

/// A rate limiter that returns decisions from a list, then lets every call start, and records its calls.
#[derive(Debug, Clone, Default)]
struct Scripted(Arc<Mutex<Script>>);

#[derive(Debug, Default)]
struct Script {
    answers: VecDeque<Result<RateDecision, RateLimiterError>>,
    requests: Vec<(String, String, u32, Duration)>,
    throttled: u32,
}

impl Scripted {
    fn new(answers: impl IntoIterator<Item = Result<RateDecision, RateLimiterError>>) -> Self {
        let script = Self::default();
        script.0.lock().unwrap().answers.extend(answers);
        script
    }
}

impl RateLimiter for Scripted {
    fn acquire<'a>(&'a self, request: RateRequest<'a>) -> BoxFuture<'a, Result<RateDecision, RateLimiterError>> {
        let mut script = self.0.lock().unwrap();
        let RateRequest { action, region, rate, max_wait, .. } = request;
        script.requests.push((action.to_owned(), region.to_owned(), rate, max_wait));
        let answer = script.answers.pop_front().unwrap_or(Ok(RateDecision::Now));
        Box::pin(async { answer })
    }

    fn throttled(&self, _: RateRequest<'_>) {
        self.0.lock().unwrap().throttled += 1;
    }
}

#[test]
fn a_custom_rate_limiter_is_called_until_the_call_may_start() {
    both(async |kind| {
        let emulator = emulator().await;
        let limiter = Scripted::new([
            Ok(RateDecision::After(Duration::from_millis(30))),
            Ok(RateDecision::After(Duration::ZERO)),
        ]);
        let builder = emulator.client_builder().region(Region::AP_SHANGHAI).rate_limiter(limiter.clone());
        let client = builder.build_as(kind);
        let started = Instant::now();
        assert_eq!(client.send(&GetThing::new("x")).await.unwrap().attempts(), 1);
        assert!(started.elapsed() >= Duration::from_millis(30));
        client.send(&DescribeThing::new("no documented rate")).await.unwrap();
        client.call(&GetThing::new("x")).throttle(Throttle::Off).send().await.unwrap();
        let requests = std::mem::take(&mut limiter.0.lock().unwrap().requests);
        assert_eq!(requests.len(), 3, "{requests:?}");
        let (action, region, rate, max_wait) = &requests[0];
        assert_eq!((action.as_str(), region.as_str(), *rate), ("GetThing", "ap-shanghai", 10));
        assert!(*max_wait > Duration::from_secs(30) && *max_wait <= Duration::from_mins(1), "{max_wait:?}");
        client.call(&GetThing::new("x")).throttle(Throttle::Fail).send().await.unwrap();
        assert_eq!(limiter.0.lock().unwrap().requests[0].3, Duration::ZERO);
    });
}

#[test]
fn a_wait_longer_than_the_timeout_is_an_error() {
    both(async |kind| {
        let emulator = emulator().await;
        let wait = Duration::from_secs(7);
        let limiter = Scripted::new([Ok(RateDecision::After(wait)), Ok(RateDecision::After(wait))]);
        let client = emulator.client_builder().rate_limiter(limiter).timeout(Duration::from_secs(5)).build_as(kind);
        for throttle in [Throttle::Wait, Throttle::Fail] {
            let error = client.call(&GetThing::new("x")).throttle(throttle).send().await.unwrap_err();
            let ErrorKind::Throttled { wait: returned, rate: 10, .. } = error.kind() else { panic!("{error:?}") };
            assert_eq!((*returned, error.attempts()), (wait, 0));
        }
        assert!(emulator.received().is_empty());
    });
}

#[test]
fn an_error_of_the_rate_limiter_is_retried_and_then_fails_the_call() {
    both(async |kind| {
        let emulator = emulator().await;
        let broken = || Err(RateLimiterError::new("the server is gone").with_source("connection refused"));
        let limiter = Scripted::new([broken(), broken()]);
        let client = crate::client::quick(&emulator).rate_limiter(limiter.clone()).build_as(kind);
        assert_eq!(client.send(&GetThing::new("x")).await.unwrap().attempts(), 1);
        limiter.0.lock().unwrap().answers.extend([broken(), broken(), broken()]);
        let error = client.send(&GetThing::new("x")).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::RateLimiter(_)), "{error:?}");
        assert!(error.is_retryable() && error.is_unsent() && error.attempts() == 0 && !error.is_throttled());
        assert_eq!(error.to_string(), "the rate limiter could not decide: the server is gone");
        let source = std::error::Error::source(&error).and_then(|error| error.source()).unwrap();
        assert_eq!(source.to_string(), "connection refused");
        assert_eq!(emulator.received().len(), 1);
    });
}

/// A rate limiter that never returns.
#[derive(Debug)]
pub(crate) struct Silent;

impl RateLimiter for Silent {
    fn acquire<'a>(&'a self, _: RateRequest<'a>) -> BoxFuture<'a, Result<RateDecision, RateLimiterError>> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn a_rate_limiter_that_never_returns_is_limited_by_the_timeout_of_the_call() {
    both(async |kind| {
        let emulator = emulator().await;
        let builder = emulator.client_builder().rate_limiter(Silent).timeout(Duration::from_millis(100));
        let error = builder.build_as(kind).send(&GetThing::new("x")).await.unwrap_err();
        assert!(error.is_timeout() && error.is_unsent() && error.to_string().contains("rate limiter"), "{error}");
    });
}

#[test]
fn a_rate_limiter_that_panics_fails_only_its_call() {
    both(async |kind| {
        #[derive(Debug, Default)]
        struct PanicsOnce(AtomicBool);
        impl RateLimiter for PanicsOnce {
            fn acquire<'a>(&'a self, _: RateRequest<'a>) -> BoxFuture<'a, Result<RateDecision, RateLimiterError>> {
                Box::pin(async {
                    assert!(self.0.swap(true, Ordering::SeqCst), "the first call");
                    Ok(RateDecision::Now)
                })
            }
        }
        let emulator = emulator().await;
        let client = emulator.client_builder().rate_limiter(PanicsOnce::default()).build_as(kind);
        let panic = tokio::spawn(client.send(&GetThing::new("x"))).await.unwrap_err();
        assert!(panic.is_panic(), "{panic}");
        assert_eq!(client.send(&GetThing::new("x")).await.unwrap().name, "x");
    });
}

#[test]
fn a_rate_limiter_can_be_chosen_at_run_time() {
    both(async |kind| {
        let emulator = emulator().await;
        let scripted = Scripted::new([Ok(RateDecision::After(Duration::from_secs(7)))]);
        let limiters: [Box<dyn RateLimiter>; 2] = [Box::new(InProcessLimiter::default()), Box::new(scripted.clone())];
        let mut sent = Vec::new();
        for limiter in limiters {
            let client = emulator.client_builder().rate_limiter(limiter).throttle(Throttle::Fail).build_as(kind);
            sent.push(client.send(&GetThing::new("x")).await.is_ok());
        }
        assert_eq!((sent, scripted.0.lock().unwrap().requests.len()), (vec![true, false], 1));
    });
}

#[test]
fn a_rate_limiter_is_notified_when_the_cloud_throttles() {
    both(async |kind| {
        let emulator = emulator().await;
        emulator.inject(Fault::code("RequestLimitExceeded").times(2));
        let limiter = Scripted::default();
        let client = crate::client::quick(&emulator).rate_limiter(limiter.clone()).build_as(kind);
        assert_eq!(client.send(&GetThing::new("x")).await.unwrap().attempts(), 3);
        let script = limiter.0.lock().unwrap();
        assert_eq!((script.throttled, script.requests.len()), (2, 3));
    });
}

#[test]
fn clients_that_share_a_limiter_share_the_rate() {
    both(async |kind| {
        let emulator = emulator().await;
        let limiter = InProcessLimiter::default();
        let client = || {
            let builder = emulator.client_builder().rate_limiter(limiter.clone());
            builder.throttle(Throttle::Fail).build_as(kind)
        };
        let started = Instant::now();
        let (_, first) = burst(&client(), 10).await;
        let (_, second) = burst(&client(), 10).await;
        assert!(first.iter().any(Result::is_ok));
        let sent = first.iter().chain(&second).filter(|answer| answer.is_ok()).count();
        let took = started.elapsed();
        assert!(sent <= most_within(took) && sent < 20, "{sent} of 20 calls were sent in {took:?}");
    });
}
