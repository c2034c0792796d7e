//! Plain language: the phrases of `phrases.txt` occur in no source file, and the words of `names.txt` in no name.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

const PHRASES: &str = include_str!("phrases.txt");
const NAMES: &str = include_str!("names.txt");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The source files of the repository: their paths below the root, and their text.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&root(), &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if path.is_dir() {
            if name != "target" && name != "node_modules" && !name.starts_with('.') {
                collect(&path, found);
            }
        } else if ["rs", "md", "stderr"].contains(&extension) {
            let below = path.strip_prefix(root()).expect("a path below the root");
            let text = fs::read_to_string(&path).expect("a file in UTF-8");
            found.push((below.display().to_string(), text));
        }
    }
}

/// A line of `phrases.txt`.
struct Phrase {
    pattern: Regex,
    plain: &'static str,
    /// Longer phrases in which it is allowed.
    allowed: Vec<&'static str>,
}

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split(" |").map(str::trim).collect())
}

fn phrases() -> Vec<Phrase> {
    rows(PHRASES)
        .map(|row| {
            let [phrase, plain, allowed] = row[..] else { panic!("phrases.txt: {row:?} has not three columns") };
            // A phrase that ends with punctuation has no word boundary after it.
            let end = if phrase.ends_with(']') { "" } else { r"(?-u:\b)" };
            let pattern = Regex::new(&format!(r"(?i)(?-u:\b)(?:{phrase}){end}")).expect("a regular expression");
            Phrase {
                pattern,
                plain,
                allowed: allowed.split(';').map(str::trim).filter(|text| !text.is_empty()).collect(),
            }
        })
        .collect()
}

/// Lines joined by one space each, without comment marks and indentation, so that a phrase is also found across the end of a
/// line; and where each line begins in that text.
fn joined(text: &str) -> (String, Vec<usize>) {
    let (mut all, mut starts) = (String::with_capacity(text.len()), Vec::new());
    for line in text.lines() {
        starts.push(all.len());
        let line = line.trim().trim_end_matches('\\');
        let line = line.strip_prefix("///").or(line.strip_prefix("//!")).or(line.strip_prefix("//")).unwrap_or(line);
        for word in line.split_whitespace() {
            all.push_str(word);
            all.push(' ');
        }
    }
    (all, starts)
}

/// Whether `text` has, around the match at `from`, a longer phrase that is allowed.
fn is_allowed(phrase: &Phrase, text: &str, from: usize, to: usize) -> bool {
    phrase.allowed.iter().any(|allowed| {
        let first = from.saturating_sub(allowed.len());
        (first..=from).any(|start| {
            let end = start + allowed.len();
            end >= to && text.get(start..end).is_some_and(|found| found.eq_ignore_ascii_case(allowed))
        })
    })
}

/// Each banned phrase in `text`: its line, the phrase, and the plain form.
fn banned(phrases: &[Phrase], text: &str) -> Vec<(usize, String, &'static str)> {
    let (text, starts) = joined(text);
    let mut found = Vec::new();
    for phrase in phrases {
        for hit in phrase.pattern.find_iter(&text) {
            if !is_allowed(phrase, &text, hit.start(), hit.end()) {
                let line = starts.partition_point(|start| *start <= hit.start());
                found.push((line, hit.as_str().to_owned(), phrase.plain));
            }
        }
    }
    found
}

#[test]
fn no_source_file_has_a_banned_phrase() {
    let phrases = phrases();
    let sources = sources();
    assert!(!sources.is_empty(), "no source files were found");
    let mut all = Vec::new();
    for (path, text) in sources {
        for (line, phrase, plain) in banned(&phrases, &text) {
            all.push(format!("{path}:{line}: \"{phrase}\"; write {plain}"));
        }
    }
    assert!(all.is_empty(), "{} banned phrases (tests/architecture/phrases.txt):\n{}", all.len(), all.join("\n"));
}

/// The words of a name: `heal_body` and `HealBody` have `heal` and `body`.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut previous = '_';
    for letter in name.chars() {
        if letter == '_' || (letter.is_uppercase() && previous.is_lowercase()) {
            parts.push(String::new());
        }
        if letter != '_' {
            parts.last_mut().expect("at least one part").extend(letter.to_lowercase());
        }
        previous = letter;
    }
    parts
}

/// The names that `text` defines, each with its line.
fn defined(definition: &Regex, text: &str) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        names.extend(definition.captures_iter(code).map(|found| (at + 1, found[1].to_owned())));
    }
    names
}

fn definition() -> Regex {
    let keywords = r"(?:fn|struct|enum|trait|mod|type|const|static|macro_rules!)";
    Regex::new(&format!(r"(?-u:\b){keywords}\s+(?:r#)?([A-Za-z_][A-Za-z0-9_]*)")).expect("a regular expression")
}

/// The row of `names.txt` that forbids a name.
fn forbidden(name: &str) -> Option<&'static str> {
    let parts = parts(name);
    let row = rows(NAMES).find(|row| row[0] == name || parts.iter().any(|part| part == row[0]))?;
    row.get(1).copied()
}

#[test]
fn no_type_function_or_module_has_a_banned_name() {
    let definition = definition();
    let mut all = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|it| it == "rs")) {
        for (line, name) in defined(&definition, text) {
            if let Some(plain) = forbidden(&name) {
                all.push(format!("{path}:{line}: `{name}`; use {plain}"));
            }
        }
    }
    assert!(all.is_empty(), "{} banned names (tests/architecture/names.txt):\n{}", all.len(), all.join("\n"));
}

/// The examples are put together here, so that this file passes its own check.
#[test]
fn a_banned_phrase_is_found_with_its_line_also_across_lines_and_not_in_an_allowed_phrase() {
    let text =
        ["//! The client.\n/// A value of", "\n/// its own. There is", " no such file, which is", " no error.\n"]
            .concat();
    let found = banned(&phrases(), &text);
    let lines: Vec<(usize, &str)> = found.iter().map(|(line, phrase, _)| (*line, phrase.as_str())).collect();
    assert_eq!(lines, [(3, ["is", "no"].join(" ").as_str()), (2, ["of", "its", "own"].join(" ").as_str())]);
    assert!(found.iter().all(|(_, _, plain)| !plain.is_empty()));
}

#[test]
fn a_banned_word_is_found_as_a_part_of_a_name_and_a_capital_word_as_the_whole_name() {
    assert_eq!(parts("InFlight_calls"), ["in", "flight", "calls"]);
    assert!(forbidden(&["he", "al_body"].concat()).is_some());
    assert!(forbidden(&["He", "alBody"].concat()).is_some());
    assert!(forbidden("Flight").is_some());
    assert!(forbidden("in_flight").is_none() && forbidden("gateway").is_none());
    assert_eq!(defined(&definition(), "pub(crate) fn a<T>() {} // fn b\nmod c;"), [(1, "a".into()), (2, "c".into())]);
}
