//! The proof of tc, one folder a chapter.
//!
//! The README's examples are compiled here, so that they cannot rot.

pub mod harness;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
