//! From a request back to a command line.

use serde_json::{Map, Value};

/// The words of a command line for this request: an option for each value, nested ones by dots.
///
/// ```
/// let request = serde_json::json!({"Limit": 5, "Filters": [{"Name": "zone", "Values": ["a", "b c"]}]});
/// let words = tc_cli::args::write(request.as_object().unwrap());
/// assert_eq!(words, ["--Limit", "5", "--Filters.0.Name", "zone", "--Filters.0.Values", "a", "b c"]);
/// ```
pub fn write(request: &Map<String, Value>) -> Vec<String> {
    let mut words = Vec::new();
    for (name, value) in request {
        option(name, value, &mut words);
    }
    words
}

fn option(path: &str, value: &Value, words: &mut Vec<String>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            members.iter().for_each(|(name, value)| option(&format!("{path}.{name}"), value, words));
        }
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            items.iter().enumerate().for_each(|(index, item)| option(&format!("{path}.{index}"), item, words));
        }
        Value::Array(items) if can_be_words(items) => {
            words.push(format!("--{path}"));
            words.extend(items.iter().map(text));
        }
        other => {
            let text = text(other);
            if text.starts_with("--") || text.starts_with("-h") {
                words.push(format!("--{path}={text}"));
            } else {
                words.extend([format!("--{path}"), text]);
            }
        }
    }
}

/// One word that begins with `[` would be read as JSON, and one that begins with dashes as an option.
fn can_be_words(items: &[Value]) -> bool {
    let plain = |text: &str| !text.starts_with("--") && !text.starts_with("-h") && !text.starts_with('@');
    match items {
        [] => false,
        [only] => plain(&text(only)) && !text(only).trim_start().starts_with('['),
        items => items.iter().all(|item| plain(&text(item))),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A word as a shell takes it: in single quotes if it has any other character than letters, digits and `_-./:=,@%+`.
///
/// ```
/// assert_eq!(tc_cli::args::quoted("zone"), "zone");
/// assert_eq!(tc_cli::args::quoted("it's"), r"'it'\''s'");
/// ```
pub fn quoted(word: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || "_-./:=,@%+".contains(character);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
