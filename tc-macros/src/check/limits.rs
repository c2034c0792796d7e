//! Limits: whether they fit the field, and the numbers they stand for.

use proc_macro2::Span;
use syn::LitStr;

use super::types::Look;
use crate::diagnostics::Diagnostics;
use crate::model::{Charset, Count, Default, Kind, Limits, Number, Range, Shape};
use crate::parse::{DefaultArg, FieldArgs, Keyed, RangeArg, Written};

/// The limits of a field that looks like `look`; what does not fit is a mistake and left out.
pub(crate) fn limits(args: &FieldArgs, look: Option<&Look>, errors: &mut Diagnostics) -> Limits {
    let kind = look.map_or(Kind::Named, |look| look.kind);
    let shape = look.map(|look| look.shape);
    let mut limits = Limits::default();
    if let Some(range) = &args.range {
        if matches!(kind, Kind::Integer | Kind::Float | Kind::Named) {
            limits.range = numbers(range, kind, errors).map(|found| (range.key.span(), found));
        } else {
            let instead = if kind == Kind::Text { "; `length` counts the characters of a text" } else { "" };
            errors.at(range.key.span(), format_args!("`range` limits numbers, and this is {}{instead}", kind.noun()));
        }
    }
    if let Some(items) = &args.items {
        match shape {
            Some(Shape::One | Shape::Maybe) if kind != Kind::Named => {
                let instead = match kind {
                    Kind::Text => "; `length` counts the characters of a text",
                    Kind::Integer | Kind::Float => "; `range` limits numbers",
                    _ => "",
                };
                let noun = kind.noun();
                errors.at(
                    items.key.span(),
                    format_args!("`items` counts the items of a list, and this is {noun}{instead}"),
                );
            }
            _ => limits.items = counts(items, errors).map(|found| (items.key.span(), found)),
        }
    }
    if let Some(length) = &args.length {
        if text_like(kind) {
            limits.length = counts(length, errors).map(|found| (length.key.span(), found));
        } else {
            let instead = if matches!(kind, Kind::Integer | Kind::Float) { "; `range` limits numbers" } else { "" };
            errors.at(
                length.key.span(),
                format_args!("`length` counts characters, and this is {}{instead}", kind.noun()),
            );
        }
    }
    if let Some(charset) = &args.charset {
        if text_like(kind) {
            limits.charset = characters(&charset.value, errors).map(|found| (charset.key.span(), found));
        } else {
            errors.at(
                charset.key.span(),
                format_args!("`charset` names the characters of a text, and this is {}", kind.noun()),
            );
        }
    }
    limits
}

fn text_like(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Named)
}

fn numbers(range: &Keyed<RangeArg>, kind: Kind, errors: &mut Diagnostics) -> Option<Range> {
    let RangeArg { start, end, closed, tokens } = &range.value;
    if start.is_none() && end.is_none() {
        errors.error(tokens, "this range limits nothing; name an end, as in `1..=100`");
        return None;
    }
    let floats = [start, end].into_iter().flatten().any(|side| matches!(side, Number::Float(_)));
    if floats && kind == Kind::Integer {
        errors.error(tokens, "the ends of this range are no integers, and the field is one");
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
        errors.error(tokens, "this range is empty; the smaller end comes first");
        return None;
    }
    Some(found)
}

