//! Whether a value is accepted: `const fn`s that the compiler runs over literals and `validate()` over everything else.

use crate::{EnumSpec, Literal, ParamSpec, Problem, Type};

/// Checks one value, or one item of a list, against type and limits of `param`.
///
/// The number of items of a list is checked by [`check_count`].
pub const fn check<'a>(param: &ParamSpec, literal: Literal<'a>) -> Option<Problem<'a>> {
    match (param.ty, literal) {
        (_, Literal::Unknown) | (Type::Boolean, Literal::Bool(_)) => return None,
        (Type::Json, literal) => return check_json(literal),
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

/// Checks free JSON, whose numbers are exact up to 64 bits.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Message, Shape};

    #[test]
    fn a_whole_number_of_more_than_64_bits_is_no_number_of_free_json() {
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
        let said = Problem::Integer(beyond).describe(Message::new(), &any);
        assert_eq!(
            said.as_str(),
            "is 18446744073709551616; -9223372036854775808 to 18446744073709551615 is accepted; write other numbers as text"
        );
    }
}
