//! The two files of a profile: `<name>.configure` and `<name>.credential`.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::home;
use crate::args::kind;
use crate::error::{Error, configuration};

/// The section of the settings that hold for every service.
const SYSTEM: &str = "_sys_param";

/// The settings that hold for every service, in the order of `configure list`.
pub(crate) const SETTINGS: [&str; 6] = ["region", "output", "arrayCount", "warning", "language", "request-client"];
/// The members of the credential that are texts.
const CREDENTIAL: [&str; 6] = ["secretId", "secretKey", "token", "role-arn", "role-session-name", "type"];

/// A profile as its files say. Absent files are empty.
#[derive(Clone)]
pub struct Profile {
    name: String,
    directory: PathBuf,
    /// `<name>.configure`.
    pub(crate) configure: Map<String, Value>,
    /// `<name>.credential`.
    pub(crate) credential: Map<String, Value>,
    exists: bool,
}

/// Something that the user should change about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning(String);

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Profile {
    /// Reads the profile of this name from `~/.tccli`.
    ///
    /// # Errors
    /// The name could leave the directory, there is no home directory, or a file is not a JSON object.
    pub fn load(name: &str) -> Result<Self, Error> {
        Self::load_from(directory()?, name)
    }

    /// The same from another directory.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn load_from(directory: PathBuf, name: &str) -> Result<Self, Error> {
        let mut profile = Self::empty(directory, name)?;
        let (configure, credential) = (profile.configure_path(), profile.credential_path());
        if let Some(members) = read(&configure)? {
            check_settings(&members).map_err(|problem| invalid(&configure, &problem))?;
            (profile.configure, profile.exists) = (members, true);
        }
        if let Some(members) = read(&credential)? {
            check_texts(&members, "", &CREDENTIAL).map_err(|problem| invalid(&credential, &problem))?;
            (profile.credential, profile.exists) = (members, true);
        }
        Ok(profile)
    }

    /// The profile of this name in `~/.tccli`, without what its files contain. They may be invalid.
    ///
    /// # Errors
    /// The name could leave the directory, or there is no home directory.
    pub(crate) fn unread(name: &str) -> Result<Self, Error> {
        Self::empty(directory()?, name)
    }

    fn empty(directory: PathBuf, name: &str) -> Result<Self, Error> {
        if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\', '\0']) {
            return Err(configuration(format!("invalid profile name `{name}`: use letters, digits, `-`, `_` and `.`")));
        }
        Ok(Self { name: name.to_owned(), directory, configure: Map::new(), credential: Map::new(), exists: false })
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether one of its files exists.
    pub fn exists(&self) -> bool {
        self.exists
    }

    /// `<name>.configure`.
    pub fn configure_path(&self) -> PathBuf {
        self.directory.join(format!("{}.configure", self.name))
    }

    /// `<name>.credential`.
    pub fn credential_path(&self) -> PathBuf {
        self.directory.join(format!("{}.credential", self.name))
    }

    /// A setting that holds for every service, as text: `region`, `output`, `language`.
    pub fn system(&self, key: &str) -> Option<String> {
        let section = self.configure.get(SYSTEM).and_then(|section| section.get(key));
        // Files of old versions have them at the top.
        text(section.or_else(|| self.configure.get(key))?)
    }

    /// A setting of one service: `version`, `endpoint`.
    pub fn service(&self, service: &str, key: &str) -> Option<String> {
        text(self.configure.get(service)?.get(key)?)
    }

    /// A member of the credential, as text.
    pub fn secret(&self, key: &str) -> Option<String> {
        text(self.credential.get(key)?)
    }

    /// Sets a setting that holds for every service.
    pub fn set_system(&mut self, key: &str, value: &str) {
        self.configure.remove(key);
        section(&mut self.configure, SYSTEM).insert(key.to_owned(), Value::from(value));
    }

    /// Sets a setting that is not a text.
    pub fn set_system_value(&mut self, key: &str, value: Value) {
        section(&mut self.configure, SYSTEM).insert(key.to_owned(), value);
    }

    /// Sets a setting of one service.
    ///
    /// # Errors
    /// The file has another value than an object for the service, which would be lost.
    pub fn set_service(&mut self, service: &str, key: &str, value: &str) -> Result<(), Error> {
        if let Some(other) = self.configure.get(service).filter(|value| !value.is_object() && !value.is_null()) {
            let problem = format!("`{service}` is {}, where an object is expected", kind(other));
            return Err(invalid(&self.configure_path(), &problem));
        }
        section(&mut self.configure, service).insert(key.to_owned(), Value::from(value));
        Ok(())
    }

    /// Sets a member of the credential.
    pub fn set_secret(&mut self, key: &str, value: &str) {
        self.credential.insert(key.to_owned(), Value::from(value));
    }

    /// Writes `<name>.configure`.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save_configure(&self) -> Result<(), Error> {
        save(&self.configure_path(), &self.configure)
    }

    /// Writes `<name>.credential`, readable by its owner alone.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save_credential(&self) -> Result<(), Error> {
        save(&self.credential_path(), &self.credential)
    }

    /// Removes both files, and returns the paths of those that did not exist.
    ///
    /// # Errors
    /// A file cannot be removed.
    pub fn remove(&self) -> Result<Vec<String>, Error> {
        let mut absent = Vec::new();
        for path in [self.configure_path(), self.credential_path()] {
            match fs::remove_file(&path) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    absent.push(path.display().to_string());
                }
                Err(error) => return Err(configuration(format!("cannot remove {}: {error}", path.display()))),
            }
        }
        Ok(absent)
    }

    /// A warning if others can read the credential.
    pub fn warning(&self) -> Option<Warning> {
        let path = self.credential_path();
        others_can_read(&path).then(|| {
            let path = path.display();
            Warning(format!("other users can read {path}; run: chmod 600 {path}"))
        })
    }
}

