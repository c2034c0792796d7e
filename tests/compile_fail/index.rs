//! The README of the folder: every case, the code that the message underlines, and the first line of the message.
//!
//! `TC_RECORD=1 cargo test -p tc-tests --test compile_fail` writes it.

use std::fmt::Write;

use super::{cases, message};
use tc_tests::record;

/// The folders and the kinds of mistakes in them.
const KINDS: [(&str, &str); 16] = [
    ("value", "A value that the documentation does not accept, written in `request!`."),
    ("constant", "A constant whose value the documentation does not accept."),
    ("list", "Lists with too many items, too few items, or an item that is not accepted."),
    ("nested", "Mistakes in a nested struct literal."),
    ("missing", "Required fields and types that are missing."),
    ("unknown", "Unknown fields, fields given twice, and other mistakes in the syntax of `request!`."),
    ("many", "Several mistakes, each with one error; and mistakes that must not cause a second error."),
    ("limit", "Limits that accept no value, or that do not apply to the type of the field."),
    ("type", "Types that a parameter cannot have."),
    ("name", "Invalid names of actions, services, versions, parameters and fields."),
    ("key", "Keys of the attributes: misspelt, missing, given twice, or in the wrong place."),
    ("page", "Mistakes in `page(…)`, and paging through an action without pages."),
    ("import", "A service, version or action that `import!` does not find."),
    ("verify", "Structs that differ from the catalog, found by the key `verify`."),
    ("check", "`check` with something other than a function that checks the struct."),
    ("item", "Attributes on items that they do not apply to, and invalid variants."),
];

fn page() -> String {
    let cases = cases();
    let mut page = format!(
        "# Compile errors\n\n{} mistakes, one in each file, with the first line of the compiler's message. The whole message \
         is in the\n`.stderr` file beside the case. A test compares the messages with the compiler and this page with the \
         files;\n`TC_RECORD=1 cargo test -p tc-tests --test compile_fail` writes both.\n",
        cases.len()
    );
    for (kind, what) in KINDS {
        write!(page, "\n## {kind}\n\n{what}\n\n| Case | Underlined | Message |\n|---|---|---|\n").expect("text");
        let mut of_kind: Vec<_> =
            cases.iter().filter(|case| case.parent().is_some_and(|of| of.ends_with(kind))).collect();
        of_kind.sort();
        for case in of_kind {
            let name = case.file_stem().unwrap_or_default().to_string_lossy();
            let words = name.replace('_', " ");
            for (underlined, first_line) in errors(&message(case)) {
                let (underlined, first_line) = (cell(&underlined), cell(&first_line));
                writeln!(page, "| [{words}]({kind}/{name}.rs) | `` {underlined} `` | {first_line} |").expect("text");
            }
        }
    }
    page
}

/// The errors in the compiler's output: the code that each underlines first, and its first line.
fn errors(message: &str) -> Vec<(String, String)> {
    let blocks = message.split("\n\n").filter(|block| block.starts_with("error"));
    blocks.map(|block| (underlined(block), first_line(block))).collect()
}

/// The first line without `error[…]: ` and the compiler's own prefix.
fn first_line(block: &str) -> String {
    let line = block.lines().next().unwrap_or_default();
    let line = line.split_once(": ").map_or(line, |(_, message)| message);
    line.strip_prefix("evaluation panicked: ").unwrap_or(line).to_owned()
}

fn underlined(block: &str) -> String {
    let mut code = "";
    for line in block.lines() {
        let Some((_, text)) = line.split_once('|') else { continue };
        if let Some(start) = text.find('^') {
            let length = text[start..].chars().take_while(|&letter| letter == '^').count();
            return shortened(&columns(code, start, length));
        }
        code = text;
    }
    panic!("nothing is underlined in\n{block}")
}

/// The characters in `length` columns of a line. Wide characters, such as Chinese ones, take two columns.
fn columns(line: &str, start: usize, length: usize) -> String {
    let mut at = 0;
    let placed = line.chars().map(|letter| {
        let here = at;
        at += if letter < '\u{1100}' { 1 } else { 2 };
        (here, letter)
    });
    placed.filter(|(at, _)| (start..start + length).contains(at)).map(|(_, letter)| letter).collect()
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(48) {
        None => text.to_owned(),
        Some((end, _)) => format!("{} …", &text[..end]),
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Writes the page from the messages that have just been recorded.
pub(super) fn record() {
    record::recorded(path(), &page());
}

fn path() -> std::path::PathBuf {
    super::folder().join("compile_fail/README.md")
}

#[test]
fn the_readme_lists_every_case_with_its_message() {
    // While recording, messages still change; the page is written after the last one.
    if record::recording() {
        return;
    }
    let page = page();
    record::recorded(path(), &page);
    let rows = page.lines().filter(|line| line.starts_with("| [")).count();
    assert!(rows >= cases().len(), "{rows} rows");
}
