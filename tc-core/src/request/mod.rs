//! Signed requests: an action, its parameters, an endpoint and a credential become what the transport sends.
//!
//! Nothing here does I/O: the time and the source of the nonce are arguments.

mod common_params;
mod error;
mod steps;
mod target;
#[cfg(test)]
mod tests;
mod unsigned;
mod v1;

pub use common_params::{Language, LanguageError};
pub use error::RequestError;
pub use steps::Steps;
pub(crate) use target::Target;
pub(crate) use unsigned::{RequestHead, UnsignedRequest};
