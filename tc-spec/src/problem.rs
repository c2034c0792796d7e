//! What a value breaks, and the sentence that says so: the same for the compiler and for `validate()`.

use crate::check::ends;
use crate::{Count, EnumSpec, Literal, Message, ParamSpec, Range, Type};

/// What a value breaks, with the value.
#[derive(Debug, Clone, Copy)]
pub enum Problem<'a> {
    /// A value of another type.
    Type(Literal<'a>),
    /// A whole number outside the range.
    Int(i128),
    /// A number with a fraction outside the range, as written.
    Float(&'a str),
    /// Too few or too many items.
    Items(usize),
    /// Too few or too many characters.
    Length(usize),
    /// A text with this character, which is not accepted.
    Charset(&'a str, char),
    /// A text that is not one of the documented values.
    Value(&'a str),
    /// A list where one value is wanted.
    List,
    /// One value where a list is wanted.
    Scalar(Literal<'a>),
}

impl Problem<'_> {
    /// `line`, followed by the value and what is accepted instead: "is 101; at most 100 is accepted".
    pub const fn describe(self, line: Message, param: &ParamSpec) -> Message {
        match self {
            Self::Type(given) => {
                let line = noun(line.text("is "), param.ty);
                actual(line.text(", not "), param, given)
            }
            Self::Int(number) => {
                let line = if param.sensitive {
                    line.text("is out of range; ")
                } else {
                    line.text("is ").number(number).text("; ")
                };
                accepted_numbers(line, param, number)
            }
            Self::Float(text) => {
                let line = if param.sensitive {
                    line.text("is out of range; ")
                } else {
                    line.text("is ").text(text).text("; ")
                };
                accepted_numbers(line, param, i128::MAX)
            }
            Self::Items(count) => {
                let line = plural(line.text("has "), count, "item").text("; ");
                accepted_counts(line, param.items)
            }
            Self::Length(count) => {
                let line = plural(line.text("has "), count, "character").text("; ");
                accepted_counts(line, param.length)
            }
            Self::Charset(text, character) => {
                let mut utf8 = [0; 4];
                let character: &str = character.encode_utf8(&mut utf8);
                let line = if param.sensitive {
                    line.text("contains a character that is not accepted; accepted are ")
                } else {
                    line.text("is ").quoted(text).text("; `").text(character).text("` is not accepted, only ")
                };
                match param.charset {
                    Some(charset) => line.text(charset.text),
                    None => line,
                }
            }
            Self::Value(text) => {
                let line = if param.sensitive {
                    line.text("is not one of the documented values: ")
                } else {
                    line.text("is ").quoted(text).text("; accepted are ")
                };
                match param.ty {
                    Type::Enum(spec) => values(line, spec),
                    _ => line,
                }
            }
            Self::List => noun(line.text("is "), param.ty).text(", not a list"),
            Self::Scalar(given) => actual(line.text("is a list, not "), param, given).text("; write `[…]` around it"),
        }
    }
}

pub(crate) const fn noun(line: Message, ty: Type) -> Message {
    line.text(match ty {
        Type::String => "text",
        Type::Date => "a date",
        Type::DateTime => "a date and time",
        Type::Integer { .. } => "an integer",
        Type::Float => "a number",
        Type::Boolean => "a boolean",
        Type::Time => "a time",
        Type::Binary => "bytes",
        Type::Enum(_) => "text out of a list of values",
        Type::Model(_) => "a struct",
        Type::Json => "JSON",
    })
}

const fn actual(line: Message, param: &ParamSpec, given: Literal<'_>) -> Message {
    match given {
        Literal::Int(_) | Literal::Float(..) | Literal::Bool(_) | Literal::Text(_) if param.sensitive => {
            line.text("the value given")
        }
        Literal::Int(number) => line.text("the integer ").number(number),
        Literal::Float(_, text) => line.text("the number ").text(text),
        Literal::Bool(true) => line.text("the boolean true"),
        Literal::Bool(false) => line.text("the boolean false"),
        Literal::Text(text) => line.text("the text ").quoted(text),
        Literal::List(_) => line.text("a list"),
        Literal::Unknown => line.text("this value"),
    }
}

const fn plural(line: Message, count: usize, noun: &str) -> Message {
    let line = line.number(count as i128).text(" ").text(noun);
    if count == 1 { line } else { line.text("s") }
}

const fn accepted_counts(line: Message, count: Option<Count>) -> Message {
    match count {
        Some(Count { min: 0, max: Some(max) }) => line.text("at most ").number(max as i128).text(are(max)),
        Some(Count { min, max: None }) => line.text("at least ").number(min as i128).text(are(min)),
        Some(Count { min, max: Some(max) }) if min == max => line.text("exactly ").number(max as i128).text(are(max)),
        Some(Count { min, max: Some(max) }) => {
            line.number(min as i128).text(" to ").number(max as i128).text(" are accepted")
        }
        None => line,
    }
}

const fn are(count: usize) -> &'static str {
    if count == 1 { " is accepted" } else { " are accepted" }
}

const fn accepted_numbers(line: Message, param: &ParamSpec, number: i128) -> Message {
    match (param.ty, param.range) {
        (Type::Integer { min, max }, _) => {
            let (least, most) = ends(param, min, max);
            // Where only one end is documented, the other is that of the Rust type, and no news while it is kept.
            match param.range {
                None | Some(Range::Int { min: None, .. }) if number > most => {
                    line.text("at most ").number(most).text(" is accepted")
                }
                None | Some(Range::Int { max: None, .. }) if number < least => {
                    line.text("at least ").number(least).text(" is accepted")
                }
                _ => line.number(least).text(" to ").number(most).text(" is accepted"),
            }
        }
        (_, Some(Range::Int { min: Some(min), max: Some(max) })) => {
            line.number(min).text(" to ").number(max).text(" is accepted")
        }
        (_, Some(Range::Int { min: Some(min), max: None })) => line.text("at least ").number(min).text(" is accepted"),
        (_, Some(Range::Int { min: None, max: Some(max) })) => line.text("at most ").number(max).text(" is accepted"),
        (_, Some(Range::Float { min: Some((_, min)), max: Some((_, max)) })) => {
            line.text(min).text(" to ").text(max).text(" is accepted")
        }
        (_, Some(Range::Float { min: Some((_, min)), max: None })) => {
            line.text("at least ").text(min).text(" is accepted")
        }
        (_, Some(Range::Float { min: None, max: Some((_, max)) })) => {
            line.text("at most ").text(max).text(" is accepted")
        }
        _ => line,
    }
}

const fn values(line: Message, spec: &EnumSpec) -> Message {
    let mut line = line;
    let mut at = 0;
    while at < spec.values.len() {
        if at > 0 {
            line = line.text(", ");
        }
        line = line.text(spec.values[at].name);
        at += 1;
    }
    line
}
