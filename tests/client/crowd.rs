//! Very many concurrent calls: each gets its own response.

use tc_core::emulator::{Emulator, Fault};
use tc_core::transport::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};
use tc_core::{Client, Credential};

use crate::client::actions::{self, DescribeThing};
use crate::client::caller::{BuildAs, Caller, Kind};
use crate::client::quick;

/// A transport that responds with the request after a while, and fails one time in twenty.
#[derive(Debug)]
struct Echo;

impl Transport for Echo {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            tokio::time::sleep(std::time::Duration::from_millis(dice(100))).await;
            match dice(60) {
                0 => return Err(TransportError::new(TransportErrorKind::Reset, "reset")),
                1 => return Ok(http::Response::new("<html>".into())),
                2 => {
                    let error = r#"{"Response":{"Error":{"Code":"InternalError","Message":"m"},"RequestId":"r"}}"#;
                    return Ok(http::Response::new(error.into()));
                }
                _ => {}
            }
            let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
            let answer = serde_json::json!({"Response": {"Name": body["Name"], "RequestId": body["Name"]}});
            Ok(http::Response::new(answer.to_string().into()))
        })
    }
}

/// Returns a pseudo-random number below `end`.
fn dice(end: u64) -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    RandomState::new().build_hasher().finish() % end
}

async fn crowd(client: &Caller, calls: usize) -> (usize, usize) {
    let mut all = tokio::task::JoinSet::new();
    for number in 0..calls {
        let call = client.send(&DescribeThing::new(number.to_string()));
        all.spawn(async move { (number, call.await) });
    }
    let (mut right, mut failed) = (0, 0);
    for (number, answer) in all.join_all().await {
        match answer {
            Ok(answer) => {
                assert_eq!(answer.name, number.to_string(), "the response of another call");
                right += 1;
            }
            Err(error) => {
                assert!(error.is_retryable(), "{error}");
                failed += 1;
            }
        }
    }
    (right, failed)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_concurrent_calls_each_get_their_own_response() {
    // No call times out, however busy this machine is.
    let patience = std::time::Duration::from_hours(1);
    let client = Client::builder().credential(Credential::new("AKIDX", "key")).transport(Echo);
    let client = client.timeout(patience).attempt_timeout(patience).build_as(Kind::Async);
    let (right, failed) = crowd(&client, 10_000).await;
    assert_eq!(right + failed, 10_000);
    // With three attempts, one call in eight thousand fails, unless the budget of 500 retries is used up.
    assert!(failed < 150, "{failed} failed");
    // The last task is counted until its thread has released it.
    let metrics = tokio::runtime::Handle::current().metrics();
    for _ in 0..10_000 {
        if metrics.num_alive_tasks() == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("{} tasks are left behind", metrics.num_alive_tasks());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_concurrent_calls_over_sockets_with_faults_each_get_their_own_response() {
    for kind in [Kind::Async, Kind::Blocking] {
        let emulator = Emulator::builder().seed(7).start().await.unwrap();
        actions::register(&emulator);
        for fault in [Fault::ResetAfterRequest, Fault::CloseInBody, Fault::Html(502), Fault::code("InternalError")] {
            emulator.inject(fault.chance(0.0125));
        }
        let client = quick(&emulator).build_as(kind);
        for _ in 0..5 {
            let (right, failed) = crowd(&client, 200).await;
            assert!(right >= 198, "{failed} failed with the {kind:?} client");
        }
    }
}
