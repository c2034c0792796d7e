//! Converts the checked item to tokens: constants, and one-line calls of tc-core.

mod action_impl;
mod docs;
mod enum_impl;
mod error_impl;
mod fallback;
mod item;
mod model_impl;
mod page_impl;
mod setters;
mod spec;
mod std_impls;

pub(crate) use enum_impl::texts;
pub(crate) use error_impl::error;
pub(crate) use fallback::fallback;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Struct;

/// Writes an annotated struct.
pub(crate) fn model(model: &Struct) -> TokenStream {
    let mut impls = model_impl::impls(model);
    impls.extend(setters::setters(model));
    if let Some(action) = &model.action {
        impls.extend(action_impl::impls(model, action));
    }
    let (item, impls) = (item::item(model), in_private_scope(&model.krate, &impls));
    quote!(#item #impls)
}

/// Puts the impls in a separate scope, in which `__tc` is `tc_core::__private`.
pub(crate) fn in_private_scope(krate: &TokenStream, impls: &TokenStream) -> TokenStream {
    quote! {
        const _: () = {
            use #krate::__private as __tc;
            #impls
        };
    }
}

/// `#[derive(…)]` with these derives, if there are any.
fn derive(derives: &[TokenStream]) -> Option<TokenStream> {
    if derives.is_empty() { None } else { Some(quote!(#[derive(#(#derives),*)])) }
}
