//! Checks values against the limits of a parameter. Shares no code with the checks of the client.

use super::ErrorResponse;
use crate::spec::{Limit, ParamSpec, Range, Values};

/// A value as it was read, for the limits.
pub(super) enum Read<'a> {
    Text(&'a str),
    Integer(i128),
    Float(f64),
}

impl Read<'_> {
    /// The number that it is.
    // No documented number comes near those that a double cannot hold.
    #[allow(clippy::cast_precision_loss)]
    fn number(&self) -> Option<f64> {
        match self {
            Self::Text(_) => None,
            Self::Integer(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
        }
    }

    fn shown(&self, param: &ParamSpec) -> String {
        match self {
            Self::Text(text) => shown(param, text),
            Self::Integer(number) => shown(param, &number.to_string()),
            Self::Float(number) => shown(param, &number.to_string()),
        }
    }
}

/// Checks the number of items of a list.
///
/// # Errors
/// The first limit that the number breaks.
pub(super) fn of_count(param: &ParamSpec, count: usize, path: &str) -> Result<(), ErrorResponse> {
    for limit in param.limits {
        match limit {
            Limit::Items(items) => {
                if let Some(accepted) = outside(items.min, items.max, count) {
                    return Err(wrong_value(path, &format!("has {count} items; {accepted}")));
                }
            }
            // Those of each item.
            Limit::Range(_) | Limit::Length(_) | Limit::Charset(_) | Limit::Values(_) => {}
        }
    }
    Ok(())
}

/// Checks one value, or one item of a list.
///
/// # Errors
/// The first limit that the value breaks.
pub(super) fn of_value(param: &ParamSpec, value: &Read<'_>, path: &str) -> Result<(), ErrorResponse> {
    for limit in param.limits {
        match (limit, value) {
            (Limit::Range(range), _) => in_range(param, range, value, path)?,
            (Limit::Length(limit), Read::Text(text)) => {
                let length = text.chars().count();
                if let Some(accepted) = outside(limit.min, limit.max, length) {
                    return Err(wrong_value(path, &format!("has {length} characters; {accepted}")));
                }
            }
            (Limit::Charset(charset), Read::Text(text)) => {
                let is_foreign = |it: &char| charset.ranges.iter().all(|(first, last)| it < first || last < it);
                if let Some(foreign) = text.chars().find(is_foreign) {
                    let which =
                        if param.sensitive { "a character".into() } else { format!("the character `{foreign}`") };
                    let how = format!("is {} and has {which} that is not in {}", shown(param, text), charset.text);
                    return Err(wrong_value(path, &how));
                }
            }
            (Limit::Values(values), _) => is_listed(param, values, value, path)?,
            // The number of items is checked before, and the others are of texts.
            (Limit::Items(_), _) | (Limit::Length(_) | Limit::Charset(_), Read::Integer(_) | Read::Float(_)) => {}
        }
    }
    Ok(())
}

// No documented range comes near the numbers that a double cannot hold.
#[allow(clippy::cast_precision_loss)]
fn in_range(param: &ParamSpec, range: &Range, value: &Read<'_>, path: &str) -> Result<(), ErrorResponse> {
    let (inside, least, most) = match (range, value) {
        (_, Read::Text(_)) => return Ok(()),
        (Range::Int { min, max }, Read::Integer(number)) => (
            min.is_none_or(|min| min <= *number) && max.is_none_or(|max| *number <= max),
            min.map(|min| min.to_string()),
            max.map(|max| max.to_string()),
        ),
        (Range::Int { min, max }, _) => (
            value.number().is_some_and(|number| {
                min.is_none_or(|min| min as f64 <= number) && max.is_none_or(|max| number <= max as f64)
            }),
            min.map(|min| min.to_string()),
            max.map(|max| max.to_string()),
        ),
        (Range::Float { min, max }, _) => (
            value.number().is_some_and(|number| {
                min.is_none_or(|(min, _)| min <= number) && max.is_none_or(|(max, _)| number <= max)
            }),
            min.map(|(min, _)| min.to_string()),
            max.map(|(max, _)| max.to_string()),
        ),
    };
    if inside {
        return Ok(());
    }
    let accepted = match (least, most) {
        (Some(least), Some(most)) => format!("{least} to {most} is accepted"),
        (Some(least), None) => format!("at least {least} is accepted"),
        (None, most) => format!("at most {} is accepted", most.unwrap_or_default()),
    };
    Err(wrong_value(path, &format!("is {}; {accepted}", value.shown(param))))
}

// Documented decimals are equal to what the same decimal becomes in a request.
#[allow(clippy::cast_precision_loss, clippy::float_cmp)]
fn is_listed(param: &ParamSpec, values: &Values, value: &Read<'_>, path: &str) -> Result<(), ErrorResponse> {
    let (listed, accepted): (bool, Vec<String>) = match values {
        Values::Texts(texts) => (
            matches!(value, Read::Text(text) if texts.contains(text)),
            texts.iter().map(|text| (*text).to_owned()).collect(),
        ),
        Values::Integers(numbers) => (
            match value {
                Read::Integer(number) => numbers.contains(number),
                _ => value.number().is_some_and(|number| numbers.iter().any(|known| *known as f64 == number)),
            },
            numbers.iter().map(ToString::to_string).collect(),
        ),
        Values::Floats(numbers) => (
            value.number().is_some_and(|number| numbers.iter().any(|(known, _)| *known == number)),
            numbers.iter().map(|(_, text)| (*text).to_owned()).collect(),
        ),
    };
    if listed {
        return Ok(());
    }
    Err(wrong_value(path, &format!("is {}; accepted are {}", value.shown(param), accepted.join(", "))))
}

/// What is accepted instead, where `count` is outside.
fn outside(min: usize, max: Option<usize>, count: usize) -> Option<String> {
    match max {
        Some(max) if count > max => Some(format!("at most {max} are accepted")),
        _ if count < min => Some(format!("at least {min} are accepted")),
        _ => None,
    }
}

/// The error response for a value that is not accepted.
pub(super) fn wrong_value(path: &str, how: &str) -> ErrorResponse {
    ErrorResponse::new("InvalidParameterValue", format!("The value of parameter `{path}` is not accepted: it {how}."))
}

/// A value in a message. Sensitive values are not shown, because messages may be logged.
pub(super) fn shown(param: &ParamSpec, text: &str) -> String {
    if param.sensitive { "…".into() } else { format!("`{}`", text.chars().take(80).collect::<String>()) }
}
