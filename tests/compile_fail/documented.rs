//! The cases that the documentation of tc-core shows. Its package has copies of them, because a package cannot include
//! files of another one.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use tc_tests::record;

fn copies() -> PathBuf {
    super::folder().join("../tc-core/docs/compile_errors")
}

/// The files of the cases that `tc-core/src/macros.rs` lists.
fn listed() -> BTreeSet<PathBuf> {
    let source = fs::read_to_string(super::folder().join("../tc-core/src/macros.rs")).unwrap();
    let names = source.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","));
    let cases: Vec<PathBuf> = names.map(PathBuf::from).collect();
    assert!(cases.len() > 10, "no list of cases found in tc-core/src/macros.rs");
    cases.iter().flat_map(|case| [case.with_extension("rs"), case.with_extension("stderr")]).collect()
}

/// Compares the copies with the cases; while recording, writes the copies.
pub(super) fn copy() {
    for file in listed() {
        let text = fs::read_to_string(super::folder().join("compile_fail").join(&file)).unwrap();
        let copy = copies().join(&file);
        if record::recording() {
            fs::create_dir_all(copy.parent().unwrap()).unwrap();
        }
        record::recorded(copy, &text);
    }
}

#[test]
fn the_documentation_shows_the_cases_unchanged() {
    // While recording, messages still change; the copies are written after the last one.
    if record::recording() {
        return;
    }
    copy();
    let kinds = fs::read_dir(copies()).unwrap().map(|kind| kind.unwrap().path());
    let files = kinds.flat_map(|kind| fs::read_dir(kind).unwrap().map(|file| file.unwrap().path()));
    let found: BTreeSet<PathBuf> = files.map(|file| file.strip_prefix(copies()).unwrap().to_owned()).collect();
    assert_eq!(found, listed());
}
