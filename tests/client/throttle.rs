//! The documented calls per second.

use std::time::{Duration, Instant};

use tc_core::emulator::Fault;
use tc_core::{Client, Error, ErrorKind, Region, Throttle};

use crate::actions::{DescribeThing, GetThing};
use crate::emulator;

/// How long so many calls at once take, and what became of them.
async fn burst(client: &Client, calls: usize) -> (Duration, Vec<Result<u32, Error>>) {
    let started = Instant::now();
    let mut all = tokio::task::JoinSet::new();
    for number in 0..calls {
        let call = client.send(&GetThing::new(number.to_string()));
        all.spawn(async move { call.await.map(|answer| answer.attempts()) });
    }
    let answers = all.join_all().await;
    (started.elapsed(), answers)
}

#[tokio::test]
async fn a_cloud_that_enforces_its_rate_never_has_to() {
    let emulator = emulator().await;
    emulator.enforce_rates(true);
    let (took, answers) = burst(&emulator.client(), 25).await;
    assert!(answers.iter().all(|answer| matches!(answer, Ok(1))), "{answers:?}");
    assert!((1800..4000).contains(&took.as_millis()), "25 calls at 10 a second took {took:?}");
}

#[tokio::test]
async fn who_chose_to_fail_is_told_how_long_to_wait() {
    let emulator = emulator().await;
    let client = emulator.client_builder().throttle(Throttle::Fail).build().unwrap();
    let (_, answers) = burst(&client, 25).await;
    let refused: Vec<&Error> = answers.iter().filter_map(|answer| answer.as_ref().err()).collect();
    assert!(refused.len() >= 15, "{} refused", refused.len());
    for error in refused {
        assert!(matches!(error.kind(), ErrorKind::Throttled { rate: 10, .. }), "{error:?}");
        assert!(error.is_throttled() && error.is_unsent() && error.attempts() == 0);
        assert!(
            error.to_string().starts_with("GetThing is asked more often than the documented 10 times a second; wait ")
        );
    }
}

#[tokio::test]
async fn who_turned_it_off_is_refused_by_the_cloud() {
    let emulator = emulator().await;
    emulator.enforce_rates(true);
    let client = emulator.client_builder().throttle(Throttle::Off).retry(tc_core::RetryPolicy::none()).build().unwrap();
    let (_, answers) = burst(&client, 40).await;
    assert!(answers.iter().any(|answer| answer.as_ref().is_err_and(Error::is_throttled)), "{answers:?}");
}

#[tokio::test]
async fn a_turn_after_the_deadline_fails_before_it() {
    let emulator = emulator().await;
    let client = emulator.client_builder().timeout(Duration::from_millis(300)).build().unwrap();
    let (took, answers) = burst(&client, 20).await;
    let late = answers.iter().filter_map(|answer| answer.as_ref().err()).collect::<Vec<_>>();
    assert!(!late.is_empty() && took < Duration::from_millis(1500), "{took:?}");
    assert!(late.iter().all(|error| matches!(error.kind(), ErrorKind::Throttled { .. })), "{late:?}");
    assert_eq!(emulator.received().len(), 20 - late.len(), "what failed was not sent");
}

#[tokio::test]
async fn regions_credentials_and_actions_have_their_own() {
    let emulator = emulator().await;
    emulator.add_key("AKIDother", "other-key");
    let client = emulator.client_builder().throttle(Throttle::Fail).build().unwrap();
    // Ten a second may start two at once.
    let (_, answers) = burst(&client, 20).await;
    assert!(answers.iter().filter(|answer| answer.is_err()).count() >= 10, "{answers:?}");
    let call = GetThing::new("x");
    assert!(client.call(&call).region(Region::AP_GUANGZHOU).send().await.is_ok());
    let other = tc_core::Credential::new("AKIDother", "other-key");
    assert!(client.call(&call).credential(other).send().await.is_ok());
    assert!(client.send(&DescribeThing::new("x")).await.is_ok());
}

#[tokio::test]
async fn a_cloud_that_still_refuses_is_asked_less_often() {
    let emulator = emulator().await;
    let client = emulator.client();
    emulator.inject(Fault::code("RequestLimitExceeded"));
    client.send(&GetThing::new("x")).await.unwrap();
    let (took, answers) = burst(&client, 14).await;
    assert!(answers.iter().all(Result::is_ok));
    // At ten a second two start at once and each further one a tenth later: 1.2 s. At seven it is 1.7 s.
    assert!(took > Duration::from_millis(1350), "{took:?}");
}
