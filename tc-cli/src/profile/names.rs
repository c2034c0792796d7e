//! The names of the profiles that exist: files of tccli, and sections of the credential files of the SDKs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::home;
use super::settings::variable;

/// The names of the profiles in `~/.tccli`, sorted.
pub(crate) fn in_tccli() -> Vec<String> {
    let folder = home().map(|home| home.join(".tccli"));
    folder.map(|folder| in_folder(&folder)).unwrap_or_default().into_iter().collect()
}

/// The names of the profiles in every file that a call reads, sorted.
pub(super) fn all() -> Vec<String> {
    let mut names: BTreeSet<String> = in_tccli().into_iter().collect();
    if let Some(folder) = variable("TENCENTCLOUD_SHARED_CREDENTIALS_DIR") {
        names.extend(in_folder(Path::new(&folder)));
    }
    let files = match variable("TENCENTCLOUD_CREDENTIALS_FILE") {
        Some(path) => vec![PathBuf::from(path)],
        None => home()
            .map(|home| home.join(".tencentcloud/credentials"))
            .into_iter()
            .chain([PathBuf::from("/etc/tencentcloud/credentials")])
            .collect(),
    };
    for file in files {
        let text = std::fs::read(file).unwrap_or_default();
        names.extend(sections(&String::from_utf8_lossy(&text)));
    }
    names.into_iter().collect()
}

fn in_folder(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).ok();
    let names = entries.into_iter().flatten().filter_map(|entry| {
        let path = entry.ok()?.path();
        let is_profile = path.extension().is_some_and(|end| end == "configure" || end == "credential");
        Some(path.file_stem()?.to_str()?.to_owned()).filter(|_| is_profile)
    });
    names.collect()
}

/// The sections of a credential file. `[DEFAULT]` is not a profile: it contains values for all others.
fn sections(text: &str) -> impl Iterator<Item = String> {
    let names = text.lines().filter_map(|line| Some(line.trim().strip_prefix('[')?.rsplit_once(']')?.0));
    names.filter(|name| *name != "DEFAULT").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::sections;

    #[test]
    fn the_sections_of_a_credential_file_are_profiles() {
        let text = "; keys\n[default]\nsecret_id = a[b]\n[work]  ; a comment\n[DEFAULT]\n [odd name]\n[open\n";
        assert_eq!(sections(text).collect::<Vec<_>>(), ["default", "work", "odd name"]);
    }
}
