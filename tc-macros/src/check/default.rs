//! The default of a field: whether it has the field's type, and keeps the field's own limits.

use proc_macro2::Span;

use crate::diagnostics::Diagnostics;
use crate::limit::Limit;
use crate::model::{Default, Kind, Look};
use crate::parse::{DefaultArg, Keyed, Written};

/// The default of a field that looks like `look` and has these limits.
pub(crate) fn default(
    written: &Keyed<DefaultArg>,
    look: Option<&Look>,
    limits: &[(Span, Box<dyn Limit>)],
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
    let value = match value {
        Written::Number(number) => Default::from(number.clone()),
        Written::Bool(value) => Default::Bool(*value),
        Written::Text(text) => Default::Text(text.clone()),
        Written::Path => Default::Variant(expr.clone()),
    };
    let fits = match value {
        Default::Int(_) => matches!(look.kind, Kind::Integer | Kind::Float | Kind::Named),
        Default::Float(_) => matches!(look.kind, Kind::Float | Kind::Named),
        Default::Bool(_) => matches!(look.kind, Kind::Bool | Kind::Named),
        Default::Text(_) => matches!(look.kind, Kind::Text | Kind::Named),
        Default::Variant(_) => look.kind == Kind::Named,
    };
    if !fits {
        errors.error(expr, format_args!("this default is {}, and the field is {}", value.noun(), look.kind.noun()));
        return None;
    }
    if let Some(why) = limits.iter().find_map(|(_, limit)| limit.refuses(&value)) {
        errors.error(expr, format_args!("this default {why}"));
        return None;
    }
    Some((written.key.span(), value))
}
