//! The Markdown files: their links lead to files and headings that exist, and so do the paths that they name.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The documents whose paths are checked, and all Markdown files of `docs` and of the packages.
fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in [root()].into_iter().chain(fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path())) {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        let paths = entries.map(|entry| entry.unwrap().path());
        found.extend(paths.filter(|path| path.extension().is_some_and(|extension| extension == "md")));
    }
    found.sort();
    found
}

/// The text without code blocks.
fn prose(text: &str) -> String {
    let parts = text.split("```").enumerate();
    parts.filter(|(at, _)| at % 2 == 0).map(|(_, part)| part).collect()
}

/// The anchors of the headings of a Markdown text, as GitHub writes them.
fn anchors(text: &str) -> Vec<String> {
    let headings = text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let anchor = |heading: &str| -> String {
        let kept = heading.chars().filter(|letter| letter.is_alphanumeric() || [' ', '-', '_'].contains(letter));
        kept.map(|letter| if letter == ' ' { '-' } else { letter.to_ascii_lowercase() }).collect()
    };
    headings.map(anchor).collect()
}

#[test]
fn links_lead_to_files_and_headings_that_exist() {
    let link = Regex::new(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)").unwrap();
    let (mut broken, mut count) = (Vec::new(), 0);
    for document in documents() {
        let text = prose(&fs::read_to_string(&document).unwrap());
        for found in link.captures_iter(&text) {
            let (file, heading) = (&found[1], found.get(2).map(|heading| heading.as_str()));
            if file.contains("://") {
                continue;
            }
            count += 1;
            let target = if file.is_empty() { document.clone() } else { document.parent().unwrap().join(file) };
            let has_heading = |heading: &str| {
                fs::read_to_string(&target)
                    .is_ok_and(|text| anchors(&prose(&text)).iter().any(|anchor| anchor == heading))
            };
            if !target.exists() || heading.is_some_and(|heading| !has_heading(heading)) {
                broken.push(format!("{}: {}", document.display(), &found[0]));
            }
        }
    }
    assert!(count > 20, "only {count} links were found");
    assert!(broken.is_empty(), "links to nothing:\n{}", broken.join("\n"));
}

#[test]
fn paths_in_the_guides_for_contributors_exist() {
    // Paths in backticks: with a slash or with the extension of a source file, and without a placeholder.
    let path = Regex::new(r"`([a-z0-9_.*-]+(?:/[A-Za-z0-9_.*-]+)+|[a-z0-9_-]+\.(?:rs|lua|txt|bin|jsonl))`").unwrap();
    let placeholder = Regex::new(r"\b[A-Z]{4,}\b|YYYY|\*").unwrap();
    let sources = ["", "tc-core/src", "tc-macros/src", "tc-catalog/src", "tc-spec/src", "tc-cli/src", "tc-redis/src"];
    let (mut missing, mut count) = (Vec::new(), 0);
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/CATALOG_CHECKS.md"] {
        let text = prose(&fs::read_to_string(root().join(document)).unwrap());
        for found in path.captures_iter(&text) {
            let named = &found[1];
            // `mod.rs` and files without a folder are meant in several folders.
            if placeholder.is_match(named) || !named.contains('/') || named.starts_with("target/") {
                continue;
            }
            count += 1;
            if !sources.iter().any(|folder| root().join(folder).join(named).exists()) {
                missing.push(format!("{document}: {named}"));
            }
        }
    }
    assert!(count > 40, "only {count} paths were found");
    assert!(missing.is_empty(), "these paths do not exist:\n{}", missing.join("\n"));
}

#[test]
fn anchors_are_written_as_on_github() {
    assert_eq!(anchors("# A cloud: `tc-core`'s own\ntext\n### 2. Next"), ["a-cloud-tc-cores-own", "2-next"]);
}
