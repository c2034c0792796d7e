//! Every action of Tencent Cloud as facts: names, types, limits, defaults, paging and error codes.
//!
//! The facts come from the metadata that Tencent Cloud publishes for its own tools. They are kept in one data file,
//! which this crate contains and reads. The feature `build` adds what makes that file.

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

// Limits read from prose.
#[cfg(feature = "build")]
pub mod mine;

// The maker of the data file.
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
