//! Checks enums of documented texts and of error codes.

use syn::ext::IdentExt;
use syn::{Fields, ItemEnum};
use tc_spec::names;
use tc_spec::suggest::did_you_mean;

use super::{derives, doc, krate, remove_unsupported};
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

/// Checks an enum with `#[tc_model]`.
pub(crate) fn texts(args: &ActionArgs, item: ItemEnum, errors: &mut Diagnostics) -> Enum {
    if let Some(check) = &args.check {
        errors.at(check.key.span(), "`check` applies to a struct, not to an enum; remove it");
    }
    if let Some(name) = &args.name {
        errors.at(name.key.span(), "an enum has no name on the wire; write `#[tc(name = \"…\")]` on a variant");
    }
    let mut item = item;
    let (ours, documented) =
        item.variants.into_iter().partition::<Vec<_>, _>(|variant| variant.ident == "Undocumented");
    item.variants = documented.into_iter().collect();
    for variant in ours {
        errors.error(&variant.ident, "#[tc_model] adds the variant `Undocumented(String)`; remove yours");
    }
    let checked = checked(args, "tc_model", item, VariantArgs::text, errors);
    for variant in &checked.variants {
        if variant.text.is_empty() {
            errors.error(&variant.ident, "the name of this variant is empty; write the documented value");
        }
    }
    checked
}

/// Checks an enum with `#[tc_error]`.
pub(crate) fn error(args: &ActionArgs, item: ItemEnum, errors: &mut Diagnostics) -> Enum {
    let checked = checked(args, "tc_error", item, VariantArgs::code, errors);
    for variant in &checked.variants {
        if !names::is_code(&variant.text) {
            errors.error(
                &variant.ident,
                format_args!(
                    "invalid error code \"{}\": write a code such as `FailedOperation.ImageDecodeFailed`",
                    variant.text
                ),
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
    remove_unsupported(&mut item.attrs, errors);
    // Invalid parts are reported and removed, so that there is no second error.
    if !item.generics.params.is_empty() {
        let message = format!("an enum with #[{attribute}] cannot have type parameters or lifetimes; remove them");
        errors.error(&item.generics, message);
        item.generics = syn::Generics::default();
    }
    let mut variants: Vec<Variant> = Vec::new();
    for variant in &mut item.variants {
        let args = parse(&mut variant.attrs, errors);
        remove_unsupported(&mut variant.attrs, errors);
        if !matches!(variant.fields, Fields::Unit) {
            let message = format!("a variant of #[{attribute}] has no fields: write `{}`", variant.ident);
            errors.error(&variant.fields, message);
            variant.fields = Fields::Unit;
        }
        if let Some((_, discriminant)) = variant.discriminant.take() {
            let message = format!("a variant of #[{attribute}] is text, not a number; remove the number");
            errors.error(discriminant, message);
        }
        let text = args.text.as_ref().map_or_else(|| variant.ident.unraw().to_string(), |text| text.value.value());
        if let Some(first) = variants.iter().find(|first| first.text == text && first.ident != variant.ident) {
            let message = format!(
                "`{}` and `{}` are both \"{text}\" on the wire; remove or rename one",
                first.ident, variant.ident
            );
            errors.error(&variant.ident, message);
        }
        let class = args.class.as_ref().and_then(|class| {
            let written = class.value.to_string();
            let found = CLASSES.iter().find(|(name, _)| *name == written).map(|(_, class)| *class);
            if found.is_none() {
                let hint = did_you_mean(&written, CLASSES.iter().map(|(name, _)| *name));
                let classes = CLASSES.map(|(name, _)| name).join("`, `");
                let message = format!("`{written}` is not an error class; write one of `{classes}`{hint}");
                errors.error(&class.value, message);
            }
            found
        });
        variants.push(Variant { ident: variant.ident.clone(), text, doc: doc(&variant.attrs), class });
    }
    let derives = derives(&mut item.attrs, &DERIVES, &[], attribute, errors);
    Enum { krate: krate(args.krate.as_ref()), doc: doc(&item.attrs), derives, variants, item }
}
