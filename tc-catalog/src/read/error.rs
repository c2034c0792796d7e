//! The error of reading the catalog or looking something up in it.

use std::fmt;

use crate::Site;

/// The error of opening a catalog or of looking something up in it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CatalogError {
    /// The bytes are not a catalog file, or it has another format.
    Foreign,
    /// The file was changed after it was written, or is incomplete.
    Damaged {
        /// The part that is damaged: the index, or a version of a service.
        part: String,
    },
    /// Neither site has a service of this name.
    UnknownService {
        /// The name that was looked up.
        service: String,
        /// A service of a similar name.
        similar: Option<String>,
    },
    /// Only the other site has the service.
    OtherSite {
        /// The service.
        service: String,
        /// The site that was searched.
        site: Site,
    },
    /// The service has no such version on this site.
    UnknownVersion {
        /// The service.
        service: String,
        /// The version that was looked up.
        version: String,
        /// The site that was searched.
        site: Site,
        /// The versions that it has there, the default one first.
        versions: Vec<String>,
    },
    /// Only another version of the service has the action.
    OtherVersion {
        /// The service.
        service: String,
        /// The version that was searched.
        version: String,
        /// The action.
        action: String,
        /// The versions that have it.
        versions: Vec<String>,
    },
    /// Only the other site has the action in this version of the service.
    ActionOnOtherSite {
        /// The service.
        service: String,
        /// The version that was searched.
        version: String,
        /// The action.
        action: String,
        /// The site that was searched.
        site: Site,
    },
    /// The service has no such action, but others have.
    OtherService {
        /// The service that was searched.
        service: String,
        /// The action.
        action: String,
        /// The services that have it.
        services: Vec<String>,
        /// An action of the searched service whose name is nearly the same.
        similar: Option<String>,
    },
    /// No service has an action of this name.
    UnknownAction {
        /// The service that was searched.
        service: String,
        /// The version that was searched.
        version: String,
        /// The name that was looked up.
        action: String,
        /// An action of the service with a similar name.
        similar: Option<String>,
    },
}

/// More names than this are counted instead of listed.
const MOST_NAMES: usize = 8;

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => f.write_str(
                "not a catalog file that this version of tc-catalog can read; \
                 build one with `tcapi catalog build`",
            ),
            Self::Damaged { part } => {
                write!(f, "the catalog file is damaged: {part} cannot be read; build or install the file again")
            }
            Self::UnknownService { service, similar } => {
                write!(f, "there is no service `{service}`")?;
                did_you_mean(f, similar.as_deref())
            }
            Self::OtherSite { service, site } => {
                let other = site.other();
                write!(f, "{service} is not on the {site} site; the {other} site has it: write `{service}({other})`")
            }
            Self::UnknownVersion { service, version, site, versions } => {
                write!(f, "{service} has no version `{version}` on the {site} site; ")?;
                match versions.as_slice() {
                    [only] => write!(f, "its version is {only}"),
                    versions => {
                        f.write_str("its versions are ")?;
                        list(f, versions)?;
                        f.write_str(", the first one is the default")
                    }
                }
            }
            Self::OtherVersion { service, version, action, versions } => {
                write!(f, "{service} {version} has no action {action}; ")?;
                f.write_str(if versions.len() == 1 { "version " } else { "versions " })?;
                list(f, versions)?;
                f.write_str(if versions.len() == 1 { " has it: write `" } else { " have it: write `" })?;
                write!(f, "{service}(\"{}\")`", versions.first().map_or("", String::as_str))
            }
            Self::ActionOnOtherSite { service, version, action, site } => {
                let other = site.other();
                write!(f, "{service} {version} has no action {action} on the {site} site; ")?;
                write!(f, "the {other} site has it: write `{service}({other})`")
            }
            Self::OtherService { service, action, services, similar } => {
                write!(f, "{service} has no action {action}")?;
                match similar {
                    Some(similar) => write!(f, "; did you mean `{similar}`? ({action} is in ")?,
                    None => write!(f, "; {action} is in ")?,
                }
                list(f, services)?;
                f.write_str(if similar.is_some() { ")" } else { "" })
            }
            Self::UnknownAction { service, version, action, similar } => {
                write!(f, "{service} {version} has no action `{action}`")?;
                did_you_mean(f, similar.as_deref())
            }
        }
    }
}

impl std::error::Error for CatalogError {}

fn did_you_mean(f: &mut fmt::Formatter<'_>, similar: Option<&str>) -> fmt::Result {
    similar.map_or(Ok(()), |similar| write!(f, "; did you mean `{similar}`?"))
}

fn list(f: &mut fmt::Formatter<'_>, names: &[String]) -> fmt::Result {
    let shown = if names.len() > MOST_NAMES + 1 { MOST_NAMES } else { names.len() };
    for (position, name) in names.iter().take(shown).enumerate() {
        write!(f, "{}{name}", if position == 0 { "" } else { ", " })?;
    }
    if shown < names.len() { write!(f, " and {} others", names.len() - shown) } else { Ok(()) }
}
