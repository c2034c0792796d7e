//! Reads the official text out of an unpacked package.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::plain;

/// What was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Versions of services.
    pub modules: usize,
    /// Actions.
    pub actions: usize,
}

/// Why nothing was imported.
#[derive(Debug)]
pub enum ImportError {
    /// The directory has no `services/*/v*/api.json`, at its top or below `tccli`.
    NotAPackage(PathBuf),
    /// A file cannot be read as the metadata is written.
    Metadata(PathBuf, String),
    /// A file cannot be read or written.
    Io(PathBuf, io::Error),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAPackage(path) => write!(
                f,
                "{} has no services/*/v*/api.json: give the directory of an unpacked tccli or tccli-intl-en package",
                path.display()
            ),
            Self::Metadata(path, reason) => write!(f, "{} is not the metadata of a service: {reason}", path.display()),
            Self::Io(path, error) => write!(f, "cannot read or write {}: {error}", path.display()),
        }
    }
}

impl std::error::Error for ImportError {}

/// Reads the text of the package in `from`, and writes it to `to`. Text of the same versions is replaced; `progress` is
/// called with the number of finished versions and of all versions.
///
/// # Errors
/// `from` is not such a package, or a file cannot be read or written. Titles are written last.
pub fn import(from: &Path, to: &Path, progress: &mut dyn FnMut(usize, usize)) -> Result<Imported, ImportError> {
    let services = [from.join("services"), from.join("tccli").join("services")];
    let services =
        services.iter().find(|path| path.is_dir()).ok_or_else(|| ImportError::NotAPackage(from.to_owned()))?;
    let mut modules = Vec::new();
    for service in entries(services)? {
        if service.is_dir() {
            modules.extend(entries(&service)?.into_iter().filter(|version| version.join("api.json").is_file()));
        }
    }
    if modules.is_empty() {
        return Err(ImportError::NotAPackage(from.to_owned()));
    }
    fs::create_dir_all(to).map_err(|error| ImportError::Io(to.to_owned(), error))?;
    // Of another language, say: what is not replaced stays.
    let mut titles: BTreeSet<String> =
        fs::read_to_string(to.join("titles.tsv")).unwrap_or_default().lines().map(str::to_owned).collect();
    let mut imported = Imported::default();
    for (done, module) in modules.iter().enumerate() {
        progress(done, modules.len());
        let Some((service, version)) = names(module) else { continue };
        let own = format!("{service}\t{version}\t");
        titles.retain(|line| !line.starts_with(&own));
        let texts = read(&module.join("api.json"))?;
        if let Some(actions) = texts["actions"].as_object() {
            imported.actions += actions.len();
            titles.extend(actions.iter().map(|(name, pair)| {
                let title = pair[0].as_str().unwrap_or_default().replace(['\t', '\n'], " ");
                format!("{own}{name}\t{title}")
            }));
        }
        imported.modules += 1;
        write(&to.join(format!("{service}-{version}.json")), &texts.to_string())?;
    }
    let titles: Vec<String> = titles.into_iter().collect();
    write(&to.join("titles.tsv"), &titles.join("\n"))?;
    Ok(imported)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let failed = |error| ImportError::Io(folder.to_owned(), error);
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    paths.sort();
    Ok(paths)
}

/// `…/cvm/v20170312` as `cvm` and `2017-03-12`.
fn names(module: &Path) -> Option<(String, String)> {
    let version = module.file_name()?.to_str()?.strip_prefix('v')?;
    let service = module.parent()?.file_name()?.to_str()?;
    let is_date = version.len() == 8 && version.bytes().all(|byte| byte.is_ascii_digit());
    is_date.then(|| (service.to_owned(), format!("{}-{}-{}", &version[..4], &version[4..6], &version[6..])))
}

/// Titles and texts of a version, without types.
fn read(path: &Path) -> Result<Value, ImportError> {
    let text = fs::read_to_string(path).map_err(|error| ImportError::Io(path.to_owned(), error))?;
    let metadata: Value =
        serde_json::from_str(&text).map_err(|error| ImportError::Metadata(path.to_owned(), error.to_string()))?;
    let refused = |what: &str| ImportError::Metadata(path.to_owned(), format!("it has no `{what}`"));
    let of = |value: &Value, name: &str| plain(value.get(name).and_then(Value::as_str).unwrap_or_default());
    let mut actions = Map::new();
    for (name, action) in metadata["actions"].as_object().ok_or_else(|| refused("actions"))? {
        actions.insert(name.clone(), json!([of(action, "name"), of(action, "document")]));
    }
    let mut objects = Map::new();
    for (name, object) in metadata["objects"].as_object().ok_or_else(|| refused("objects"))? {
        let members = object["members"].as_array().map(Vec::as_slice).unwrap_or_default();
        let texts = members.iter().filter_map(|member| {
            let text = of(member, "document");
            Some((member.get("name")?.as_str()?.to_owned(), Value::from(text))).filter(|(_, text)| text != "")
        });
        objects.insert(name.clone(), Value::Object(texts.collect()));
    }
    Ok(json!({"actions": actions, "objects": objects}))
}

/// Through a new file beside it: whole, or not at all.
fn write(path: &Path, text: &str) -> Result<(), ImportError> {
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    let written = fs::write(&temporary, text).and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        ImportError::Io(path.to_owned(), error)
    })
}
