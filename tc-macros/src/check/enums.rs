//! Enums: documented texts, documented error codes.

use syn::ext::IdentExt;
use syn::{Fields, ItemEnum};
use tc_spec::names;
use tc_spec::suggest::did_you_mean;

use super::{derives, doc, foreign, krate};
use crate::diagnostics::Diagnostics;
use crate::model::{Enum, Variant};
use crate::parse::{ActionArgs, VariantArgs};

const DERIVES: [&str; 5] = ["Debug", "Clone", "PartialEq", "Eq", "Hash"];
const CLASSES: [(&str, &str); 6] = [
    ("throttle", "Throttle"),
    ("retry", "Retry"),
    ("auth", "Auth"),
    ("caller", "Caller"),
    ("quota", "Quota"),
    ("state", "State"),
];

/// An enum of documented texts, from `#[tc_model]`.
pub(crate) fn texts(args: &ActionArgs, item: ItemEnum, errors: &mut Diagnostics) -> Enum {
    if let Some(check) = &args.check {
        errors.at(check.key.span(), "`check` spans the fields of a struct, and this is an enum");
    }
    if let Some(name) = &args.name {
        errors.at(name.key.span(), "`name` belongs to an action or a variant; an enum has no name on the wire");
    }
    let mut item = item;
    let (ours, documented) =
        item.variants.into_iter().partition::<Vec<_>, _>(|variant| variant.ident == "Undocumented");
    item.variants = documented.into_iter().collect();
    for variant in ours {
        errors.error(&variant.ident, "#[tc_model] adds `Undocumented(String)` itself; leave it out");
    }
    let checked = checked(args, "tc_model", item, VariantArgs::text, errors);
    for variant in &checked.variants {
        if variant.text.is_empty() {
            errors.error(&variant.ident, "a documented value is not empty");
        }
    }
    checked
}

/// An enum of documented error codes, from `#[tc_error]`.
pub(crate) fn error(args: &ActionArgs, item: ItemEnum, errors: &mut Diagnostics) -> Enum {
    let checked = checked(args, "tc_error", item, VariantArgs::code, errors);
    for variant in &checked.variants {
        if !names::is_code(&variant.text) {
            errors.error(
                &variant.ident,
                format_args!("`{}` is no error code; one looks like `FailedOperation.ImageDecodeFailed`", variant.text),
            );
        }
    }
    checked
}

fn checked(
    args: &ActionArgs,
    attribute: &str,
    mut item: ItemEnum,
    parse: fn(&mut Vec<syn::Attribute>, &mut Diagnostics) -> VariantArgs,
    errors: &mut Diagnostics,
) -> Enum {
    foreign(&mut item.attrs, errors);
    // What cannot be is reported and taken away, so that nothing else fails because of it.
    if !item.generics.params.is_empty() {
        errors.error(&item.generics, "an enum of documented values takes no generics and no lifetimes");
        item.generics = syn::Generics::default();
    }
    let mut variants: Vec<Variant> = Vec::new();
    for variant in &mut item.variants {
        let args = parse(&mut variant.attrs, errors);
        foreign(&mut variant.attrs, errors);
        if !matches!(variant.fields, Fields::Unit) {
            errors
                .error(&variant.fields, format_args!("a documented value carries nothing: write `{}`", variant.ident));
            variant.fields = Fields::Unit;
        }
        if let Some((_, discriminant)) = variant.discriminant.take() {
            errors.error(discriminant, "a documented value is text, not a number: write `#[tc(name = \"…\")]`");
        }
        let text = args.text.as_ref().map_or_else(|| variant.ident.unraw().to_string(), |text| text.value.value());
        if let Some(first) = variants.iter().find(|first| first.text == text && first.ident != variant.ident) {
            errors.error(&variant.ident, format_args!("`{}` and `{}` are both \"{text}\"", first.ident, variant.ident));
        }
        let class = args.class.as_ref().and_then(|class| {
            let written = class.value.to_string();
            let found = CLASSES.iter().find(|(name, _)| *name == written).map(|(_, class)| *class);
            if found.is_none() {
                let hint = did_you_mean(&written, CLASSES.iter().map(|(name, _)| *name));
                errors.error(
                    &class.value,
                    format_args!("a class is throttle, retry, auth, caller, quota or state{hint}"),
                );
            }
            found
        });
        variants.push(Variant { ident: variant.ident.clone(), text, doc: doc(&variant.attrs), class });
    }
    let derives = derives(&mut item.attrs, &DERIVES, &[], attribute, errors);
    Enum { krate: krate(args.krate.as_ref()), doc: doc(&item.attrs), derives, variants, item }
}
