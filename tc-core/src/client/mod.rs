//! The client: sends calls and returns their responses.

mod attempt;
mod builder;
mod call_loop;
mod events;
mod interceptor;
mod options;
mod pending;
mod prepare;
mod receiver;
mod sending;
mod settings;
mod skew;
mod token;
mod trace;

use std::fmt;
use std::sync::Arc;

#[cfg(feature = "blocking")]
pub(crate) use builder::private::Sealed;
pub use builder::{BuildClient, ClientBuilder};
pub use events::Events;
pub use interceptor::{Attempt, Interceptor};
pub(crate) use pending::Owned;
pub use pending::PendingCall;
pub use sending::Sending;

use crate::call::Call;
use crate::error::Error;
use crate::provider::HostEnvironment;
use crate::request::Steps;
use crate::timestamp::Timestamp;
use options::CallOptions;
use settings::Settings;

/// A client of the cloud. It is cheap to clone, and can be shared between threads. It needs a tokio runtime with timers and I/O
/// (`enable_all`): on a runtime without them tokio panics, because it has no function to check for them. It can be used from several runtimes at the same time: all clones share one pool of connections per runtime.
///
/// ```no_run
/// use tc_core::{AnyAction, Client};
///
/// # async fn run() -> Result<(), tc_core::Error> {
/// let client = Client::from_env()?;
/// let zones = client.send(&AnyAction::new("cvm", "2017-03-12", "DescribeZones")).await?;
/// println!("{} zones, request {}", zones["TotalCount"], zones.request_id());
/// # Ok(())
/// # }
/// ```
///
/// # Defaults
///
/// | Option | Default | Changed by |
/// |---|---|---|
/// | credentials | the first of environment, profile files, files of the official command line, TKE, CVM role; cached, and refreshed before they expire | [`credential`](ClientBuilder::credential), [`provider`](ClientBuilder::provider), [`profile`](ClientBuilder::profile) |
/// | connecting | 5 s for DNS, TCP and TLS; idle connections are closed after 50 s, before the cloud closes them after 60 s | [`connect_timeout`](ClientBuilder::connect_timeout), [`transport_options`](ClientBuilder::transport_options) |
/// | timeout of an attempt | 30 s, with the body | [`attempt_timeout`](ClientBuilder::attempt_timeout) |
/// | timeout of a call | 60 s, with retries and waits | [`timeout`](ClientBuilder::timeout) |
/// | retries | 3 attempts, as [`RetryPolicy`](crate::RetryPolicy) lists | [`retry`](ClientBuilder::retry) |
/// | calls per second | the documented number; the client waits | [`throttle`](ClientBuilder::throttle) |
/// | maximum response | 64 MiB; gzip may expand 200 times; 100 headers | [`response_limits`](ClientBuilder::response_limits) |
/// | redirects | never followed | |
/// | proxies | those of the environment variables | [`proxy`](ClientBuilder::proxy) |
/// | trusted certificates | the root certificates of Mozilla, and those in the file named by `SSL_CERT_FILE` | [`root_certificate`](ClientBuilder::root_certificate), [`system_roots`](ClientBuilder::system_roots) |
/// | clock | that of the machine, corrected by the time of the server if the cloud rejects a request as expired | [`clock`](ClientBuilder::clock) |
///
/// # Metrics
///
/// With the feature `metrics`, the client records these metrics with the crate `metrics`. Durations are in seconds. The labels
/// are `rpc.system.name`, `rpc.method` (`cvm/DescribeZones`), and for failures `error.type`: the error code of the cloud, or a kind
/// such as `timeout`. A code that is longer than 128 bytes or has other characters than a documented one becomes `_OTHER`.
///
/// | Name | Type and meaning |
/// |---|---|
/// | `rpc.client.call.duration` | histogram: the duration of a whole call, with retries and waits |
/// | `tencentcloud.client.outcomes` | counter: finished calls |
/// | `tencentcloud.client.attempts` | counter: attempts sent |
/// | `tencentcloud.client.attempt.duration` | histogram: the duration of one attempt |
/// | `tencentcloud.client.throttle.wait.duration` | histogram: the time an attempt waited for the rate limiter, also if it could not start |
/// | `tencentcloud.client.credential.refreshes` | counter, with only `error.type`: fetched credentials |
#[derive(Clone)]
pub struct Client {
    settings: Arc<Settings>,
}

