//! From words to the value of one parameter.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Number, Value};
use tc_spec::Type;

use super::build::{Mode, ProblemKind};
use super::input::{expand, kind};

/// Why words are not the value of a parameter.
#[derive(Debug)]
pub(super) struct Invalid {
    pub(super) kind: ProblemKind,
    /// It continues "argument --Limit: ".
    pub(super) reason: String,
}

/// A word that is not of the type.
fn of_type(reason: impl Into<String>) -> Invalid {
    Invalid { kind: ProblemKind::Argument, reason: reason.into() }
}

/// A text that is not JSON.
fn of_json(reason: String) -> Invalid {
    Invalid { kind: ProblemKind::Json, reason }
}

/// A file that cannot be read.
fn of_file(reason: String) -> Invalid {
    Invalid { kind: ProblemKind::File, reason }
}

/// The value that `words` say, of a parameter that is one value of type `ty`, or a list of such.
///
/// # Errors
/// The words are not such a value.
pub(super) fn value(ty: Type, list: bool, words: &[String], mode: Mode) -> Result<Value, Invalid> {
    if list {
        return self::list(ty, words, mode);
    }
    match words {
        [word] => one(ty, word),
        [] => Err(of_type("expected one argument")),
        _ => Err(of_type(format!("expected one argument, but {} follow", words.len()))),
    }
}

fn list(ty: Type, words: &[String], mode: Mode) -> Result<Value, Invalid> {
    match words {
        [] if mode == Mode::Unfold => Ok(Value::Array(Vec::new())),
        [] => Err(of_type("expected at least one argument")),
        // tccli takes every word as it is where arguments are unfolded, and one word of JSON elsewhere.
        [word] if mode == Mode::Plain || matches!(ty, Type::Model(_) | Type::Json) => {
            let text = from_file(word)?;
            if !text.trim_start().starts_with('[') {
                return Ok(Value::Array(vec![one(ty, word)?]));
            }
            match json(&text)? {
                items @ Value::Array(_) => Ok(items),
                other => Err(of_type(format!("{} was given, where a list is expected", kind(&other)))),
            }
        }
        words => words.iter().map(|word| one(ty, word)).collect::<Result<_, _>>().map(Value::Array),
    }
}

fn one(ty: Type, word: &str) -> Result<Value, Invalid> {
    match ty {
        Type::String | Type::Enum(_) | Type::Date | Type::DateTime | Type::Time | Type::Binary => {
            from_file(word).map(Value::String)
        }
        Type::Integer { .. } => integer(&from_file(word)?),
        Type::Float | Type::Float32 => float(&from_file(word)?),
        Type::Boolean => boolean(&from_file(word)?),
        Type::Model(_) => match object(word)? {
            object @ Value::Object(_) => Ok(object),
            other => Err(of_type(format!("{} was given, where an object is expected", kind(&other)))),
        },
        Type::Json => {
            let text = from_file(word)?;
            Ok(serde_json::from_str(&text).unwrap_or(Value::String(text)))
        }
    }
}

/// The contents of the file that `@file` names, as base64 for `@base64:file`. Any other word, and one that begins with `@` and
/// names no file, unchanged.
fn from_file(word: &str) -> Result<String, Invalid> {
    let Some(name) = word.strip_prefix('@').filter(|name| !name.is_empty()) else { return Ok(word.to_owned()) };
    if let Some(name) = name.strip_prefix("base64:") {
        let path = expand(name);
        let bytes =
            std::fs::read(&path).map_err(|error| of_file(format!("cannot read {}: {error}", path.display())))?;
        return Ok(STANDARD.encode(bytes));
    }
    let path = expand(name);
    if !path.is_file() {
        return Ok(word.to_owned());
    }
    std::fs::read_to_string(&path).map_err(|error| match error.kind() {
        ErrorKind::InvalidData => {
            of_file(format!("{} is not valid UTF-8; `@base64:{name}` sends the file as base64", path.display()))
        }
        _ => of_file(format!("cannot read {}: {error}", path.display())),
    })
}

/// The name in a word such as `@script.sh` or `@dir/script` that looks like a file, but names none.
pub(super) fn missing_file(word: &str) -> Option<&str> {
    let name = word.strip_prefix('@').filter(|name| !name.contains(char::is_whitespace))?;
    if name.starts_with("base64:") || expand(name).is_file() {
        return None;
    }
    let is_extension = |extension: &str| extension.starts_with(|first: char| first.is_ascii_alphabetic());
    let extension = Path::new(name).extension().and_then(OsStr::to_str);
    (name.contains(['/', '\\']) || extension.is_some_and(is_extension)).then_some(name)
}

fn object(word: &str) -> Result<Value, Invalid> {
    match missing_file(word) {
        Some(name) => Err(of_file(format!("there is no file `{name}`"))),
        None => json(&from_file(word)?),
    }
}

fn json(text: &str) -> Result<Value, Invalid> {
    serde_json::from_str(text).map_err(|error| of_json(format!("invalid JSON: {error}")))
}

/// A whole number as Python's `int` reads it.
fn integer(text: &str) -> Result<Value, Invalid> {
    let trimmed = text.trim();
    let unsigned = trimmed.strip_prefix(['+', '-']).unwrap_or(trimmed);
    let digits = unsigned.split('_').all(|piece| !piece.is_empty() && piece.bytes().all(|byte| byte.is_ascii_digit()));
    if !digits {
        return Err(of_type(format!("invalid int value: '{text}'")));
    }
    let number = trimmed.replace('_', "").parse::<i128>().ok().and_then(Number::from_i128);
    number.map(Value::Number).ok_or_else(|| of_type(format!("'{text}' does not fit into 64 bits")))
}

/// A number as it is written; integers stay exact.
fn float(text: &str) -> Result<Value, Invalid> {
    let trimmed = text.trim();
    if let Ok(Value::Number(number)) = serde_json::from_str(trimmed) {
        return Ok(Value::Number(number));
    }
    let number = trimmed.parse::<f64>().ok().and_then(Number::from_f64);
    number.map(Value::Number).ok_or_else(|| of_type(format!("invalid float value: '{text}'")))
}

fn boolean(text: &str) -> Result<Value, Invalid> {
    match text.to_lowercase().as_str() {
        "true" | "t" | "1" => Ok(Value::Bool(true)),
        "false" | "f" | "0" => Ok(Value::Bool(false)),
        _ => Err(of_type("Value of Boolean must be true/false, t/f, 1/0")),
    }
}
