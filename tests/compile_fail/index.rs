//! The page of the folder: every case, the words it underlines, and what is said about them.
//!
//! `TC_RECORD=1 cargo test -p tc-tests --test compile_fail` writes it anew.

use std::fmt::Write;

use super::{cases, message};
use tc_tests::record;

/// The folders, and what goes wrong in them.
const KINDS: [(&str, &str); 16] = [
    ("value", "A value that the documentation does not accept, written in `request!`."),
    ("constant", "The same, by way of a constant."),
    ("list", "Lists with too many items, too few, or one that is not accepted."),
    ("nested", "Mistakes in a model inside a request, found where its literal is written."),
    ("missing", "What the action needs and the request does not give."),
    ("unknown", "Fields that are not there, or are there twice."),
    ("many", "Several mistakes at once: each is reported."),
    ("limit", "Limits that no value can keep, or that the type of their field does not know."),
    ("type", "Types that no parameter can have."),
    ("name", "Names that the cloud could not know."),
    ("key", "Keys of the attributes: misspelt, missing, given twice, or in the wrong place."),
    ("page", "Paging over what cannot be paged."),
    ("import", "A service, version or action that `import!` cannot find."),
    ("verify", "Structs that differ from the catalog, found by the key `verify`."),
    ("check", "A `check` that is no function of the struct."),
    ("item", "Attributes on items they do not belong to."),
];

fn page() -> String {
    let cases = cases();
    let mut page = format!(
        "# What does not compile\n\n{} mistakes, one a file, and the first line of what the compiler says of each; all of \
         it stands beside the\nfile, as `.stderr`. A test holds every message against the compiler, and this page against \
         the files:\n`TC_RECORD=1 cargo test -p tc-tests --test compile_fail` writes it anew.\n",
        cases.len()
    );
    for (kind, what) in KINDS {
        write!(page, "\n## {kind}\n\n{what}\n\n| Case | Underlined | Said |\n|---|---|---|\n").expect("text");
        let mut of_kind: Vec<_> =
            cases.iter().filter(|case| case.parent().is_some_and(|of| of.ends_with(kind))).collect();
        of_kind.sort();
        for case in of_kind {
            let name = case.file_stem().unwrap_or_default().to_string_lossy();
            let words = name.replace('_', " ");
            for (underlined, said) in errors(&message(case)) {
                let (underlined, said) = (cell(&underlined), cell(&said));
                writeln!(page, "| [{words}]({kind}/{name}.rs) | `` {underlined} `` | {said} |").expect("text");
            }
        }
    }
    page
}

/// The errors of a message: what each underlines first, and its first line.
fn errors(message: &str) -> Vec<(String, String)> {
    let blocks = message.split("\n\n").filter(|block| block.starts_with("error"));
    blocks.map(|block| (underlined(block), said(block))).collect()
}

fn said(block: &str) -> String {
    let line = block.lines().next().unwrap_or_default();
    let said = line.split_once(": ").map_or(line, |(_, said)| said);
    said.strip_prefix("evaluation panicked: ").unwrap_or(said).to_owned()
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

/// Some columns of a line; letters that are no part of Latin script take two.
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

/// Writes the page, from messages that have just been recorded.
pub(super) fn record() {
    record::recorded(path(), &page());
}

fn path() -> std::path::PathBuf {
    super::folder().join("compile_fail/README.md")
}

#[test]
fn the_index_names_every_case_and_what_is_said_of_it() {
    // While messages are recorded they change; the page is written after the last of them.
    if record::recording() {
        return;
    }
    let page = page();
    record::recorded(path(), &page);
    let rows = page.lines().filter(|line| line.starts_with("| [")).count();
    assert!(rows >= cases().len(), "{rows} rows");
}