fn counts(range: &Keyed<RangeArg>, errors: &mut Diagnostics) -> Option<Count> {
    let RangeArg { start, end, closed, tokens } = &range.value;
    let key = &range.key;
    let mut count = |side: &Option<Number>| match side {
        None => Some(None),
        Some(side) => match side.int().and_then(|int| usize::try_from(int).ok()) {
            Some(int) => Some(Some(int)),
            None => {
                errors.error(tokens, format_args!("`{key}` takes whole numbers from 0, as in `{key} = 1..=100`"));
                None
            }
        },
    };
    let (start, end) = (count(start)?, count(end)?);
    let min = start.unwrap_or(0);
    let max = match end {
        Some(0) if !closed => {
            errors.error(tokens, "this range is empty; the smaller end comes first");
            return None;
        }
        Some(end) => Some(if *closed { end } else { end - 1 }),
        None => None,
    };
    if max.is_some_and(|max| max < min) {
        errors.error(tokens, "this range is empty; the smaller end comes first");
        return None;
    }
    if min == 0 && max.is_none() {
        errors.error(tokens, "this range limits nothing; name an end, as in `1..=100`");
        return None;
    }
    Some(Count { min, max })
}

/// Reads `A-Za-z0-9-%@#&_`: a `-` that is first, last or right after a range is itself.
fn characters(written: &LitStr, errors: &mut Diagnostics) -> Option<Charset> {
    let text = written.value();
    let letters: Vec<char> = text.chars().collect();
    if letters.is_empty() {
        errors.error(written, "this charset accepts nothing");
        return None;
    }
    let mut ranges = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let first = letters[at];
        // A range has something on both sides of its `-`.
        let last = match letters.get(at + 1..at + 3) {
            Some(['-', last]) if first != '-' => Some(*last),
            _ => None,
        };
        let last = match last {
            Some(last) => {
                if first > last {
                    errors.error(
                        written,
                        format_args!("`{first}-{last}` is an empty range; the smaller end comes first"),
                    );
                    return None;
                }
                at += 3;
                last
            }
            None => {
                at += 1;
                first
            }
        };
        ranges.push((first, last));
    }
    Some(Charset { text, ranges })
}

/// The default of a field, held against its own limits.
pub(crate) fn default(
    written: &Keyed<DefaultArg>,
    look: Option<&Look>,
    limits: &Limits,
    errors: &mut Diagnostics,
) -> Option<(Span, Default)> {
    let expr = &written.value.expr;
    let Some(value) = &written.value.value else {
        errors.error(
            expr,
            "a default is a literal or a variant: `default = 20`, `default = \"asc\"`, `default = Order::Ascending`",
        );
        return None;
    };
    let look = look?;
    if look.shape.is_list() {
        errors.at(written.key.span(), "a list has no default; say it in the documentation");
        return None;
    }
    let fits = match value {
        Written::Number(Number::Int(_)) => matches!(look.kind, Kind::Integer | Kind::Float | Kind::Named),
        Written::Number(Number::Float(_)) => matches!(look.kind, Kind::Float | Kind::Named),
        Written::Bool(_) => matches!(look.kind, Kind::Bool | Kind::Named),
        Written::Text(_) => matches!(look.kind, Kind::Text | Kind::Named),
        Written::Path => look.kind == Kind::Named,
    };
    if !fits {
        let noun = match value {
            Written::Number(Number::Int(_)) => "an integer",
            Written::Number(Number::Float(_)) => "a number with a fraction",
            Written::Bool(_) => "a boolean",
            Written::Text(_) => "text",
            Written::Path => "a name",
        };
        errors.error(expr, format_args!("this default is {noun}, and the field is {}", look.kind.noun()));
        return None;
    }
    if let (Written::Number(number), Some((_, range))) = (value, &limits.range)
        && !range.contains(number)
    {
        errors.error(expr, "this default is outside the field's own range");
        return None;
    }
    if let (Written::Text(text), Some((_, length))) = (value, &limits.length)
        && !length.contains(text.chars().count())
    {
        errors.error(expr, "this default breaks the field's own length");
        return None;
    }
    let value = match value {
        Written::Number(Number::Int(int)) => Default::Int(*int),
        Written::Number(Number::Float(float)) => Default::Float(float.clone()),
        Written::Bool(value) => Default::Bool(*value),
        Written::Text(text) => Default::Text(text.clone()),
        Written::Path => Default::Variant(expr.clone()),
    };
    Some((written.key.span(), value))
}
