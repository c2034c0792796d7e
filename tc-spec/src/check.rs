//! The limits, once: `const fn`s that the compiler runs over literals and `validate()` over everything else.

use crate::{Charset, Count, EnumSpec, Literal, ParamSpec, Problem, Range, Type};

/// Holds one value, or one item of a list, against the limits of `param`.
///
/// The number of items of a list is [`check_count`]'s.
pub const fn check<'a>(param: &ParamSpec, given: Literal<'a>) -> Option<Problem<'a>> {
    match (param.ty, given) {
        (_, Literal::Unknown) | (Type::Json, _) | (Type::Boolean, Literal::Bool(_)) => None,
        (Type::Integer { min, max }, Literal::Int(number)) => {
            let (least, most) = ends(param, min, max);
            if number < least || number > most { Some(Problem::Int(number)) } else { None }
        }
        // No double is exact beyond 2^53, and no documented range comes near it.
        #[allow(clippy::cast_precision_loss)]
        (Type::Float, Literal::Int(number)) => match param.range {
            Some(range) if !within(range, number as f64) => Some(Problem::Int(number)),
            _ => None,
        },
        (Type::Float, Literal::Float(number, text)) => match param.range {
            Some(range) if !within(range, number) => Some(Problem::Float(text)),
            _ => None,
        },
        (Type::String | Type::Date | Type::DateTime, Literal::Text(text)) => check_text(param, text),
        (Type::Enum(spec), Literal::Text(text)) => {
            if is_value(spec, text) {
                check_text(param, text)
            } else {
                Some(Problem::Value(text))
            }
        }
        (_, Literal::List(_)) => Some(Problem::List),
        (_, other) => Some(Problem::Type(other)),
    }
}

/// Holds the text of an enum's deliberate `Undocumented` value, or any other text, against length and charset.
pub(crate) const fn check_text<'a>(param: &ParamSpec, text: &'a str) -> Option<Problem<'a>> {
    if let Some(length) = param.length {
        let count = characters(text);
        if !counts(length, count) {
            return Some(Problem::Length(count));
        }
    }
    if let Some(charset) = param.charset
        && let Some(character) = foreign(charset, text)
    {
        return Some(Problem::Charset(text, character));
    }
    None
}

/// Holds the number of items of a list against the limits of `param`.
pub const fn check_count(param: &ParamSpec, items: usize) -> Option<Problem<'static>> {
    match param.items {
        Some(limit) if !counts(limit, items) => Some(Problem::Items(items)),
        _ => None,
    }
}

const fn counts(limit: Count, count: usize) -> bool {
    count >= limit.min
        && match limit.max {
            Some(max) => count <= max,
            None => true,
        }
}

/// The ends of what a whole number may be: the documented range within that of the Rust type.
pub(crate) const fn ends(param: &ParamSpec, least: i128, most: i128) -> (i128, i128) {
    match param.range {
        Some(Range::Int { min, max }) => (
            match min {
                Some(min) if min > least => min,
                _ => least,
            },
            match max {
                Some(max) if max < most => max,
                _ => most,
            },
        ),
        _ => (least, most),
    }
}

#[allow(clippy::cast_precision_loss)]
const fn within(range: Range, number: f64) -> bool {
    let (min, max) = match range {
        Range::Int { min, max } => (
            match min {
                Some(min) => Some(min as f64),
                None => None,
            },
            match max {
                Some(max) => Some(max as f64),
                None => None,
            },
        ),
        Range::Float { min, max } => (
            match min {
                Some((min, _)) => Some(min),
                None => None,
            },
            match max {
                Some((max, _)) => Some(max),
                None => None,
            },
        ),
    };
    // Written so that NaN is outside.
    (match min {
        Some(min) => number >= min,
        None => true,
    }) && (match max {
        Some(max) => number <= max,
        None => true,
    })
}

// Here and below, loops take slices apart instead of counting: run by the compiler, each call of `len()` costs more than
// all the rest of a turn.
const fn characters(text: &str) -> usize {
    let (mut bytes, mut count) = (text.as_bytes(), 0);
    while let [byte, rest @ ..] = bytes {
        if *byte & 0xC0 != 0x80 {
            count += 1;
        }
        bytes = rest;
    }
    count
}

/// The first character of `text` that is not in `charset`.
const fn foreign(charset: Charset, text: &str) -> Option<char> {
    let bytes = text.as_bytes();
    let (mut at, end) = (0, bytes.len());
    while at < end {
        let (character, width) = decode(bytes, at);
        if !charset.contains(character) {
            return Some(character);
        }
        at += width;
    }
    None
}

/// The character at `at`, and its width. `str::chars` is no `const fn`.
const fn decode(bytes: &[u8], at: usize) -> (char, usize) {
    let first = bytes[at] as u32;
    let (mut code, width) = match first {
        0..0x80 => (first, 1),
        0x80..0xE0 => (first & 0x1F, 2),
        0xE0..0xF0 => (first & 0x0F, 3),
        _ => (first & 0x07, 4),
    };
    let mut next = 1;
    while next < width {
        code = code << 6 | (bytes[at + next] as u32 & 0x3F);
        next += 1;
    }
    match char::from_u32(code) {
        Some(character) => (character, width),
        None => (char::REPLACEMENT_CHARACTER, width),
    }
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
