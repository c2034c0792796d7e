//! Compile errors: each case is a file with one mistake, and the compiler's message is in the `.stderr` file beside it.
//!
//! `TC_RECORD=1 cargo test -p tc-tests --test compile_fail` records the messages and the README with the toolchain of
//! `rust-toolchain.toml`. `TC_CASES=nested/` selects the cases whose path contains this text.

mod documented;
mod index;
mod rustc;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustc::Rustc;
use tc_tests::record;

#[test]
fn mistakes_do_not_compile() {
    let (rustc, cases) = (Rustc::find(), chosen(cases()));
    let differences = each(&cases, |case| {
        let (compiles, message) = rustc.check(case);
        if compiles {
            return Err(format!("{} compiles", case.display()));
        }
        record::compare(&folder().join(case).with_extension("stderr"), &message)
    });
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
    if record::recording() {
        index::record();
        documented::copy();
    }
}

#[test]
fn every_accepted_form_compiles_and_runs() {
    let (rustc, cases) = (Rustc::find(), chosen(files("compile_pass")));
    let failures = each(&cases, |case| {
        let ran = rustc.run(case, "2024", &["tc_core", "tc_apis"]);
        ran.map(drop).map_err(|message| format!("{}: {message}", case.display()))
    });
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn a_crate_of_edition_2021_that_depends_only_on_tc_core_defines_and_calls_an_action() {
    let out = Rustc::find().run(Path::new("outside/src/main.rs"), "2021", &["tc_core"]);
    let expected = "7 zones, the last is ap-guangzhou-2\nDescribeZones: `Limit` is 101; at most 100 is accepted\n";
    assert_eq!(out.as_deref(), Ok(expected));
}

/// Runs `check` on every case, on all processors, and returns the errors.
fn each(cases: &[PathBuf], check: impl Fn(&Path) -> Result<(), String> + Sync) -> Vec<String> {
    let (next, errors) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(error) = check(case) {
                errors.lock().unwrap().push(error);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let mut errors = errors.into_inner().unwrap();
    errors.sort();
    errors
}

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files in a folder of this package, with their paths in the package.
fn files(below: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder().join(below)).unwrap().map(|entry| entry.unwrap().file_name());
    let paths = entries.map(|name| Path::new(below).join(name));
    let mut files: Vec<_> = paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect();
    files.sort();
    files
}

fn chosen(cases: Vec<PathBuf>) -> Vec<PathBuf> {
    let Ok(wanted) = std::env::var("TC_CASES") else { return cases };
    cases.into_iter().filter(|case| case.to_string_lossy().contains(&wanted)).collect()
}

fn cases() -> Vec<PathBuf> {
    let kinds = fs::read_dir(folder().join("compile_fail")).unwrap().map(|entry| entry.unwrap());
    let kinds = kinds.filter(|kind| kind.path().is_dir()).map(|kind| kind.file_name());
    let mut cases: Vec<PathBuf> =
        kinds.flat_map(|kind| files(&format!("compile_fail/{}", kind.to_string_lossy()))).collect();
    cases.sort();
    cases
}

fn message(case: &Path) -> String {
    fs::read_to_string(folder().join(case).with_extension("stderr"))
        .unwrap_or_else(|_| panic!("{} has no .stderr file", case.display()))
}

#[test]
fn one_mistake_is_one_error() {
    for case in cases() {
        let mistakes = if case.ends_with("many/five_mistakes_in_one_struct.rs") { 5 } else { 1 };
        let errors = message(&case).lines().filter(|line| line.starts_with("error")).count();
        assert_eq!(errors, mistakes, "{}", case.display());
    }
}

#[test]
fn no_message_depends_on_numbering_or_on_the_standard_library() {
    for case in cases() {
        let message = message(&case);
        for word in ["{constant#", "{closure#", "$RUST", "library/core", "library/std"] {
            assert!(!message.contains(word), "the message of {} contains {word}", case.display());
        }
    }
}

#[test]
fn there_are_at_least_60_cases_of_8_kinds() {
    let cases = cases();
    let kinds: BTreeSet<_> = cases.iter().filter_map(|case| case.parent()).collect();
    assert!(cases.len() >= 60 && kinds.len() >= 8, "{} cases in {} kinds", cases.len(), kinds.len());
}
