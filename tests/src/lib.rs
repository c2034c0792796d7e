//! What the tests share.

pub mod form;
pub mod harness;
