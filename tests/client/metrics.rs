//! The metrics of a client: names, labels and values after calls with known results.

use std::time::Duration;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tc_core::emulator::{Emulator, Fault};
use tc_core::provider::{ProvideCredential, ProviderError};
use tc_core::transport::BoxFuture;
use tc_core::{AnyAction, Client, Credential, RetryPolicy};

use crate::client::actions::{self, DescribeThing, GetThing};
use crate::client::caller::{self, BuildAs, Kind};
use crate::client::throttle::Silent;

/// Runs `test` on this thread with each client, and with a recorder of its calls.
fn recorded(test: impl AsyncFn(Kind, PrometheusHandle)) {
    for kind in [Kind::Async, Kind::Blocking] {
        recorded_with(kind, &test);
    }
}

fn recorded_with(kind: Kind, test: &impl AsyncFn(Kind, PrometheusHandle)) {
    let recorder = PrometheusBuilder::new().build_recorder();
    metrics::with_local_recorder(&recorder, || {
        caller::with(kind, &async |kind| test(kind, recorder.handle()).await);
    });
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
    recorded(async |kind, metrics| {
        let emulator = emulator().await;
        emulator.inject(Fault::code("InternalError"));
        let client = crate::client::quick(&emulator).build_as(kind);
        client.send(&DescribeThing::new("x")).await.unwrap();
        let of = ["rpc_system_name=\"tencentcloud\"", "rpc_method=\"demo/DescribeThing\""];
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
    recorded(async |kind, metrics| {
        let emulator = emulator().await;
        emulator.inject(Fault::code("InvalidParameter"));
        let client = crate::client::quick(&emulator).build_as(kind);
        client.send(&DescribeThing::new("x")).await.unwrap_err();
        check(&metrics, "tencentcloud_client_outcomes", &["error_type=\"InvalidParameter\""], 1.0);
        check(&metrics, "rpc_client_call_duration_count", &["error_type=\"InvalidParameter\""], 1.0);
        check(&metrics, "tencentcloud_client_attempts", &[], 1.0);
    });
}

#[test]
fn a_code_of_the_server_is_a_label_only_if_it_looks_like_a_code() {
    let long = "A".repeat(1000);
    for (code, label) in [
        ("FailedOperation.DB_Error-2", "FailedOperation.DB_Error-2"),
        ("the password TOPSECRET is wrong", "_OTHER"),
        ("错误", "_OTHER"),
        (long.as_str(), "_OTHER"),
    ] {
        recorded(async |kind, metrics| {
            let emulator = emulator().await;
            emulator.inject(Fault::code(code));
            crate::client::quick(&emulator).build_as(kind).send(&DescribeThing::new("x")).await.unwrap_err();
            let label = format!("error_type=\"{label}\"");
            check(&metrics, "tencentcloud_client_outcomes", &[&label], 1.0);
            check(&metrics, "tencentcloud_client_attempts", &[&label], 1.0);
        });
    }
}

#[test]
fn a_wait_for_the_rate_limiter_is_measured() {
    recorded(async |kind, metrics| {
        let emulator = emulator().await;
        let client = emulator.build_as(kind);
        // The second call waits for the rest of the second.
        let call = AnyAction::new("demo", "2020-01-01", "GetThing").params(serde_json::json!({"Name": "x"})).rate(1);
        for _ in 0..2 {
            client.send(&call).await.unwrap();
        }
        let waits =
            value(&metrics, "tencentcloud_client_throttle_wait_duration_count", &["rpc_method=\"demo/GetThing\""]);
        assert!((1.0..=2.0).contains(&waits), "{}", metrics.render());
        let waited = value(&metrics, "tencentcloud_client_throttle_wait_duration_sum", &[]);
        assert!((0.1..30.0).contains(&waited), "{waited} s");
    });
}

#[test]
fn a_wait_that_was_too_long_is_measured() {
    recorded(async |kind, metrics| {
        let emulator = emulator().await;
        let client = emulator.client_builder().rate_limiter(Silent).timeout(Duration::from_millis(100)).build_as(kind);
        client.send(&GetThing::new("x")).await.unwrap_err();
        check(&metrics, "tencentcloud_client_throttle_wait_duration_count", &["rpc_method=\"demo/GetThing\""], 1.0);
        assert!(value(&metrics, "tencentcloud_client_throttle_wait_duration_sum", &[]) >= 0.1);
        check(&metrics, "tencentcloud_client_attempts", &[], 0.0);
        check(&metrics, "tencentcloud_client_outcomes", &["error_type=\"timeout\""], 1.0);
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
    // A credential is fetched in a task of the runtime. The recorder of this thread sees it only if the runtime has no other thread.
    recorded_with(Kind::Async, &async |kind, metrics| {
        let emulator = emulator().await;
        let client = Client::builder().endpoint(emulator.url()).provider(FailsOnce::default());
        let client = client.proxy(tc_core::transport::Proxy::None).retry(RetryPolicy::none());
        let client = client.timeout(Duration::from_secs(30)).build_as(kind);
        client.send(&DescribeThing::new("x")).await.unwrap_err();
        for _ in 0..3 {
            client.send(&DescribeThing::new("x")).await.unwrap();
        }
        check(&metrics, "tencentcloud_client_credential_refreshes", &[], 2.0);
        check(&metrics, "tencentcloud_client_credential_refreshes", &["error_type=\"credential\""], 1.0);
    });
}
