//! Builds the catalog from the metadata that Tencent Cloud publishes for its own tools.
//!
//! Three packages of PyPI, unpacked: `tccli` (Chinese site), `tccli-intl-en` (international site) and
//! `tencentcloud-sdk-python` (error codes). The builder takes names, types and flags from them, and reads limits in their
//! descriptions. No sentence of a description gets into the file.

mod changes;
mod contradictions;
mod description;
mod dump;
mod encode;
mod error;
mod examples;
mod graph;
mod merge;
mod metadata;
mod mined;
mod model;
mod packages;
mod paging;
mod sensitive;
mod units;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::format::MAGIC;
use crate::{Catalog, Site};

#[cfg(test)]
mod tests;

pub use changes::{Changes, LimitChange};
pub use dump::{DumpError, dump};
pub use error::BuildError;
pub use examples::LimitKind;
pub use units::Dropped;

/// The directories of the three unpacked packages.
#[derive(Debug, Clone)]
pub struct Packages {
    /// `tccli`, the metadata of the Chinese site.
    pub china: PathBuf,
    /// `tccli-intl-en`, the metadata of the international site.
    pub international: PathBuf,
    /// `tencentcloud-sdk-python`, the error codes.
    pub errors: PathBuf,
}

/// The progress of a build.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Progress<'a> {
    /// The number of versions of services that are done.
    pub done: usize,
    /// The number of versions of services.
    pub total: usize,
    /// The last one that was done: `cvm 2017-03-12`.
    pub name: &'a str,
}

/// A catalog that was built.
#[derive(Debug)]
#[non_exhaustive]
pub struct Built {
    /// The bytes of the data file.
    pub bytes: Vec<u8>,
    /// Mined limits that are not in the file.
    pub dropped: Vec<Dropped>,
}

/// Builds a catalog. The same packages give the same bytes.
///
/// # Errors
/// A package is missing, or its metadata does not have the expected form. The error names the file and the problem.
pub fn build(packages: &Packages, progress: &mut dyn FnMut(Progress<'_>)) -> Result<Built, BuildError> {
    let (contents, dropped) = units::contents(packages, progress)?;
    Ok(Built { bytes: encode::file(&contents), dropped })
}

/// The result of [`build_file`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Report {
    /// The size of the new file in bytes.
    pub size: usize,
    /// The number of modules: versions of services, counted for each site.
    pub modules: usize,
    /// The number of actions on both sites.
    pub actions: usize,
    /// The difference to the file that was replaced; `None` if there was no file, or it cannot be read.
    pub changes: Option<Changes>,
    /// Mined limits that are not in the file.
    pub dropped: Vec<Dropped>,
}

/// Builds a catalog and writes it to `out`. If writing fails, `out` is unchanged.
///
/// # Errors
/// As [`build`]; or `out` exists and is not a catalog, unless `force` is set, or it cannot be written.
pub fn build_file(
    packages: &Packages,
    out: &Path,
    force: bool,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Report, BuildError> {
    let old = match fs::read(out) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(BuildError::file(out, error)),
    };
    // Every version of the format starts with these bytes; the last byte is the version.
    let is_ours = |bytes: &[u8]| bytes.starts_with(&MAGIC[..MAGIC.len() - 1]);
    if old.as_deref().is_some_and(|bytes| !is_ours(bytes)) && !force {
        return Err(BuildError::NotOurs { path: out.to_owned() });
    }
    let Built { bytes, dropped } = build(packages, progress)?;
    let broken = |error| BuildError::metadata(out, format!("the new catalog cannot be read: {error}"));
    let new = Catalog::from_bytes(bytes).map_err(broken)?;
    let (mut modules, mut actions) = (0, 0);
    for service in new.services() {
        for site in Site::ALL {
            for version in service.versions(site) {
                let module = service.module(site, Some(version)).map_err(broken)?;
                let _ = module.error_codes().map_err(broken)?;
                modules += 1;
                actions += module.actions().len();
            }
        }
    }
    let old = old.and_then(|bytes| Catalog::from_bytes(bytes).ok());
    let changes = old.and_then(|old| Changes::between(&old, &new).ok());
    write_whole(out, &new.file)?;
    Ok(Report { size: new.file.len(), modules, actions, changes, dropped })
}

/// Writes a temporary file in the same directory and renames it, so that no other program reads a part of it.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), BuildError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // Remove what was written in part.
        let _ = fs::remove_file(&beside);
        BuildError::file(path, error)
    })
}
