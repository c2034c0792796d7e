//! `tcapi search`: actions by words of their names, of their titles and of their parameters.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::{self, Write};

use serde_json::{Value, json};
use tc_catalog::{Found, Site};

use super::usage;
use crate::actions;
use crate::args::{CommandLine, did_you_mean};
use crate::call::written;
use crate::docs::{Title, titles};
use crate::error::{Error, Kind, arguments};
use crate::output::{Format, Screen, pad, width, write};

const USAGE: &str = "\
Usage: tcapi search <words> [options]

Options:
  --site china|international  whose actions: those of the Chinese or of the international site
  --all                       all actions that were found, not only the first 30
  --output FORMAT             json, text, table, yaml or ndjson";

/// The options of the program that it accepts.
pub(super) const OPTIONS: &[&str] = &["site", "all", "output"];

/// How many actions are listed where `--all` is not given.
const MOST: usize = 30;

/// `tcapi search person sample`: every action whose service, name or parameters have all of these words, the best first.
///
/// # Errors
/// Nothing is found.
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let line = CommandLine::parse(args.iter().cloned())?;
    line.only("search", OPTIONS)?;
    let query = line.words.join(" ");
    if line.options.has("help") {
        return usage::help("search", USAGE, out);
    }
    if query.trim().is_empty() {
        return Err(usage::refused("search", USAGE));
    }
    let site = actions::site(&line.options)?;
    let titles = titles();
    let wanted = if line.options.has("all") { usize::MAX } else { MOST };
    let found = find(site, &query, &titles, wanted)?;
    if found.is_empty() {
        let hint = import_hint(&query, &titles);
        let near = if hint.is_empty() { near_words(site, &query)? } else { format!("\n{hint}") };
        return Err(Error::new(Kind::Other, format!("no action has all of these words: {query}{near}")));
    }
    let shown = if line.options.has("all") { found.len() } else { found.len().min(MOST) };
    if let Some(format) = line.options.get("output") {
        let rows: Vec<Value> = found[..shown].iter().map(Row::json).collect();
        let format: Format =
            format.parse().map_err(|error: crate::output::ParseFormatError| arguments(error.to_string()))?;
        return written(write(out, &Value::Array(rows), format, Screen::of_stdout()));
    }
    let services = found[..shown].iter().map(|found| width(&found.service)).max().unwrap_or_default() + 2;
    let print = |out: &mut dyn Write| -> io::Result<()> {
        for found in &found[..shown] {
            let version = if found.is_default { String::new() } else { format!("  --version {}", found.version) };
            let title = if found.title.is_empty() { String::new() } else { format!("  {}", found.title) };
            let parameter = found.parameter.as_ref().map(|name| format!("  parameter {name}")).unwrap_or_default();
            writeln!(out, "{}{}{version}{parameter}{title}", pad(&found.service, services), found.action)?;
        }
        Ok(())
    };
    written(print(out))?;
    if shown < found.len() {
        anstream::eprintln!("{} more: add a word, or --all", found.len() - shown);
    }
    Ok(())
}

/// The words that no name contains, with similar words of names; empty if no name is similar.
fn near_words(site: Site, query: &str) -> Result<String, Error> {
    let catalog = actions::catalog()?;
    let mut unknown: Vec<&str> = Vec::new();
    for word in query.split_whitespace() {
        if catalog.search_parameters(site, word).map_err(|error| damaged(&error))?.is_empty() {
            unknown.push(word);
        }
    }
    if unknown.is_empty() {
        return Ok(String::new());
    }
    let mut known: BTreeSet<String> = catalog.services().map(|service| service.name().to_owned()).collect();
    known.extend(actions::names(catalog).iter().flat_map(|name| words_of(name)));
    let near = |word: &&str| {
        let near = did_you_mean(word, known.iter().map(String::as_str));
        format!("\nno name contains `{word}`{near}")
    };
    Ok(unknown.iter().map(near).collect())
}

/// The words of a name in lower case: `DescribeRecordList` has `describe`, `record` and `list`.
fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() || words.is_empty() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(letter.to_ascii_lowercase());
        }
    }
    words.retain(|word| word.len() > 2);
    words
}

