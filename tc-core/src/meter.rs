//! Counters and histograms for the crate `metrics` (feature `metrics`). Without the feature, the functions do nothing.
//!
//! Names are those of OpenTelemetry, if it defines one. Durations are in seconds; each lasts from its start until the function is
//! called. No label holds a value that was sent or received.

use tokio::time::Instant;

/// The action that a metric belongs to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Labels<'a> {
    pub(crate) service: &'a str,
    pub(crate) action: &'a str,
}

#[cfg(feature = "metrics")]
mod enabled {
    use ::metrics::{Label, Unit, counter, describe_counter, describe_histogram, histogram};

    use super::{Instant, Labels};

    const CALLS: &str = "rpc.client.call.duration";
    const ATTEMPTS: &str = "tencentcloud.client.attempt.duration";
    const SENT: &str = "tencentcloud.client.attempts";
    const OUTCOMES: &str = "tencentcloud.client.outcomes";
    const WAITS: &str = "tencentcloud.client.throttle.wait.duration";
    const REFRESHES: &str = "tencentcloud.client.credential.refreshes";

    impl Labels<'_> {
        fn all(self) -> Vec<Label> {
            vec![
                Label::from_static_parts("rpc.system.name", "tencentcloud"),
                Label::new("rpc.method", format!("{}/{}", self.service, self.action)),
            ]
        }
    }

    fn with_error(mut labels: Vec<Label>, error: Option<&str>) -> Vec<Label> {
        labels.extend(error.map(|error| Label::new("error.type", error_type(error).to_owned())));
        labels
    }

    /// The value for the label. OpenTelemetry defines `_OTHER` for values that are not known. A server can send any text as a code,
    /// and recorders keep each value of a label.
    fn error_type(error: &str) -> &str {
        let is_code = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        if !error.is_empty() && error.len() <= 128 && error.bytes().all(is_code) { error } else { "_OTHER" }
    }

    pub(crate) fn describe() {
        describe_histogram!(CALLS, Unit::Seconds, "The time of a whole call, including retries and waits.");
        describe_histogram!(
            ATTEMPTS,
            Unit::Seconds,
            "The time of one attempt, from the request to the decoded response."
        );
        describe_counter!(SENT, Unit::Count, "Attempts that were given to the transport.");
        describe_counter!(OUTCOMES, Unit::Count, "Completed calls; error.type is set if the call failed.");
        describe_histogram!(WAITS, Unit::Seconds, "The time that attempts waited for the rate limiter.");
        describe_counter!(REFRESHES, Unit::Count, "Fetched credentials; error.type is set if the fetch failed.");
    }

    pub(crate) fn call(labels: Labels<'_>, started: Instant, error: Option<&str>) {
        let labels = with_error(labels.all(), error);
        histogram!(CALLS, labels.clone()).record(started.elapsed().as_secs_f64());
        counter!(OUTCOMES, labels).increment(1);
    }

    pub(crate) fn attempt(labels: Labels<'_>, started: Instant, error: Option<&str>) {
        counter!(SENT, with_error(labels.all(), error)).increment(1);
        histogram!(ATTEMPTS, with_error(labels.all(), error)).record(started.elapsed().as_secs_f64());
    }

    pub(crate) fn waited(labels: Labels<'_>, started: Instant) {
        histogram!(WAITS, labels.all()).record(started.elapsed().as_secs_f64());
    }

    pub(crate) fn refreshed(failed: bool) {
        let error = failed.then_some("credential");
        counter!(REFRESHES, with_error(Vec::new(), error)).increment(1);
    }
}

#[cfg(feature = "metrics")]
pub(crate) use enabled::{attempt, call, describe, refreshed, waited};

#[cfg(not(feature = "metrics"))]
mod disabled {
    use super::{Instant, Labels};

    pub(crate) fn describe() {}

    pub(crate) fn call(labels: Labels<'_>, _: Instant, _: Option<&str>) {
        let _ = (labels.service, labels.action);
    }

    pub(crate) fn attempt(_: Labels<'_>, _: Instant, _: Option<&str>) {}

    pub(crate) fn waited(_: Labels<'_>, _: Instant) {}

    pub(crate) fn refreshed(_: bool) {}
}

#[cfg(not(feature = "metrics"))]
pub(crate) use disabled::{attempt, call, describe, refreshed, waited};
