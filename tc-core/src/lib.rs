//! Tencent Cloud API 3.0 from Rust.

#[doc(hidden)]
pub mod __private;

// Words.
mod credential;
mod region;
mod timestamp;

// Facts.
pub mod facts;

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

// Why a call failed.
mod error;

// Whether and when to send again.
mod retry;
mod throttle;

// What a client can send.
mod call;

// The client.
mod client;

// A cloud to run and test against.
#[cfg(feature = "emulator")]
pub mod emulator;

// The types that fields and free JSON are written with, and the runtime the client runs on, so that a program needs no
// other dependency.
pub use {bytes, chrono, serde_json, tokio};

pub use action::{Action, Paged};
pub use call::{AnyAction, Call, encode_json, encode_query};
pub use client::{Attempt, Client, ClientBuilder, Interceptor, PendingCall, Sending};
pub use credential::{Credential, CredentialError};
pub use endpoint::{Endpoint, EndpointError};
pub use error::{Error, ErrorKind};
pub use error_code::{ErrorCode, ServiceError};
pub use facts::{Violation, Violations};
pub use model::{BinaryParam, Fields, IntoParam, Model, Param};
pub use payload::PayloadError;
pub use region::{Region, RegionError};
pub use request::{Language, RequestError, Steps};
pub use response::{Answer, ApiError, BodyError, BodyProblem, Coercion, Response};
pub use retry::RetryPolicy;
pub use signing::{Method, SignatureMethod};
pub use throttle::Throttle;
pub use timestamp::{Clock, Date, SystemClock, Timestamp};

pub use tc_macros::{tc_action, tc_error, tc_model};

/// Builds an action or a model from a struct literal, and holds its literals against the documented limits while it
/// compiles.
#[macro_export]
macro_rules! request {
    ($($literal:tt)*) => {
        $crate::__private::request!(($crate) $($literal)*)
    };
}
