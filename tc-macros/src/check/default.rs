//! Checks the default of a field: its type, and the limits of the field.

use proc_macro2::Span;

use crate::diagnostics::Diagnostics;
use crate::limit::Limit;
use crate::literal::Default;
use crate::model::{FieldType, Kind};
use crate::parse::{DefaultArg, DefaultForm, Keyed};

/// Checks the default of a field of type `field_type` with these limits.
pub(crate) fn default(
    written: &Keyed<DefaultArg>,
    field_type: Option<&FieldType>,
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
    let field_type = field_type?;
    if field_type.shape.is_list() {
        errors.at(written.key.span(), "`default` does not apply to a list; write it in the doc comment instead");
        return None;
    }
    let value = match value {
        DefaultForm::Number(number) => Default::from(number.clone()),
        DefaultForm::Bool(value) => Default::Bool(*value),
        DefaultForm::Text(text) => Default::Text(text.clone()),
        DefaultForm::Path => Default::Variant(expr.clone()),
    };
    let fits = match value {
        Default::Int(_) => matches!(field_type.kind, Kind::Integer | Kind::Float | Kind::Named),
        Default::Float(_) => matches!(field_type.kind, Kind::Float | Kind::Named),
        Default::Bool(_) => matches!(field_type.kind, Kind::Bool | Kind::Named),
        Default::Text(_) => matches!(field_type.kind, Kind::Text | Kind::Named),
        Default::Variant(_) => field_type.kind == Kind::Named,
    };
    if !fits {
        errors
            .error(expr, format_args!("this default is {}, but the field is {}", value.noun(), field_type.kind.noun()));
        return None;
    }
    if let Some(why) = limits.iter().find_map(|(_, limit)| limit.rejects(&value)) {
        errors.error(expr, format_args!("the default {} {why}", value.shown()));
        return None;
    }
    Some((written.key.span(), value))
}
