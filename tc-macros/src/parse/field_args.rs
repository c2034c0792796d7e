//! `#[tc(…)]` on a field or a variant.

use proc_macro2::Ident;
use syn::{Attribute, Expr, Lit, LitStr, Meta};

use tc_spec::LimitKind;

use super::{Entry, Key, Keyed, Place, entries, instead, number, set, set_once};
use crate::diagnostics::Diagnostics;
use crate::model::Number;

/// What stands in the parentheses on a field.
#[derive(Default)]
pub(crate) struct FieldArgs {
    pub(crate) name: Option<Keyed<LitStr>>,
    pub(crate) required: Option<Keyed<()>>,
    /// At most one of each kind, in the order of [`LimitKind::ALL`].
    pub(crate) limits: Vec<(LimitKind, Entry)>,
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

/// The keys of `#[tc(…)]` on a field, beside the limits.
const FIELD: &[Key<FieldArgs>] = &[
    Key { name: "name", set: |args, entry, errors| set_once(&mut args.name, entry, entry.text(errors), errors) },
    Key {
        name: "required",
        set: |args, entry, errors| set_once(&mut args.required, entry, entry.flag(errors), errors),
    },
    Key {
        name: "default",
        set: |args, entry, errors| set_once(&mut args.default, entry, DefaultArg::of(entry, errors), errors),
    },
    Key {
        name: "sensitive",
        set: |args, entry, errors| set_once(&mut args.sensitive, entry, entry.flag(errors), errors),
    },
    Key { name: "binary", set: |args, entry, errors| set_once(&mut args.binary, entry, entry.flag(errors), errors) },
];

impl FieldArgs {
    /// Takes the `#[tc(…)]` attributes away from `attrs`.
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

    /// Every key that a field takes.
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
        Self::take(TEXT, attrs, errors)
    }

    /// Takes the `#[tc(…)]` attributes away from the variant of an enum of error codes.
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
const TEXT: &[Key<VariantArgs>] =
    &[Key { name: "name", set: |args, entry, errors| set_once(&mut args.text, entry, entry.text(errors), errors) }];

const CODE: &[Key<VariantArgs>] = &[
    Key { name: "code", set: |args, entry, errors| set_once(&mut args.text, entry, entry.text(errors), errors) },
    Key {
        name: "class",
        set: |args, entry, errors| set_once(&mut args.class, entry, entry.parse("class = retry", errors), errors),
    },
];

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
