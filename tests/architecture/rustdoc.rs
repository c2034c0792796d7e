//! Runs rustdoc on a library of the workspace, with the dependencies that cargo built for these tests.
//!
//! `cargo rustdoc` would check all dependencies once more, which takes a minute.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

/// Writes rustdoc's JSON of a library, with all features of its package, and returns the path of the file.
///
/// JSON is an unstable format of rustdoc, which `RUSTC_BOOTSTRAP` allows; it does not change while the toolchain is pinned.
pub(crate) fn json(package: &str) -> PathBuf {
    let manifest = manifest(package);
    let library = package.replace('-', "_");
    let folder = std::env::current_exe().expect("this program has a path");
    let folder = folder.parent().expect("this program is in a folder");
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("api");
    let mut errors = Vec::new();
    for built in builds(folder, &library) {
        let mut command = Command::new(std::env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into()));
        command.current_dir(root()).env("RUSTC_BOOTSTRAP", "1").env("CARGO_PKG_VERSION", text(&manifest["version"]));
        command.args(["-Zunstable-options", "--output-format=json", "--cap-lints=allow", "--color=never"]);
        command.args(["--edition", text(&manifest["edition"]), "--crate-name", &library]);
        command.arg("--out-dir").arg(&out).arg("-L").arg(with("dependency=", folder));
        for feature in manifest["features"].as_object().into_iter().flatten().map(|(name, _)| name) {
            command.args(["--cfg", &format!("feature={feature:?}")]);
        }
        let direct: Vec<String> =
            array(&manifest["dependencies"]).map(|one| text(&one["name"]).replace('-', "_")).collect();
        for (name, path) in dependencies(&built, folder).iter().filter(|(name, _)| direct.contains(name)) {
            command.arg("--extern").arg(with(&format!("{name}="), path));
        }
        let output = command.arg(format!("{package}/src/lib.rs")).output().expect("rustdoc runs");
        if output.status.success() {
            return out.join(library + ".json");
        }
        errors.push(format!("{}:\n{}", built.display(), String::from_utf8_lossy(&output.stderr)));
    }
    panic!("rustdoc fails on {package} with each build of it in {}.\n{}", folder.display(), errors.join("\n"));
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package is in a workspace")
}

/// The manifest of `package`, as `cargo metadata` prints it.
fn manifest(package: &str) -> Json {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--locked", "--format-version=1"])
        .current_dir(root())
        .output()
        .expect("cargo metadata");
    let metadata: Json = serde_json::from_slice(&output.stdout).expect("JSON");
    let found = array(&metadata["packages"]).find(|one| one["name"] == package);
    found.unwrap_or_else(|| panic!("no package {package}: {}", String::from_utf8_lossy(&output.stderr))).clone()
}

/// The builds of a library in the folder of this program, the newest first.
fn builds(folder: &Path, library: &str) -> Vec<PathBuf> {
    let begin = format!("lib{library}-");
    let entries = fs::read_dir(folder).expect("the folder of this program").filter_map(Result::ok);
    let mut found: Vec<_> = entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(&begin))
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rlib"))
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    found.sort_unstable_by(|left, right| right.cmp(left));
    found.into_iter().map(|(_, path)| path).collect()
}

/// The crates that a built library refers to, by name, with their files.
fn dependencies(built: &Path, folder: &Path) -> Vec<(String, PathBuf)> {
    let output = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .current_dir(root())
        .env("RUSTC_BOOTSTRAP", "1")
        .arg("-Zls=root")
        .arg(built)
        .output()
        .expect("rustc runs");
    let listed = String::from_utf8_lossy(&output.stdout).into_owned();
    // "26 bytes-fd17813910755b9f hash f09d… kind Unconditional public"; the standard library's are in another folder.
    let crates = listed.lines().filter_map(|line| line.split_once(" hash ")?.0.split_once(' '));
    let files = crates.filter_map(|(_, file)| {
        let endings = ["rlib", std::env::consts::DLL_EXTENSION];
        let path =
            endings.map(|ending| folder.join(format!("lib{file}.{ending}"))).into_iter().find(|path| path.exists());
        Some((file.rsplit_once('-')?.0.to_owned(), path?))
    });
    files.collect()
}

pub(crate) fn text(json: &Json) -> &str {
    json.as_str().unwrap_or_default()
}

pub(crate) fn array(json: &Json) -> impl Iterator<Item = &Json> {
    json.as_array().into_iter().flatten()
}

fn with(before: &str, path: &Path) -> OsString {
    let mut joined = OsString::from(before);
    joined.push(path);
    joined
}
