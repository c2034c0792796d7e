//! A folder of generated files: what differs from it, and its replacement.

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use tc_catalog::rust::{SourceFile, written};

use crate::error::{Error, arguments, configuration};

/// A folder, and the files that it is to contain.
pub(crate) struct Folder<'f> {
    pub(crate) path: &'f Path,
    /// The folder name of the service.
    pub(crate) service: &'f str,
    pub(crate) files: &'f [SourceFile],
}

/// How a file in the folder differs from the one to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Difference {
    /// It was not written by this command, or for another service.
    Foreign,
    /// It was edited after it was written.
    Edited,
    /// What was written is not what would be written today.
    Changed,
    /// It is not there.
    Missing,
    /// It was written earlier and is no longer part of the code.
    Left,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Foreign => "not written by this command",
            Self::Edited => "edited by hand",
            Self::Changed => "facts changed",
            Self::Missing => "missing",
            Self::Left => "no longer needed",
        })
    }
}

impl Folder<'_> {
    /// Every difference, in the order of the files' names. A file may be edited and changed.
    ///
    /// # Errors
    /// A file cannot be read.
    pub(crate) fn differences(&self) -> Result<Vec<(Difference, String)>, Error> {
        let mut found = Vec::new();
        for file in self.files {
            let mut add = |difference| found.push((difference, file.name.clone()));
            let Some(text) = read(&self.path.join(&file.name))? else {
                add(Difference::Missing);
                continue;
            };
            let new = written(&file.text).map_or(file.text.as_str(), |written| written.content);
            match written(&text) {
                Some(old) if old.service == self.service => {
                    if old.content.replace('\r', "") == new {
                        continue;
                    }
                    if old.is_edited {
                        add(Difference::Edited);
                    }
                    if !old.was_written_as(new) {
                        add(Difference::Changed);
                    }
                }
                _ => add(Difference::Foreign),
            }
        }
        for name in self.others()? {
            let text = read(&self.path.join(&name))?.unwrap_or_default();
            let Some(old) = written(&text).filter(|old| old.service == self.service) else { continue };
            if old.is_edited {
                found.push((Difference::Edited, name.clone()));
            }
            found.push((Difference::Left, name));
        }
        found.sort_by(|one, other| (&one.1, one.0).cmp(&(&other.1, other.0)));
        Ok(found)
    }

    /// Writes all files, or none, and removes those that are no longer needed.
    ///
    /// # Errors
    /// Without `force`: a file is there that was not written by this command, or was edited. A file cannot be written.
    pub(crate) fn write(&self, force: bool) -> Result<(), Error> {
        let differences = self.differences()?;
        let protected = |difference| matches!(difference, Difference::Foreign | Difference::Edited);
        let kept: Vec<String> = differences
            .iter()
            .filter(|(difference, _)| protected(*difference))
            .map(|(difference, name)| format!("{} is {difference}", self.path.join(name).display()))
            .collect();
        if !kept.is_empty() && !force {
            let kept = kept.join("\n");
            return Err(arguments(format!("{kept}\nNothing was written; overwrite with --force")));
        }
        replace(self.path, self.files)?;
        for (difference, name) in &differences {
            // What was edited by hand is never removed.
            let edited = differences.contains(&(Difference::Edited, name.clone()));
            if *difference == Difference::Left && !edited {
                let path = self.path.join(name);
                fs::remove_file(&path).map_err(|error| failed(&path, &error))?;
            }
        }
        Ok(())
    }

    /// The names of the Rust files in the folder that are not to be written.
    fn others(&self) -> Result<Vec<String>, Error> {
        let entries = match fs::read_dir(self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(unreadable(self.path, &error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(|error| unreadable(self.path, &error))?.file_name();
            if let Some(name) = name.to_str().filter(|name| Path::new(name).extension().is_some_and(|end| end == "rs"))
                && !self.files.iter().any(|file| file.name == name)
            {
                names.push(name.to_owned());
            }
        }
        names.sort();
        Ok(names)
    }
}

/// The text of a file, or nothing if it is not there. A file that is not UTF-8 counts as edited.
fn read(path: &Path) -> Result<Option<String>, Error> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// Puts the files in place, each whole. All are written beside their place first, so that a full disk leaves the folder
/// as it was.
///
/// # Errors
/// A file cannot be written.
pub(crate) fn replace(folder: &Path, files: &[SourceFile]) -> Result<(), Error> {
    let is_new = !folder.exists();
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    let staged = |file: &SourceFile| folder.join(format!(".{}.{}.new", file.name, std::process::id()));
    let written = files.iter().try_for_each(|file| {
        let path = staged(file);
        fs::write(&path, &file.text).map_err(|error| failed(&path, &error))?;
        let place = folder.join(&file.name);
        if place.is_dir() {
            return Err(configuration(format!("{} is a folder, where a file is to be written", place.display())));
        }
        Ok(())
    });
    let placed = written.and_then(|()| {
        files.iter().try_for_each(|file| {
            let place = folder.join(&file.name);
            fs::rename(staged(file), &place).map_err(|error| failed(&place, &error))
        })
    });
    if placed.is_err() {
        for file in files {
            let _ = fs::remove_file(staged(file));
        }
        if is_new {
            // Removes it only if it is empty.
            let _ = fs::remove_dir(folder);
        }
    }
    placed
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    configuration(format!("cannot read {}: {error}", path.display()))
}

fn failed(path: &Path, error: &std::io::Error) -> Error {
    configuration(format!("cannot write {}: {error}", path.display()))
}
