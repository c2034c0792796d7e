//! A single value as text, for a part of a form or a header.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::{Problem, was_rounded};
use crate::model::Value;

/// Returns the text of `value`, or `None` for a list or a struct.
pub(super) fn text<'a>(value: &Value<'a>) -> Result<Option<Cow<'a, str>>, Problem> {
    Ok(Some(match *value {
        Value::Bool(value) | Value::Json(&Json::Bool(value)) => Cow::Borrowed(if value { "true" } else { "false" }),
        Value::Int(number) => Cow::Owned(number.to_string()),
        Value::Uint(number) => Cow::Owned(number.to_string()),
        // Rust writes the shortest decimal that reads back the same, and never an exponent.
        Value::Float(number) if number.is_finite() => Cow::Owned(number.to_string()),
        Value::Float32(number) if number.is_finite() => Cow::Owned(number.to_string()),
        Value::Float(_) | Value::Float32(_) => return Err(Problem::NotFinite),
        Value::Text(text) | Value::Enum(text, _) => Cow::Borrowed(text),
        Value::Time(time) => Cow::Owned(super::time(time)?),
        Value::Json(Json::String(text)) => Cow::Borrowed(text),
        Value::Json(Json::Number(number)) if was_rounded(number) => return Err(Problem::Rounded),
        Value::Json(Json::Number(number)) => match number.as_f64() {
            Some(float) if number.is_f64() => Cow::Owned(float.to_string()),
            _ => Cow::Owned(number.to_string()),
        },
        Value::Absent
        | Value::Bytes(_)
        | Value::Upload(_)
        | Value::Model(_)
        | Value::Texts(_)
        | Value::List(_)
        | Value::Json(Json::Null | Json::Array(_) | Json::Object(_)) => return Ok(None),
    }))
}
