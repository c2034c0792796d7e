//! How an answer is written to standard output: JSON, text, table, YAML, or a line of JSON per row.
//!
//! `json`, `text` and `table` are byte for byte what tccli writes, so that scripts that read them keep working; `yaml` and
//! `ndjson` are additions.

mod arrange;
mod colour;
mod columns;
mod filter;
mod functions;
mod json;
mod python;
mod table;
mod text;
mod width;
mod yaml;

use std::io::{self, Write};
use std::str::FromStr;

use serde_json::Value;

pub use arrange::{Members, arrange};
pub use colour::Colour;
pub use columns::Columns;
pub use filter::{Filter, FilterError};
pub use width::{pad, width};

/// The form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// JSON with an indent of four blanks.
    #[default]
    Json,
    /// Values separated by tabs.
    Text,
    /// Boxes.
    Table,
    /// YAML.
    Yaml,
    /// One line of JSON per row.
    Ndjson,
}

impl Format {
    /// All forms, in the order in which help lists them.
    pub const ALL: [Self; 5] = [Self::Json, Self::Text, Self::Table, Self::Yaml, Self::Ndjson];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Text => "text",
            Self::Table => "table",
            Self::Yaml => "yaml",
            Self::Ndjson => "ndjson",
        }
    }
}

/// The error of parsing a [`Format`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseFormatError(String);

impl std::fmt::Display for ParseFormatError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "unknown output format `{}`; json, text, table, yaml and ndjson are accepted", self.0)
    }
}

impl std::error::Error for ParseFormatError {}

impl FromStr for Format {
    type Err = ParseFormatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|format| format.name() == text).ok_or_else(|| ParseFormatError(text.to_owned()))
    }
}

/// Where the output goes, as far as its form depends on that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Colours, or none.
    pub colour: Colour,
    /// How many cells a line has; tables that are wider stand upright.
    pub width: usize,
}

impl Screen {
    /// No terminal: no colours, 80 cells.
    pub const PLAIN: Self = Self { colour: Colour::Off, width: 80 };

    /// The settings of standard output.
    pub fn of_stdout() -> Self {
        let width = console::Term::stdout().size_checked().map_or(80, |(_, columns)| usize::from(columns).max(1));
        Self { colour: Colour::of_stdout(), width }
    }
}

/// Writes `value` in this form.
///
/// # Errors
/// What the writer reports.
pub fn write(out: &mut dyn Write, value: &Value, format: Format, screen: Screen) -> io::Result<()> {
    match format {
        // A query that finds nothing prints nothing, as in tccli.
        Format::Json if value.is_null() => Ok(()),
        Format::Json => json::write(out, value, screen.colour),
        Format::Text => text::write(out, value),
        Format::Table => table::write(out, "action", value, screen),
        Format::Yaml => yaml::write(out, value),
        Format::Ndjson => match value {
            Value::Array(rows) => rows.iter().try_for_each(|row| json::write_line(out, row, screen.colour)),
            other => json::write_line(out, other, screen.colour),
        },
    }
}

/// A value in a sentence, as Python's `str` writes it: that is what tccli prints.
pub fn text_of(value: &Value) -> String {
    python::text(value)
}

/// A value in a sentence as JSON, cut after `most` characters.
pub(crate) fn short(value: &Value, most: usize) -> String {
    let text = value.to_string();
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests;
