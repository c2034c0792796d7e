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

/// A client of the cloud: cheap to clone, safe to share. It needs a tokio runtime with timers and I/O (`enable_all`), and is
/// usable from any number of them at once: each has its own pool of connections, which all clones share.
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
/// # What it does if nothing is said
///
/// | Matter | Default | Changed by |
/// |---|---|---|
/// | credentials | the first of environment, profile files, the command line's files, TKE, CVM role; kept and refreshed ahead of expiry | [`credential`](ClientBuilder::credential), [`provider`](ClientBuilder::provider), [`profile`](ClientBuilder::profile) |
/// | connecting | 5 s for name, connection and TLS; idle connections are dropped after 50 s, before the cloud's 60 | [`connect_timeout`](ClientBuilder::connect_timeout), [`transport_options`](ClientBuilder::transport_options) |
/// | an attempt | 30 s, the body included | [`attempt_timeout`](ClientBuilder::attempt_timeout) |
/// | a call | 60 s, retries and waits included | [`timeout`](ClientBuilder::timeout) |
/// | retries | 3 attempts, as [`RetryPolicy`](crate::RetryPolicy) lists | [`retry`](ClientBuilder::retry) |
/// | calls per second | those documented, kept by waiting | [`throttle`](ClientBuilder::throttle) |
/// | a response | 64 MiB, gzip up to 200 times its size, 100 headers | [`response_limits`](ClientBuilder::response_limits) |
/// | redirects | never followed | |
/// | proxies | those of the environment | [`proxy`](ClientBuilder::proxy) |
/// | trust | Mozilla's authorities, and those of the file that `SSL_CERT_FILE` names | [`root_certificate`](ClientBuilder::root_certificate), [`system_roots`](ClientBuilder::system_roots) |
/// | the clock | the machine's, set right by the cloud's word where it is refused | [`clock`](ClientBuilder::clock) |
/// # Metrics
///
/// With the feature `metrics`, the crate `metrics` is told the following. Durations are in seconds. The labels are `rpc.system`,
/// `rpc.service`, `rpc.method`, and `error.type` where something failed: the cloud's code, or a word such as `timeout`.
///
/// | Name | What |
/// |---|---|
/// | `rpc.client.call.duration` | histogram: a whole call, retries and waits included |
/// | `tencentcloud.client.outcomes` | counter: calls that ended |
/// | `tencentcloud.client.attempts` | counter: attempts that were sent |
/// | `tencentcloud.client.attempt.duration` | histogram: one attempt |
/// | `tencentcloud.client.throttle.wait.duration` | histogram: the wait for the rate limiter before an attempt |
/// | `tencentcloud.client.credential.refreshes` | counter, with `error.type` alone: credentials that were fetched |
#[derive(Clone)]
pub struct Client {
    settings: Arc<Settings>,
}

impl Client {
    /// A client with the credentials of the environment, the region of `TENCENTCLOUD_REGION` if there is one, and defaults
    /// for everything else.
    ///
    /// No I/O happens here: where the credentials come from is asked at the first call.
    ///
    /// # Errors
    /// No transport was built in; a region that cannot be used.
    pub fn from_env() -> Result<Self, Error> {
        match HostEnvironment::of_process().region().map_err(|error| Error::configuration(error.to_string()))? {
            Some(region) => Self::builder().region(region).build(),
            None => Self::builder().build(),
        }
    }

    /// The options of a client, each with a default.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Sends a call: every action, and [`AnyAction`](crate::AnyAction).
    ///
    /// The call is checked and encoded at once; the future borrows neither the client nor the call, so it can be
    /// spawned, joined and stored.
    ///
    /// # Errors
    /// [`ErrorKind`](crate::ErrorKind) lists them. Documented limits and sizes are checked before anything is sent.
    pub fn send<C: Call>(&self, call: &C) -> Sending<C::Response> {
        Sending::new(self, call, &CallOptions::default())
    }

    /// A call with options of its own: `client.call(&action).region(..).timeout(..).send()`.
    pub fn call<'a, C: Call>(&'a self, call: &'a C) -> PendingCall<'a, C> {
        PendingCall::new(self, call)
    }

    /// Sends a call whose answer is streamed, as server-sent events.
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

    /// The steps of the signature this call would be sent with at the time `at`, for those who debug one. The secret
    /// appears in none of them.
    ///
    /// The client's own credential is needed: with credentials from elsewhere nothing can be signed without I/O.
    ///
    /// # Errors
    /// What [`send`](Self::send) refuses before anything is sent, and a client without a credential of its own.
    pub fn sign<C: Call>(&self, call: &C, at: impl Into<Timestamp>) -> Result<Steps, Error> {
        self.steps(call, &CallOptions::default(), at.into())
    }

    fn steps<C: Call>(&self, call: &C, options: &CallOptions, at: Timestamp) -> Result<Steps, Error> {
        let prepared = prepare::prepare(&self.settings, call, options)?;
        attempt::steps(&self.settings, &prepared, at)
    }
}

/// The request that a call is sent as, signed for the time `at` without any I/O: what the benchmarks time.
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
