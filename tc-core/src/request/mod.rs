//! A request: names, parameters, endpoint and credential become what the transport sends. Pure: the instant and the nonce
//! are arguments.

mod common_params;
mod content;
mod draft;
mod error;
mod payload;
mod query_string;
mod steps;
#[cfg(test)]
mod tests;

pub use common_params::{Language, LanguageError};
pub(crate) use draft::{Draft, Options};
pub use error::RequestError;
pub(crate) use payload::Payload;
pub(crate) use query_string::join;
pub use steps::Steps;
