//! The cases that the documentation of tc-core shows. Its package has copies of them, since a package has no file of another.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use tc_tests::record;

fn gallery() -> PathBuf {
    super::folder().join("../tc-core/docs/gallery")
}

/// The files of the cases that `tc-core/src/macros.rs` lists.
fn listed() -> BTreeSet<PathBuf> {
    let source = fs::read_to_string(super::folder().join("../tc-core/src/macros.rs")).unwrap();
    let names = source.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","));
    let cases: Vec<PathBuf> = names.map(PathBuf::from).collect();
    assert!(cases.len() > 10, "tc-core/src/macros.rs was not understood");
    cases.iter().flat_map(|case| [case.with_extension("rs"), case.with_extension("stderr")]).collect()
}

/// Copies the cases into the package, or compares them with what is there.
pub(super) fn copy() {
    for file in listed() {
        let text = fs::read_to_string(super::folder().join("compile_fail").join(&file)).unwrap();
        let copy = gallery().join(&file);
        if record::recording() {
            fs::create_dir_all(copy.parent().unwrap()).unwrap();
        }
        record::recorded(copy, &text);
    }
}

#[test]
fn the_documentation_shows_the_cases_as_they_are() {
    // While messages are recorded they change; they are copied after the last of them.
    if record::recording() {
        return;
    }
    copy();
    let kinds = fs::read_dir(gallery()).unwrap().map(|kind| kind.unwrap().path());
    let files = kinds.flat_map(|kind| fs::read_dir(kind).unwrap().map(|file| file.unwrap().path()));
    let there: BTreeSet<PathBuf> = files.map(|file| file.strip_prefix(gallery()).unwrap().to_owned()).collect();
    assert_eq!(there, listed());
}
