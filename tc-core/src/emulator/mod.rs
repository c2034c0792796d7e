//! A cloud on loopback: verifies, checks and answers like the gateway, remembers what it received, and fails on request.
//!
//! It reads requests on its own, by the protocol's documents, and shares no code with what signs and encodes them; so
//! what it accepts is right twice.
//!
//! ```
//! use tc_core::emulator::{Emulator, Fault};
//! use tc_core::{request, tc_action, tc_model};
//!
//! #[tc_action(service = "cvm", version = "2017-03-12", response = Zones)]
//! struct DescribeZones {
//!     #[tc(range = ..=100)]
//!     limit: Option<u64>,
//! }
//!
//! #[tc_model]
//! struct Zones {
//!     total_count: u64,
//! }
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! # runtime.block_on(async {
//! let emulator = Emulator::start().await?;
//! emulator.on::<DescribeZones>(|request| Zones::new(request.limit.unwrap_or(3)));
//! emulator.inject(Fault::ResetAfterRequest);
//!
//! let zones = emulator.client().send(&request!(DescribeZones { limit: 5 })).await?;
//! assert_eq!((zones.total_count, zones.attempts()), (5, 2));
//! assert_eq!(emulator.received()[0].fault, Some(Fault::ResetAfterRequest));
//! assert_eq!(emulator.received()[1].params["Limit"], 5);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it checks, in this order
//!
//! | What | Refused with |
//! |---|---|
//! | the method is GET or POST | `UnsupportedProtocol` |
//! | `Authorization` is whole; what is signed includes `content-type` and `host` | `AuthFailure.InvalidAuthorization` |
//! | 32 KB of query, 10 MB of body; 1 MB with signature v1 | `RequestSizeLimitExceeded`; `AuthFailure.SignatureFailure` with v1 |
//! | action, version and timestamp are there | `MissingParameter` |
//! | the timestamp is within 300 s of the [clock](Emulator::freeze_clock) | `AuthFailure.SignatureExpire` |
//! | the SecretId is [known](Emulator::add_key) | `AuthFailure.SecretIdNotFound` |
//! | the signature is that of the bytes received, the host with its port among them | `AuthFailure.SignatureFailure` |
//! | the token is the key's, and has not [expired](Emulator::expire_key) | `AuthFailure.TokenFailure` |
//! | the path is `/` | `InvalidRequest` |
//! | service, version and action are [known](Emulator::register) | `NoSuchProduct`, `NoSuchVersion`, `InvalidAction` |
//! | the Content-Type is one the action takes | `UnsupportedProtocol`, `InvalidRequest` |
//! | every parameter is documented, and every required one there | `UnknownParameter`, `MissingParameter` |
//! | each has its type, or is a number or boolean written as text | `InvalidParameter` |
//! | each keeps its limits | `InvalidParameterValue` |
//! | the documented calls per second, where [enforced](Emulator::enforce_rates) | `RequestLimitExceeded` |
//!
//! It takes `content-type;host` as signed headers too, as the official clients sign, and is its own proxy: requests in
//! absolute form and tunnels by CONNECT reach it whatever host they name. It knows no regions, permissions or quotas.

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

mod parameters;
mod record;
mod request;
mod server;
mod socket;

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

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

/// The SecretId every emulator knows unless told otherwise; the documents' own example.
pub const SECRET_ID: &str = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";

/// The SecretKey of [`SECRET_ID`].
pub const SECRET_KEY: &str = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";

/// A cloud on loopback, until it is dropped: then its port and all its connections close.
pub struct Emulator {
    cloud: Arc<Cloud>,
    url: String,
    key: (String, String, Option<String>),
    serving: JoinHandle<()>,
}

