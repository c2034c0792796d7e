//! Checks the contents of every published package.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The packages of the workspace without `publish = false`, and their manifests.
fn published() -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    let packages = entries.filter_map(|folder| Some((fs::read_to_string(folder.join("Cargo.toml")).ok()?, folder)));
    let mut found: Vec<(PathBuf, String)> = packages
        .filter(|(manifest, _)| manifest.contains("[package]") && !manifest.contains("publish = false"))
        .map(|(manifest, folder)| (folder, manifest))
        .collect();
    found.sort();
    assert!(found.len() >= 5, "{found:?}");
    found
}

#[test]
fn a_package_has_its_licences_readme_and_description() {
    for (folder, manifest) in published() {
        for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
            let [here, there] = [&folder, &root()].map(|folder| fs::read_to_string(folder.join(licence)).ok());
            assert!(here.is_some() && here == there, "{}: copy {licence} of the root into it", folder.display());
        }
        let readme = fs::read_to_string(folder.join("README.md"));
        assert!(readme.is_ok_and(|text| text.len() > 100), "{} has no README.md", folder.display());
        for key in ["description = ", "license.workspace", "rust-version", "[package.metadata.docs.rs]"] {
            assert!(manifest.contains(key), "{} has no `{key}`", folder.display());
        }
    }
}

#[test]
fn no_file_is_a_symbolic_link() {
    let listed = Command::new("git").args(["ls-files", "--stage"]).current_dir(root()).output();
    // A package from the registry has no repository, and no links.
    let Ok(listed) = listed else { return };
    for line in String::from_utf8_lossy(&listed.stdout).lines() {
        assert!(!line.starts_with("120000"), "{line}: checkouts without symbolic links get a text file instead");
    }
}
