//! Whether a value is accepted: `const fn`s that the compiler runs over literals and `validate()` over everything else.

use crate::{EnumSpec, Literal, ParamSpec, Problem, Type};

/// Checks one value, or one item of a list, against type and limits of `param`.
///
/// The number of items of a list is checked by [`check_count`].
pub const fn check<'a>(param: &ParamSpec, literal: Literal<'a>) -> Option<Problem<'a>> {
    match (param.ty, literal) {
        (_, Literal::Unknown) | (Type::Json, _) | (Type::Boolean, Literal::Bool(_)) => return None,
        (Type::Integer { min, max }, Literal::Int(number)) => {
            if number < min || number > max {
                return Some(Problem::Integer(number));
            }
        }
        (Type::Float, Literal::Int(_) | Literal::Float(..))
        | (Type::String | Type::Date | Type::DateTime, Literal::Text(_)) => {}
        (Type::Enum(spec), Literal::Text(text)) => {
            if !is_value(spec, text) {
                return Some(Problem::Value(text));
            }
        }
        (_, Literal::List(_)) => return Some(Problem::List),
        (_, other) => return Some(Problem::Type(other)),
    }
    let mut limits = param.limits;
    while let [limit, rest @ ..] = limits {
        if !limit.accepts(literal) {
            return Some(Problem::Limit(limit, literal));
        }
        limits = rest;
    }
    None
}

/// Checks the number of items of a list against the limits of `param`.
pub const fn check_count(param: &ParamSpec, count: usize) -> Option<Problem<'static>> {
    let mut limits = param.limits;
    while let [limit, rest @ ..] = limits {
        if !limit.accepts_count(count) {
            return Some(Problem::Count(limit, count));
        }
        limits = rest;
    }
    None
}

const fn is_value(spec: &EnumSpec, text: &str) -> bool {
    let (mut values, text) = (spec.values, text.as_bytes());
    while let [value, rest @ ..] = values {
        if same(value.name.as_bytes(), text) {
            return true;
        }
        values = rest;
    }
    false
}

/// Compared from the end: the names of a struct's members often begin alike.
pub(crate) const fn same(one: &[u8], other: &[u8]) -> bool {
    let (mut one, mut other) = (one, other);
    while let ([before @ .., last], [others @ .., same]) = (one, other) {
        if *last != *same {
            return false;
        }
        (one, other) = (before, others);
    }
    matches!((one, other), ([], []))
}
