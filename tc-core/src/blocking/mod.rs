//! A client for programs without async (feature `blocking`).
//!
//! It runs the asynchronous [`Client`](crate::Client) on a separate tokio runtime with one thread, so both clients have the same
//! options and the same behaviour. It can be used from any thread, also in a program that has other runtimes.
//!
//! ```
//! use tc_core::blocking::Client;
//! use tc_core::transport::Replay;
//! use tc_core::{AnyAction, Credential};
//!
//! let client = Client::builder()
//!     .credential(Credential::new("AKIDEXAMPLE", "EXAMPLEKEY"))
//! #   .transport(Replay::new([r#"{"Response":{"TotalCount":3,"RequestId":"r-1"}}"#]))
//!     .build()?;
//! let zones = client.send(&AnyAction::new("cvm", "2017-03-12", "DescribeZones"))?;
//! println!("{} zones, request {}", zones["TotalCount"], zones.request_id());
//! # Ok::<(), tc_core::Error>(())
//! ```
//!
//! # Async code
//! A thread that polls futures must not be blocked: its other futures would stop, and a call could wait for one of them without
//! end. So a call inside a tokio task returns an error, and nothing is sent. Use [`tc_core::Client`](crate::Client) there, or make
//! the call in `tokio::task::spawn_blocking`. Other runtimes, and `tokio::task::unconstrained`, are not detected.

mod iter;
mod pending;
mod runtime;

use std::fmt;
use std::sync::Arc;

pub use iter::{Chunked, Events, Items, Pages};
pub use pending::PendingCall;
use runtime::Background;

use crate::action::Action;
use crate::call::Call;
use crate::client::{BuildClient, Client as AsyncClient, ClientBuilder, Sealed};
use crate::error::Error;
use crate::page::PagedCall;
use crate::request::Steps;
use crate::response::Response;
use crate::timestamp::Timestamp;

/// A client whose calls block until the response has arrived. Cheap to clone, and can be shared between threads.
///
/// See the [module](self) for an example, and [`tc_core::Client`](crate::Client) for the defaults of its options.
#[derive(Clone)]
pub struct Client {
    inner: AsyncClient,
    runtime: Arc<Background>,
}

impl Client {
    /// Creates a client with the credentials of the environment: see [`Client::from_env`](crate::Client::from_env).
    ///
    /// # Errors
    /// As [`ClientBuilder::build`].
    pub fn from_env() -> Result<Self, Error> {
        Self::from_client(AsyncClient::from_env()?)
    }

    /// Creates a builder. Every option has a default.
    pub fn builder() -> ClientBuilder<Self> {
        AsyncClient::builder().blocking()
    }

    /// Sends a call and returns its response.
    ///
    /// # Errors
    /// As [`Client::send`](crate::Client::send). Also inside async code.
    pub fn send<C: Call>(&self, call: &C) -> Result<Response<C::Response>, Error> {
        self.call(call).send()
    }

    /// A call with separate options: `client.call(&action).region(..).timeout(..).send()`.
    pub fn call<'a, C: Call>(&'a self, call: &'a C) -> PendingCall<'a, C> {
        PendingCall::new(&self.runtime, self.inner.call(call))
    }

    /// Iterates over the pages of a call.
    ///
    /// ```no_run
    /// # mod demo {
    /// # use tc_core::{tc_action, tc_model};
    /// # #[tc_action(service = "cvm", version = "2017-03-12", response = Found, page(total = total_count, items = key_pair_set))]
    /// # #[derive(Default)]
    /// # pub struct DescribeKeyPairs { pub offset: Option<u64>, #[tc(range = ..=100)] pub limit: Option<u64> }
    /// # #[tc_model] pub struct Found { pub total_count: u64, pub key_pair_set: Vec<KeyPair> }
    /// # #[tc_model] pub struct KeyPair { pub key_id: String }
    /// # }
    /// # use demo::DescribeKeyPairs;
    /// # fn run(client: tc_core::blocking::Client) -> Result<(), tc_core::Error> {
    /// for page in client.pages(&DescribeKeyPairs::default()) {
    ///     println!("{} key pairs", page?.key_pair_set.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages<C: PagedCall>(&self, call: &C) -> Pages<C> {
        self.call(call).pages()
    }

    /// Iterates over the items of all pages of a call.
    pub fn items<C: PagedCall>(&self, call: &C) -> Items<C> {
        self.call(call).items()
    }

    /// Iterates over the events of a streamed response: see [`Client::events`](crate::Client::events).
    ///
    /// ```no_run
    /// # fn run(client: tc_core::blocking::Client) -> Result<(), tc_core::Error> {
    /// use tc_core::AnyAction;
    ///
    /// let question = AnyAction::new("hunyuan", "2023-09-01", "ChatCompletions").params(serde_json::json!({
    ///     "Model": "hunyuan-lite", "Stream": true, "Messages": [{"Role": "user", "Content": "1 + 1?"}],
    /// }));
    /// for event in client.events(&question) {
    ///     print!("{}", event?["Choices"][0]["Delta"]["Content"]);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn events<C: Call>(&self, call: &C) -> Events<C::Response> {
        self.call(call).events()
    }

    /// Sends an action whose list is longer than the limit as several calls: see [`Client::chunked`](crate::Client::chunked).
    pub fn chunked<A: Action + Clone, I>(&self, action: &A, list: fn(&mut A) -> &mut Vec<I>) -> Chunked<A> {
        self.call(action).chunked(list)
    }

    /// Computes the steps of the signature of a call: see [`Client::sign`](crate::Client::sign).
    ///
    /// # Errors
    /// As [`Client::sign`](crate::Client::sign).
    pub fn sign<C: Call>(&self, call: &C, at: impl Into<Timestamp>) -> Result<Steps, Error> {
        self.inner.sign(call, at)
    }
}

impl ClientBuilder {
    /// Keeps the options, but builds a client whose calls block: `build` returns a [`blocking::Client`](Client).
    ///
    /// ```
    /// let client: tc_core::blocking::Client = tc_core::Client::builder().blocking().build()?;
    /// # Ok::<(), tc_core::Error>(())
    /// ```
    pub fn blocking(self) -> ClientBuilder<Client> {
        self.builds()
    }
}

impl Sealed for Client {}

impl BuildClient for Client {
    fn from_client(inner: AsyncClient) -> Result<Self, Error> {
        Ok(Self { inner, runtime: Arc::new(Background::start()?) })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