impl Client {
    /// Creates a client with the default credentials, the region in `TENCENTCLOUD_REGION` if it is set, and defaults for everything
    /// else.
    ///
    /// This does no I/O: credentials are fetched at the first call.
    ///
    /// # Errors
    /// No transport is compiled in, or the region is invalid.
    pub fn from_env() -> Result<Self, Error> {
        match HostEnvironment::of_process().region().map_err(|error| Error::configuration(error.to_string()))? {
            Some(region) => Self::builder().region(region).build(),
            None => Self::builder().build(),
        }
    }

    /// Returns a builder with the default options.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Sends a call: an action, or [`AnyAction`](crate::AnyAction).
    ///
    /// `send` checks and encodes the call immediately. The future borrows neither the client nor the call, so it can be spawned,
    /// joined and stored.
    ///
    /// # Errors
    /// Those of [`ErrorKind`](crate::ErrorKind). Documented limits and sizes are checked before anything is sent.
    pub fn send<C: Call>(&self, call: &C) -> Sending<C::Response> {
        Sending::new(self, call, &CallOptions::default())
    }

    /// Returns a call with its own options: `client.call(&action).region(..).timeout(..).send()`.
    pub fn call<'a, C: Call>(&'a self, call: &'a C) -> PendingCall<'a, C> {
        PendingCall::new(self, call)
    }

    /// Sends a call whose response is streamed as server-sent events.
    ///
    /// ```no_run
    /// use tc_core::{AnyAction, Client};
    ///
    /// # async fn run(client: Client) -> Result<(), tc_core::Error> {
    /// let question = AnyAction::new("hunyuan", "2023-09-01", "ChatCompletions").params(serde_json::json!({
    ///     "Model": "hunyuan-lite", "Stream": true, "Messages": [{"Role": "user", "Content": "1 + 1?"}],
    /// }));
    /// let mut events = client.events(&question);
    /// while let Some(event) = events.next().await {
    ///     print!("{}", event?["Choices"][0]["Delta"]["Content"]);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn events<C: Call>(&self, call: &C) -> Events<C::Response> {
        Events::new(self, call, &CallOptions::default())
    }

    /// Returns the steps of the signature that this call would have at the time `at`, for debugging. They do not contain the
    /// SecretKey.
    ///
    /// This does no I/O, so the client needs a credential set with [`credential`](ClientBuilder::credential), not a provider.
    ///
    /// # Errors
    /// Those of [`send`](Self::send) that occur before anything is sent, and a client without such a credential.
    pub fn sign<C: Call>(&self, call: &C, at: impl Into<Timestamp>) -> Result<Steps, Error> {
        self.steps(call, &CallOptions::default(), at.into())
    }

    fn steps<C: Call>(&self, call: &C, options: &CallOptions, at: Timestamp) -> Result<Steps, Error> {
        let prepared = prepare::prepare(&self.settings, call, options)?;
        attempt::steps(&self.settings, &prepared, at)
    }
}

/// Returns the signed request of a call at the time `at`, without I/O. For the benchmarks.
///
/// # Errors
/// Those of [`Client::sign`].
#[doc(hidden)]
pub fn request<C: Call>(
    client: &Client,
    call: &C,
    at: Timestamp,
    checked: bool,
) -> Result<http::Request<bytes::Bytes>, Error> {
    let options = CallOptions { unchecked: !checked, ..CallOptions::default() };
    let prepared = prepare::prepare(&client.settings, call, &options)?;
    attempt::request(&client.settings, &prepared, at)
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.fmt(f)
    }
}
