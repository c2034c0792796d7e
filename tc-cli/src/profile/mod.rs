//! Profiles: tccli's files in `~/.tccli`, the environment, and what a call takes from them.

mod files;
mod names;
mod settings;

use std::path::PathBuf;

pub use files::{Profile, Warning, mask};
pub(crate) use files::{SETTINGS, write_private};
pub(crate) use names::in_tccli;
pub(crate) use settings::waiter;
pub use settings::{Keys, Settings};

/// The user's home directory.
pub(crate) fn home() -> Option<PathBuf> {
    let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    std::env::var_os(name).filter(|home| !home.is_empty()).map(PathBuf::from)
}

#[cfg(test)]
mod tests;
