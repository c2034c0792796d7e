//! The metadata of every action of Tencent Cloud: names, types, limits, defaults, paging and error codes.
//!
//! Tencent Cloud publishes this metadata for its own tools. This crate contains it as one data file, and reads that file.
//! The feature `build` adds the builder of the file.

// Values.
mod number;
mod scalar;
mod site;
mod types;

// The data file.
mod format;
mod read;

// Annotated structs.
pub mod rust;

// Limits read from descriptions.
#[cfg(feature = "build")]
pub mod mine;

// The builder of the data file.
#[cfg(feature = "build")]
pub mod build;

pub use number::{Number, ParseNumberError};
pub use read::{
    Action, Catalog, CatalogError, Ends, Found, Limits, Member, Module, Object, Page, PageForm, ScalarRef, Service,
    Status,
};
pub use scalar::Scalar;
pub use site::{ParseSiteError, Site};
pub use types::Type;
