//! Why a value is not accepted, and the message that says so: the same for the compiler and for `validate()`.

use crate::limit::{KnownTexts, accepted_numbers};
use crate::{Limit, Literal, Message, ParamSpec, Type};

/// Why a value is not accepted, with the value.
#[derive(Debug, Clone, Copy)]
pub enum Problem<'a> {
    /// A value of another type.
    Type(Literal<'a>),
    /// A whole number that the Rust type cannot hold.
    Integer(i128),
    /// A text that is not one of the documented values of an enum.
    Value(&'a str),
    /// A value that a limit does not accept.
    Limit(&'static Limit, Literal<'a>),
    /// A number of items that a limit does not accept.
    Count(&'static Limit, usize),
    /// A list where one value is wanted.
    List,
    /// One value where a list is wanted.
    Scalar(Literal<'a>),
}

impl Problem<'_> {
    /// `message`, followed by the value and what is accepted instead: "is 101; at most 100 is accepted".
    pub const fn describe(self, message: Message, param: &ParamSpec) -> Message {
        match self {
            Self::Type(literal) => {
                let message = message.text("must be ").text(param.ty.expected());
                actual(message.text(", not "), param, literal)
            }
            Self::Integer(number) => {
                let message = if param.sensitive {
                    message.text("is out of range; ")
                } else {
                    message.text("is ").number(number).text("; ")
                };
                accepted_numbers(message, param, number)
            }
            Self::Value(text) => match param.ty {
                Type::Enum(spec) if param.sensitive => {
                    KnownTexts::Values(spec.values).list(message.text("is not one of the documented values: "))
                }
                Type::Enum(spec) => KnownTexts::Values(spec.values).accepted(message.text("is ").quoted(text), text),
                _ => message.text("is not accepted"),
            },
            Self::Limit(limit, literal) => limit.describe(message, param, literal),
            Self::Count(limit, count) => limit.describe_count(message, count),
            Self::List => message.text("must be ").text(param.ty.expected()).text(", not a list"),
            Self::Scalar(literal) => {
                actual(message.text("must be a list, not "), param, literal).text("; write `[…]` around it")
            }
        }
    }
}

const fn actual(message: Message, param: &ParamSpec, literal: Literal<'_>) -> Message {
    match literal {
        Literal::Int(_) | Literal::Float(..) | Literal::Bool(_) | Literal::Text(_) if param.sensitive => {
            message.text("the value given")
        }
        Literal::Int(number) => message.text("the integer ").number(number),
        Literal::Float(_, text) => message.text("the number ").text(text),
        Literal::Bool(true) => message.text("the boolean true"),
        Literal::Bool(false) => message.text("the boolean false"),
        Literal::Text(text) => message.text("the text ").quoted(text),
        Literal::List(_) => message.text("a list"),
        Literal::Unknown => message.text("this value"),
    }
}
