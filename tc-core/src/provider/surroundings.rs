//! The machine as providers see it: variables, a home directory, `/etc`.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

/// The variables and directories that providers look at: the process's own, or invented ones for a test.
///
/// ```
/// use tc_core::provider::Surroundings;
/// let surroundings = Surroundings::empty().var("TENCENTCLOUD_SECRET_ID", "AKIDEXAMPLE").home("/home/someone");
/// assert!(!format!("{surroundings:?}").contains("AKIDEXAMPLE"));
/// ```
#[derive(Clone)]
pub struct Surroundings {
    /// None where the process's own are meant.
    vars: Option<BTreeMap<String, String>>,
    home: Option<PathBuf>,
    etc: PathBuf,
}

impl Surroundings {
    /// Those of this process, looked at whenever a provider is asked.
    pub fn of_process() -> Self {
        Self { vars: None, home: None, etc: "/etc".into() }
    }

    /// None at all.
    pub fn empty() -> Self {
        Self { vars: Some(BTreeMap::new()), home: None, etc: PathBuf::new() }
    }

    /// With this variable, and none of the process's.
    #[must_use]
    pub fn var(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.vars.get_or_insert_default().insert(name.into(), value.into());
        self
    }

    /// With this home directory.
    #[must_use]
    pub fn home(mut self, path: impl Into<PathBuf>) -> Self {
        self.home = Some(path.into());
        self
    }

    /// With this directory in place of `/etc`.
    #[must_use]
    pub fn etc(mut self, path: impl Into<PathBuf>) -> Self {
        self.etc = path.into();
        self
    }

    /// The value of a variable; an empty one is as good as none.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let value = match &self.vars {
            Some(vars) => vars.get(name).cloned(),
            None => std::env::var(name).ok(),
        };
        value.filter(|value| !value.is_empty())
    }

    pub(super) fn in_home(&self, path: &str) -> Option<PathBuf> {
        let home =
            self.home.clone().or_else(|| self.get("HOME").or_else(|| self.get("USERPROFILE")).map(PathBuf::from));
        home.map(|home| home.join(path))
    }

    pub(super) fn in_etc(&self, path: &str) -> Option<PathBuf> {
        (!self.etc.as_os_str().is_empty()).then(|| self.etc.join(path))
    }
}

/// Shows no value of a variable.
impl fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Surroundings");
        match &self.vars {
            None => shown.field("vars", &"of the process"),
            Some(vars) => shown.field("vars", &vars.keys()),
        };
        shown.field("home", &self.home).field("etc", &self.etc).finish()
    }
}

/// The text of a file, none where there is no such file.
pub(super) fn read(path: &Path) -> Result<Option<Zeroizing<String>>, String> {
    // Nobody's keys need more; a path that leads to a device or a log must not fill the memory.
    const MOST: u64 = 1 << 20;
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(format!("cannot be opened: {error}")),
    };
    match file.metadata() {
        Ok(found) if !found.is_file() => return Err("is no file".into()),
        Ok(found) if found.len() > MOST => return Err("is larger than 1 MB".into()),
        _ => {}
    }
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(MOST).read_to_end(&mut bytes).map_err(|error| format!("cannot be read: {error}"))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| "is no UTF-8 text")?;
    Ok(Some(Zeroizing::new(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())))
}

/// A profile's name becomes part of a path and of a section's line.
pub(super) fn profile_name(name: &str) -> Result<&str, &'static str> {
    let plain = |character: char| character.is_alphanumeric() || "-_.@+ ".contains(character);
    if name.is_empty() || name.starts_with('.') || !name.chars().all(plain) {
        return Err("is a name that no profile can have: letters, digits, `-`, `_`, `.`, `@` and `+` are accepted");
    }
    Ok(name)
}
