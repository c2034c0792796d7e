//! Ready-made calls of Tencent Cloud, checked before they are sent.
//!
//! | Service | Action |
//! |---|---|
//! | Media Processing | [`mps::DescribePersonSamples`] |
//! | Face Recognition | [`iai::GetPersonGroupInfo`] |
//! | Security Token Service | [`sts::AssumeRole`], and [`sts::AssumeRoleProvider`] for clients that call as a role |
//!
//! Everything of [`tc_core`] that a call needs is exported here, too.

pub mod iai;
pub mod mps;
pub mod sts;

#[doc(no_inline)]
pub use tc_core::*;
