//! How `range = 1..=100` is read from an attribute, checked against its field, and written.

use proc_macro2::TokenStream;
use quote::quote;
use tc_spec::LimitKind;

use super::{EMPTY_RANGE, Limit, OPEN_RANGE};
use crate::diagnostics::Diagnostics;
use crate::literal::{Default, Float, Number};
use crate::model::{FieldType, Kind};
use crate::parse::{Entry, RangeArg};
use crate::tokens::{float, int, optional};

/// The accepted numbers, both ends included.
pub(super) enum Range {
    Int { min: Option<i128>, max: Option<i128> },
    Float { min: Option<Float>, max: Option<Float> },
}

pub(super) fn read(entry: &Entry, field_type: Option<&FieldType>, errors: &mut Diagnostics) -> Option<Range> {
    let range: RangeArg = entry.parse("range = 1..=100", errors)?;
    let kind = field_type.map_or(Kind::Named, |field_type| field_type.kind);
    if matches!(kind, Kind::Integer | Kind::Float | Kind::Named) {
        return numbers(&range, kind, errors);
    }
    let instead = if kind == Kind::Text { "; `length` counts the characters of a text" } else { "" };
    errors.at(entry.span(), format_args!("`range` limits numbers, but this field is {}{instead}", kind.noun()));
    None
}

fn numbers(range: &RangeArg, kind: Kind, errors: &mut Diagnostics) -> Option<Range> {
    let RangeArg { start, end, closed, tokens } = range;
    if start.is_none() && end.is_none() {
        errors.error(tokens, OPEN_RANGE);
        return None;
    }
    let floats = [start, end].into_iter().flatten().any(|side| matches!(side, Number::Float(_)));
    if floats && kind == Kind::Integer {
        errors.error(tokens, "the ends of this range have a fraction, but the field is an integer; write integers");
        return None;
    }
    if floats && !closed && end.is_some() {
        errors.error(tokens, "a range of numbers with fractions includes its end: write `..=`");
        return None;
    }
    let found = if floats {
        let float = |side: &Option<Number>| side.clone().map(Number::float);
        Range::Float { min: float(start), max: float(end) }
    } else {
        let int = |side: &Option<Number>| side.as_ref().and_then(Number::int);
        Range::Int { min: int(start), max: int(end).map(|end| if *closed { end } else { end - 1 }) }
    };
    let empty = match &found {
        Range::Int { min: Some(min), max: Some(max) } => min > max,
        Range::Float { min: Some(min), max: Some(max) } => min.value > max.value,
        _ => false,
    };
    if empty {
        errors.error(tokens, EMPTY_RANGE);
        return None;
    }
    Some(found)
}

impl Limit for Range {
    fn tokens(&self) -> TokenStream {
        let (kind, min, max) = match self {
            Self::Int { min, max } => (quote!(Int), optional(min.map(int)), optional(max.map(int))),
            Self::Float { min, max } => {
                let end = |end: &Option<Float>| {
                    optional(end.as_ref().map(|end| {
                        let (value, text) = (float(end.value), &end.text);
                        quote!((#value, #text))
                    }))
                };
                (quote!(Float), end(min), end(max))
            }
        };
        quote!(__tc::Limit::Range(__tc::Range::#kind { min: #min, max: #max }))
    }

    fn kind(&self) -> LimitKind {
        LimitKind::Range
    }

    fn ends(&self) -> (Option<Number>, Option<Number>) {
        match self {
            Self::Int { min, max } => (min.map(Number::Int), max.map(Number::Int)),
            Self::Float { min, max } => (min.clone().map(Number::Float), max.clone().map(Number::Float)),
        }
    }

    fn sentence(&self, _: bool) -> String {
        match self.shown() {
            (Some(min), Some(max)) => format!("{min} to {max}."),
            (Some(min), None) => format!("At least {min}."),
            (None, Some(max)) => format!("At most {max}."),
            (None, None) => String::new(),
        }
    }

    fn rejects(&self, value: &Default) -> Option<String> {
        let number = value.number()?;
        let inside = match (self, number.int()) {
            (Self::Int { min, max }, Some(int)) => min.is_none_or(|min| min <= int) && max.is_none_or(|max| int <= max),
            (range, _) => {
                let value = number.float().value;
                let (min, max) = range.as_floats();
                min.is_none_or(|min| min <= value) && max.is_none_or(|max| value <= max)
            }
        };
        if inside {
            return None;
        }
        let (min, max) = self.shown();
        let (min, max) = (min.unwrap_or_default(), max.map_or_else(String::new, |max| format!("={max}")));
        Some(format!("is outside the field's `range = {min}..{max}`"))
    }
}

impl Range {
    /// Both ends as source text.
    fn shown(&self) -> (Option<String>, Option<String>) {
        match self {
            Self::Int { min, max } => (min.map(|min| min.to_string()), max.map(|max| max.to_string())),
            Self::Float { min, max } => {
                (min.as_ref().map(|min| min.text.clone()), max.as_ref().map(|max| max.text.clone()))
            }
        }
    }

    // A double is exact up to 2^53, and no documented range is that large.
    #[allow(clippy::cast_precision_loss)]
    fn as_floats(&self) -> (Option<f64>, Option<f64>) {
        match self {
            Self::Int { min, max } => (min.map(|min| min as f64), max.map(|max| max as f64)),
            Self::Float { min, max } => (min.as_ref().map(|min| min.value), max.as_ref().map(|max| max.value)),
        }
    }
}
