//! The help of a subcommand: what it does, its usage and options, and examples. The form is that of clap, which prints the help of
//! the subcommands with the most options.

use std::fmt::Write as _;
use std::io::Write;

use super::{Command, named};
use crate::call::written;
use crate::error::{Error, arguments};
use crate::output::{pad, width};

/// The width of the widest line with an explanation beside an example.
const WIDTH: usize = 100;

/// Prints the help of the subcommand `name`, whose usage and options are `usage`.
///
/// # Errors
/// Standard output cannot be written.
pub(crate) fn help(name: &str, usage: &str, out: &mut dyn Write) -> Result<(), Error> {
    let about = named(name).map(|command| command.about).unwrap_or_default();
    let mut letters = about.chars();
    let about: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    written(writeln!(out, "{about}\n\n{usage}\n\n{}", examples(name, "")))
}

/// The error of arguments that do not have the form of the usage.
pub(crate) fn refused(name: &str, usage: &str) -> Error {
    let lines = usage.split("\n\n").next().unwrap_or_default().trim_start_matches("Usage:").trim_start_matches(' ');
    let lines = if lines.starts_with('\n') { lines.to_owned() } else { format!(" {lines}") };
    arguments(format!("usage:{lines}\nMore: tcapi {name} --help"))
}

/// The section with the examples of a subcommand; with `inner`, only those of that subcommand below it.
pub(super) fn examples(name: &str, inner: &str) -> String {
    let Some(Command { examples, .. }) = named(name) else { return String::new() };
    let start = format!("tcapi {name} {inner}");
    let shown: Vec<_> = examples.iter().filter(|(line, _)| inner.is_empty() || line.starts_with(&start)).collect();
    let widest = shown.iter().map(|(line, _)| width(line)).max().unwrap_or_default() + 2;
    let mut text = "Examples:".to_owned();
    for (line, about) in shown {
        let beside = 4 + widest + width(about) <= WIDTH;
        let _ = match (about.is_empty(), beside) {
            (true, _) => write!(text, "\n  {line}"),
            (_, true) => write!(text, "\n  {}# {about}", pad(line, widest)),
            (_, false) => write!(text, "\n  # {about}\n  {line}"),
        };
    }
    text
}
