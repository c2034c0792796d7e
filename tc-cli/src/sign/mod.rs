//! Comparison of a signature that another program made with the correct one.

mod bodies;
mod compare;
mod hash;
mod parts;
mod request;
mod variants;

pub use compare::{Comparison, compare};
pub use request::{ParseRequestError, SignedRequest};

#[cfg(test)]
mod tests;
