//! Descriptions of types and limits.

use tc_spec::{Items, Length, Limit, Literal, ParamSpec, Range, Type, Values};

/// The type of one value.
pub(crate) fn type_name(param: &ParamSpec) -> String {
    match param.ty {
        Type::String | Type::Enum(_) => "text".to_owned(),
        Type::Integer { min, .. } if min >= 0 => "integer ≥ 0".to_owned(),
        Type::Integer { .. } => "integer".to_owned(),
        Type::Float => "number".to_owned(),
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
    let each = if param.is_list() { "each " } else { "" };
    let mut phrases: Vec<String> = param
        .limits
        .iter()
        .map(|limit| match limit {
            Limit::Range(Range::Int { min, max }) => format!("{each}{}", ends(*min, *max)),
            Limit::Range(Range::Float { min, max }) => {
                format!("{each}{}", ends(min.map(|(_, text)| text), max.map(|(_, text)| text)))
            }
            Limit::Items(Items { min, max }) => format!("{} items", counted(*min, *max)),
            Limit::Length(Length { min, max }) => format!("{each}{} characters", counted(*min, *max)),
            Limit::Charset(charset) => format!("{each}of {}", charset.text),
            Limit::Values(Values::Texts(texts)) => format!("{each}{}", texts.join(" | ")),
            Limit::Values(Values::Integers(numbers)) => {
                format!("{each}{}", numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | "))
            }
            Limit::Values(Values::Floats(numbers)) => {
                format!("{each}{}", numbers.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" | "))
            }
        })
        .collect();
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

fn ends<T: std::fmt::Display>(min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any".to_owned(),
    }
}

fn counted(min: usize, max: Option<usize>) -> String {
    ends((min > 0).then_some(min), max)
}
