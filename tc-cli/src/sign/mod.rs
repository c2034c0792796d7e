//! Signatures explained, and compared with somebody else's.

mod compare;
mod hash;
mod request;
mod variants;

pub use compare::{Comparison, compare};
pub use request::{ParseRequestError, SignedRequest};

#[cfg(test)]
mod tests;
