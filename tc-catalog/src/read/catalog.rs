//! Opens the catalog, and finds services, versions and actions in it.

use std::borrow::Cow;
use std::sync::OnceLock;

use miniz_oxide::inflate::decompress_slice_iter_to_slice;

use super::error::CatalogError;
use super::frame::Frame;
use super::index::{Index, IndexError, RawFrame, RawService, RawVersion, span_text};
use super::missing;
use super::view::{Action, Module};
use crate::Site;
use crate::format::checksum;

// Not a `const`: its bytes would be copied to every use.
static DATA: &[u8] = include_bytes!("../../data/catalog.bin");

/// Every action of the cloud: services, versions, actions and objects of both sites.
///
/// Opening the catalog reads and checks the index. The frame of a version of a service is read when it is first used,
/// and then kept.
///
/// ```
/// use tc_catalog::{Catalog, Site};
///
/// let catalog = Catalog::embedded()?;
/// let action = catalog.action(Site::China, "iai", None, "GetPersonGroupInfo")?;
/// let limit = action.request().member("Limit").unwrap();
/// assert_eq!(action.module().version(), "2020-03-03");
/// assert_eq!((limit.is_required(), limit.ty().to_string()), (false, "uint64".to_owned()));
/// # Ok::<(), tc_catalog::CatalogError>(())
/// ```
pub struct Catalog {
    pub(crate) file: Cow<'static, [u8]>,
    pub(crate) index: Index,
    frames: Vec<OnceLock<Result<Frame, CatalogError>>>,
    codes: Vec<OnceLock<Result<Box<str>, CatalogError>>>,
    parameters: OnceLock<Result<Vec<u8>, CatalogError>>,
}

impl Catalog {
    /// Opens the catalog that this crate contains. It is opened once and then kept.
    ///
    /// # Errors
    /// The file in this crate is damaged.
    pub fn embedded() -> Result<&'static Self, CatalogError> {
        static EMBEDDED: OnceLock<Result<Catalog, CatalogError>> = OnceLock::new();
        EMBEDDED.get_or_init(|| Self::from_bytes(DATA)).as_ref().map_err(Clone::clone)
    }

    /// Opens a catalog file that was read into memory.
    ///
    /// # Errors
    /// The bytes are not a catalog file of this format, or its index is damaged.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, CatalogError> {
        let file = bytes.into();
        let index = Index::read(&file).map_err(|refusal| match refusal {
            IndexError::Foreign => CatalogError::Foreign,
            IndexError::Damaged => CatalogError::Damaged { part: "the index".to_owned() },
        })?;
        let frames = (0..index.frames.len()).map(|_| OnceLock::new()).collect();
        let codes = (0..index.frames.len()).map(|_| OnceLock::new()).collect();
        Ok(Self { file, index, frames, codes, parameters: OnceLock::new() })
    }

    /// The names and versions of the packages that the catalog was built from.
    pub fn sources(&self) -> &str {
        span_text(&self.file, self.index.sources)
    }

    /// All services, in the order of their names.
    pub fn services(&self) -> impl ExactSizeIterator<Item = Service<'_>> {
        self.index.services.iter().map(|raw| Service { catalog: self, raw })
    }

    /// The service of this name: that of its folder in the metadata (`autoscaling`) or the one on the wire (`as`).
    ///
    /// # Errors
    /// There is no such service; the error names a similar one.
    pub fn service(&self, name: &str) -> Result<Service<'_>, CatalogError> {
        let services = &self.index.services;
        let found = match services.binary_search_by(|raw| span_text(&self.file, raw.folder).cmp(name)) {
            Ok(position) => services.get(position),
            Err(_) => services.iter().find(|raw| span_text(&self.file, raw.wire) == name),
        };
        match found {
            Some(raw) => Ok(Service { catalog: self, raw }),
            None => Err(missing::service(self, name)),
        }
    }

    /// The actions and objects of a service on a site: of `version`, or of the default version.
    ///
    /// # Errors
    /// The service or version does not exist on this site, or the file is damaged.
    pub fn module(&self, site: Site, service: &str, version: Option<&str>) -> Result<Module<'_>, CatalogError> {
        self.service(service)?.module(site, version)
    }

    /// An action of a service on a site: of `version`, or of the default version.
    ///
    /// # Errors
    /// The service, version or action does not exist on this site, or the file is damaged. The error of a missing
    /// action names the other version or service that has it, or a similar action.
    pub fn action(
        &self,
        site: Site,
        service: &str,
        version: Option<&str>,
        action: &str,
    ) -> Result<Action<'_>, CatalogError> {
        self.module(site, service, version)?.action(action)
    }

    pub(crate) fn frame(&self, position: usize, part: impl Fn() -> String) -> Result<&Frame, CatalogError> {
        let (Some(entry), Some(cell)) = (self.index.frames.get(position), self.frames.get(position)) else {
            return Err(CatalogError::Damaged { part: part() });
        };
        let open = || {
            let bytes = self.inflate(entry).ok_or_else(|| CatalogError::Damaged { part: part() })?;
            Frame::decode(&bytes).ok_or_else(|| CatalogError::Damaged { part: part() })
        };
        cell.get_or_init(open).as_ref().map_err(Clone::clone)
    }

    pub(crate) fn codes(&self, position: usize, part: impl Fn() -> String) -> Result<&str, CatalogError> {
        let (Some(entry), Some(cell)) = (self.index.frames.get(position), self.codes.get(position)) else {
            return Err(CatalogError::Damaged { part: part() });
        };
        let open = || {
            let text = self.inflate(entry).and_then(|bytes| String::from_utf8(bytes).ok());
            text.map(String::into_boxed_str).ok_or_else(|| CatalogError::Damaged { part: part() })
        };
        cell.get_or_init(open).as_deref().map_err(Clone::clone)
    }

    /// The names of all parameters, as `search` reads them.
    pub(crate) fn parameters(&self) -> Result<&[u8], CatalogError> {
        let open = || {
            let entry = self.index.parameters.and_then(|position| self.index.frames.get(position));
            let damaged = || CatalogError::Damaged { part: "the names of the parameters".to_owned() };
            entry.and_then(|entry| self.inflate(entry)).ok_or_else(damaged)
        };
        self.parameters.get_or_init(open).as_deref().map_err(Clone::clone)
    }

    /// The inflated bytes of a frame; `None` if it is damaged.
    fn inflate(&self, entry: &RawFrame) -> Option<Vec<u8>> {
        let deflated = self.file.get(entry.at..entry.at.checked_add(entry.len)?)?;
        if checksum(deflated) != entry.checksum {
            return None;
        }
        let mut bytes = vec![0; entry.inflated];
        let written = decompress_slice_iter_to_slice(&mut bytes, std::iter::once(deflated), false, true).ok()?;
        (written == entry.inflated).then_some(bytes)
    }
}

