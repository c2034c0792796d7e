//! A cloud on loopback for every action of the catalog: what `tcapi emulator` runs, also for tests and the explorer.

mod answers;
mod certificates;
pub(crate) mod declared;
mod directory;
mod faults;
mod made;
mod scalar;

pub use answers::Answers;
pub(crate) use certificates::{Certificates, NAMES};
pub use directory::CatalogDirectory;
pub use faults::{fault_names, parse as parse_fault, text as fault_text};
pub use made::{Maker, answer, completed, request};
