//! The metrics of a client: names, labels and values after calls with known results.

use std::time::Duration;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tc_core::emulator::{Emulator, Fault};
use tc_core::provider::{ProvideCredential, ProviderError};
use tc_core::transport::BoxFuture;
use tc_core::{Client, Credential, RetryPolicy};

use crate::client::actions::{self, DescribeThing, GetThing};

/// Runs `test` on this thread with a recorder of its calls.
fn recorded<F: Future<Output = ()>>(test: impl FnOnce(PrometheusHandle) -> F) {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    metrics::with_local_recorder(&recorder, || runtime.block_on(test(handle)));
}

async fn emulator() -> Emulator {
    let emulator = Emulator::start().await.unwrap();
    actions::register(&emulator);
    emulator
}

/// The sum of the samples with this name whose labels contain all of `labels`.
fn value(handle: &PrometheusHandle, name: &str, labels: &[&str]) -> f64 {
    let text = handle.render();
    let samples = text.lines().filter_map(|line| {
        let (sample, value) = line.rsplit_once(' ')?;
        let (found, set) = sample.split_once('{').unwrap_or((sample, ""));
        (found == name && labels.iter().all(|label| set.contains(label))).then(|| value.parse::<f64>().unwrap())
    });
    samples.sum()
}

#[track_caller]
fn check(handle: &PrometheusHandle, name: &str, labels: &[&str], expected: f64) {
    let found = value(handle, name, labels);
    assert!((found - expected).abs() < 1e-9, "{name} {labels:?} is {found}, not {expected}:\n{}", handle.render());
}

#[test]
fn a_retried_call_is_one_outcome_and_two_attempts() {
    recorded(async |metrics| {
        let emulator = emulator().await;
        emulator.inject(Fault::code("InternalError"));
        let client = crate::client::quick(&emulator).build().unwrap();
        client.send(&DescribeThing::new("x")).await.unwrap();
        let of = ["rpc_system=\"tencentcloud\"", "rpc_service=\"demo\"", "rpc_method=\"DescribeThing\""];
        check(&metrics, "rpc_client_call_duration_count", &of, 1.0);
        check(&metrics, "tencentcloud_client_outcomes", &of, 1.0);
        check(&metrics, "tencentcloud_client_outcomes", &["error_type="], 0.0);
        check(&metrics, "tencentcloud_client_attempts", &of, 2.0);
        check(&metrics, "tencentcloud_client_attempts", &["error_type=\"InternalError\""], 1.0);
        check(&metrics, "tencentcloud_client_attempt_duration_count", &of, 2.0);
        assert!(value(&metrics, "rpc_client_call_duration_sum", &of) > 0.0);
        assert!(!metrics.render().contains("\"x\""), "no value of the request is a label");
    });
}

#[test]
fn a_failed_call_is_an_outcome_with_its_error() {
    recorded(async |metrics| {
        let emulator = emulator().await;
        emulator.inject(Fault::code("InvalidParameter"));
        let client = crate::client::quick(&emulator).build().unwrap();
        client.send(&DescribeThing::new("x")).await.unwrap_err();
        check(&metrics, "tencentcloud_client_outcomes", &["error_type=\"InvalidParameter\""], 1.0);
        check(&metrics, "rpc_client_call_duration_count", &["error_type=\"InvalidParameter\""], 1.0);
        check(&metrics, "tencentcloud_client_attempts", &[], 1.0);
    });
}

#[test]
fn a_wait_for_the_rate_limiter_is_measured() {
    recorded(async |metrics| {
        let emulator = emulator().await;
        let client = emulator.client();
        for _ in 0..4 {
            client.send(&GetThing::new("x")).await.unwrap();
        }
        // Of ten calls a second, two start at once; the others wait for about 200 ms.
        let waits = value(&metrics, "tencentcloud_client_throttle_wait_duration_count", &["rpc_method=\"GetThing\""]);
        assert!((1.0..=4.0).contains(&waits), "{}", metrics.render());
        let waited = value(&metrics, "tencentcloud_client_throttle_wait_duration_sum", &[]);
        assert!((0.1..30.0).contains(&waited), "{waited} s");
    });
}

/// Fails once, then returns a credential.
#[derive(Debug, Default)]
struct FailsOnce(std::sync::atomic::AtomicBool);

impl ProvideCredential for FailsOnce {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        let failed = self.0.swap(true, std::sync::atomic::Ordering::Relaxed);
        let result = if failed {
            Ok(Credential::new(tc_core::emulator::SECRET_ID, tc_core::emulator::SECRET_KEY))
        } else {
            Err(ProviderError::failed("the test", "fails once"))
        };
        Box::pin(std::future::ready(result))
    }
}

#[test]
fn refreshes_of_a_credential_are_counted() {
    recorded(async |metrics| {
        let emulator = emulator().await;
        let client = Client::builder().endpoint(emulator.url()).provider(FailsOnce::default());
        let client = client.proxy(tc_core::transport::Proxy::None).retry(RetryPolicy::none());
        let client = client.timeout(Duration::from_secs(30)).build().unwrap();
        client.send(&DescribeThing::new("x")).await.unwrap_err();
        for _ in 0..3 {
            client.send(&DescribeThing::new("x")).await.unwrap();
        }
        check(&metrics, "tencentcloud_client_credential_refreshes", &[], 2.0);
        check(&metrics, "tencentcloud_client_credential_refreshes", &["error_type=\"credential\""], 1.0);
    });
}
