//! The reader of the data file.

mod bytes;
mod catalog;
mod error;
mod frame;
mod index;
mod limits;
mod missing;
mod page;
mod search;
mod spec;
mod view;

#[cfg(test)]
mod tests;

pub use catalog::{Catalog, Service};
pub use error::CatalogError;
pub use limits::{Ends, Limits, ScalarRef};
pub use page::{Page, PageForm};
pub use search::Found;
pub use view::{Action, Member, Module, Object, Status};
