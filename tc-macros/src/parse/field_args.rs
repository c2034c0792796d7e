//! The arguments of `#[tc(…)]` on a field or a variant.

use proc_macro2::Ident;
use syn::{Attribute, Expr, Lit, LitStr, Meta};

use tc_spec::LimitKind;

use super::{Entry, Key, Keyed, Place, entries, instead, key, number, set};
use crate::diagnostics::Diagnostics;
use crate::literal::Number;

/// The arguments on a field.
#[derive(Default)]
pub(crate) struct FieldArgs {
    pub(crate) name: Option<Keyed<LitStr>>,
    pub(crate) required: Option<Keyed<()>>,
    /// At most one of each kind, in the order of [`LimitKind::ALL`].
    pub(crate) limits: Vec<(LimitKind, Entry)>,
    pub(crate) default: Option<Keyed<DefaultArg>>,
    pub(crate) sensitive: Option<Keyed<()>>,
    pub(crate) binary: Option<Keyed<()>>,
    /// Entries with an unknown key.
    pub(crate) unknown: Vec<Entry>,
}

/// A documented default as written.
pub(crate) struct DefaultArg {
    pub(crate) value: Option<DefaultForm>,
    pub(crate) expr: Expr,
}

/// The value of a documented default.
pub(crate) enum DefaultForm {
    Number(Number),
    Bool(bool),
    Text(String),
    Path,
}

/// The keys of `#[tc(…)]` on a field, except the limits.
const FIELD: &[Key<FieldArgs>] = &[
    key!("name", name, Entry::text),
    key!("required", required, Entry::flag),
    key!("default", default, DefaultArg::of),
    key!("sensitive", sensitive, Entry::flag),
    key!("binary", binary, Entry::flag),
];

impl FieldArgs {
    /// Parses the `#[tc(…)]` attributes and removes them from `attrs`.
    pub(crate) fn take(attrs: &mut Vec<Attribute>, errors: &mut Diagnostics) -> Self {
        let mut args = Self::default();
        for entry in take(attrs, errors) {
            if let Some(kind) = LimitKind::ALL.iter().find(|kind| entry.is(kind.key())) {
                args.limit(*kind, entry, errors);
            } else if !set(FIELD, &mut args, &entry, errors) {
                args.unknown.push(entry);
            }
        }
        args.limits.sort_by_key(|(kind, _)| LimitKind::ALL.iter().position(|other| other == kind));
        args
    }

    /// Returns all keys of a field.
    pub(crate) fn keys() -> impl Iterator<Item = &'static str> + Clone {
        FIELD.iter().map(|key| key.name).chain(LimitKind::ALL.iter().map(|kind| kind.key()))
    }

    fn limit(&mut self, kind: LimitKind, entry: Entry, errors: &mut Diagnostics) {
        if self.limits.iter().any(|(other, _)| *other == kind) {
            errors.at(entry.span(), format_args!("`{}` is given twice; keep one", entry.key));
        } else {
            self.limits.push((kind, entry));
        }
    }
}

impl DefaultArg {
    fn of(entry: &Entry, errors: &mut Diagnostics) -> Option<Self> {
        let expr: Expr = entry.parse("default = 20", errors)?;
        let value = match &expr {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Bool(value) => Some(DefaultForm::Bool(value.value)),
                Lit::Str(text) => Some(DefaultForm::Text(text.value())),
                _ => number(&expr).map(DefaultForm::Number),
            },
            Expr::Path(_) => Some(DefaultForm::Path),
            _ => number(&expr).map(DefaultForm::Number),
        };
        Some(Self { value, expr })
    }
}

/// The arguments on a variant.
#[derive(Default)]
pub(crate) struct VariantArgs {
    /// `name = "…"` for a documented text, `code = "…"` for an error code.
    pub(crate) text: Option<Keyed<LitStr>>,
    pub(crate) class: Option<Keyed<Ident>>,
}

impl VariantArgs {
    /// Parses the `#[tc(…)]` attributes of a variant with a documented text and removes them.
    pub(crate) fn text(attrs: &mut Vec<Attribute>, errors: &mut Diagnostics) -> Self {
        Self::take(TEXT, attrs, errors)
    }

    /// Parses the `#[tc(…)]` attributes of a variant with an error code and removes them.
    pub(crate) fn code(attrs: &mut Vec<Attribute>, errors: &mut Diagnostics) -> Self {
        Self::take(CODE, attrs, errors)
    }

    fn take(keys: &[Key<Self>], attrs: &mut Vec<Attribute>, errors: &mut Diagnostics) -> Self {
        let mut args = Self::default();
        for entry in take(attrs, errors) {
            if !set(keys, &mut args, &entry, errors) {
                let place = if keys.iter().any(|key| key.name == "code") { Place::Code } else { Place::Value };
                let hint = instead(place, &entry.key.to_string(), keys.iter().map(|key| key.name));
                errors.at(entry.span(), format_args!("`{}` is not a key of #[tc] on a variant{hint}", entry.key));
            }
        }
        args
    }
}

/// The keys of `#[tc(…)]` on a variant.
const TEXT: &[Key<VariantArgs>] = &[key!("name", text, Entry::text)];

const CODE: &[Key<VariantArgs>] =
    &[key!("code", text, Entry::text), key!("class", class, |entry, errors| entry.parse("class = retry", errors))];

fn take(attrs: &mut Vec<Attribute>, errors: &mut Diagnostics) -> Vec<Entry> {
    let mut found = Vec::new();
    attrs.retain(|attr| {
        if !attr.path().is_ident("tc") {
            return true;
        }
        match &attr.meta {
            Meta::List(list) => found.extend(entries(list.tokens.clone(), errors)),
            other => errors.error(other, "#[tc] needs keys in parentheses: write `#[tc(…)]`"),
        }
        false
    });
    found
}
