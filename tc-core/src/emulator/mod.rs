//! A server on 127.0.0.1 that behaves like the cloud's API gateway, for tests and local development.
//!
//! It verifies signatures, checks parameters against the spec, calls typed handlers, records requests, and injects faults. It is
//! implemented separately from the client, from the documentation of the protocol, so a bug in one is not hidden by the same bug
//! in the other.
//!
//! ```
//! use tc_core::emulator::{Emulator, Fault};
//! use tc_core::{request, tc_action, tc_model};
//!
//! #[tc_action(service = "cvm", version = "2017-03-12", response = Found)]
//! struct DescribeKeyPairs {
//!     #[tc(range = ..=100)]
//!     limit: Option<u64>,
//! }
//!
//! #[tc_model]
//! struct Found {
//!     total_count: u64,
//! }
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! # runtime.block_on(async {
//! let emulator = Emulator::start().await?;
//! emulator.on::<DescribeKeyPairs>(|request| Found::new(request.limit.unwrap_or(3)));
//! emulator.inject(Fault::ResetAfterRequest);
//!
//! let pairs = emulator.client().send(&request!(DescribeKeyPairs { limit: 5 })).await?;
//! assert_eq!((pairs.total_count, pairs.attempts()), (5, 2));
//! assert_eq!(emulator.received()[0].fault, Some(Fault::ResetAfterRequest));
//! assert_eq!(emulator.received()[1].params["Limit"], 5);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it checks, in this order
//!
//! | Check | Error code |
//! |---|---|
//! | the method is GET or POST | `UnsupportedProtocol` |
//! | `Authorization` is complete; the signed headers include `content-type` and `host` | `AuthFailure.InvalidAuthorization` |
//! | at most 32 KB of query and 10 MB of body; 1 MB with signature v1 | `RequestSizeLimitExceeded`; `AuthFailure.SignatureFailure` with v1 |
//! | action, version and timestamp are present | `MissingParameter` |
//! | the timestamp is within 300 s of the [clock](Emulator::freeze_clock) | `AuthFailure.SignatureExpire` |
//! | the SecretId is [registered](Emulator::add_key) | `AuthFailure.SecretIdNotFound` |
//! | the signature matches the received bytes, including the host and its port | `AuthFailure.SignatureFailure` |
//! | the token belongs to the key and has not [expired](Emulator::expire_key) | `AuthFailure.TokenFailure` |
//! | the path is `/` | `InvalidRequest` |
//! | service, version and action are [registered](Emulator::register) | `NoSuchProduct`, `NoSuchVersion`, `InvalidAction` |
//! | the action accepts the Content-Type | `UnsupportedProtocol`, `InvalidRequest` |
//! | every parameter is documented, and every required parameter is present | `UnknownParameter`, `MissingParameter` |
//! | every value has the documented type; numbers and booleans may be written as text | `InvalidParameter` |
//! | every value is within its limits | `InvalidParameterValue` |
//! | the documented calls per second, if they are [enforced](Emulator::enforce_rates) | `RequestLimitExceeded` |
//!
//! The official clients sign only `content-type;host`; this is accepted too. The emulator also works as an HTTP proxy for itself:
//! it answers requests in absolute form and CONNECT tunnels for any host. With [TLS](EmulatorBuilder::tls), it serves HTTPS, also
//! inside the tunnels. Regions, permissions and quotas are not emulated.
//!
//! If a handler, an observer or a [`Directory`] panics, for example because of an `assert!`, the client gets an error response with
//! the code `FailedOperation.Panic` and the text of the panic. The client does not retry it. The emulator continues to work.

mod answer;
mod auth_tc3;
mod auth_v1;
mod body;
mod builder;
mod cloud;
mod directory;
mod faults;
mod forms;
mod gateway;
mod handlers;
mod limits;
mod panics;
mod parameters;
mod record;
mod request;
mod server;
mod socket;
mod tls;

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio::task::JoinHandle;

