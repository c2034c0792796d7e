//! What does not compile, and what is said about it: one mistake a file, the message beside it.
//!
//! `TRYBUILD=overwrite cargo test -p tc-tests --test compile_fail` records the messages anew, with the toolchain that
//! `rust-toolchain.toml` names.

mod index;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn mistakes_do_not_compile() {
    trybuild::TestCases::new().compile_fail("compile_fail/*/*.rs");
}

// A passing case makes trybuild build everything of its set, so these have a set of their own.
#[test]
fn every_accepted_form_compiles() {
    trybuild::TestCases::new().pass("compile_pass/*.rs");
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("compile_fail");
    let kinds = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let files = kinds.flat_map(|kind| fs::read_dir(kind).unwrap().map(|entry| entry.unwrap().path()));
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn message(case: &Path) -> String {
    fs::read_to_string(case.with_extension("stderr")).unwrap_or_else(|_| panic!("{} has no message", case.display()))
}

#[test]
fn one_mistake_is_one_error() {
    for case in cases() {
        let mistakes = if case.ends_with("many/five_mistakes_of_one_struct.rs") { 5 } else { 1 };
        let errors = message(&case).lines().filter(|line| line.starts_with("error")).count();
        assert_eq!(errors, mistakes, "{}", case.display());
    }
}

#[test]
fn no_message_depends_on_numbering_or_on_the_standard_library() {
    for case in cases() {
        let message = message(&case);
        for word in ["{constant#", "{closure#", "$RUST", "library/core", "library/std"] {
            assert!(!message.contains(word), "{} says {word}", case.display());
        }
    }
}

#[test]
fn the_gallery_is_large() {
    let cases = cases();
    let kinds: BTreeSet<_> = cases.iter().filter_map(|case| case.parent()).collect();
    assert!(cases.len() >= 60 && kinds.len() >= 8, "{} cases in {} kinds", cases.len(), kinds.len());
}
