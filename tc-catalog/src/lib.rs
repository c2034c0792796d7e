//! Every action of Tencent Cloud as facts: names, types, limits, defaults, paging and error codes.
//!
//! The facts come from the metadata that Tencent Cloud publishes for its own tools. They are kept in one data file,
//! which this crate contains and reads. The feature `build` adds what makes that file.

// Values.
mod number;
mod scalar;

// Limits read from prose.
#[cfg(feature = "build")]
pub mod mine;

pub use number::{Number, ParseNumberError};
pub use scalar::Scalar;
