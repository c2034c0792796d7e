//! The environment that providers read: variables, the home directory, `/etc`.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::ProviderError;
use crate::credential::Credential;
use crate::region::Region;

/// The environment variables and directories that providers read: those of the process, or others for tests.
///
/// ```
/// use tc_core::provider::HostEnvironment;
/// let environment = HostEnvironment::empty().var("TENCENTCLOUD_SECRET_ID", "AKIDEXAMPLE").home("/home/someone");
/// assert!(!format!("{environment:?}").contains("AKIDEXAMPLE"));
/// ```
#[derive(Clone)]
pub struct HostEnvironment {
    /// `None` for the variables of the process.
    vars: Option<BTreeMap<String, Zeroizing<String>>>,
    home: Option<PathBuf>,
    etc: PathBuf,
}

impl HostEnvironment {
    /// The environment of this process. Variables are read at each call of a provider.
    pub fn of_process() -> Self {
        Self { vars: None, home: None, etc: "/etc".into() }
    }

    /// An environment without variables and directories.
    pub fn empty() -> Self {
        Self { vars: Some(BTreeMap::new()), home: None, etc: PathBuf::new() }
    }

    /// Adds a variable. The variables of the process are then not read.
    #[must_use]
    pub fn var(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.vars.get_or_insert_default().insert(name.into(), Zeroizing::new(value.into()));
        self
    }

    /// Sets the home directory.
    #[must_use]
    pub fn home(mut self, path: impl Into<PathBuf>) -> Self {
        self.home = Some(path.into());
        self
    }

    /// Sets the directory that replaces `/etc`.
    #[must_use]
    pub fn etc(mut self, path: impl Into<PathBuf>) -> Self {
        self.etc = path.into();
        self
    }

    /// The region in `TENCENTCLOUD_REGION`; `None` if it is not set or empty.
    ///
    /// # Errors
    /// If the value is not a valid region name. The error contains the name of the variable.
    pub fn region(&self) -> Result<Option<Region>, ProviderError> {
        const NAME: &str = "TENCENTCLOUD_REGION";
        let failed = |reason: String| ProviderError::failed("environment", reason);
        let Some(name) = self.value(NAME).map_err(failed)? else { return Ok(None) };
        name.parse().map(Some).map_err(|error| failed(format!("has {NAME}: {error}")))
    }

    /// The credential in the variables that [`Environment`](super::Environment) reads, without a role; `None` if none of them is set.
    ///
    /// ```
    /// use tc_core::provider::HostEnvironment;
    /// let environment = HostEnvironment::empty().var("TENCENTCLOUD_SECRET_ID", "AKIDEXAMPLE");
    /// assert!(environment.credential().unwrap_err().to_string().contains("no TENCENTCLOUD_SECRET_KEY"));
    /// let environment = environment.var("TENCENTCLOUD_SECRET_KEY", "EXAMPLEKEY");
    /// assert_eq!(environment.credential()?.unwrap().secret_id(), "AKIDEXAMPLE");
    /// # Ok::<(), tc_core::provider::ProviderError>(())
    /// ```
    ///
    /// # Errors
    /// Only some parts of the credential are set, or a value is invalid. The error contains the name of the variable.
    pub fn credential(&self) -> Result<Option<Credential>, ProviderError> {
        super::environment::read(self)
    }

    /// The value of a variable; an empty variable counts as not set.
    ///
    /// # Errors
    /// If the value consists only of spaces or is not UTF-8. The error contains the name of the variable but not its value.
    pub(super) fn value(&self, name: &str) -> Result<Option<Zeroizing<String>>, String> {
        let value = match &self.vars {
            Some(vars) => vars.get(name).cloned(),
            None => match std::env::var(name) {
                Ok(value) => Some(Zeroizing::new(value)),
                Err(std::env::VarError::NotPresent) => None,
                Err(std::env::VarError::NotUnicode(_)) => return Err(format!("has {name}, which is not valid UTF-8")),
            },
        };
        match value {
            Some(value) if value.is_empty() => Ok(None),
            Some(value) if value.trim().is_empty() => Err(format!("has {name}, which is blank: set or unset it")),
            value => Ok(value),
        }
    }