/// Shows the name only.
impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Profile({})", self.name)
    }
}

/// A secret as `configure list` shows it: sixteen asterisks and the last four characters.
pub fn mask(secret: &str) -> String {
    if secret.is_empty() {
        return String::new();
    }
    let tail: Vec<char> = secret.chars().rev().take(4).collect();
    // Four characters of a short secret would be most of it.
    let tail = if secret.chars().count() < 12 { String::new() } else { tail.into_iter().rev().collect() };
    format!("{}{tail}", "*".repeat(16))
}

fn section<'a>(object: &'a mut Map<String, Value>, name: &str) -> &'a mut Map<String, Value> {
    let entry = object.entry(name).or_insert_with(|| Value::Object(Map::new()));
    if !entry.is_object() {
        *entry = Value::Object(Map::new());
    }
    match entry {
        Value::Object(section) => section,
        _ => unreachable!("it was made an object above"),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

fn directory() -> Result<PathBuf, Error> {
    Ok(home().ok_or_else(|| configuration("there is no home directory: set HOME"))?.join(".tccli"))
}

/// Checks the settings that hold for every service.
fn check_settings(members: &Map<String, Value>) -> Result<(), String> {
    match members.get(SYSTEM) {
        None | Some(Value::Null) => check_texts(members, "", &SETTINGS),
        Some(Value::Object(section)) => check_texts(section, "_sys_param.", &SETTINGS),
        Some(other) => Err(format!("`{SYSTEM}` is {}, where an object is expected", kind(other))),
    }
}

/// Checks that these members are texts, numbers or booleans, if they exist. Their values may be secret.
fn check_texts(members: &Map<String, Value>, before: &str, names: &[&str]) -> Result<(), String> {
    let is_invalid = |value: &Value| value.is_array() || value.is_object();
    let invalid = names.iter().find_map(|name| Some((name, members.get(*name).filter(|value| is_invalid(value))?)));
    match invalid {
        None => Ok(()),
        Some((name, value)) => Err(format!("`{before}{name}` is {}, where a text is expected", kind(value))),
    }
}

/// The error of a file whose contents cannot be used.
fn invalid(path: &Path, problem: &str) -> Error {
    let path = path.display();
    configuration(format!("{path}: {problem}; correct the file, or remove the profile with `tcapi configure remove`"))
}

fn read(path: &Path) -> Result<Option<Map<String, Value>>, Error> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(configuration(format!("cannot read {}: {error}", path.display()))),
    };
    match serde_json::from_str(&text) {
        Ok(Value::Object(members)) => Ok(Some(members)),
        // Without an excerpt: the file may hold a key.
        Ok(_) => Err(invalid(path, "not a JSON object")),
        Err(error) => Err(invalid(path, &format!("not valid JSON (line {}, column {})", error.line(), error.column()))),
    }
}

/// Writes a file whole or not at all, with members sorted as tccli sorts them, readable by its owner alone.
fn save(path: &Path, members: &Map<String, Value>) -> Result<(), Error> {
    let mut sorted = members.clone();
    sorted.values_mut().for_each(Value::sort_all_objects);
    sorted.sort_keys();
    let json = serde_json::to_string_pretty(&sorted)
        .map_err(|error| configuration(format!("cannot write {}: {error}", path.display())))?;
    write_private(path, json.as_bytes())
        .map_err(|error| configuration(format!("cannot write {}: {error}", path.display())))
}

/// Writes a file through a new one beside it, with mode 0600.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let directory = path.parent().unwrap_or(Path::new("."));
    if !directory.is_dir() {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(directory)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = directory.join(name);
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&temporary).and_then(|mut file| {
        // One that was left by a crash may have another mode.
        #[cfg(unix)]
        file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        file.write_all(bytes)?;
        file.sync_all()
    });
    let renamed = written.and_then(|()| fs::rename(&temporary, path));
    if renamed.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    renamed
}

#[cfg(unix)]
fn others_can_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn others_can_read(_: &Path) -> bool {
    false
}
