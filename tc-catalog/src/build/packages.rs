//! The unpacked packages: their services, versions and files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::BuildError;

/// The metadata of a site, unpacked.
#[derive(Debug)]
pub(crate) struct SitePackage {
    services: PathBuf,
    /// The versions of each service, the default one first.
    pub(crate) versions: BTreeMap<String, Vec<String>>,
    pub(crate) source: String,
}

impl SitePackage {
    /// Opens the unpacked package at `directory`: the directory itself, its `tccli`, or its `tccli/services`.
    pub(crate) fn open(directory: &Path) -> Result<Self, BuildError> {
        let candidates = [directory.join("tccli/services"), directory.join("services"), directory.to_owned()];
        let services =
            candidates.into_iter().find(|candidate| candidate.join("__init__.py").is_file() && has_metadata(candidate));
        let Some(services) = services else {
            return Err(BuildError::NotThere {
                directory: directory.to_owned(),
                expected: "tccli/services/__init__.py and tccli/services/<service>/<version>/api.json",
            });
        };
        let list = services.join("__init__.py");
        let text = read(&list)?;
        let versions = service_versions(&text).ok_or_else(|| {
            BuildError::metadata(&list, "no SERVICE_VERSIONS, a dictionary of lists of versions, can be read from it")
        })?;
        let source = source(&services, "tccli");
        Ok(Self { services, versions, source })
    }

    pub(crate) fn api(&self, service: &str, version: &str) -> PathBuf {
        self.folder(service, version).join("api.json")
    }

    pub(crate) fn examples(&self, service: &str, version: &str) -> PathBuf {
        self.folder(service, version).join("examples.json")
    }

    fn folder(&self, service: &str, version: &str) -> PathBuf {
        self.services.join(service).join(folder_name(version))
    }
}

/// The folder of a version: `v20170312` of `2017-03-12`.
pub(crate) fn folder_name(version: &str) -> String {
    format!("v{}", version.replace('-', ""))
}

/// The error codes of all services, unpacked.
#[derive(Debug)]
pub(crate) struct ErrorPackage {
    services: PathBuf,
    pub(crate) source: String,
}

impl ErrorPackage {
    /// Opens the unpacked package at `directory`: the directory itself, or its `tencentcloud`.
    pub(crate) fn open(directory: &Path) -> Result<Self, BuildError> {
        let candidates = [directory.join("tencentcloud"), directory.to_owned()];
        let services = candidates.into_iter().find(|candidate| {
            subfolders(candidate)
                .any(|service| subfolders(&service).any(|version| version.join("errorcodes.py").is_file()))
        });
        let Some(services) = services else {
            return Err(BuildError::NotThere {
                directory: directory.to_owned(),
                expected: "tencentcloud/<service>/<version>/errorcodes.py",
            });
        };
        let source = source(&services, "tencentcloud-sdk-python");
        Ok(Self { services, source })
    }

    /// The error codes of a version, in order; empty if the package does not have the version.
    pub(crate) fn codes(&self, service: &str, version: &str) -> Result<Vec<String>, BuildError> {
        let path = self.services.join(service).join(folder_name(version)).join("errorcodes.py");
        if !path.is_file() {
            return Ok(Vec::new());
        }
        let text = read(&path)?;
        let mut codes = Vec::new();
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            let Some((_, value)) = line.split_once(" = ") else { continue };
            let code = value.trim().trim_matches(['\'', '"']);
            if code.is_empty() || !code.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(BuildError::metadata(&path, format!("`{line}` does not define an error code")));
            }
            codes.push(code.to_owned());
        }
        codes.sort();
        codes.dedup();
        Ok(codes)
    }
}

fn read(path: &Path) -> Result<String, BuildError> {
    fs::read_to_string(path).map_err(|error| BuildError::file(path, error))
}

fn subfolders(directory: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir())
}

fn has_metadata(services: &Path) -> bool {
    subfolders(services).any(|service| subfolders(&service).any(|version| version.join("api.json").is_file()))
}

/// The name and version of the package, from the `METADATA` that pip unpacks beside it.
fn source(inside: &Path, package: &str) -> String {
    for directory in inside.ancestors().skip(1).take(2) {
        let mut infos: Vec<_> =
            subfolders(directory).filter(|path| path.extension().is_some_and(|end| end == "dist-info")).collect();
        infos.sort();
        for info in infos {
            let text = fs::read_to_string(info.join("METADATA")).unwrap_or_default();
            let field = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
            if let (Some(name), Some(version)) = (field("Name:"), field("Version:"))
                && name.starts_with(package)
            {
                return format!("{name} {version}");
            }
        }
    }
    package.to_owned()
}

/// Reads `SERVICE_VERSIONS = {"cvm": ["2017-03-12"], …}`.
fn service_versions(text: &str) -> Option<BTreeMap<String, Vec<String>>> {
    let (_, after) = text.split_once("SERVICE_VERSIONS")?;
    let mut rest = after.split_once('{')?.1;
    let mut services = BTreeMap::new();
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n', ',']);
        if rest.starts_with('}') {
            return Some(services).filter(|services| !services.is_empty());
        }
        let (service, after) = quoted(rest)?;
        rest = after.split_once('[')?.1;
        let (list, after) = rest.split_once(']')?;
        let versions = list.split(',').map(str::trim).filter(|item| !item.is_empty());
        let versions: Option<Vec<String>> =
            versions.map(|item| quoted(item).map(|(version, _)| version.to_owned())).collect();
        services.insert(service.to_owned(), versions?);
        rest = after;
    }
}

fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    text[1..].split_once(quote)
}

#[cfg(test)]
mod tests {
    use super::service_versions;

    #[test]
    fn the_first_version_of_a_service_stays_first() {
        let text = "def f(): {}\nSERVICE_VERSIONS = {\n    \"ams\": [\n        \"2020-12-29\",\n        \"2020-06-08\"\n    ],\n    'b': ['2018-01-01',],\n}\n";
        let versions = service_versions(text).unwrap();
        assert_eq!(versions["ams"], ["2020-12-29", "2020-06-08"]);
        assert_eq!(versions["b"], ["2018-01-01"]);
    }

    #[test]
    fn a_text_without_a_list_is_an_error() {
        for text in
            ["", "SERVICE_VERSIONS = {}", "SERVICE_VERSIONS = {\"a\": [2]}", "SERVICE_VERSIONS = {\"a\": [\"2\"]"]
        {
            assert_eq!(service_versions(text), None, "{text}");
        }
    }
}
