//! The query of a GET: lists and structs are flattened to names with dots, `PersonIds.0`, `Filters.0.Values.1`.

use serde_json::Value as Json;

use super::{Encoded, Params, PayloadError, Problem, each, join, was_rounded};
use crate::model::{Fields, Value, is_too_deep, members};

/// Encodes `params` as a query.
///
/// # Errors
/// Those of [`pairs`].
pub(crate) fn query(params: Params<'_>) -> Result<Encoded, PayloadError> {
    Ok(Encoded::query(join(&pairs(params)?)))
}

/// Flattens `params` to names and values, sorted by the bytes of the names and not percent-encoded.
///
/// # Errors
/// A value that a query cannot represent: an explicit empty list, null inside a list, bytes, and everything that JSON cannot
/// represent.
pub(crate) fn pairs(params: Params<'_>) -> Result<Vec<(String, String)>, PayloadError> {
    let mut out = Flattened { name: String::new(), pairs: Vec::new() };
    match params {
        Params::Model(model) => out.object(model)?,
        Params::Json(json) if is_too_deep(json) => return Err(PayloadError::new(Problem::TooDeep)),
        Params::Json(json @ (Json::Object(_) | Json::Null)) => out.json(json)?,
        Params::Json(_) => return Err(PayloadError::new(Problem::NoObject)),
        Params::Files(..) => each(params, |name, value| out.below(name, |out| out.value(value)))?,
    }
    // Byte order, so `.10` comes before `.2`: the order of the signature's string.
    out.pairs.sort_unstable();
    Ok(out.pairs)
}

struct Flattened {
    name: String,
    pairs: Vec<(String, String)>,
}

impl Flattened {
    fn object(&mut self, model: &dyn Fields) -> Result<(), PayloadError> {
        for (param, member) in members(model) {
            self.below(param.name, |out| out.value(member))?;
        }
        Ok(())
    }

    fn value(&mut self, value: Value<'_>) -> Result<(), PayloadError> {
        match value {
            Value::Absent => {}
            Value::Bool(value) => self.pair(if value { "true" } else { "false" }),
            Value::Int(number) => self.pair(itoa::Buffer::new().format(number)),
            Value::Uint(number) => self.pair(itoa::Buffer::new().format(number)),
            // Rust writes the shortest decimal that reads back the same, and never an exponent.
            Value::Float(number) if number.is_finite() => self.pair(number.to_string()),
            Value::Float32(number) if number.is_finite() => self.pair(number.to_string()),
            Value::Float(_) | Value::Float32(_) => return Err(self.error(Problem::NotFinite)),
            Value::Text(text) | Value::Enum(text, _) => self.pair(text),
            Value::Time(time) => {
                let text = super::time(time).map_err(|problem| self.error(problem))?;
                self.pair(text);
            }
            Value::Bytes(_) | Value::Upload(_) => return Err(self.error(Problem::Bytes)),
            Value::Model(model) => self.object(model)?,
            Value::Texts(_) | Value::List(_) => {
                if value.count() == Some(0) {
                    return Err(self.error(Problem::EmptyList));
                }
                for (index, item) in value.items().enumerate() {
                    self.item(index, |out| out.value(item))?;
                }
            }
            Value::Json(json) if is_too_deep(json) => return Err(self.error(Problem::TooDeep)),
            Value::Json(json) => self.json(json)?,
        }
        Ok(())
    }

    /// Free JSON. Null, empty lists and empty objects are left out, as the official clients do, but not inside a list: the
    /// numbers of the following items would have a gap.
    fn json(&mut self, json: &Json) -> Result<(), PayloadError> {
        match json {
            Json::Null => {}
            Json::Bool(value) => self.pair(if *value { "true" } else { "false" }),
            Json::Number(number) if was_rounded(number) => return Err(self.error(Problem::Rounded)),
            Json::Number(number) => match number.as_f64() {
                Some(float) if number.is_f64() => self.pair(float.to_string()),
                _ => self.pair(number.to_string()),
            },
            Json::String(text) => self.pair(text.as_str()),
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.item(index, |out| out.json(item))?;
                }
            }
            Json::Object(members) => {
                for (name, member) in members {
                    self.below(name, |out| out.json(member))?;
                }
            }
        }
        Ok(())
    }

    /// Writes an item of a list. It is an error if the item writes nothing.
    fn item(
        &mut self,
        index: usize,
        write: impl FnOnce(&mut Self) -> Result<(), PayloadError>,
    ) -> Result<(), PayloadError> {
        self.below(itoa::Buffer::new().format(index), |out| {
            let before = out.pairs.len();
            write(out)?;
            if out.pairs.len() == before { Err(out.error(Problem::NullItem)) } else { Ok(()) }
        })
    }

    fn below<T>(&mut self, name: &str, write: impl FnOnce(&mut Self) -> T) -> T {
        let len = self.name.len();
        if len > 0 {
            self.name.push('.');
        }
        self.name.push_str(name);
        let result = write(self);
        self.name.truncate(len);
        result
    }

    fn pair(&mut self, value: impl Into<String>) {
        self.pairs.push((self.name.clone(), value.into()));
    }

    fn error(&self, problem: Problem) -> PayloadError {
        PayloadError::new(problem).below(&self.name)
    }
}
