//! `tcapi search`: actions by words of their names.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::actions;
use crate::args::CommandLine;
use crate::call::written;
use crate::error::{Error, Kind, arguments};
use crate::output::{Format, Screen, pad, width, write};

/// How many actions are listed where `--all` is not given.
const MOST: usize = 30;

/// `tcapi search person sample`: every action whose service, name or parameters have all of these words, the best first.
///
/// # Errors
/// Nothing is found.
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let line = CommandLine::parse(args.iter().cloned())?;
    let query = line.words.join(" ");
    if query.trim().is_empty() || line.options.has("help") {
        let usage = "tcapi search <words> [--site china|international] [--all] [--output json|ndjson|…]";
        return if line.options.has("help") {
            written(writeln!(out, "{usage}"))
        } else {
            Err(arguments(format!("usage: {usage}")))
        };
    }
    let site = actions::site(&line.options)?;
    let found = actions::catalog()?.search(site, &query);
    if found.is_empty() {
        return Err(Error::new(Kind::Other, format!("no action has all of these words: {query}")));
    }
    let shown = if line.options.has("all") { found.len() } else { found.len().min(MOST) };
    if let Some(format) = line.options.get("output") {
        let rows: Vec<Value> = found[..shown]
            .iter()
            .map(|found| json!({"Service": found.service, "Version": found.version, "Action": found.action}))
            .collect();
        let format: Format =
            format.parse().map_err(|error: crate::output::ParseFormatError| arguments(error.to_string()))?;
        return written(write(out, &Value::Array(rows), format, Screen::of_stdout()));
    }
    let services = found[..shown].iter().map(|found| width(found.service)).max().unwrap_or_default() + 2;
    let print = |out: &mut dyn Write| -> io::Result<()> {
        for found in &found[..shown] {
            let version = if found.is_default { String::new() } else { format!("  --version {}", found.version) };
            writeln!(out, "{}{}{version}", pad(found.service, services), found.action)?;
        }
        Ok(())
    };
    written(print(out))?;
    if shown < found.len() {
        anstream::eprintln!("{} more: add a word, or --all", found.len() - shown);
    }
    Ok(())
}
