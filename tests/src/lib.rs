//! What the tests share.

pub mod form;
pub mod harness;
pub mod process;
pub mod record;

/// The README's examples are compiled and run here, so that they cannot rot.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
