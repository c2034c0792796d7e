//! Warnings: lines on standard error about a command that is carried out anyway.

use std::fmt::Display;

/// Prints a warning on standard error. All warnings of the program begin with `warning:`.
pub(crate) fn warn(message: impl Display) {
    anstream::eprintln!("warning: {message}");
}
