//! Checks parameters against the spec of their action. Shares no code with the checks of the client.

use base64::Engine;
use serde_json::{Map, Value};

use super::limits::{self, Read, shown, wrong_value};
use super::{ErrorResponse, forms};
use crate::spec::{ModelSpec, ParamSpec, Type};

/// The parameters in their documented types, and the list of those that arrived in other types.
pub(super) struct Checked {
    pub(super) params: Value,
    pub(super) coercions: Vec<String>,
}

/// Checks `given` against `spec`. `flat` means that every value is text, as in a query, a form or a multipart body.
///
/// # Errors
/// The first problem, with the error code of the gateway for it.
pub(super) fn check(spec: &ModelSpec, given: Map<String, Value>, flat: bool) -> Result<Checked, ErrorResponse> {
    let mut reader = Reader { flat, coercions: Vec::new() };
    let params = reader.model(spec, given, "")?;
    Ok(Checked { params, coercions: reader.coercions })
}

struct Reader {
    flat: bool,
    coercions: Vec<String>,
}

impl Reader {
    fn model(&mut self, spec: &ModelSpec, mut given: Map<String, Value>, path: &str) -> Result<Value, ErrorResponse> {
        if let Some(unknown) = given.keys().find(|name| spec.params.iter().all(|param| param.name != **name)) {
            return Err(ErrorResponse::new(
                "UnknownParameter",
                format!(
                    "The parameter `{}` is not recognized; {} has no parameter of this name.",
                    below(path, unknown),
                    spec.name
                ),
            ));
        }
        let mut read = Map::new();
        for param in spec.params {
            let path = below(path, param.name);
            // The gateway treats null as absent.
            match given.remove(param.name).filter(|value| !value.is_null()) {
                Some(value) => {
                    let value = self.member(param, value, &path)?;
                    read.insert(param.name.to_owned(), value);
                }
                None if param.required => {
                    return Err(ErrorResponse::new(
                        "MissingParameter",
                        format!("The request is missing a required parameter `{path}`."),
                    ));
                }
                None => {}
            }
        }
        Ok(Value::Object(read))
    }