pub use builder::EmulatorBuilder;
pub use directory::{Directory, Unknown};
pub use faults::{Fault, Injection};
pub use handlers::{ErrorResponse, Handle, Reply};
pub use record::Received;

use crate::action::Action;
use crate::client::{Client, ClientBuilder};
use crate::spec::ActionSpec;
use crate::transport::Proxy;
use cloud::{Cloud, Key, KnownAction, lock};

/// The SecretId that an emulator accepts by default; the example of the official documentation.
pub const SECRET_ID: &str = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";

/// The SecretKey of [`SECRET_ID`].
pub const SECRET_KEY: &str = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";

/// A server on 127.0.0.1 that behaves like the API gateway. Dropping it closes its port and all its connections.
pub struct Emulator {
    cloud: Arc<Cloud>,
    url: String,
    /// The certificates that its clients trust, in PEM, if it serves HTTPS.
    certificates: Option<Bytes>,
    key: (String, String, Option<String>),
    serving: JoinHandle<()>,
}

impl Emulator {
    /// Starts an emulator on a free port of 127.0.0.1, with the key [`SECRET_ID`] and without actions.
    ///
    /// # Errors
    /// If no port can be opened.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Creates a builder with options for keys, port, clock, random seed and rates.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::default()
    }

    /// The URL that it listens on: `http://127.0.0.1:40123`, or `https://…` [with TLS](EmulatorBuilder::tls).
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its host and port, as in a Host header: `127.0.0.1:40123`.
    pub fn host(&self) -> &str {
        self.url.split_once("://").map_or(&*self.url, |(_, host)| host)
    }

    /// Creates a client for this emulator, with the first of its keys.
    pub fn client(&self) -> Client {
        self.client_builder().build().unwrap_or_else(|error| {
            unreachable!(
                "key and certificates were checked at the start, and the feature includes a transport: {error}"
            )
        })
    }

    /// Creates a [`ClientBuilder`] for this emulator, to set more options. Its client trusts the certificate of the emulator.
    pub fn client_builder(&self) -> ClientBuilder {
        let (secret_id, secret_key, token) = &self.key;
        let credential = builder::credential(secret_id, secret_key, token.as_deref());
        // A proxy from the environment usually cannot reach 127.0.0.1 of this machine.
        let builder = Client::builder().endpoint(self.url()).credential(credential).proxy(Proxy::None);
        match &self.certificates {
            Some(certificates) => builder.root_certificate(certificates.clone()),
            None => builder,
        }
    }

    /// Registers `A` with a handler: a function that takes the request and returns the response, a `Result`, or a [`Reply`].
    ///
    /// If it panics, the client gets an error with the code `FailedOperation.Panic`, which it does not retry.
    pub fn on<A: Action>(&self, handler: impl Handle<A>) -> &Self {
        let (spec, handler) = (A::SPEC, handlers::typed::<A>(handler));
        self.known(spec.service, spec.version, spec.name, |known| {
            *known = KnownAction { spec: Some(spec), handler: Some(handler) };
        })
    }

    /// Registers `A`: its requests are checked against the spec. The response is that of the handler, if [`on`](Self::on) or
    /// [`answer`](Self::answer) sets one before or after, and otherwise has only a RequestId.
    pub fn register<A: Action>(&self) -> &Self {
        self.register_spec(&A::SPEC)
    }

    /// Registers the action of a spec, as [`register`](Self::register) does.
    pub fn register_spec(&self, spec: &ActionSpec) -> &Self {
        self.known(spec.service, spec.version, spec.name, |known| known.spec = Some(*spec))
    }

    /// Sets the handler of an action by its name: `handler` takes the parameters as JSON and returns the `Response` object.
    ///
    /// The parameters are checked only if the action is also [registered](Self::register), before or after. The parameters of a
    /// query are all text.
    pub fn answer<R: Into<Reply<Value>>>(
        &self,
        service: &str,
        version: &str,
        action: &str,
        handler: impl Fn(Value) -> R + Send + Sync + 'static,
    ) -> &Self {
        self.known(service, version, action, |known| known.handler = Some(handlers::untyped(handler)))
    }

    /// Changes the spec or the handler of an action, which is added if it does not exist.
    fn known(&self, service: &str, version: &str, action: &str, change: impl FnOnce(&mut KnownAction)) -> &Self {
        let name = (service.to_owned(), version.to_owned(), action.to_owned());
        change(lock(&self.cloud.actions).entry(name).or_default());
        self
    }

    /// Injects a fault into the next call, or into the calls that the [`Injection`] selects. Faults apply in the order of injection.
    pub fn inject(&self, fault: impl Into<Injection>) -> &Self {
        self.cloud.inject(fault.into());
        self
    }

    /// Removes all faults that have not been used yet.
    pub fn clear_faults(&self) {
        self.cloud.clear_faults();
    }

    /// All requests received so far, in the order of arrival.
    ///
    /// For a request that failed a check, the body is not kept, and parameters only up to 64 KB. Of all failed requests together
    /// about 64 MB are kept, the newest ones.
    pub fn received(&self) -> Vec<Received> {
        lock(&self.cloud.received).requests.clone()
    }

    /// Removes all recorded requests.
    pub fn clear_received(&self) {
        lock(&self.cloud.received).clear();
    }

    /// The number of connections opened so far.
    pub fn connections(&self) -> u64 {
        self.cloud.connections.load(Ordering::Relaxed)
    }

    /// Adds a key without a token.
    pub fn add_key(&self, secret_id: &str, secret_key: &str) -> &Self {
        self.insert_key(secret_id, secret_key, None)
    }

    /// Adds a temporary key; its requests must contain the token.
    pub fn add_temporary_key(&self, secret_id: &str, secret_key: &str, token: &str) -> &Self {
        self.insert_key(secret_id, secret_key, Some(token.to_owned()))
    }

    fn insert_key(&self, secret_id: &str, secret_key: &str, token: Option<String>) -> &Self {
        let key = Key { secret: secret_key.to_owned(), token, expired: false };
        lock(&self.cloud.keys).insert(secret_id.to_owned(), key);
        self
    }

    /// Marks a key as expired: its requests fail with `AuthFailure.TokenFailure` from now on.
    pub fn expire_key(&self, secret_id: &str) {
        if let Some(key) = lock(&self.cloud.keys).get_mut(secret_id) {
            key.expired = true;
        }
    }

    /// Deletes a key: its requests fail with `AuthFailure.SecretIdNotFound` from now on.
    pub fn delete_key(&self, secret_id: &str) {
        lock(&self.cloud.keys).remove(secret_id);
    }

    /// Stops the clock at this instant; `None` lets it run again.
    pub fn freeze_clock(&self, at: Option<DateTime<Utc>>) {
        self.cloud.freeze(at.map(|at| at.timestamp()));
    }

    /// Sets the running clock ahead of the system clock by this many seconds.
    pub fn shift_clock(&self, seconds: i64) {
        self.cloud.shift(seconds);
    }

    /// Sets whether the documented calls per second are enforced, for each key and action in each second of the clock.
    pub fn enforce_rates(&self, enforce: bool) {
        self.cloud.enforce_rates.store(enforce, Ordering::Relaxed);
    }

    /// Closes all idle connections, as servers do after a while.
    pub fn close_idle_connections(&self) {
        self.cloud.sweep.send_modify(|sweeps| *sweeps += 1);
    }

    /// With `false`, closes the port, so that new connections are refused; with `true`, opens the same port again.
    ///
    /// Takes effect when the task of the emulator runs next.
    pub fn set_listening(&self, listen: bool) {
        self.cloud.listening.send_replace(listen);
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator").field("url", &self.url).finish_non_exhaustive()
    }
}
