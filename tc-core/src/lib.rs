//! Tencent Cloud API 3.0 from Rust: an annotated struct becomes a signed, checked call.
//!
//! # The story
//!
//! [`#[tc_action]`](tc_action) on a request struct writes a spec (an [`ActionSpec`](spec::ActionSpec): names, types,
//! limits, defaults, error codes) and one-line calls into this crate. [`request!`] builds the struct, and the compiler
//! checks its literals against the spec. [`Client::send`] checks everything else against the same spec before any I/O,
//! encodes it as JSON or as a query (`PersonIds.0`), signs it (TC3-HMAC-SHA256, or signature v1), sends it, and decodes
//! the answer: strictly first, and where the server breaks its own schema, leniently once, each
//! [`Coercion`] reported.
//!
//! The compiler checks values, not names: a parameter or member whose name the cloud does not have compiles. In a response
//! [`Response::missing`] and [`Response::unread`] show it, and [`ClientBuilder::strict_answers`] makes it an error in tests.
//! With the key `verify` of [`#[tc_action]`](tc_action) and [`#[tc_model]`](tc_model) it compares names, types and limits with the
//! catalog, too (feature `catalog`).
//!
//! ```
//! use tc_core::emulator::Emulator;
//! use tc_core::{request, tc_action, tc_model};
//!
//! /// Lists the zones of a region.
//! #[tc_action(service = "cvm", version = "2017-03-12")]
//! pub struct DescribeZones {
//!     /// How many zones to return.
//!     #[tc(range = 1..=100, default = 20)]
//!     pub limit: Option<u64>,
//! }
//!
//! #[tc_model]
//! pub struct DescribeZonesResponse {
//!     /// How many zones there are in all.
//!     pub total_count: u64,
//! }
//!
//! # tc_core::tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! // A cloud on this machine, which verifies the signature and checks the parameters by its own reading.
//! let emulator = Emulator::start().await?;
//! emulator.on::<DescribeZones>(|request| DescribeZonesResponse::new(request.limit.unwrap_or(20)));
//!
//! let zones = emulator.client().send(&request!(DescribeZones { limit: 7 })).await?;
//! assert_eq!(zones.total_count, 7);
//! assert!(!zones.request_id().is_empty());
//!
//! // `limit: 101` would be an error under `cargo check`, at the literal; what only run time knows is one before any I/O.
//! let refused = emulator.client().send(&DescribeZones::new().limit(101)).await.unwrap_err();
//! assert_eq!(refused.to_string(), "DescribeZones: `Limit` is 101; 1 to 100 is accepted");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to look
//!
#![cfg_attr(
    all(feature = "catalog", feature = "emulator"),
    doc = "The [guide] has a page for each task: credentials, errors, logging, testing, paging, limits, other SDKs.\n"
)]
//!
//! | For | See |
//! |---|---|
//! | annotating actions, models and error codes | [`tc_action`], [`tc_model`], [`tc_error`] |
//! | building requests | [`request!`] |
//! | sending them | [`Client`], [`ClientBuilder`], [`AnyAction`]; without async `blocking` (a feature) |
//! | answers and errors | [`Response`], [`Error`] |
//! | credentials | [`Credential`], [`provider`] |
//! | testing | `emulator` (a feature), [`transport::Replay`], [`encode_json`], [`encode_query`] |
//! | the steps of a signature | [`Client::sign`], [`signing`] |
//!
//! # Features
//!
//! | Feature | What it brings |
//! |---|---|
//! | `reqwest` (default) | the transport on reqwest, rustls and ring, with HTTP and SOCKS proxies, also those of the environment |
//! | `hyper` | a leaner transport on hyper-util, rustls and ring; without proxies, and where the environment names one it says so |
//! | `native-roots` | the root certificates of the operating system, for `system_roots()` |
//! | `catalog` | the facts of every action: `import!`, `verify`, `AnyAction::from_catalog` |
//! | `blocking` | `blocking::Client`, for programs without async |
//! | `metrics` | counters and histograms for the crate `metrics`: see [`Client`] |
//! | `tower` | `transport::TransportService` and `transport::ServiceTransport`: layers around each attempt |
//! | `emulator` | a cloud on loopback to run and test against |

#[doc(hidden)]
pub mod __private;

// Helpers without knowledge of the cloud.
mod cache;
mod deadline;
mod meter;
mod text;
mod timestamp;

// Words.
mod credential;
mod region;

// Specs.
pub mod spec;

// What errors are called, and the values of structs.
mod error_code;
pub mod model;

// Forms on the wire, and the proof of who sends them.
mod payload;
pub mod signing;

// What can be called, and where.
mod action;
mod endpoint;

// Out, over, and back.
mod request;
mod response;
pub mod transport;

// Where credentials come from.
pub mod provider;

// How many calls may start in a second.
mod rate_limiter;

// Why a call failed.
mod error;

// Whether and when to send again.
mod retry;
mod throttle;

// What a client can send.
mod call;

// The client.
mod client;

// Many pages, many items, long lists.
mod page;

// Calls without async.
#[cfg(feature = "blocking")]
pub mod blocking;

// A cloud to run and test against.
#[cfg(feature = "emulator")]
pub mod emulator;

// Pages of documentation, with programs that the tests run.
#[cfg(all(any(doc, doctest), feature = "catalog", feature = "emulator"))]
pub mod guide;

// What is known of every action.
#[cfg(feature = "catalog")]
pub mod catalog {
    //! The facts of every action of the cloud, and the error of not finding one.

    #[doc(no_inline)]
    pub use tc_catalog::{Catalog, CatalogError, Site};
}

// Crates whose types are in the public API, and the runtime of the client, so that a program needs no other dependency.
#[doc(no_inline)]
pub use {bytes, chrono, http, serde_json, tokio};

// What writes all of that.
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
