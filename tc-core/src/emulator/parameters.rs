//! Parameters held against the facts of their action, by the emulator's own reading of them.

use base64::Engine;
use serde_json::{Map, Value};

use super::Refusal;
use super::forms;
use crate::spec::{Count, ModelSpec, ParamSpec, Range, Type};

/// The parameters in their documented types, and where they came in others.
pub(super) struct Checked {
    pub(super) params: Value,
    pub(super) coercions: Vec<String>,
}

/// Holds `given` against `spec`. `flat` where everything is text, as in a query, a form, a multipart body.
///
/// # Errors
/// The first thing wrong with it, with the code the gateway has for that.
pub(super) fn check(spec: &ModelSpec, given: Map<String, Value>, flat: bool) -> Result<Checked, Refusal> {
    let mut reader = Reader { flat, coercions: Vec::new() };
    let params = reader.model(spec, given, "")?;
    Ok(Checked { params, coercions: reader.coercions })
}

struct Reader {
    flat: bool,
    coercions: Vec<String>,
}

impl Reader {
    fn model(&mut self, spec: &ModelSpec, mut given: Map<String, Value>, path: &str) -> Result<Value, Refusal> {
        if let Some(unknown) = given.keys().find(|name| spec.params.iter().all(|param| param.name != **name)) {
            return Err(Refusal::new(
                "UnknownParameter",
                format!(
                    "The parameter `{}` is not recognized; {} has none of that name.",
                    below(path, unknown),
                    spec.name
                ),
            ));
        }
        let mut read = Map::new();
        for param in spec.params {
            let path = below(path, param.name);
            // The gateway takes null for absent.
            match given.remove(param.name).filter(|value| !value.is_null()) {
                Some(value) => {
                    let value = self.member(param, value, &path)?;
                    read.insert(param.name.to_owned(), value);
                }
                None if param.required => {
                    return Err(Refusal::new(
                        "MissingParameter",
                        format!("The request is missing a required parameter `{path}`."),
                    ));
                }
                None => {}
            }
        }
        Ok(Value::Object(read))
    }

    fn member(&mut self, param: &ParamSpec, value: Value, path: &str) -> Result<Value, Refusal> {
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
        if let Some(limit) = param.items
            && let Some(accepted) = outside(limit, items.len())
        {
            return Err(wrong_value(path, &format!("has {} items; {accepted}", items.len())));
        }
        let mut read = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            read.push(self.one(param, item, &format!("{path}.{index}"))?);
        }
        Ok(Value::Array(read))
    }

    fn one(&mut self, param: &ParamSpec, value: Value, path: &str) -> Result<Value, Refusal> {
        match param.ty {
            Type::String | Type::Date | Type::DateTime => {
                let text = text(param, value, path)?;
                limits_of_text(param, &text, path)?;
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
                limits_of_text(param, &text, path)?;
                Ok(text.into())
            }
            Type::Integer { min, max } => {
                let number = self.integer(param, &value, path)?;
                limits_of_integer(param, number, (min, max), path)?;
                // Every integer type of the facts lies within one of the two.
                Ok(u64::try_from(number)
                    .map(Value::from)
                    .or_else(|_| i64::try_from(number).map(Value::from))
                    .unwrap_or(value))
            }
            Type::Float => {
                let number = self.float(param, &value, path)?;
                limits_of_float(param, number, path)?;
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

    fn integer(&mut self, param: &ParamSpec, value: &Value, path: &str) -> Result<i128, Refusal> {
        let read = match value {
            Value::Number(number) => number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from)),
            Value::String(text) => Some(text).filter(|text| !text.starts_with('+')).and_then(|text| text.parse().ok()),
            _ => None,
        };
        let read = read.ok_or_else(|| wrong_type(path, "an integer", &kind(param, value)))?;
        self.note(param, value, path, "an integer");
        Ok(read)
    }

    fn float(&mut self, param: &ParamSpec, value: &Value, path: &str) -> Result<f64, Refusal> {
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

    fn boolean(&mut self, param: &ParamSpec, value: &Value, path: &str) -> Result<bool, Refusal> {
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

fn text(param: &ParamSpec, value: Value, path: &str) -> Result<String, Refusal> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(wrong_type(path, "text", &kind(param, &other))),
    }
}

fn limits_of_text(param: &ParamSpec, text: &str, path: &str) -> Result<(), Refusal> {
    let length = text.chars().count();
    if let Some(limit) = param.length
        && let Some(accepted) = outside(limit, length)
    {
        return Err(wrong_value(path, &format!("has {length} characters; {accepted}")));
    }
    if let Some(charset) = param.charset
        && let Some(foreign) =
            text.chars().find(|it| charset.ranges.iter().all(|(first, last)| it < first || last < it))
    {
        let which = if param.sensitive { "a character".into() } else { format!("the character `{foreign}`") };
        return Err(wrong_value(
            path,
            &format!("is {} and has {which} that is not in {}", shown(param, text), charset.text),
        ));
    }
    Ok(())
}

fn limits_of_integer(param: &ParamSpec, number: i128, (least, most): (i128, i128), path: &str) -> Result<(), Refusal> {
    let (min, max) = match param.range {
        Some(Range::Int { min, max }) => (min.unwrap_or(least).max(least), max.unwrap_or(most).min(most)),
        _ => (least, most),
    };
    if (min..=max).contains(&number) {
        return Ok(());
    }
    Err(wrong_value(path, &format!("is {}; {min} to {max} is accepted", shown(param, &number.to_string()))))
}

// No documented range of a float comes near the numbers a double cannot hold.
#[allow(clippy::cast_precision_loss)]
fn limits_of_float(param: &ParamSpec, number: f64, path: &str) -> Result<(), Refusal> {
    let (min, max) = match param.range {
        None => return Ok(()),
        Some(Range::Int { min, max }) => (min.map(|min| min as f64), max.map(|max| max as f64)),
        Some(Range::Float { min, max }) => (min.map(|(min, _)| min), max.map(|(max, _)| max)),
    };
    let (min, max) = (min.unwrap_or(f64::NEG_INFINITY), max.unwrap_or(f64::INFINITY));
    if (min..=max).contains(&number) {
        return Ok(());
    }
    Err(wrong_value(path, &format!("is {}; {min} to {max} is accepted", shown(param, &number.to_string()))))
}

/// What is accepted instead, where `count` is outside `limit`.
fn outside(limit: Count, count: usize) -> Option<String> {
    match limit.max {
        Some(max) if count > max => Some(format!("at most {max} are accepted")),
        _ if count < limit.min => Some(format!("at least {} are accepted", limit.min)),
        _ => None,
    }
}

fn wrong_type(path: &str, wanted: &str, given: &str) -> Refusal {
    Refusal::new("InvalidParameter", format!("The parameter `{path}` is {wanted}; given is {given}."))
}

fn wrong_value(path: &str, how: &str) -> Refusal {
    Refusal::new("InvalidParameterValue", format!("The value of parameter `{path}` is not accepted: it {how}."))
}

/// A value in a message; none of a sensitive parameter, since messages end in logs.
fn shown(param: &ParamSpec, text: &str) -> String {
    if param.sensitive { "…".into() } else { format!("`{}`", text.chars().take(80).collect::<String>()) }
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
