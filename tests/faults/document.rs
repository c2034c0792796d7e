//! The document and the rows: neither has a line the other lacks.

use std::path::PathBuf;

use crate::faults::chapters;
use crate::faults::scene::{Row, run};

const HEAD: &str = "\
| What goes wrong | once, while reading | once, while writing | again and again, while reading | again and again, while writing | what the reader is told in the end |
|---|---|---|---|---|---|
";

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/FAULTS.md")
}

fn text() -> String {
    std::fs::read_to_string(path()).expect("docs/FAULTS.md")
}

/// Holds a row against its line in the document, on both transports.
#[track_caller]
pub(crate) fn check(row: &Row) {
    let (line, text) = (run(line(row)), text());
    let begin = format!("| {} |", row.fault);
    let written = text.lines().find(|written| written.starts_with(&begin)).unwrap_or("no line");
    assert_eq!(line, written, "\nseen:    {line}\nwritten: {written}");
}

async fn line(row: &Row) -> String {
    let (once, once_writing, again, again_writing) =
        tokio::join!(row.seen(false, false), row.seen(false, true), row.seen(true, false), row.seen(true, true));
    let told = again.1;
    let mut cells = vec![row.fault.to_owned(), once.0, once_writing.0, again.0, again_writing.0];
    // As code, since some of it is HTML and some of it has backticks.
    cells.push(if told == "–" { told } else { format!("`` {} ``", told.replace('|', "\\|")) });
    format!("| {} |", cells.join(" | "))
}

#[test]
fn every_line_of_the_document_is_a_row() {
    let rows: Vec<&str> = chapters().iter().flat_map(|(_, rows)| *rows).map(|row| row.fault).collect();
    let text = text();
    let lines = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| What goes wrong"));
    let written: Vec<&str> = lines.filter_map(|line| line.trim_start_matches("| ").split(" | ").next()).collect();
    assert_eq!(rows, written);
}

/// Writes the lines of the document anew where `TC_RECORD` is set, and otherwise holds its frame against ours.
#[test]
fn record() {
    if !tc_tests::record::recording() {
        for (title, _) in chapters() {
            assert!(text().contains(&format!("{title}\n")), "{title}");
        }
        return;
    }
    let old = text();
    let mut new = old.split("\n## ").next().unwrap_or_default().trim_end().to_owned();
    for (title, rows) in chapters() {
        // What is said between a title and its table stays.
        let said = old
            .split_once(&format!("{title}\n"))
            .map_or("", |(_, rest)| rest.split("| What").next().unwrap_or_default());
        new.push_str(&format!("\n\n{title}\n\n{}\n\n{HEAD}", said.trim()).replace("\n\n\n", "\n"));
        for row in rows {
            new.push_str(&run(line(row)));
            new.push('\n');
        }
        new.truncate(new.trim_end().len());
    }
    std::fs::write(path(), new + "\n").expect("docs/FAULTS.md is written");
}
