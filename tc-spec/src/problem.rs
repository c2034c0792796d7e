//! The reason why a value is not accepted, and its message. Compile-time checks and `validate()` use the same messages.

use crate::limit::{KnownTexts, accepted_numbers};
use crate::{Limit, Literal, Message, ParamSpec, Type};

/// The reason why a value is not accepted, with the value.
#[derive(Debug, Clone, Copy)]
pub enum Problem<'a> {
    /// The value has the wrong type.
    Type(Literal<'a>),
    /// The Rust type cannot hold the integer.
    Integer(i128),
    /// The text is not one of the documented values of the enum.
    Value(&'a str),
    /// A limit does not accept the value.
    Limit(&'static Limit, Literal<'a>),
    /// A limit does not accept the number of items.
    Count(&'static Limit, usize),
    /// The value is a list, but the parameter is not.
    List,
    /// The value is not a list, but the parameter is.
    Scalar(Literal<'a>),
}

impl Problem<'_> {
    /// Appends the value and what is accepted to `message`: "is 101; at most 100 is accepted".
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
