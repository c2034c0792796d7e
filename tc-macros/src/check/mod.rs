//! Checks the parsed attributes and reports all mistakes.

mod action;
mod default;
mod enums;
mod fields;
mod keys;
mod page;
mod types;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Lit, Meta, Path, Token};

pub(crate) use action::action;
pub(crate) use enums::{error, texts};
pub(crate) use fields::model;
#[allow(unused_imports, reason = "used by `verify`, which needs the feature `catalog`")]
pub(crate) use types::wrapped;

use crate::diagnostics::Diagnostics;
use crate::parse::Keyed;

/// The path of tc-core: that of `crate = …`, or `::tc_core`.
pub(crate) fn krate(written: Option<&Keyed<Path>>) -> TokenStream {
    match written {
        Some(path) => {
            let path = &path.value;
            quote!(#path)
        }
        None => quote!(::tc_core),
    }
}

/// The documentation in `attrs`.
fn doc(attrs: &[Attribute]) -> String {
    let lines: Vec<String> = attrs
        .iter()
        .filter(|attr| attr.path().is_ident("doc"))
        .filter_map(|attr| match &attr.meta {
            Meta::NameValue(doc) => match &doc.value {
                Expr::Lit(literal) => match &literal.lit {
                    Lit::Str(line) => Some(line.value()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        })
        .map(|line| line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned())
        .collect();
    lines.join("\n").trim().to_owned()
}

/// The derives of `wanted` that `attrs` lack. Removes the derives in `ours` from `attrs`.
fn derives(
    attrs: &mut [Attribute],
    wanted: &[&str],
    ours: &[&str],
    attribute: &str,
    errors: &mut Diagnostics,
) -> Vec<TokenStream> {
    let mut present: Vec<String> = Vec::new();
    for attr in attrs.iter_mut().filter(|attr| attr.path().is_ident("derive")) {
        let Ok(paths) = attr.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated) else { continue };
        let mut kept = Vec::new();
        for path in paths {
            let Some(name) = path.segments.last().map(|segment| segment.ident.to_string()) else { continue };
            if matches!(name.as_str(), "Serialize" | "Deserialize") {
                errors.error(&path, format_args!("#[{attribute}] already implements `{name}`; remove it here"));
            } else if !ours.contains(&name.as_str()) {
                kept.push(path);
            }
            present.push(name);
        }
        let span = attr.span();
        attr.meta = syn::parse_quote_spanned!(span=> derive(#(#kept),*));
    }
    wanted
        .iter()
        .filter(|name| !present.iter().any(|p| p == *name) && !ours.contains(name))
        .map(|name| std_path(name))
        .collect()
}

/// The absolute path of a trait with a derive.
fn std_path(name: &str) -> TokenStream {
    let module = match name {
        "Debug" => "fmt",
        "Clone" => "clone",
        "Hash" => "hash",
        _ => "cmp",
    };
    let (module, name) = (Ident::new(module, Span::call_site()), Ident::new(name, Span::call_site()));
    quote_spanned!(Span::call_site()=> ::core::#module::#name)
}

/// Reports and removes `#[serde(…)]` and `#[cfg(…)]`, which would make the item differ from its spec.
fn remove_unsupported(attrs: &mut Vec<Attribute>, errors: &mut Diagnostics) {
    attrs.retain(|attr| {
        let (serde, cfg) = (attr.path().is_ident("serde"), attr.path().is_ident("cfg"));
        if serde {
            errors
                .error(attr, "#[serde] has no effect here; for another name on the wire, write `#[tc(name = \"…\")]`");
        } else if cfg {
            errors.error(attr, "#[cfg] is not supported here, because the spec lists every member; remove it");
        }
        !serde && !cfg
    });
}
