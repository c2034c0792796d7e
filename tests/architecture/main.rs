//! Checks the layers of tc-core: a module imports only from lower layers, not from its own.

mod api;
mod documents;
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

/// The layer of every module. `lib.rs` lists the modules from the lowest layer up; a comment begins a layer.
fn layers() -> BTreeMap<String, usize> {
    let lib = fs::read_to_string(source().join("lib.rs")).expect("lib.rs");
    let mut layers = BTreeMap::new();
    let mut layer = 0;
    for line in lib.lines() {
        if line.starts_with("// ") {
            layer += 1;
        }
        let module = line.trim_start_matches("pub ").strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';'));
        if let Some(module) = module.filter(|module| *module != "__private") {
            layers.insert(module.to_owned(), layer);
        }
    }
    layers
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
fn every_module_imports_from_lower_layers_only() {
    let layers = layers();
    assert!(layers.len() > 10, "lib.rs cannot be read: {layers:?}");
    let mut found = Vec::new();
    files(&source(), &mut found);
    let mut upward = Vec::new();
    for path in found {
        let within = path.strip_prefix(source()).expect("below src");
        let module = within.iter().next().and_then(|first| first.to_str()).expect("a name").trim_end_matches(".rs");
        // Tests may import everything, and so may `__private`, the module for generated code.
        let is_test = within.iter().any(|part| part == "tests" || part == "tests.rs");
        let Some(layer) = layers.get(module).filter(|_| !is_test) else { continue };
        for word in imports(&fs::read_to_string(&path).expect("a file")) {
            let allowed = word == module || layers.get(&word).is_some_and(|other| other < layer);
            if !allowed {
                upward.push(format!("{}: crate::{word}", within.display()));
            }
        }
    }
    assert!(upward.is_empty(), "these imports are not from a lower layer:\n{}", upward.join("\n"));
}

#[test]
fn imports_are_found_and_comments_are_skipped() {
    assert_eq!(
        imports("use crate::spec::X; // crate::client\n//! crate::page\nlet a = crate::error::E;\n$crate::client!()"),
        ["spec", "error"]
    );
}

/// The macros, the core and the catalog depend on tc-spec, so its dependencies would be compiled before all of them.
#[test]
fn tc_spec_depends_on_nothing() {
    let manifest = fs::read_to_string(source().join("../../tc-spec/Cargo.toml")).expect("a manifest");
    assert!(manifest.contains("tc-spec") && !manifest.contains("dependencies"), "{manifest}");
}

/// The versions of a package in the dependency tree of the workspace, for this machine.
fn versions(tree: &str, name: &str) -> Vec<String> {
    let mut versions: Vec<String> = tree
        .lines()
        .filter_map(|line| line.strip_prefix(name)?.strip_prefix(" v")?.split(' ').next().map(str::to_owned))
        .collect();
    versions.sort_unstable();
    versions.dedup();
    versions
}

/// The dependency tree of the packages that `arguments` select, one crate in a line.
fn tree(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--prefix", "none", "--format", "{p}"])
        .args(arguments)
        .current_dir(source().join("../.."))
        .output()
        .expect("cargo tree");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A user's program compiles the macros with one version of syn. Only the program `tcapi` has dependencies that bring an
/// older one.
#[test]
fn the_libraries_have_one_version_of_syn() {
    let libraries = ["-p", "tc-core", "-p", "tc-apis", "-p", "tc-redis", "--all-features", "--edges", "normal,build"];
    let found = versions(&tree(&libraries), "syn");
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn the_workspace_has_one_http_stack_and_one_tls() {
    let tree = tree(&["--workspace"]);
    for one in ["hyper", "http", "http-body", "reqwest", "rustls", "ring", "tokio", "serde_json"] {
        assert_eq!(versions(&tree, one).len(), 1, "{one}: {:?}", versions(&tree, one));
    }
    // Other HTTP clients, other TLS libraries, and unmaintained crates.
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
