//! Compares the document with the rows.

use std::path::PathBuf;

use regex::Regex;

use crate::faults::row::{Row, run};
use crate::faults::sections;

const HEAD: &str = "\
| Fault | read, fault once | write, fault once | read, fault always | write, fault always | error of a read, fault always |
|---|---|---|---|---|---|
";

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/FAULTS.md")
}

fn text() -> String {
    std::fs::read_to_string(path()).expect("docs/FAULTS.md")
}

/// Compares a row, on both transports, with its line in the document.
#[track_caller]
pub(crate) fn check(row: &Row) {
    let (line, text) = (run(line(row)), text());
    let begin = format!("| {} |", row.fault);
    let written = text.lines().find(|written| written.starts_with(&begin)).unwrap_or("no line");
    assert_eq!(line, written, "\nseen:    {line}\nwritten: {written}");
}

async fn line(row: &Row) -> String {
    let (once, once_writing, again, again_writing) = tokio::join!(
        row.outcome(false, false),
        row.outcome(false, true),
        row.outcome(true, false),
        row.outcome(true, true)
    );
    let error = again.1;
    let mut cells = vec![row.fault.to_owned(), once.0, once_writing.0, again.0, again_writing.0];
    // In double backticks, because it may contain HTML and backticks.
    cells.push(if error == "–" { error } else { format!("`` {} ``", error.replace('|', "\\|")) });
    format!("| {} |", cells.join(" | "))
}

#[test]
fn every_line_of_the_document_is_a_row() {
    let rows: Vec<&str> = sections().iter().flat_map(|(_, rows)| *rows).map(|row| row.fault).collect();
    let text = text();
    let lines = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Fault |"));
    let written: Vec<&str> = lines.filter_map(|line| line.trim_start_matches("| ").split(" | ").next()).collect();
    assert_eq!(rows, written);
}

/// A fault cannot be forgotten in a place that the compiler does not check.
#[test]
fn every_fault_has_a_row_a_test_of_its_bytes_and_a_name() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("a source file");
    let file = syn::parse_file(&read("tc-core/src/emulator/faults.rs")).expect("Rust");
    let faults = file.items.iter().find_map(|item| match item {
        syn::Item::Enum(item) if item.ident == "Fault" => Some(&item.variants),
        _ => None,
    });
    let mut missing = Vec::new();
    for files in [
        &["tests/faults/connections.rs", "tests/faults/codes.rs"][..],
        &["tests/emulator/faults.rs"],
        &["tc-cli/src/emulator/faults.rs"],
    ] {
        let text: String = files.iter().map(|file| read(file)).collect();
        for fault in faults.expect("the enum").iter().map(|variant| &variant.ident) {
            let used = Regex::new(&format!(r"(?i)\bFault::{fault}\b")).expect("an expression");
            if !used.is_match(&text) {
                missing.push(format!("{fault} is not in {}", files.join(" and ")));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Records the document if `TC_RECORD` is set; otherwise checks its titles.
#[test]
fn record() {
    if !tc_tests::record::recording() {
        for (title, _) in sections() {
            assert!(text().contains(&format!("{title}\n")), "{title}");
        }
        return;
    }
    let old = text();
    let mut new = old.split("\n## ").next().unwrap_or_default().trim_end().to_owned();
    for (title, rows) in sections() {
        // The text between a title and its table is kept.
        let text = old.split_once(&format!("{title}\n")).map_or("", |(_, rest)| {
            rest.split("| Fault").next().unwrap_or_default().split("\n## ").next().unwrap_or_default()
        });
        new.push_str(&format!("\n\n{title}\n\n{}\n\n{HEAD}", text.trim()).replace("\n\n\n", "\n"));
        for row in rows {
            new.push_str(&run(line(row)));
            new.push('\n');
        }
        new.truncate(new.trim_end().len());
    }
    std::fs::write(path(), new + "\n").expect("docs/FAULTS.md is written");
}
