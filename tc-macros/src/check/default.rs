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
            "invalid default: write a literal or a variant, as in `default = 20`, `default = \"asc\"` or \
             `default = Order::Ascending`",
        );
        return None;
    };
    let look = look?;
    if look.shape.is_list() {
        errors.at(written.key.span(), "`default` does not apply to a list; write it in the doc comment instead");
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
        errors.error(expr, format_args!("this default is {}, but the field is {}", value.noun(), look.kind.noun()));
        return None;
    }
    if let Some(why) = limits.iter().find_map(|(_, limit)| limit.refuses(&value)) {
        errors.error(expr, format_args!("the default {} {why}", value.shown()));
        return None;
    }
    Some((written.key.span(), value))
}
