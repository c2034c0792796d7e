//! The macros of tc-core. tc-core re-exports and documents them.
//!
//! There are three stages: `parse` reads the attributes, `check` validates them and reports mistakes, `expand` writes
//! constants and calls.

mod diagnostics;
mod literal;
mod model;
mod tokens;

mod parse;

mod limit;

mod check;

mod expand;

mod request;

#[cfg(feature = "catalog")]
mod import;

#[cfg(feature = "catalog")]
mod verify;
#[cfg(not(feature = "catalog"))]
#[path = "verify/without.rs"]
mod verify;

use diagnostics::Diagnostics;
use parse::ActionArgs;
use proc_macro::TokenStream;
use syn::Item;

/// See `tc_core::tc_action`.
#[proc_macro_attribute]
pub fn tc_action(args: TokenStream, item: TokenStream) -> TokenStream {
    annotate(args, item, |args, mut item, errors| {
        let args = ActionArgs::action(with_keys_below(args, &mut item), errors);
        match item {
            Item::Struct(item) => match check::model(&args, "tc_action", item, errors) {
                Ok(mut model) => {
                    model.action = Some(check::action(&args, &model, errors));
                    let mut tokens = expand::model(&model);
                    tokens.extend(verify::action(&args, &model, errors));
                    tokens
                }
                Err(item) => expand::fallback(&args, true, &item),
            },
            other => {
                errors.error(header(&other), "#[tc_action] applies to a struct, whose fields are the parameters");
                quote::quote!(#other)
            }
        }
    })
}

/// See `tc_core::tc_model`.
#[proc_macro_attribute]
pub fn tc_model(args: TokenStream, item: TokenStream) -> TokenStream {
    annotate(args, item, |args, mut item, errors| {
        let args = ActionArgs::model(with_keys_below(args, &mut item), errors);
        match item {
            Item::Struct(item) => match check::model(&args, "tc_model", item, errors) {
                Ok(model) => {
                    let mut tokens = expand::model(&model);
                    tokens.extend(verify::model(&args, &model, errors));
                    tokens
                }
                Err(item) => expand::fallback(&args, false, &item),
            },
            Item::Enum(item) => {
                verify::texts(&args, errors);
                expand::texts(&check::texts(&args, item, errors))
            }
            other => {
                errors.error(header(&other), "#[tc_model] applies to a struct, or to an enum of documented values");
                quote::quote!(#other)
            }
        }
    })
}

/// See `tc_core::tc_error`.
#[proc_macro_attribute]
pub fn tc_error(args: TokenStream, item: TokenStream) -> TokenStream {
    annotate(args, item, |args, item, errors| {
        let args = ActionArgs::error(args, errors);
        match item {
            Item::Enum(item) => expand::error(&check::error(&args, item, errors)),
            other => {
                errors.error(header(&other), "#[tc_error] applies to an enum of documented error codes");
                quote::quote!(#other)
            }
        }
    })
}

/// See `tc_core::request`.
#[proc_macro]
pub fn request(input: TokenStream) -> TokenStream {
    request::request(input.into()).into()
}

/// See `tc_core::import`.
#[cfg(feature = "catalog")]
#[proc_macro]
pub fn import(input: TokenStream) -> TokenStream {
    import::import(input.into()).into()
}

/// Expands to its input, the type of an action's response if the attribute has no key `response`.
///
/// If the type does not exist, rustc's error shows the name of the macro that wrote it. The name of this macro is the
/// advice for the user.
#[proc_macro]
pub fn add_response_equals_type_or_response_equals_unit(input: TokenStream) -> TokenStream {
    use proc_macro::{Span, TokenTree};
    let written = input.into_iter().map(|mut token: TokenTree| {
        token.set_span(Span::call_site().located_at(token.span()));
        token
    });
    written.collect()
}

type Tokens = proc_macro2::TokenStream;

/// Runs the stages on an item and adds the errors to the result.
fn annotate(args: TokenStream, item: TokenStream, stages: fn(Tokens, Item, &mut Diagnostics) -> Tokens) -> TokenStream {
    let mut errors = Diagnostics::new();
    let expanded = match syn::parse::<Item>(item.clone()) {
        Ok(item) => stages(args.into(), item, &mut errors),
        // The compiler reports an invalid item.
        Err(_) => item.into(),
    };
    let mut tokens = errors.finish();
    tokens.extend(expanded);
    tokens.into()
}

/// The keys of the attribute and those of `#[tc(…)]` on the item, which can be in a `cfg_attr`.
fn with_keys_below(mut args: Tokens, item: &mut Item) -> Tokens {
    let attrs = match item {
        Item::Struct(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        _ => return args,
    };
    attrs.retain(|attr| match &attr.meta {
        syn::Meta::List(list) if attr.path().is_ident("tc") => {
            let keys = &list.tokens;
            let ends_with_comma = args.clone().into_iter().last().is_none_or(|last| last.to_string() == ",");
            args = if ends_with_comma { quote::quote!(#args #keys) } else { quote::quote!(#args, #keys) };
            false
        }
        _ => true,
    });
    args
}

/// The tokens to underline if an attribute does not apply to this kind of item.
fn header(item: &Item) -> Tokens {
    use quote::ToTokens;
    match item {
        Item::Enum(item) => item.ident.to_token_stream(),
        Item::Struct(item) => item.ident.to_token_stream(),
        Item::Union(item) => item.ident.to_token_stream(),
        Item::Fn(item) => item.sig.ident.to_token_stream(),
        Item::Trait(item) => item.ident.to_token_stream(),
        Item::Type(item) => item.ident.to_token_stream(),
        Item::Mod(item) => item.ident.to_token_stream(),
        other => other.to_token_stream(),
    }
}