impl Emulator {
    /// A cloud on a free port of 127.0.0.1, which knows one key and no action yet.
    ///
    /// # Errors
    /// Where there is no port to be had.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// A cloud with keys, a clock or dice of your own.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::default()
    }

    /// Where it listens: `http://127.0.0.1:40123`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where it listens, as the Host header says it: `127.0.0.1:40123`.
    pub fn host(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// A client of this cloud, with the key it knows.
    pub fn client(&self) -> Client {
        self.client_builder().build().unwrap_or_else(|error| {
            unreachable!("the key was checked at the start, the URL is the emulator's own, and its feature brings a transport: {error}")
        })
    }

    /// The same with options of your own.
    pub fn client_builder(&self) -> ClientBuilder {
        let (secret_id, secret_key, token) = &self.key;
        let credential = builder::credential(secret_id, secret_key, token.as_deref());
        // No proxy of the environment leads to this machine's loopback.
        Client::builder().endpoint(self.url()).credential(credential).proxy(Proxy::None)
    }

    /// Answers `A` with `handler`: a function from the request to its response, to a `Result` of it, or to a [`Reply`].
    pub fn on<A: Action>(&self, handler: impl Handle<A>) -> &Self {
        self.insert_action(&A::SPEC, KnownAction { spec: Some(A::SPEC), handler: Some(handlers::typed::<A>(handler)) });
        self
    }

    /// Knows `A`: checks its requests against the spec and answers with nothing but a RequestId.
    pub fn register<A: Action>(&self) -> &Self {
        self.insert_action(&A::SPEC, KnownAction { spec: Some(A::SPEC), handler: None });
        self
    }

    /// Knows the action of this spec: checks its requests, and answers with nothing but a RequestId, or as
    /// [`answer`](Self::answer) said before.
    pub fn register_spec(&self, spec: &ActionSpec) -> &Self {
        let name = (spec.service.to_owned(), spec.version.to_owned(), spec.name.to_owned());
        lock(&self.cloud.actions).entry(name).or_default().spec = Some(*spec);
        self
    }

    /// Answers an action without types: `handler` gets the parameters as JSON and gives the `Response` object.
    ///
    /// Nothing is known of its parameters, so any are taken; those of a query are all text.
    pub fn answer<R: Into<Reply<Value>>>(
        &self,
        service: &str,
        version: &str,
        action: &str,
        handler: impl Fn(Value) -> R + Send + Sync + 'static,
    ) -> &Self {
        let name = (service.to_owned(), version.to_owned(), action.to_owned());
        lock(&self.cloud.actions).insert(name, KnownAction { spec: None, handler: Some(handlers::untyped(handler)) });
        self
    }

    fn insert_action(&self, spec: &ActionSpec, known: KnownAction) {
        let name = (spec.service.to_owned(), spec.version.to_owned(), spec.name.to_owned());
        lock(&self.cloud.actions).insert(name, known);
    }

    /// Lets something go wrong: with the next call, unless the fault says otherwise. Faults strike in the order of injection.
    pub fn inject(&self, fault: impl Into<Injection>) -> &Self {
        self.cloud.inject(fault.into());
        self
    }

    /// Takes back all faults that have not struck yet.
    pub fn clear_faults(&self) {
        self.cloud.clear_faults();
    }

    /// Everything that arrived so far, in the order of arrival.
    ///
    /// Of refused requests, which anybody can send, neither the body nor parameters of more than 64 KB are kept, and of
    /// very many (about 64 MB of them) only the newer ones.
    pub fn received(&self) -> Vec<Received> {
        lock(&self.cloud.received).requests.clone()
    }

    /// Forgets what arrived so far.
    pub fn clear_received(&self) {
        lock(&self.cloud.received).clear();
    }

    /// How many connections were opened so far.
    pub fn connections(&self) -> u64 {
        self.cloud.connections.load(Ordering::Relaxed)
    }

    /// Knows this key too, without a token.
    pub fn add_key(&self, secret_id: &str, secret_key: &str) -> &Self {
        self.insert_key(secret_id, secret_key, None)
    }

    /// Knows this temporary key too, whose requests need its token.
    pub fn add_temporary_key(&self, secret_id: &str, secret_key: &str, token: &str) -> &Self {
        self.insert_key(secret_id, secret_key, Some(token.to_owned()))
    }

    fn insert_key(&self, secret_id: &str, secret_key: &str, token: Option<String>) -> &Self {
        let key = Key { secret: secret_key.to_owned(), token, expired: false };
        lock(&self.cloud.keys).insert(secret_id.to_owned(), key);
        self
    }

    /// Lets a key expire: from now on its requests get `AuthFailure.TokenFailure`.
    pub fn expire_key(&self, secret_id: &str) {
        if let Some(key) = lock(&self.cloud.keys).get_mut(secret_id) {
            key.expired = true;
        }
    }

    /// Deletes a key: from now on its requests get `AuthFailure.SecretIdNotFound`.
    pub fn delete_key(&self, secret_id: &str) {
        lock(&self.cloud.keys).remove(secret_id);
    }

    /// Stops the clock at this instant; with `None` it runs again.
    pub fn freeze_clock(&self, at: Option<DateTime<Utc>>) {
        self.cloud.freeze(at.map(|at| at.timestamp()));
    }

    /// Puts the running clock ahead of the clock of the system by this many seconds.
    pub fn shift_clock(&self, seconds: i64) {
        self.cloud.shift(seconds);
    }

    /// Whether the documented calls per second of each action are enforced, by key, in each second of the clock.
    pub fn enforce_rates(&self, enforce: bool) {
        self.cloud.enforce_rates.store(enforce, Ordering::Relaxed);
    }

    /// Closes every connection that is not amid a request, as servers do with idle ones.
    pub fn close_idle_connections(&self) {
        self.cloud.sweep.send_modify(|sweeps| *sweeps += 1);
    }

    /// Stops listening, so that new connections are refused, or listens at the same port again.
    ///
    /// Takes effect as soon as the emulator's task runs.
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
