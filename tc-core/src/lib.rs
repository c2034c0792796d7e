//! A client for Tencent Cloud API 3.0: annotated structs become checked and signed calls.
//!
//! # Overview
//!
//! [`#[tc_action]`](tc_action) on a request struct generates a spec (an [`ActionSpec`](spec::ActionSpec) with names, types, limits,
//! defaults and error codes) and calls into this crate. [`request!`] creates a value of the struct, and the compiler checks its
//! literals against the spec. [`Client::send`] does the rest:
//!
//! - It checks all values against the same spec, before any I/O.
//! - It encodes the request as JSON or as a query (`PersonIds.0`), signs it (TC3-HMAC-SHA256, or signature v1), and sends it.
//! - It decodes the response: strictly first, and leniently once if a member does not have its documented type. Each such member is
//!   reported as a [`Coercion`].
//!
//! The compiler checks values, but not whether the cloud has a parameter or member of that name. [`Response::missing`] and
//! [`Response::unread`] return the members of a response that differ, and [`ClientBuilder::strict_answers`] makes them errors in
//! tests. With the key `verify` of [`#[tc_action]`](tc_action) and [`#[tc_model]`](tc_model), the compiler also compares names,
//! types and limits with the catalog (feature `catalog`).
//!
//! ```
//! use tc_core::emulator::Emulator;
//! use tc_core::{request, tc_action, tc_model};
//!
//! /// Lists the SSH key pairs of a region.
//! #[tc_action(service = "cvm", version = "2017-03-12")]
//! pub struct DescribeKeyPairs {
//!     /// How many key pairs to return.
//!     #[tc(range = 1..=100, default = 20)]
//!     pub limit: Option<u64>,
//! }
//!
//! #[tc_model]
//! pub struct DescribeKeyPairsResponse {
//!     /// The total number of key pairs.
//!     pub total_count: u64,
//! }
//!
//! # tc_core::tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! // A server on this machine that verifies signatures and checks parameters, with code that is independent of the client.
//! let emulator = Emulator::start().await?;
//! emulator.on::<DescribeKeyPairs>(|request| DescribeKeyPairsResponse::new(request.limit.unwrap_or(20)));
//!
//! let pairs = emulator.client().send(&request!(DescribeKeyPairs { limit: 7 })).await?;
//! assert_eq!(pairs.total_count, 7);
//! assert!(!pairs.request_id().is_empty());
//!
//! // `limit: 101` in `request!` does not compile. A value at run time is checked before anything is sent.
//! let error = emulator.client().send(&DescribeKeyPairs::new().limit(101)).await.unwrap_err();
//! assert_eq!(error.to_string(), "DescribeKeyPairs: `Limit` is 101; 1 to 100 is accepted");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to look
//!
#![cfg_attr(
    all(feature = "catalog", feature = "emulator"),
    doc = "The [guide] has a page for each task: credentials, errors, network, logging, testing, paging, limits, other SDKs.\n"
)]
//!
//! | To | See |
//! |---|---|
//! | define actions, models and error codes | [`tc_action`], [`tc_model`], [`tc_error`] |
//! | create requests | [`request!`] |
//! | send requests | [`Client`], [`ClientBuilder`], [`AnyAction`]; without async: the module `blocking` (feature `blocking`) |
//! | read responses and errors | [`Response`], [`Error`] |
//! | provide credentials | [`Credential`], [`provider`] |
//! | test | the module `emulator` (feature `emulator`), [`transport::Replay`], [`encode_json`], [`encode_query`] |
//! | see the steps of a signature | [`Client::sign`], [`PendingCall::sign`], [`signing`] |
//!
//! # Features
//!
//! | Feature | What it adds |
//! |---|---|
//! | `reqwest` (default) | the transport on reqwest, rustls and ring, with HTTP and SOCKS proxies, which may be set by environment variables |
//! | `hyper` | a leaner transport on hyper-util, rustls and ring; it has no proxies, and an error is returned if an environment variable sets one |
//! | `native-roots` | the root certificates of the operating system, for `system_roots()` |
//! | `catalog` | the specs of all actions: `import!`, `verify`, `AnyAction::from_catalog` |
//! | `blocking` | `blocking::Client`, for programs without async |
//! | `metrics` | counters and histograms for the crate `metrics`: see [`Client`] |
//! | `tower` | `transport::TransportService` and `transport::ServiceTransport`: layers around each attempt |
//! | `emulator` | a server on this machine that behaves like the cloud, for development and tests |

#[doc(hidden)]
pub mod __private;

// Helpers without knowledge of the cloud.
mod cache;
mod deadline;
mod meter;
mod text;
mod timestamp;

// Credentials and regions.
mod credential;
mod region;

// Specs.
pub mod spec;

// Error codes, and the values of structs.
mod error_code;
pub mod model;

// Bodies, queries, and signatures.
mod payload;
pub mod signing;

// Actions, and the hosts of services.
mod action;
mod endpoint;

// Requests, responses, and the transports between them.
mod request;
mod response;
pub mod transport;

// Providers of credentials.
pub mod provider;

// Limits on the calls per second.
mod rate_limiter;

// The error of a call.
mod error;

// Retries, and calls beyond the limits on calls per second.
mod retry;
mod throttle;

// The calls that a client can send.
mod call;

// The client.
mod client;

// Streams of pages and items, and long lists.
mod page;

// The client without async.
#[cfg(feature = "blocking")]
pub mod blocking;

// The emulator.
#[cfg(feature = "emulator")]
pub mod emulator;

// Pages of documentation, with programs that the tests run.
#[cfg(all(any(doc, doctest), feature = "catalog", feature = "emulator"))]
pub mod guide;

// The specs of all actions.
#[cfg(feature = "catalog")]
pub mod catalog {
    //! The specs of all actions of the cloud, and the error for an action that is not found.

    #[doc(no_inline)]
    pub use tc_catalog::{Catalog, CatalogError, Site};
}

// Crates whose types are in the public API, and the runtime of the client, so that a program needs no other dependency.
#[doc(no_inline)]
pub use {bytes, chrono, http, serde_json, tokio};

// The macros.
mod macros;

pub use action::{Action, Paged};
pub use call::{AnyAction, Call, Paging, encode_json, encode_query};
pub use client::{Attempt, BuildClient, Client, ClientBuilder, Events, Interceptor, PendingCall, Sending};
pub use credential::{Credential, CredentialError};
pub use endpoint::{Endpoint, EndpointError};
pub use error::{Error, ErrorKind};
pub use error_code::{ErrorCode, ServiceError};
pub use macros::{tc_action, tc_error, tc_model};
pub use model::binary::BinaryParam;
pub use model::fields::{Fields, Model};
pub use model::into_param::IntoParam;
pub use model::param::Param;
pub use model::upload::Upload;
pub use model::violation::{Violation, Violations};
pub use page::{Chunked, Items, PagedCall, Pages};
pub use payload::PayloadError;
pub use rate_limiter::{InProcessLimiter, RateDecision, RateLimiter, RateLimiterError, RateRequest};
pub use region::{Region, RegionError};
pub use request::{Language, LanguageError, RequestError, Steps};
pub use response::{Answer, ApiError, BodyError, BodyProblem, Coercion, Response, sse};
pub use retry::RetryPolicy;
pub use tc_spec::{Method, SignatureMethod, UnknownMethod};
pub use throttle::Throttle;
pub use timestamp::{Clock, Date, SystemClock, Timestamp};
