//! The floors of tc-core, checked: a module imports only from lower floors, and neighbours do not know each other.

mod api;
mod packages;
mod rustdoc;
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tc-core/src")
}

/// The floor of every module, as `lib.rs` lists them: bottom up, a blank line and a comment begin a floor.
fn floors() -> BTreeMap<String, usize> {
    let lib = fs::read_to_string(source().join("lib.rs")).expect("lib.rs");
    let mut floors = BTreeMap::new();
    let mut floor = 0;
    for line in lib.lines() {
        if line.starts_with("// ") {
            floor += 1;
        }
        let module = line.trim_start_matches("pub ").strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';'));
        if let Some(module) = module.filter(|module| *module != "__private") {
            floors.insert(module.to_owned(), floor);
        }
    }
    floors
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The modules that a file names with `crate::`, outside comments.
fn imports(text: &str) -> Vec<String> {
    // `$crate::` is written into a user's crate.
    let code = text.lines().map(|line| line.split("//").next().unwrap_or_default().replace("$crate::", ""));
    let mut named = Vec::new();
    for line in code {
        // A macro's `$crate::` is read where the macro is used.
        let line = line.replace("$crate::", "");
        for rest in line.split("crate::").skip(1) {
            let word = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            named.push(word.to_owned());
        }
    }
    named
}

#[test]
fn every_module_imports_from_lower_floors_only() {
    let floors = floors();
    assert!(floors.len() > 10, "lib.rs was not understood: {floors:?}");
    let mut found = Vec::new();
    files(&source(), &mut found);
    let mut upward = Vec::new();
    for path in found {
        let within = path.strip_prefix(source()).expect("below src");
        let module = within.iter().next().and_then(|first| first.to_str()).expect("a name").trim_end_matches(".rs");
        // Tests may look at everything, and so may the door for generated code.
        let is_test = within.iter().any(|part| part == "tests" || part == "tests.rs");
        let Some(floor) = floors.get(module).filter(|_| !is_test) else { continue };
        for word in imports(&fs::read_to_string(&path).expect("a file")) {
            let allowed = word == module || floors.get(&word).is_some_and(|other| other < floor);
            if !allowed {
                upward.push(format!("{}: crate::{word}", within.display()));
            }
        }
    }
    assert!(upward.is_empty(), "these look up, or around lib.rs:\n{}", upward.join("\n"));
}

#[test]
fn the_walk_sees_imports_and_skips_comments() {
    assert_eq!(
        imports("use crate::spec::X; // crate::client\n//! crate::page\nlet a = crate::error::E;\n$crate::client!()"),
        ["spec", "error"]
    );
}

/// The macros, the core and the catalog all build on it, so what it depends on would be in every build before them.
#[test]
fn tc_spec_depends_on_nothing() {
    let manifest = fs::read_to_string(source().join("../../tc-spec/Cargo.toml")).expect("a manifest");
    assert!(manifest.contains("tc-spec") && !manifest.contains("dependencies"), "{manifest}");
}

/// The versions of a package in the tree of the workspace, for the machine at hand.
fn versions(tree: &str, name: &str) -> Vec<String> {
    let mut versions: Vec<String> = tree
        .lines()
        .filter_map(|line| line.strip_prefix(name)?.strip_prefix(" v")?.split(' ').next().map(str::to_owned))
        .collect();
    versions.sort_unstable();
    versions.dedup();
    versions
}

#[test]
fn there_is_one_syn_one_http_stack_and_one_tls() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--workspace", "--offline", "--locked", "--prefix", "none", "--format", "{p}"])
        .current_dir(source().join("../.."))
        .output()
        .expect("cargo tree");
    let tree = String::from_utf8_lossy(&output.stdout);
    for one in ["syn", "hyper", "http", "http-body", "reqwest", "rustls", "ring", "tokio", "serde_json"] {
        assert_eq!(versions(&tree, one).len(), 1, "{one}: {:?}", versions(&tree, one));
    }
    // Other HTTP clients, other TLS libraries, and crates that nobody keeps any more.
    for none in [
        "ureq",
        "isahc",
        "curl",
        "openssl",
        "native-tls",
        "aws-lc-rs",
        "rustls-pemfile",
        "proc-macro-error",
        "proc-macro-error2",
    ] {
        assert_eq!(versions(&tree, none), Vec::<String>::new(), "{none}");
    }
}
