//! Generated files on disk, and the user's copy of the official texts.

mod folder;
mod markdown;
mod texts;

pub(crate) use folder::{Difference, Folder, replace};
pub(crate) use texts::texts;