impl std::fmt::Debug for Catalog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (bytes, services) = (self.file.len(), self.index.services.len());
        f.debug_struct("Catalog").field("bytes", &bytes).field("services", &services).finish_non_exhaustive()
    }
}

/// A service of the cloud.
#[derive(Debug, Clone, Copy)]
pub struct Service<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) raw: &'a RawService,
}

impl<'a> Service<'a> {
    /// The name of its folder in the metadata: `autoscaling`.
    pub fn name(self) -> &'a str {
        span_text(&self.catalog.file, self.raw.folder)
    }

    /// The name on the wire, in the host and in the signature: `as`.
    pub fn wire_name(self) -> &'a str {
        span_text(&self.catalog.file, self.raw.wire)
    }

    /// The versions on a site, the default one first.
    pub fn versions(self, site: Site) -> impl ExactSizeIterator<Item = &'a str> {
        let versions = &self.raw.versions;
        let date = move |position: &u8| match versions.get(usize::from(*position)) {
            Some(version) => span_text(&self.catalog.file, version.date),
            None => "",
        };
        self.raw.order[site.index()].iter().map(date)
    }

    /// Its actions and objects on a site: of `version`, or of the default version.
    ///
    /// # Errors
    /// The version does not exist on this site, or the file is damaged.
    pub fn module(self, site: Site, version: Option<&str>) -> Result<Module<'a>, CatalogError> {
        let found = match version {
            None => self.raw.order[site.index()].first().and_then(|first| self.raw.versions.get(usize::from(*first))),
            Some(date) => {
                let same = |raw: &&RawVersion| span_text(&self.catalog.file, raw.date) == date && raw.is_on(site);
                self.raw.versions.iter().find(same)
            }
        };
        let Some(raw) = found else { return Err(missing::version(self, site, version)) };
        let Some(position) = raw.frames[site.index()] else { return Err(missing::version(self, site, version)) };
        let date = span_text(&self.catalog.file, raw.date);
        let part = || format!("{} {date} of the {site} site", self.name());
        let frame = self.catalog.frame(position, part)?;
        Ok(Module { service: self, raw, site, frame })
    }
}
