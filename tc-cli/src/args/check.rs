//! A whole request held against the spec of its action: every violation, before anything is sent.

use serde_json::Value;
use tc_spec::{Literal, Message, ModelSpec, ParamSpec, Problem, Type};

use super::input::kind;
use super::suggest::did_you_mean;

/// Every violation of a request, with its path: "`Filters.0.Values` has 101 items; at most 100 are accepted".
///
/// Numbers and booleans written as text pass, as the cloud takes them. No value of a sensitive parameter is shown.
pub fn check(request: &Value, model: &'static ModelSpec) -> Vec<String> {
    let mut found = Vec::new();
    object(request, model, "", &mut found);
    found
}

fn object(value: &Value, model: &'static ModelSpec, path: &str, found: &mut Vec<String>) {
    let Value::Object(members) = value else {
        found.push(format!("`{path}` is {}, not an object", kind(value)));
        return;
    };
    for param in model.params.iter().filter(|param| param.required && !members.contains_key(param.name)) {
        found.push(format!("`{}` is missing, and is required", join(path, param.name)));
    }
    for (name, value) in members {
        let path = join(path, name);
        match model.param(name) {
            // Absent, as far as the cloud is concerned.
            Some(_) if value.is_null() => {}
            Some(param) => member(value, param, &path, found),
            None => {
                let near = did_you_mean(name, model.params.iter().map(|param| param.name));
                found.push(format!("there is no parameter `{path}`{near}"));
            }
        }
    }
}

fn member(value: &Value, param: &'static ParamSpec, path: &str, found: &mut Vec<String>) {
    if !param.is_list() {
        return one(value, param, path, found);
    }
    let Value::Array(items) = value else {
        if matches!(param.ty, Type::Json) {
            return;
        }
        found.push(format!("`{path}` is {}, not a list", kind(value)));
        return;
    };
    if let Some(problem) = tc_spec::check_count(param, items.len()) {
        found.push(say(path, param, problem));
    }
    for (index, item) in items.iter().enumerate() {
        one(item, param, &join(path, &index.to_string()), found);
    }
}

fn one(value: &Value, param: &'static ParamSpec, path: &str, found: &mut Vec<String>) {
    match (param.ty, value) {
        (Type::Model(model), value) => object(value, model.get(), path, found),
        (Type::Json, _) | (Type::Time | Type::Binary, Value::String(_)) => {}
        (Type::Integer { .. } | Type::Float, Value::String(text)) => match number(text) {
            Some(literal) => limits(literal, param, path, found),
            None => mistyped(value, param, path, found),
        },
        (Type::Boolean, Value::String(text)) if matches!(text.as_str(), "true" | "false") => {}
        (_, Value::Number(number)) => {
            let text = number.to_string();
            match self::number(&text) {
                Some(literal) => limits(literal, param, path, found),
                None => mistyped(value, param, path, found),
            }
        }
        (_, Value::Bool(value)) => limits(Literal::Bool(*value), param, path, found),
        (_, Value::String(text)) => limits(Literal::Text(text), param, path, found),
        _ => mistyped(value, param, path, found),
    }
}

fn number(text: &str) -> Option<Literal<'_>> {
    if let Ok(integer) = text.parse::<i128>() {
        return Some(Literal::Int(integer));
    }
    let float = text.parse::<f64>().ok().filter(|float| float.is_finite())?;
    Some(Literal::Float(float, text))
}

fn limits(literal: Literal<'_>, param: &'static ParamSpec, path: &str, found: &mut Vec<String>) {
    if let Some(problem) = tc_spec::check(param, literal) {
        found.push(say(path, param, problem));
    }
}

fn mistyped(value: &Value, param: &ParamSpec, path: &str, found: &mut Vec<String>) {
    found.push(format!("`{path}` is {}, not {}", kind(value), param.ty.noun()));
}

fn say(path: &str, param: &ParamSpec, problem: Problem<'_>) -> String {
    format!("`{path}` {}", problem.describe(Message::new(), param).as_str())
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
