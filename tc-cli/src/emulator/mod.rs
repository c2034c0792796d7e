//! A cloud on loopback for every action of the catalog: what `tcapi emulator` runs, for tests and the explorer, too.

mod answers;
mod directory;
mod faults;
mod made;
mod scalar;

pub use answers::Answers;
pub use directory::CatalogDirectory;
pub(crate) use faults::NAMES as FAULTS;
pub use faults::parse as parse_fault;
pub use made::{Maker, answer, request};
