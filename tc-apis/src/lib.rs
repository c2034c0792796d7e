//! Ready-made calls of Tencent Cloud, checked before they are sent.
//!
//! | Service | Action |
//! |---|---|
//! | Media Processing | [`mps::DescribePersonSamples`] |
//! | Face Recognition | [`iai::GetPersonGroupInfo`] |
//!
//! Everything of [`tc_core`] that a call needs is exported here, too.

pub mod iai;
pub mod mps;

pub use tc_core::*;
