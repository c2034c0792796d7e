//! How `values = ["S", "M"]` or `values = [1, 2, 5]` is read from an attribute, checked against its field, and written.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Expr, ExprArray, ExprLit, Lit};
use tc_spec::LimitKind;
use tc_spec::suggest::nearest;

use super::Limit;
use crate::diagnostics::Diagnostics;
use crate::literal::Default;
use crate::model::{FieldType, Kind};
use crate::parse::{Entry, number};
use crate::tokens::{float, int};

/// The accepted values, each with its tokens. All are texts, or all are numbers.
pub(super) struct Values(Vec<(Default, TokenStream)>);

pub(super) fn read(entry: &Entry, field_type: Option<&FieldType>, errors: &mut Diagnostics) -> Option<Values> {
    let list: ExprArray = entry.parse("values = [\"S\", \"M\"]", errors)?;
    let kind = field_type.map_or(Kind::Named, |field_type| field_type.kind);
    if !matches!(kind, Kind::Text | Kind::Integer | Kind::Float | Kind::Named) {
        errors.at(entry.span(), format_args!("`values` lists texts or numbers, but this field is {}", kind.noun()));
        return None;
    }
    if list.elems.is_empty() {
        errors.error(list, "this list is empty, so it accepts no value; write the accepted values or remove `values`");
        return None;
    }
    let mut found: Vec<(Default, TokenStream)> = Vec::new();
    for element in &list.elems {
        let Some(value) = value(element) else {
            errors.error(element, "invalid value: write a literal, text or a number");
            return None;
        };
        if !fits(&value, kind) {
            errors.error(element, format_args!("this value is {}, but the field is {}", value.noun(), kind.noun()));
            return None;
        }
        if found.first().is_some_and(|(first, _)| first.number().is_some() != value.number().is_some()) {
            errors.error(element, "`values` mixes texts and numbers; write only texts or only numbers");
            return None;
        }
        if found.iter().any(|(other, _)| other.equals(&value)) {
            errors.error(element, "this value is listed twice; keep one");
            return None;
        }
        found.push((value, element.to_token_stream()));
    }
    Some(Values(found))
}

fn value(element: &Expr) -> Option<Default> {
    match element {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(Default::Text(text.value())),
        other => number(other).map(Default::from),
    }
}

fn fits(value: &Default, kind: Kind) -> bool {
    match value {
        Default::Text(_) => kind.may_be_text(),
        Default::Int(_) => matches!(kind, Kind::Integer | Kind::Float | Kind::Named),
        Default::Float(_) => matches!(kind, Kind::Float | Kind::Named),
        Default::Bool(_) | Default::Variant(_) => false,
    }
}

impl Limit for Values {
    fn tokens(&self) -> TokenStream {
        let values = || self.0.iter().map(|(value, _)| value);
        if values().any(|value| matches!(value, Default::Float(_))) {
            let floats = values().filter_map(Default::number).map(|number| {
                let number = number.float();
                let (value, text) = (float(number.value), number.text);
                quote!((#value, #text))
            });
            return quote!(__tc::Limit::Values(__tc::Values::Floats(&[#(#floats),*])));
        }
        let (mut kind, mut list) = (quote!(Integers), Vec::new());
        for value in values() {
            match value {
                Default::Int(number) => list.push(int(*number)),
                Default::Text(text) => {
                    kind = quote!(Texts);
                    list.push(text.to_token_stream());
                }
                Default::Float(_) | Default::Bool(_) | Default::Variant(_) => {}
            }
        }
        quote!(__tc::Limit::Values(__tc::Values::#kind(&[#(#list),*])))
    }

    fn kind(&self) -> LimitKind {
        LimitKind::Values
    }

    fn sentence(&self, each: bool) -> String {
        let shown: Vec<String> = self.0.iter().map(|(value, _)| value.shown()).collect();
        format!("{} {}.", if each { "Each is one of" } else { "One of" }, shown.join(", "))
    }

    fn rejects(&self, value: &Default) -> Option<String> {
        if matches!(value, Default::Variant(_) | Default::Bool(_))
            || self.0.iter().any(|(known, _)| known.equals(value))
        {
            return None;
        }
        let known = self.0.iter().filter_map(|(known, _)| match known {
            Default::Text(text) => Some(text.as_str()),
            _ => None,
        });
        let near = match value {
            Default::Text(text) => nearest(text, known).map(|near| format!("; did you mean \"{near}\"?")),
            _ => None,
        };
        Some("is not one of the field's `values`".to_owned() + &near.unwrap_or_default())
    }

    fn listed_values(&self) -> &[(Default, TokenStream)] {
        &self.0
    }
}
