//! The checks of values. They are `const fn`s: the compiler evaluates them for literals, `validate()` for other values.

use crate::{EnumSpec, Literal, ParamSpec, Problem, Type};

/// Checks one value, or one item of a list: its type and the limits of `param`.
///
/// [`check_count`] checks the number of items of a list.
pub const fn check<'a>(param: &ParamSpec, literal: Literal<'a>) -> Option<Problem<'a>> {
    match (param.ty, literal) {
        (_, Literal::Unknown) | (Type::Boolean, Literal::Bool(_)) => return None,
        (Type::Json, literal) => return check_json(literal),
        (Type::Integer { min, max }, Literal::Int(number)) => {
            if number < min || number > max {
                return Some(Problem::Integer(number));
            }
        }
        (Type::Float | Type::Float32, Literal::Int(_) | Literal::Float(..))
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

/// Checks a value of a parameter with any JSON: integers can have up to 64 bits.
const fn check_json(literal: Literal<'_>) -> Option<Problem<'_>> {
    match literal {
        Literal::Int(number) if number < i64::MIN as i128 || number > u64::MAX as i128 => {
            Some(Problem::Integer(number))
        }
        Literal::List(items) => {
            let mut items = items;
            while let [item, rest @ ..] = items {
                if let Some(problem) = check_json(*item) {
                    return Some(problem);
                }
                items = rest;
            }
            None
        }
        _ => None,
    }
}

/// Checks the number of items of a list.
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

/// Compares from the end, because the names of a struct's members often have the same beginning.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Message, Shape};

    #[test]
    fn an_integer_of_more_than_64_bits_is_not_accepted_in_json() {
        let any = ParamSpec::new("Any", "any", Type::Json, Shape::Maybe);
        let beyond = i128::from(u64::MAX) + 1;
        for literal in
            [Literal::Int(beyond), Literal::Int(i128::from(i64::MIN) - 1), Literal::List(&[Literal::Int(1 << 64)])]
        {
            assert!(matches!(check(&any, literal), Some(Problem::Integer(_))), "{literal:?}");
        }
        for literal in [Literal::Int(i128::from(u64::MAX)), Literal::Int(i128::from(i64::MIN)), Literal::Text("1")] {
            assert!(check(&any, literal).is_none(), "{literal:?}");
        }
        let message = Problem::Integer(beyond).describe(Message::new(), &any);
        assert_eq!(
            message.as_str(),
            "is 18446744073709551616; -9223372036854775808 to 18446744073709551615 is accepted; write other numbers as text"
        );
    }
}