    fn member(&mut self, param: &ParamSpec, value: Value, path: &str) -> Result<Value, ErrorResponse> {
        if !param.is_list() {
            return self.one(param, value, path);
        }
        let items = match value {
            Value::Array(items) => items,
            Value::Object(map) if self.flat => forms::list(map).map_err(|map| {
                let names: Vec<&str> = map.keys().take(3).map(String::as_str).collect();
                wrong_type(
                    path,
                    "a list whose items are numbered from 0 without a gap",
                    &format!("numbered {}", names.join(", ")),
                )
            })?,
            other => return Err(wrong_type(path, "a list", &kind(param, &other))),
        };
        limits::of_count(param, items.len(), path)?;
        let mut read = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            read.push(self.one(param, item, &format!("{path}.{index}"))?);
        }
        Ok(Value::Array(read))
    }

    fn one(&mut self, param: &ParamSpec, value: Value, path: &str) -> Result<Value, ErrorResponse> {
        match param.ty {
            Type::String | Type::Date | Type::DateTime => {
                let text = text(param, value, path)?;
                limits::of_value(param, &Read::Text(&text), path)?;
                Ok(text.into())
            }
            Type::Enum(spec) => {
                let text = text(param, value, path)?;
                if spec.values.iter().all(|value| value.name != text) {
                    let known: Vec<&str> = spec.values.iter().map(|value| value.name).collect();
                    return Err(wrong_value(
                        path,
                        &format!("is {}; accepted are {}", shown(param, &text), known.join(", ")),
                    ));
                }
                limits::of_value(param, &Read::Text(&text), path)?;
                Ok(text.into())
            }
            Type::Integer { min, max } => {
                let number = self.integer(param, &value, path)?;
                if !(min..=max).contains(&number) {
                    let number = shown(param, &number.to_string());
                    return Err(wrong_value(path, &format!("is {number}; the type holds {min} to {max}")));
                }
                limits::of_value(param, &Read::Integer(number), path)?;
                // Every integer type of a spec fits into u64 or i64.
                Ok(u64::try_from(number)
                    .map(Value::from)
                    .or_else(|_| i64::try_from(number).map(Value::from))
                    .unwrap_or(value))
            }
            Type::Float | Type::Float32 => {
                let number = self.float(param, &value, path)?;
                limits::of_value(param, &Read::Float(number), path)?;
                Ok(if value.is_number() { value } else { number.into() })
            }
            Type::Boolean => self.boolean(param, &value, path).map(Value::Bool),
            Type::Time => {
                let text = text(param, value, path)?;
                match chrono::DateTime::parse_from_rfc3339(&text) {
                    Ok(_) => Ok(text.into()),
                    Err(_) => Err(wrong_type(path, "a time like 2022-01-01T00:00:00+08:00", &shown(param, &text))),
                }
            }
            Type::Binary => {
                let text = text(param, value, path)?;
                match base64::engine::general_purpose::STANDARD.decode(&text) {
                    Ok(_) => Ok(text.into()),
                    Err(_) => Err(wrong_type(path, "bytes in base64", "other text")),
                }
            }
            Type::Model(spec) => match value {
                Value::Object(map) => self.model(spec.get(), map, path),
                other => Err(wrong_type(path, "an object", &kind(param, &other))),
            },
            Type::Json if self.flat => Ok(forms::listed(value)),
            Type::Json => Ok(value),
        }
    }

    fn integer(&mut self, param: &ParamSpec, value: &Value, path: &str) -> Result<i128, ErrorResponse> {
        let read = match value {
            Value::Number(number) => number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from)),
            Value::String(text) => Some(text).filter(|text| !text.starts_with('+')).and_then(|text| text.parse().ok()),
            _ => None,
        };
        let read = read.ok_or_else(|| wrong_type(path, "an integer", &kind(param, value)))?;
        self.note(param, value, path, "an integer");
        Ok(read)
    }

    fn float(&mut self, param: &ParamSpec, value: &Value, path: &str) -> Result<f64, ErrorResponse> {
        let read = match value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        let read = read.filter(|number| number.is_finite());
        let read = read.ok_or_else(|| wrong_type(path, "a number", &kind(param, value)))?;
        self.note(param, value, path, "a number");
        Ok(read)
    }

    fn boolean(&mut self, param: &ParamSpec, value: &Value, path: &str) -> Result<bool, ErrorResponse> {
        let read = match value {
            Value::Bool(value) => Some(*value),
            // Python's clients write them with a capital.
            Value::String(text) => match text.as_str() {
                "true" | "True" => Some(true),
                "false" | "False" => Some(false),
                _ => None,
            },
            _ => None,
        };
        let read = read.ok_or_else(|| wrong_type(path, "a boolean", &kind(param, value)))?;
        self.note(param, value, path, "a boolean");
        Ok(read)
    }

    /// Text for a number or a boolean is news in JSON only; in a query everything is text.
    fn note(&mut self, param: &ParamSpec, value: &Value, path: &str, wanted: &str) {
        if let Value::String(text) = value
            && !self.flat
        {
            self.coercions.push(format!("{path}: the text {} as {wanted}", shown(param, text)));
        }
    }
}

fn text(param: &ParamSpec, value: Value, path: &str) -> Result<String, ErrorResponse> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(wrong_type(path, "text", &kind(param, &other))),
    }
}

fn wrong_type(path: &str, wanted: &str, given: &str) -> ErrorResponse {
    ErrorResponse::new("InvalidParameter", format!("The parameter `{path}` must be {wanted}; received: {given}."))
}

fn kind(param: &ParamSpec, value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
        Value::String(text) => format!("the text {}", shown(param, text)),
        other => shown(param, &other.to_string()),
    }
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
