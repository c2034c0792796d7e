//! The forms in which parameters travel: a JSON body, or names and values for a query or a form.

mod json;
mod multipart;
mod octet;
mod query;
mod scalar;
#[cfg(test)]
mod tests;

use std::fmt;

use chrono::{DateTime, Utc};

use crate::model::{Fields, Upload, Value, is_rounded, members, rfc3339};
use crate::text::shown;

/// The parameters of a call: those of a struct, or JSON for an action nobody modelled.
#[derive(Clone, Copy)]
pub(crate) enum Params<'a> {
    Model(&'a dyn Fields),
    Json(&'a serde_json::Value),
    /// JSON, and beside it parameters that are bytes.
    Files(&'a serde_json::Value, &'a [(String, Upload)]),
}

/// The JSON body of `params`: compact UTF-8, absent members left out.
///
/// # Errors
/// What JSON cannot write: NaN, an infinity, a time beyond the year 9999; in free JSON, a whole number that was rounded.
pub(crate) fn json(params: Params<'_>) -> Result<Vec<u8>, PayloadError> {
    json::encode(params)
}

/// The flattened names and values of `params`, sorted by the bytes of the names: `PersonIds.0`, `Filters.0.Values.1`.
///
/// # Errors
/// What a query cannot say: an explicitly empty list, null inside a list, bytes, and what [`json`] cannot.
pub(crate) fn query(params: Params<'_>) -> Result<Vec<(String, String)>, PayloadError> {
    query::encode(params)
}

/// The `multipart/form-data` body of `params`. `boundary` must be lower-case, and occur in no value.
///
/// # Errors
/// A number that no form can write: NaN or an infinity.
pub(crate) fn multipart(params: Params<'_>, boundary: &str) -> Result<Vec<u8>, PayloadError> {
    multipart::encode(params, boundary)
}

/// The body that the one binary parameter is, and the headers that the others become.
///
/// # Errors
/// No binary parameter or two; what a header cannot say: a list, a struct, a control character, NaN.
pub(crate) fn octet(params: Params<'_>, service: &str) -> Result<(Vec<u8>, Vec<(String, String)>), PayloadError> {
    octet::encode(params, service)
}

/// Calls `with` for every member that is sent.
fn each<'a>(
    params: Params<'a>,
    mut with: impl FnMut(&'a str, Value<'a>) -> Result<(), PayloadError>,
) -> Result<(), PayloadError> {
    let (json, files): (_, &[(String, Upload)]) = match params {
        Params::Model(model) => {
            return members(model).try_for_each(|(param, value)| with(param.name, value));
        }
        Params::Json(json) => (json, &[]),
        Params::Files(json, files) => (json, files),
    };
    match json {
        serde_json::Value::Object(members) => {
            let texts = members.iter().filter(|(name, _)| files.iter().all(|(file, _)| file != *name));
            texts.map(|(name, value)| (name, Value::Json(value))).try_for_each(|(name, value)| with(name, value))?;
        }
        serde_json::Value::Null => {}
        _ => return Err(PayloadError::new(Problem::NoObject)),
    }
    files.iter().try_for_each(|(name, file)| with(name, Value::Upload(file)))
}

/// Refuses free JSON with a number in it that is no float, and became one: 18446744073709551616.
fn exact(json: &serde_json::Value) -> Result<(), PayloadError> {
    match json {
        serde_json::Value::Number(number) if was_rounded(number) => Err(PayloadError::new(Problem::Rounded)),
        serde_json::Value::Array(items) => {
            items.iter().enumerate().try_for_each(|(index, item)| exact(item).map_err(|error| error.below(index)))
        }
        serde_json::Value::Object(members) => {
            members.iter().try_for_each(|(name, member)| exact(member).map_err(|error| error.below(name)))
        }
        _ => Ok(()),
    }
}

/// Whether a number most probably was a whole one that no integer type holds, and lost digits before it came here.
///
/// A float that somebody wrote, `1e21`, has few digits, which a decimal number of 15 digits keeps; it is sent as it is.
fn was_rounded(number: &serde_json::Number) -> bool {
    const KEPT: usize = 15;
    let digits =
        |float: f64| format!("{float:e}").bytes().take_while(|byte| *byte != b'e').filter(u8::is_ascii_digit).count();
    is_rounded(number) && number.as_f64().is_some_and(|float| digits(float) > KEPT)
}

/// A time as it is sent.
fn time(time: DateTime<Utc>) -> Result<String, Problem> {
    rfc3339(time).ok_or(Problem::Year)
}

/// A value that the chosen form cannot carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayloadError {
    path: String,
    problem: Problem,
}

/// Why it cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    NotFinite,
    EmptyList,
    Bytes,
    NoObject,
    NoBody,
    SecondBody,
    HeaderShape,
    HeaderText,
    Name,
    Rounded,
    NullItem,
    Year,
    MediaType,
}

impl PayloadError {
    fn new(problem: Problem) -> Self {
        Self { path: String::new(), problem }
    }

    /// The same error, found below `name`.
    fn below(mut self, name: impl fmt::Display) -> Self {
        self.path = if self.path.is_empty() { name.to_string() } else { format!("{name}.{}", self.path) };
        self
    }

    /// Where the value stands: `Filters.0.Values`.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for PayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "`{}` ", shown(&self.path, 200))?;
        }
        f.write_str(match self.problem {
            Problem::NotFinite => "is NaN or infinite, and neither JSON nor a query has a word for it",
            Problem::EmptyList => {
                "is an explicitly empty list, which a query cannot say: send it by POST with TC3, or leave it out"
            }
            Problem::Bytes => "holds bytes, which a query cannot carry: send it by POST with TC3",
            Problem::NoObject => "the parameters of an action are a JSON object",
            Problem::Rounded => {
                "is a whole number beyond 64 bits that has become a float and lost digits: write it as text, which keeps them"
            }
            Problem::NullItem => {
                "is null or empty inside a list, and a query has no name for its place: send it by POST with TC3, or leave it out"
            }
            Problem::Year => "is a time beyond the years 0 to 9999, which the cloud's form of times cannot write",
            Problem::Name => "is a name that no form can carry",
            Problem::MediaType => "has a media type that no header can carry; it looks like application/pdf",
            Problem::NoBody => "no binary parameter was given, and one is the body of an octet stream",
            Problem::SecondBody => "is a second binary parameter, and the body of an octet stream is one",
            Problem::HeaderShape => "is a list or a struct, and beside an octet stream parameters are headers",
            Problem::HeaderText => "holds a control character, and beside an octet stream parameters are headers",
        })
    }
}

impl std::error::Error for PayloadError {}
