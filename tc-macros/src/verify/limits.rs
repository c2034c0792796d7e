//! Compares the limits of a field with the documented ones: each documented limit needs one that is equal or narrower.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use tc_catalog::{Ends, Member, Number, ScalarRef};
use tc_spec::{LimitKind, Type};

use crate::diagnostics::Diagnostics;
use crate::limit::Limit;
use crate::literal::{self, Default};
use crate::model::Field;
use crate::tokens::{int, optional};

/// Reports each documented limit that the field lacks or exceeds. Returns the missing limits of a field whose type is
/// known only to the compiler: the values of an enum may satisfy them.
pub(super) fn compare(
    field: &Field,
    ty: Option<Type>,
    member: Member<'static>,
    of: &str,
    errors: &mut Diagnostics,
) -> Vec<TokenStream> {
    let mut open = Vec::new();
    for (kind, documented) in documented(member) {
        let written = written(member, kind);
        let comparison = match documented {
            Documented::Numbers(ends) if takes_numbers(ty) => numbers(field, ty, ends),
            Documented::Items(ends) if field.shape.is_list() => given(field, kind, ends),
            Documented::Length(ends) if takes_texts(ty) => match given(field, kind, ends) {
                Comparison::Missing if texts_within(field, ends) => Comparison::Within,
                comparison => comparison,
            },
            Documented::Values(ref values) if takes_numbers(ty) || takes_texts(ty) => among(field, values),
            _ => Comparison::Within,
        };
        match comparison {
            Comparison::Within => {}
            Comparison::Wider(place) => {
                let message = format!("this limit is wider than documented: {of} has `{written}`");
                errors.at(place, message);
            }
            Comparison::Missing if ty.is_none() && kind != LimitKind::Items => {
                let limit = tokens(&documented);
                open.push(quote!((#limit, #written)));
            }
            Comparison::Missing => {
                errors.error(&field.ident, format_args!("the documentation limits {of}; add `#[tc({written})]`"));
            }
        }
    }
    open
}

/// A documented limit.
enum Documented {
    Numbers(Ends<Number>),
    Items(Ends<u64>),
    Length(Ends<u64>),
    Values(Vec<ScalarRef<'static>>),
}

fn documented(member: Member<'static>) -> Vec<(LimitKind, Documented)> {
    let limits = member.limits();
    let found = [
        limits.range().map(|ends| (LimitKind::Range, Documented::Numbers(ends))),
        limits.items().map(|ends| (LimitKind::Items, Documented::Items(ends))),
        limits.length().map(|ends| (LimitKind::Length, Documented::Length(ends))),
        limits.values().map(|values| (LimitKind::Values, Documented::Values(values.collect()))),
    ];
    found.into_iter().flatten().collect()
}

/// The source text of the limit: `range = 1..=100`.
fn written(member: Member<'static>, kind: LimitKind) -> String {
    let keys = tc_catalog::rust::limits(member);
    let key = kind.key();
    keys.into_iter().find(|text| text.split(' ').next() == Some(key)).unwrap_or_else(|| key.to_owned())
}

/// The result of comparing a field with one documented limit.
enum Comparison {
    Within,
    /// The limit of the field accepts more; with the span of its key.
    Wider(Span),
    Missing,
}

fn takes_numbers(ty: Option<Type>) -> bool {
    matches!(ty, None | Some(Type::Integer { .. } | Type::Float))
}

fn takes_texts(ty: Option<Type>) -> bool {
    ty.is_none_or(Type::is_text)
}

fn own(field: &Field, kind: LimitKind) -> Option<(Span, &dyn Limit)> {
    field.limits.iter().find(|(_, limit)| limit.kind() == kind).map(|(place, limit)| (*place, limit.as_ref()))
}

fn compared(is_kept: bool, place: Span) -> Comparison {
    if is_kept { Comparison::Within } else { Comparison::Wider(place) }
}

/// Returns whether the range `own` is inside the range `documented`.
fn is_within(own: Ends<Number>, documented: Ends<Number>) -> bool {
    documented.0.is_none_or(|least| own.0.is_some_and(|own| own >= least))
        && documented.1.is_none_or(|most| own.1.is_some_and(|own| own <= most))
}

/// Compares the numbers that the type and the limits of the field accept.
fn numbers(field: &Field, ty: Option<Type>, documented: Ends<Number>) -> Comparison {
    let (least, most) = match ty {
        Some(Type::Integer { min, max }) => (Some(Number::from(min)), Some(Number::from(max))),
        _ => (None, None),
    };
    if let Some((place, values)) = own(field, LimitKind::Values) {
        let inside = |number| is_within((Some(number), Some(number)), documented);
        return compared(
            values.listed_values().iter().all(|(value, _)| value.number().and_then(exact).is_some_and(inside)),
            place,
        );
    }
    let range = own(field, LimitKind::Range);
    let (min, max) = range.map_or((None, None), |(_, range)| range.ends());
    let (min, max) = (min.and_then(exact), max.and_then(exact));
    let own = (min.into_iter().chain(least).max(), max.into_iter().chain(most).min());
    match range {
        _ if is_within(own, documented) => Comparison::Within,
        Some((place, _)) => Comparison::Wider(place),
        None => Comparison::Missing,
    }
}

/// Compares the limit of the same kind of the field, for `items` and `length`.
fn given(field: &Field, kind: LimitKind, (min, max): Ends<u64>) -> Comparison {
    let Some((place, limit)) = own(field, kind) else {
        // A minimum of 0 is not a limit.
        return if min.unwrap_or(0) == 0 && max.is_none() { Comparison::Within } else { Comparison::Missing };
    };
    let (own_min, own_max) = limit.ends();
    let number = |count: u64| Number::from(i128::from(count));
    let own = (own_min.and_then(exact), own_max.and_then(exact));
    compared(is_within(own, (min.map(number), max.map(number))), place)
}

/// Returns whether the field has `values` that all have a documented length.
fn texts_within(field: &Field, (min, max): Ends<u64>) -> bool {
    own(field, LimitKind::Values).is_some_and(|(_, values)| {
        values.listed_values().iter().all(|(value, _)| match value {
            Default::Text(text) => {
                let count = text.chars().count() as u64;
                min.is_none_or(|min| count >= min) && max.is_none_or(|max| count <= max)
            }
            _ => false,
        })
    })
}

/// Compares the `values` of the field, or the integers of its `range`, with the documented values.
fn among(field: &Field, documented: &[ScalarRef<'static>]) -> Comparison {
    let is_number = |number: Number| documented.contains(&ScalarRef::Number(number));
    if let Some((place, values)) = own(field, LimitKind::Values) {
        let is_documented = |value: &Default| match value {
            Default::Text(text) => documented.contains(&ScalarRef::Text(text)),
            other => other.number().and_then(exact).is_some_and(is_number),
        };
        return compared(values.listed_values().iter().all(|(value, _)| is_documented(value)), place);
    }
    let Some((place, range)) = own(field, LimitKind::Range) else { return Comparison::Missing };
    let (Some(min), Some(max)) = range.ends() else { return Comparison::Wider(place) };
    let (Some(min), Some(max)) = (min.int(), max.int()) else { return Comparison::Wider(place) };
    // A range with more integers than there are documented values cannot be a subset.
    let is_short = max.checked_sub(min).is_some_and(|count| count < documented.len() as i128);
    compared(is_short && (min..=max).all(|number| is_number(Number::from(number))), place)
}

/// Converts a number of the attribute exactly.
pub(super) fn exact(number: literal::Number) -> Option<Number> {
    match number {
        literal::Number::Int(int) => Some(Number::from(int)),
        literal::Number::Float(float) => float.text.parse().or_else(|_| float.value.to_string().parse()).ok(),
    }
}

/// The limit as a constant.
fn tokens(documented: &Documented) -> TokenStream {
    let count = |(min, max): &Ends<u64>| {
        let (min, max) = (int(min.unwrap_or(0).into()), optional(max.map(|max| int(max.into()))));
        quote!({ min: #min, max: #max })
    };
    match documented {
        // A range with fractions belongs to a floating-point member, and a field of another type is already reported.
        Documented::Numbers((min, max)) => {
            let whole = |end: &Option<Number>| optional(end.and_then(Number::as_int).map(int));
            let (min, max) = (whole(min), whole(max));
            quote!(__tc::Limit::Range(__tc::Range::Int { min: #min, max: #max }))
        }
        Documented::Items(ends) => {
            let count = count(ends);
            quote!(__tc::Limit::Items(__tc::Items #count))
        }
        Documented::Length(ends) => {
            let count = count(ends);
            quote!(__tc::Limit::Length(__tc::Length #count))
        }
        Documented::Values(values) => {
            let texts = values.iter().filter_map(|value| match value {
                ScalarRef::Text(text) => Some(text.to_token_stream()),
                _ => None,
            });
            quote!(__tc::Limit::Values(__tc::Values::Texts(&[#(#texts),*])))
        }
    }
}
