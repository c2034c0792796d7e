//! Tencent Cloud API 3.0 from Rust.

#[doc(hidden)]
pub mod __private;

// Facts.
mod error_code;
pub mod facts;

// Forms on the wire, and the proof of who sends them.
pub mod model;
mod payload;

// The network.
pub mod transport;

// What can be called.
mod action;

// What comes back.
mod response;

pub use action::Action;
pub use error_code::{ErrorCode, ServiceError};
pub use facts::{Violation, Violations};
pub use model::{BinaryParam, Fields, IntoParam, Model, Param};
pub use response::{Answer, ApiError, Coercion, Response};
