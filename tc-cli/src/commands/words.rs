//! Descriptions of types and limits.

use tc_spec::{Limit, Literal, ParamSpec, Type};

/// The type of one value.
pub(crate) fn type_name(param: &ParamSpec) -> String {
    match param.ty {
        Type::String | Type::Enum(_) => "text".to_owned(),
        Type::Integer { min, .. } if min >= 0 => "integer ≥ 0".to_owned(),
        Type::Integer { .. } => "integer".to_owned(),
        Type::Float | Type::Float32 => "number".to_owned(),
        Type::Boolean => "true|false".to_owned(),
        Type::Date => "date".to_owned(),
        Type::DateTime | Type::Time => "time".to_owned(),
        Type::Binary => "bytes".to_owned(),
        Type::Model(model) => model.get().name.to_owned(),
        Type::Json => "JSON".to_owned(),
    }
}

/// The limits and the default, a phrase for each.
pub(crate) fn limits(param: &ParamSpec) -> Vec<String> {
    let of_items = |limit: &Limit| param.is_list() && limit.is_of_values();
    let phrase = |limit| if of_items(limit) { format!("each {limit}") } else { limit.to_string() };
    let mut phrases: Vec<String> = param.limits.iter().map(phrase).collect();
    if let Type::Enum(values) = param.ty {
        phrases.push(values.values.iter().map(|value| value.name).collect::<Vec<_>>().join(" | "));
    }
    if let Some(default) = param.default.and_then(literal) {
        phrases.push(format!("default {default}"));
    }
    phrases
}

/// A default, as it would be typed.
pub(crate) fn literal(literal: Literal<'_>) -> Option<String> {
    match literal {
        Literal::Int(number) => Some(number.to_string()),
        Literal::Bool(value) => Some(value.to_string()),
        Literal::Text("") => Some("\"\"".to_owned()),
        Literal::Float(_, text) | Literal::Text(text) => Some(text.to_owned()),
        Literal::List(items) => {
            Some(format!("[{}]", items.iter().copied().filter_map(self::literal).collect::<Vec<_>>().join(", ")))
        }
        Literal::Unknown => None,
    }
}