    /// The value of a setting that has several names.
    ///
    /// # Errors
    /// As [`value`](Self::value), and if two names have different values.
    pub(super) fn part(&self, names: &[&'static str]) -> Result<Option<Variable>, String> {
        let mut found: Option<Variable> = None;
        for &name in names {
            let Some(value) = self.value(name)? else { continue };
            match &found {
                Some(first) if first.value != value => {
                    return Err(format!("has different values in {} and {name}: unset one of them", first.name));
                }
                Some(_) => {}
                None => found = Some(Variable { name, value }),
            }
        }
        Ok(found)
    }

    pub(super) fn in_home(&self, path: &str) -> Option<PathBuf> {
        let process = |name: &str| match &self.vars {
            Some(vars) => vars.get(name).map(|value| PathBuf::from(value.as_str())),
            None => std::env::var_os(name).map(PathBuf::from),
        };
        let set = |home: &PathBuf| !home.as_os_str().is_empty();
        let home = self.home.clone();
        let home = home.or_else(|| process("HOME").filter(set)).or_else(|| process("USERPROFILE").filter(set));
        home.map(|home| home.join(path))
    }

    pub(super) fn in_etc(&self, path: &str) -> Option<PathBuf> {
        (!self.etc.as_os_str().is_empty()).then(|| self.etc.join(path))
    }
}

/// A variable that is set.
pub(super) struct Variable {
    pub(super) name: &'static str,
    pub(super) value: Zeroizing<String>,
}

impl Variable {
    /// Returns the value without copying it.
    pub(super) fn into_value(mut self) -> String {
        std::mem::take(&mut *self.value)
    }
}

/// Does not show the values of variables.
impl fmt::Debug for HostEnvironment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("HostEnvironment");
        match &self.vars {
            None => shown.field("vars", &"of the process"),
            Some(vars) => shown.field("vars", &vars.keys()),
        };
        shown.field("home", &self.home).field("etc", &self.etc).finish()
    }
}

/// Reads a file as text; `None` if it does not exist.
pub(super) fn read(path: &Path) -> Result<Option<Zeroizing<String>>, String> {
    let Some(bytes) = read_bytes(path)? else { return Ok(None) };
    let text = std::str::from_utf8(&bytes).map_err(|_| "is not UTF-8 text")?;
    Ok(Some(Zeroizing::new(without_mark(text).to_owned())))
}

/// Like [`read`], but accepts bytes that are not UTF-8: they may be in a part of the file that is not needed.
pub(super) fn read_lossy(path: &Path) -> Result<Option<Zeroizing<String>>, String> {
    let Some(bytes) = read_bytes(path)? else { return Ok(None) };
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => without_mark(text).to_owned(),
        // In UTF-16, which some editors write, no section would be found.
        Err(_) if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") => {
            return Err("is in UTF-16: save it in UTF-8".into());
        }
        Err(_) => without_mark(&Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned())).to_owned(),
    };
    Ok(Some(Zeroizing::new(text)))
}

/// Removes the byte order mark that some editors write at the start.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn read_bytes(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, String> {
    // More than any credential file needs; the path may be that of a device or a log.
    const LARGEST: u64 = 1 << 20;
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(format!("cannot be opened: {error}")),
    };
    match file.metadata() {
        Ok(found) if !found.is_file() => return Err("is not a regular file".into()),
        Ok(found) if found.len() > LARGEST => return Err("is larger than 1 MB".into()),
        _ => {}
    }
    // A vector that grows would leave copies of the secret in freed memory.
    let size = file.metadata().map_or(0, |found| usize::try_from(found.len()).unwrap_or_default());
    let mut bytes = Zeroizing::new(Vec::with_capacity(size + 1));
    file.take(LARGEST).read_to_end(&mut bytes).map_err(|error| format!("cannot be read: {error}"))?;
    Ok(Some(bytes))
}

/// Checks the name of a profile, because it becomes part of a path.
pub(super) fn profile_name(name: &str) -> Result<&str, &'static str> {
    let plain = |character: char| character.is_alphanumeric() || "-_.@+ ".contains(character);
    if name.is_empty() || name.starts_with('.') || !name.chars().all(plain) {
        return Err(
            "is not a valid profile name: letters, digits, spaces, `-`, `_`, `.`, `@` and `+` are accepted, and it must not start with `.`",
        );
    }
    Ok(name)
}