/// The search of the command line, the Explorer and MCP: the actions of a site that have all of these words in their names, the
/// best first; then those that have the words in their titles; and, if these are fewer than `wanted`, those that have them in
/// the names of their parameters.
///
/// # Errors
/// The program is damaged.
pub(crate) fn find(site: Site, query: &str, titles: &[Title], wanted: usize) -> Result<Vec<Row>, Error> {
    let mut found: Vec<Row> = actions::catalog()?.search(site, query).into_iter().map(Row::from).collect();
    add_titles(&mut found, titles, query, site)?;
    if found.len() < wanted {
        add_parameters(&mut found, titles, site, query)?;
    }
    Ok(found)
}

/// Where titles can be imported from, if a word is not ASCII: no name contains it, but a title may. Empty if titles are imported.
pub(crate) fn import_hint(query: &str, titles: &[Title]) -> &'static str {
    if query.is_ascii() || !titles.is_empty() {
        return "";
    }
    "names are English; `tcapi docs import DIR` imports the titles of the official documentation, also in Chinese, and makes \
     them searchable"
}

/// Adds the actions that have the words in the names of their parameters.
///
/// # Errors
/// The program is damaged.
fn add_parameters(found: &mut Vec<Row>, titles: &[Title], site: Site, query: &str) -> Result<(), Error> {
    let by_parameter = actions::catalog()?.search_parameters(site, query).map_err(|error| damaged(&error))?;
    let listed: HashSet<_> = found.iter().map(Row::key).map(|key| key.map(str::to_owned)).collect();
    let titles: HashMap<_, _> =
        titles.iter().map(|title| ([&*title.service, &*title.version, &*title.action], &title.title)).collect();
    for mut row in by_parameter.into_iter().filter(|found| found.parameter.is_some()).map(Row::from) {
        if listed.contains(&row.key().map(str::to_owned)) {
            continue;
        }
        if let Some(title) = titles.get(&row.key()) {
            row.title.clone_from(title);
        }
        found.push(row);
    }
    Ok(())
}

fn damaged(error: &tc_catalog::CatalogError) -> Error {
    Error::new(Kind::Other, error.to_string())
}

/// An action that is listed.
pub(crate) struct Row {
    pub(crate) service: String,
    pub(crate) version: String,
    pub(crate) action: String,
    pub(crate) is_default: bool,
    /// Its title, where the official text was imported.
    pub(crate) title: String,
    /// The parameter in whose name a word was found, if it was in no other.
    pub(crate) parameter: Option<String>,
}

impl From<Found<'_>> for Row {
    fn from(found: Found<'_>) -> Self {
        Self {
            service: found.service.to_owned(),
            version: found.version.to_owned(),
            action: found.action,
            is_default: found.is_default,
            title: String::new(),
            parameter: found.parameter,
        }
    }
}

impl Row {
    fn key(&self) -> [&str; 3] {
        [&self.service, &self.version, &self.action]
    }

    pub(crate) fn json(&self) -> Value {
        let mut row = json!({"Service": self.service, "Version": self.version, "Action": self.action});
        if !self.title.is_empty() {
            row["Title"] = Value::from(self.title.as_str());
        }
        if let Some(parameter) = &self.parameter {
            row["Parameter"] = Value::from(parameter.as_str());
        }
        row
    }
}

/// Adds the titles of the actions found, and after them the actions whose titles have the words.
fn add_titles(found: &mut Vec<Row>, titles: &[Title], query: &str, site: Site) -> Result<(), Error> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let catalog = actions::catalog()?;
    for title in titles {
        let same = |row: &&mut Row| {
            (&row.service, &row.version, &row.action) == (&title.service, &title.version, &title.action)
        };
        if let Some(row) = found.iter_mut().find(same) {
            row.title.clone_from(&title.title);
            continue;
        }
        let text = format!("{} {} {}", title.service, title.action, title.title).to_lowercase();
        if !words.iter().all(|word| text.contains(word.as_str())) {
            continue;
        }
        let Ok(service) = catalog.service(&title.service) else { continue };
        let Some(rank) = service.versions(site).position(|version| version == title.version) else { continue };
        found.push(Row {
            service: title.service.clone(),
            version: title.version.clone(),
            action: title.action.clone(),
            is_default: rank == 0,
            title: title.title.clone(),
            parameter: None,
        });
    }
    Ok(())
}
