//! The error of building a catalog.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The error of building a catalog.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// A directory does not contain what the unpacked package contains.
    NotThere {
        /// The directory that was given.
        directory: PathBuf,
        /// What it should contain.
        expected: &'static str,
    },
    /// A file cannot be read or written.
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The metadata does not have the expected form.
    Metadata {
        /// The file.
        path: PathBuf,
        /// What is wrong, and with which object.
        problem: String,
    },
    /// The file to write exists and is not a catalog.
    NotOurs {
        /// The file.
        path: PathBuf,
    },
}

impl BuildError {
    pub(crate) fn file(path: &Path, error: io::Error) -> Self {
        Self::File { path: path.to_owned(), error }
    }

    pub(crate) fn metadata(path: &Path, problem: impl Into<String>) -> Self {
        Self::Metadata { path: path.to_owned(), problem: problem.into() }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotThere { directory, expected } => {
                write!(
                    f,
                    "{} does not contain {expected}; name the directory of the unpacked package",
                    directory.display()
                )
            }
            Self::File { path, error } => write!(f, "{}: {error}", path.display()),
            Self::Metadata { path, problem } => write!(f, "{}: {problem}", path.display()),
            Self::NotOurs { path } => write!(
                f,
                "{} exists and is not a catalog file; name another file, or overwrite it with --force",
                path.display()
            ),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { error, .. } => Some(error),
            _ => None,
        }
    }
}
