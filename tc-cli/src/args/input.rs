//! A whole request from a file or from standard input, as JSON or YAML.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::error::{Error, Kind, configuration};

/// Reads the value of `--cli-input-json`: `file://PATH` or `@PATH` (with `~` and `$NAME`), `-` for standard input, or the
/// JSON itself.
///
/// # Errors
/// The file cannot be read, or is not an object in JSON or YAML.
pub fn read(source: &str) -> Result<Value, Error> {
    let (text, name) = match source.strip_prefix("file://").or_else(|| source.strip_prefix('@')) {
        Some(path) => {
            let path = expand(path);
            let text = std::fs::read_to_string(&path)
                .map_err(|error| configuration(format!("Unable to load paramfile {}: {error}", path.display())))?;
            (text, path.display().to_string())
        }
        None if source == "-" => {
            let mut text = String::new();
            let read = std::io::stdin().read_to_string(&mut text);
            read.map_err(|error| configuration(format!("cannot read standard input: {error}")))?;
            (text, "standard input".to_owned())
        }
        None if source.trim_start().starts_with('{') => (source.to_owned(), "--cli-input-json".to_owned()),
        None => {
            let path = expand(source);
            let near = if path.is_file() { format!("; did you mean file://{source}?") } else { String::new() };
            return Err(invalid(format!(
                "argument --cli-input-json: file://PATH, - for standard input, or a JSON object is expected{near}"
            )));
        }
    };
    match parse(&text, &name)? {
        object @ Value::Object(_) => Ok(object),
        other => Err(invalid(format!("{name} holds {}, where an object is expected", kind(&other)))),
    }
}

/// A text that is not a request, wherever it was read.
fn invalid(message: impl Into<String>) -> Error {
    Error::new(Kind::Options, message)
}

fn parse(text: &str, name: &str) -> Result<Value, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_yaml = Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml"));
    // A request that begins like JSON is meant as JSON, and its errors are those of JSON.
    if !is_yaml && text.trim_start().starts_with(['{', '[']) {
        return serde_json::from_str(text).map_err(|error| invalid(format!("{name} is not valid JSON: {error}")));
    }
    serde_saphyr::from_str(text).map_err(|error| invalid(format!("{name} is not valid YAML: {error}")))
}

/// What a value is, for messages.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// A path with `~` and `$NAME` or `${NAME}` replaced; unset variables are kept.
pub(crate) fn expand(path: &str) -> PathBuf {
    let mut rest = path;
    let mut expanded = String::new();
    if let Some(after) = rest.strip_prefix('~')
        && (after.is_empty() || after.starts_with('/'))
        && let Some(home) = crate::profile::home()
    {
        expanded.push_str(&home.to_string_lossy());
        rest = after;
    }
    while let Some(at) = rest.find('$') {
        expanded.push_str(&rest[..at]);
        rest = &rest[at..];
        let (name, len) = match rest[1..].strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            Some((name, _)) => (name, name.len() + 3),
            None => {
                let end = rest[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len() - 1);
                (&rest[1..=end], end + 1)
            }
        };
        match std::env::var(name) {
            Ok(value) if !name.is_empty() => expanded.push_str(&value),
            _ => expanded.push_str(&rest[..len]),
        }
        rest = &rest[len..];
    }
    expanded.push_str(rest);
    expanded.into()
}
