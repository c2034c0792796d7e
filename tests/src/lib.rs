//! What the tests share.

pub mod form;
pub mod harness;

/// The README's examples are compiled and run here, so that they cannot rot.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
