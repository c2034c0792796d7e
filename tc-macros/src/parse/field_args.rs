//! `#[tc(…)]` on a field or a variant.

use proc_macro2::Ident;
use syn::{Attribute, Expr, Lit, LitStr, Meta};

use super::{Entry, Keyed, Place, RangeArg, entries, instead, number, set_once};
use crate::diagnostics::Diagnostics;
use crate::model::Number;

/// What stands in the parentheses on a field.
#[derive(Default)]
pub(crate) struct FieldArgs {
    pub(crate) name: Option<Keyed<LitStr>>,
    pub(crate) required: Option<Keyed<()>>,
    pub(crate) range: Option<Keyed<RangeArg>>,
    pub(crate) items: Option<Keyed<RangeArg>>,
    pub(crate) length: Option<Keyed<RangeArg>>,
    pub(crate) charset: Option<Keyed<LitStr>>,
    pub(crate) default: Option<Keyed<DefaultArg>>,
    pub(crate) sensitive: Option<Keyed<()>>,
    pub(crate) binary: Option<Keyed<()>>,
    /// Entries whose key is not one of [`FieldArgs::KEYS`].
    pub(crate) unknown: Vec<Entry>,
}

/// A documented default as written.
pub(crate) struct DefaultArg {
    pub(crate) value: Option<Written>,
    pub(crate) expr: Expr,
}

/// The forms a default has.
pub(crate) enum Written {
    Number(Number),
    Bool(bool),
    Text(String),
    Path,
}

impl FieldArgs {
    pub(crate) const KEYS: [&str; 9] =
        ["name", "required", "range", "items", "length", "charset", "default", "sensitive", "binary"];

    /// Takes the `#[tc(…)]` attributes away from `attrs`.
    pub(crate) fn take(attrs: &mut Vec<Attribute>, errors: &mut Diagnostics) -> Self {
        let mut args = Self::default();
        for entry in take(attrs, errors) {
            args.set(entry, errors);
        }
        args
    }

    fn set(&mut self, entry: Entry, errors: &mut Diagnostics) {
        let at = &entry;
        match entry.key.to_string().as_str() {
            "name" => set_once(&mut self.name, at, at.text(errors), errors),
            "required" => set_once(&mut self.required, at, at.flag(errors), errors),
            "range" => set_once(&mut self.range, at, at.parse("range = 1..=100", errors), errors),
            "items" => set_once(&mut self.items, at, at.parse("items = ..=100", errors), errors),
            "length" => set_once(&mut self.length, at, at.parse("length = 1..=64", errors), errors),
            "charset" => set_once(&mut self.charset, at, at.text(errors), errors),
            "default" => set_once(&mut self.default, at, DefaultArg::of(at, errors), errors),
            "sensitive" => set_once(&mut self.sensitive, at, at.flag(errors), errors),
            "binary" => set_once(&mut self.binary, at, at.flag(errors), errors),
            _ => self.unknown.push(entry),
        }
    }
}

impl DefaultArg {
    fn of(entry: &Entry, errors: &mut Diagnostics) -> Option<Self> {
        let expr: Expr = entry.parse("default = 20", errors)?;
        let value = match &expr {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Bool(value) => Some(Written::Bool(value.value)),
                Lit::Str(text) => Some(Written::Text(text.value())),
                _ => number(&expr).map(Written::Number),
            },
            Expr::Path(_) => Some(Written::Path),
            _ => number(&expr).map(Written::Number),
        };
        Some(Self { value, expr })
    }
}

/// What stands in the parentheses on a variant.
#[derive(Default)]
pub(crate) struct VariantArgs {
    /// `name = "…"` of a text, `code = "…"` of an error code.
    pub(crate) text: Option<Keyed<LitStr>>,
    pub(crate) class: Option<Keyed<Ident>>,
}

impl VariantArgs {
    /// Takes the `#[tc(…)]` attributes away from the variant of an enum of texts.
    pub(crate) fn text(attrs: &mut Vec<Attribute>, errors: &mut Diagnostics) -> Self {
        Self::take("name", &["name"], attrs, errors)
    }

    /// Takes the `#[tc(…)]` attributes away from the variant of an enum of error codes.
    pub(crate) fn code(attrs: &mut Vec<Attribute>, errors: &mut Diagnostics) -> Self {
        Self::take("code", &["code", "class"], attrs, errors)
    }

    fn take(text: &str, keys: &[&str], attrs: &mut Vec<Attribute>, errors: &mut Diagnostics) -> Self {
        let mut args = Self::default();
        for entry in take(attrs, errors) {
            if entry.is(text) {
                set_once(&mut args.text, &entry, entry.text(errors), errors);
            } else if entry.is("class") && keys.contains(&"class") {
                set_once(&mut args.class, &entry, entry.parse("class = retry", errors), errors);
            } else {
                let hint =
                    instead(if text == "name" { Place::Value } else { Place::Code }, &entry.key.to_string(), keys);
                errors.at(entry.span(), format_args!("`{}` is not a key of #[tc] on a variant{hint}", entry.key));
            }
        }
        args
    }
}

fn take(attrs: &mut Vec<Attribute>, errors: &mut Diagnostics) -> Vec<Entry> {
    let mut found = Vec::new();
    attrs.retain(|attr| {
        if !attr.path().is_ident("tc") {
            return true;
        }
        match &attr.meta {
            Meta::List(list) => found.extend(entries(list.tokens.clone(), errors)),
            other => errors.error(other, "write `#[tc(…)]`"),
        }
        false
    });
    found
}
