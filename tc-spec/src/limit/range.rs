//! The limit `range = 1..=100`: the accepted numbers; its type, check and messages.

use std::fmt;

use crate::{Literal, Message, ParamSpec, Type};

/// The accepted numbers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Range {
    /// A range of integers.
    Int {
        /// The minimum.
        min: Option<i128>,
        /// The maximum.
        max: Option<i128>,
    },
    /// A range of floating-point numbers, each with its digits as written.
    Float {
        /// The minimum.
        min: Option<(f64, &'static str)>,
        /// The maximum.
        max: Option<(f64, &'static str)>,
    },
}

impl Range {
    pub(super) const fn applies_to(&self, ty: Type) -> bool {
        matches!((ty, self), (Type::Float | Type::Float32, _) | (Type::Integer { .. }, Self::Int { .. }))
    }

    pub(super) const fn purpose(&self) -> &'static str {
        match self {
            Self::Int { .. } => "`range` limits numbers",
            Self::Float { .. } => "a `range` between fractions limits numbers with a fraction",
        }
    }

    /// Returns whether the number is in the range.
    // A double is exact up to 2^53, and no documented range is that large.
    #[allow(clippy::cast_precision_loss)]
    pub const fn accepts(&self, literal: Literal<'_>) -> bool {
        match (self, literal) {
            (Self::Int { min, max }, Literal::Int(number)) => {
                (match min {
                    Some(min) => number >= *min,
                    None => true,
                }) && (match max {
                    Some(max) => number <= *max,
                    None => true,
                })
            }
            (_, Literal::Int(number)) => self.contains(number as f64),
            (_, Literal::Float(number, _)) => self.contains(number),
            _ => true,
        }
    }

    #[allow(clippy::cast_precision_loss)]
    const fn contains(&self, number: f64) -> bool {
        let (min, max) = match self {
            Self::Int { min, max } => (
                match min {
                    Some(min) => Some(*min as f64),
                    None => None,
                },
                match max {
                    Some(max) => Some(*max as f64),
                    None => None,
                },
            ),
            Self::Float { min, max } => (
                match min {
                    Some((min, _)) => Some(*min),
                    None => None,
                },
                match max {
                    Some((max, _)) => Some(*max),
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
}

/// `1 to 100`
impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int { min, max } => ends(*min, *max, f),
            Self::Float { min, max } => ends(min.map(|(_, text)| text), max.map(|(_, text)| text), f),
        }
    }
}

/// Writes `1 to 100`, `at least 1` or `at most 100`.
pub(super) fn ends<T: fmt::Display>(min: Option<T>, max: Option<T>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match (min, max) {
        (Some(min), Some(max)) => write!(f, "{min} to {max}"),
        (Some(min), None) => write!(f, "at least {min}"),
        (None, Some(max)) => write!(f, "at most {max}"),
        (None, None) => f.write_str("any"),
    }
}

/// "is 101; at most 100 is accepted"
pub(crate) const fn describe(message: Message, param: &ParamSpec, literal: Literal<'_>) -> Message {
    let (message, number) = match literal {
        Literal::Int(number) if !param.sensitive => (message.text("is ").number(number).text("; "), number),
        Literal::Float(_, text) if !param.sensitive => (message.text("is ").text(text).text("; "), i128::MAX),
        Literal::Int(number) => (message.text("is out of range; "), number),
        _ => (message.text("is out of range; "), i128::MAX),
    };
    accepted_numbers(message, param, number)
}

/// Appends the accepted numbers: those of the documented range that the Rust type can hold.
pub(crate) const fn accepted_numbers(message: Message, param: &ParamSpec, number: i128) -> Message {
    let range = param.range();
    match (param.ty, range) {
        (Type::Json, _) => {
            let message = message.number(i64::MIN as i128).text(" to ").number(u64::MAX as i128);
            message.text(" is accepted; write other numbers as text")
        }
        (Type::Integer { min, max }, _) => {
            let (least, most) = accepted_integers(range, min, max);
            // If only one end is documented, the other end is that of the Rust type. The message names it only if the
            // value is beyond it.
            match range {
                None | Some(Range::Int { min: None, .. }) if number > most => {
                    message.text("at most ").number(most).text(" is accepted")
                }
                None | Some(Range::Int { max: None, .. }) if number < least => {
                    message.text("at least ").number(least).text(" is accepted")
                }
                _ => message.number(least).text(" to ").number(most).text(" is accepted"),
            }
        }
        (_, Some(Range::Int { min: Some(min), max: Some(max) })) => {
            message.number(min).text(" to ").number(max).text(" is accepted")
        }
        (_, Some(Range::Int { min: Some(min), max: None })) => {
            message.text("at least ").number(min).text(" is accepted")
        }
        (_, Some(Range::Int { min: None, max: Some(max) })) => {
            message.text("at most ").number(max).text(" is accepted")
        }
        (_, Some(Range::Float { min: Some((_, min)), max: Some((_, max)) })) => {
            message.text(min).text(" to ").text(max).text(" is accepted")
        }
        (_, Some(Range::Float { min: Some((_, min)), max: None })) => {
            message.text("at least ").text(min).text(" is accepted")
        }
        (_, Some(Range::Float { min: None, max: Some((_, max)) })) => {
            message.text("at most ").text(max).text(" is accepted")
        }
        _ => message,
    }
}

/// The smallest and the largest accepted integer: the documented range, limited to that of the Rust type.
const fn accepted_integers(range: Option<Range>, least: i128, most: i128) -> (i128, i128) {
    match range {
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
