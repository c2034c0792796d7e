//! Writes one module of `import!`.

use std::fmt::Write;

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use tc_catalog::rust::{CRATE, ItemKind, Paths, codes, items};
use tc_catalog::{Catalog, CatalogError};

use super::parse::Module;
use crate::diagnostics::Diagnostics;

/// Writes `module` with the structs of its actions. Reports names that are not found; the module then lacks them.
pub(super) fn module(
    catalog: &'static Catalog,
    krate: &TokenStream,
    module: &Module,
    errors: &mut Diagnostics,
) -> TokenStream {
    let content = content(catalog, krate, module, errors);
    let Module { attrs, vis, keyword, name, .. } = module;
    let name = named(name);
    quote! {
        #(#attrs)*
        #[allow(dead_code, unused_imports, clippy::all, clippy::pedantic)]
        #vis #keyword #name {
            #content
        }
    }
}

/// Converts a name that is a keyword, such as `as`, to a raw identifier.
fn named(name: &Ident) -> Ident {
    let word = name.unraw().to_string();
    if tc_spec::names::is_keyword(&word) { Ident::new_raw(&word, name.span()) } else { name.clone() }
}

fn content(
    catalog: &'static Catalog,
    krate: &TokenStream,
    module: &Module,
    errors: &mut Diagnostics,
) -> Option<TokenStream> {
    let version = module.version.as_ref().map(syn::LitStr::value);
    let found = match catalog.module(module.site, &module.name.unraw().to_string(), version.as_deref()) {
        Ok(found) => found,
        Err(error) => {
            match (&error, &module.version) {
                (CatalogError::UnknownVersion { .. }, Some(version)) => errors.error(version, error),
                _ => errors.error(&module.name, error),
            }
            return None;
        }
    };
    let mut actions = Vec::new();
    for action in &module.actions {
        match found.action(&action.to_string()) {
            Ok(action) => actions.push(action),
            Err(error) => errors.error(action, error),
        }
    }
    let mut tokens = TokenStream::new();
    for item in items(found, &actions, Paths::Placeholder) {
        let Ok(text) = with_doc_attributes(&item.text).parse::<TokenStream>() else {
            errors.error(&module.name, format_args!("the source of {} could not be read", item.name));
            continue;
        };
        // The request struct has the span of the action's name in `import!`, so that editors find it there.
        let at = module.actions.iter().find(|action| item.kind == ItemKind::Request && **action == item.name);
        tokens.extend(replaced(text, krate, at));
    }
    match codes(found) {
        Ok(text) if !text.is_empty() => {
            let constants: TokenStream = with_doc_attributes(&text).parse().unwrap_or_default();
            let doc =
                format!("The documented error codes of {}, version {}.", found.service().wire_name(), found.version());
            tokens.extend(quote! {
                #[doc = #doc]
                pub mod codes {
                    #constants
                }
            });
        }
        Ok(_) => {}
        Err(error) => errors.error(&module.name, error),
    }
    Some(tokens)
}

/// Converts each doc comment of the source text to an attribute.
///
/// rust-analyzer adds a `/` to each line of a doc comment in text that a macro parses, and shows it on hover.
fn with_doc_attributes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        match line.trim_start().strip_prefix("///") {
            Some(doc) => {
                // Writing into a String cannot fail.
                let _ = writeln!(out, "#[doc = {doc:?}]");
            }
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

/// Replaces [`CRATE`] by the path of tc-core, and the name of the struct `name` by `name` with its span.
fn replaced(tokens: TokenStream, krate: &TokenStream, name: Option<&Ident>) -> TokenStream {
    let mut out = TokenStream::new();
    let placeholder = format_ident!("{CRATE}");
    let mut follows_struct = false;
    for token in tokens {
        match token {
            TokenTree::Ident(ident) if ident == placeholder => out.extend(krate.clone()),
            TokenTree::Ident(ident) => {
                let place = name.filter(|name| follows_struct && **name == ident);
                follows_struct = ident == "struct";
                out.extend([match place {
                    Some(name) => Ident::new(&ident.to_string(), name.span().resolved_at(Span::call_site())),
                    None => ident,
                }]);
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), replaced(group.stream(), krate, None));
                inner.set_span(group.span());
                out.extend([TokenTree::Group(inner)]);
            }
            other => out.extend([other]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::with_doc_attributes;

    #[test]
    fn doc_comments_become_attributes_with_the_same_text() {
        let source = "/// A \"zone\".\n///\n/// | `a` |\npub struct Zone {\n    /// Its name.\n    pub name: u64,\n}\n";
        let expected = "#[doc = \" A \\\"zone\\\".\"]\n#[doc = \"\"]\n#[doc = \" | `a` |\"]\npub struct Zone {\n\
                        #[doc = \" Its name.\"]\n    pub name: u64,\n}\n";
        assert_eq!(with_doc_attributes(source), expected);
        let tokens = |text: &str| text.parse::<proc_macro2::TokenStream>().unwrap().to_string();
        assert_eq!(tokens(&with_doc_attributes(source)), tokens(source));
    }
}
