//! The user's own copy of the official text: imported once, then shown by `show`, help and `search`.
//!
//! The program contains none of that text. `tcapi docs import DIR` reads an unpacked tccli or tccli-intl-en package and
//! writes one file for each version of a service to `~/.tcapi/docs`, and one with the titles of all actions.

mod import;
mod plain;

use std::fs;
use std::path::PathBuf;

use serde_json::{Map, Value};

pub use import::{ImportError, Imported, import};
pub use plain::plain;

use crate::profile::home;

/// The text of one version of a service.
#[derive(Debug, Clone, Default)]
pub struct Texts(Map<String, Value>);

/// The title of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The folder name of the service.
    pub service: String,
    /// The version.
    pub version: String,
    /// The action.
    pub action: String,
    /// Its title.
    pub title: String,
}

/// Where imported text is kept.
pub fn folder() -> Option<PathBuf> {
    Some(home()?.join(".tcapi").join("docs"))
}

impl Texts {
    /// The text of a version of a service, if one was imported.
    pub fn load(service: &str, version: &str) -> Option<Self> {
        let text = fs::read_to_string(folder()?.join(format!("{service}-{version}.json"))).ok()?;
        match serde_json::from_str(&text) {
            Ok(Value::Object(texts)) => Some(Self(texts)),
            _ => None,
        }
    }

    /// The title and the text of an action.
    pub fn action(&self, action: &str) -> Option<(&str, &str)> {
        let pair = self.0.get("actions")?.get(action)?;
        Some((pair.get(0)?.as_str()?, pair.get(1)?.as_str()?))
    }

    /// The text of a member of an object, `RunInstancesRequest` or `Placement`.
    pub fn member(&self, object: &str, member: &str) -> Option<&str> {
        self.0.get("objects")?.get(object)?.get(member)?.as_str().filter(|text| !text.is_empty())
    }
}

/// The titles of all actions that were imported; empty if nothing was.
pub fn titles() -> Vec<Title> {
    let read = || fs::read_to_string(folder()?.join("titles.tsv")).ok();
    let title = |line: &str| {
        let mut cells = line.splitn(4, '\t').map(str::to_owned);
        Some(Title { service: cells.next()?, version: cells.next()?, action: cells.next()?, title: cells.next()? })
    };
    read().unwrap_or_default().lines().filter_map(title).collect()
}

#[cfg(test)]
mod tests;
