//! The forms of parameters on the wire: a JSON body, a query, a multipart form, or an octet stream with headers.
//!
//! Each encoder returns one [`Encoded`].

mod encoded;
mod json;
mod multipart;
mod octet;
mod query;
mod query_string;
mod scalar;
#[cfg(test)]
mod tests;

use std::fmt;

use chrono::{DateTime, Utc};

use crate::model::{Fields, Upload, Value, is_rounded, is_too_deep, members, rfc3339};
use crate::spec::{BodyForm, Method};
use crate::text::shown;

use json::json;
use multipart::multipart;
use octet::octet_stream;
use query::query;

pub(crate) use encoded::{Encoded, FORM};
pub(crate) use json::json_text;
pub(crate) use query::pairs;
pub(crate) use query_string::join;

/// The parameters of a call: the fields of a struct, or JSON for an action without a struct.
#[derive(Clone, Copy)]
pub(crate) enum Params<'a> {
    Model(&'a dyn Fields),
    Json(&'a serde_json::Value),
    /// JSON, and parameters that are bytes.
    Files(&'a serde_json::Value, &'a [(String, Upload)]),
}

/// Encodes the parameters of a request that is signed with TC3. Returns `None` if this form cannot be sent with this method.
///
/// `boundary` returns a random number that separates the parts of a multipart body.
///
/// # Errors
/// A value that the form cannot represent.
pub(crate) fn encode(
    params: Params<'_>,
    form: BodyForm,
    method: Method,
    service: &str,
    boundary: fn() -> u128,
) -> Result<Option<Encoded>, PayloadError> {
    match (form, method) {
        (BodyForm::Json, Method::Post) => json(params),
        (BodyForm::Json, Method::Get) => query(params),
        (BodyForm::Multipart, Method::Post) => multipart(params, boundary()),
        (BodyForm::OctetStream, Method::Post) => octet_stream(params, service),
        (BodyForm::Multipart | BodyForm::OctetStream, Method::Get) => return Ok(None),
    }
    .map(Some)
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

/// Checks that free JSON can be sent: it is not too deep, and contains no whole number that serde_json has rounded to a float, such
/// as 18446744073709551616.
fn exact(json: &serde_json::Value) -> Result<(), PayloadError> {
    if is_too_deep(json) { Err(PayloadError::new(Problem::TooDeep)) } else { not_rounded(json) }
}

fn not_rounded(json: &serde_json::Value) -> Result<(), PayloadError> {
    match json {
        serde_json::Value::Number(number) if was_rounded(number) => Err(PayloadError::new(Problem::Rounded)),
        serde_json::Value::Array(items) => {
            items.iter().enumerate().try_for_each(|(index, item)| not_rounded(item).map_err(|error| error.below(index)))
        }
        serde_json::Value::Object(members) => {
            members.iter().try_for_each(|(name, member)| not_rounded(member).map_err(|error| error.below(name)))
        }
        _ => Ok(()),
    }
}

/// Whether a number most likely was a whole number beyond 64 bits that lost digits when it was parsed.
///
/// A float with at most 15 digits, such as `1e21`, is exact in decimal and is sent.
fn was_rounded(number: &serde_json::Number) -> bool {
    const KEPT: usize = 15;
    let digits =
        |float: f64| format!("{float:e}").bytes().take_while(|byte| *byte != b'e').filter(u8::is_ascii_digit).count();
    is_rounded(number) && number.as_f64().is_some_and(|float| digits(float) > KEPT)
}

/// The text of a time on the wire.
fn time(time: DateTime<Utc>) -> Result<String, Problem> {
    rfc3339(time).ok_or(Problem::Year)
}

/// A value that the form of the request cannot represent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayloadError {
    path: String,
    problem: Problem,
}

/// The reason of a [`PayloadError`].
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
    HeaderName,
    Rounded,
    TooDeep,
    NullItem,
    Year,
    MediaType,
}

impl PayloadError {
    fn new(problem: Problem) -> Self {
        Self { path: String::new(), problem }
    }

    /// Puts `name` before the path.
    fn below(mut self, name: impl fmt::Display) -> Self {
        self.path = if self.path.is_empty() { name.to_string() } else { format!("{name}.{}", self.path) };
        self
    }

    /// The path of the value: `Filters.0.Values`.
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
            Problem::NotFinite => "is NaN or infinite, which JSON and queries cannot represent",
            Problem::EmptyList => {
                "is an empty list, which a query cannot represent: send it by POST with TC3, or leave it out if it is optional"
            }
            Problem::Bytes => "is binary, which a query cannot represent: send it by POST with TC3",
            Problem::NoObject => "the parameters of an action must be a JSON object",
            Problem::Rounded => {
                "is a whole number beyond 64 bits that was rounded when it was parsed: write it as text to keep all digits"
            }
            Problem::TooDeep => "has more than 127 levels of lists and objects",
            Problem::NullItem => {
                "is null or empty inside a list, which a query cannot represent: send it by POST with TC3, or leave it out"
            }
            Problem::Year => "is a time outside the years 0 to 9999, which the time format of the cloud cannot represent",
            Problem::Name => "is a name that a multipart form cannot contain: quotes and control characters are not accepted",
            Problem::HeaderName => {
                "is a name that an HTTP header cannot have: in an octet stream, parameters are sent as headers"
            }
            Problem::MediaType => "has an invalid media type; use one such as application/pdf",
            Problem::NoBody => "no binary parameter is set: an octet stream needs exactly one as its body",
            Problem::SecondBody => "is a second binary parameter: an octet stream has exactly one, as its body",
            Problem::HeaderShape => {
                "is a list or a struct: in an octet stream, parameters are sent as headers, which hold text and numbers"
            }
            Problem::HeaderText => {
                "contains a control character: in an octet stream, parameters are sent as headers, which cannot hold it"
            }
        })
    }
}

impl std::error::Error for PayloadError {}
