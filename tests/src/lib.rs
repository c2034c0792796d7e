//! Code that several test programs use.

pub mod form;
pub mod harness;
pub mod lateness;
pub mod process;
pub mod record;
pub mod server;

/// Compiles and runs the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
