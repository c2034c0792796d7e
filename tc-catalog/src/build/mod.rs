//! Building the catalog from the metadata that Tencent Cloud publishes for its own tools.
//!
//! Three packages of PyPI, unpacked: `tccli` (Chinese site), `tccli-intl-en` (international site) and
//! `tencentcloud-sdk-python` (error codes). Facts are taken from them, and limits from their prose; no sentence of it.

mod changes;
mod dump;
mod encode;
mod error;
mod graph;
mod merge;
mod metadata;
mod mined;
mod model;
mod packages;
mod paging;
mod prose;
mod sensitive;
mod settle;
mod units;
mod witness;

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
pub use units::Dropped;
pub use witness::LimitKind;

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

/// How far a build is.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Progress<'a> {
    /// How many versions of services are done.
    pub done: usize,
    /// How many there are.
    pub total: usize,
    /// The one that was done last: `cvm 2017-03-12`.
    pub name: &'a str,
}

/// A catalog that was built.
#[derive(Debug)]
#[non_exhaustive]
pub struct Built {
    /// The bytes of the data file.
    pub bytes: Vec<u8>,
    /// Limits that were read from the prose and left out.
    pub dropped: Vec<Dropped>,
}

/// Builds a catalog. The same packages give the same bytes.
///
/// # Errors
/// A package is not there or its metadata is not as expected; the error names the file and what is wrong.
pub fn build(packages: &Packages, progress: &mut dyn FnMut(Progress<'_>)) -> Result<Built, BuildError> {
    let (contents, dropped) = units::contents(packages, progress)?;
    Ok(Built { bytes: encode::file(&contents), dropped })
}

/// What [`build_file`] did.
#[derive(Debug)]
#[non_exhaustive]
pub struct Report {
    /// The size of the new file in bytes.
    pub size: usize,
    /// How many modules it has: versions of services, on each site.
    pub modules: usize,
    /// How many actions it has, on both sites.
    pub actions: usize,
    /// The difference to the file that was replaced; `None` where there was none, or none that can be read.
    pub changes: Option<Changes>,
    /// Limits that were read from the prose and left out.
    pub dropped: Vec<Dropped>,
}

/// Builds a catalog and writes it to `out`, whole or not at all.
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
    // All formats of the file begin in this way, and the last byte counts them.
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

/// Writes the file beside its place first, so that nobody sees a part of it.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), BuildError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // What was written in part is of no use to anybody.
        let _ = fs::remove_file(&beside);
        BuildError::file(path, error)
    })
}
