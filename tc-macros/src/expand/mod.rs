//! The checked item to tokens: constants, and one-line calls into tc-core.

mod action_impl;
mod docs;
mod enum_impl;
mod error_impl;
mod fallback;
mod item;
mod model_impl;
mod setters;
mod spec;

pub(crate) use enum_impl::texts;
pub(crate) use error_impl::error;
pub(crate) use fallback::fallback;

use proc_macro2::{Span, TokenStream};

use crate::model::Struct;

/// An annotated struct.
pub(crate) fn model(model: &Struct) -> TokenStream {
    let mut tokens = item::item(model);
    tokens.extend(model_impl::impls(model));
    tokens.extend(setters::setters(model));
    if let Some(action) = &model.action {
        tokens.extend(action_impl::impls(model, action));
    }
    tokens
}

/// The same tokens at another place: what the compiler says of them, it says there.
pub(crate) fn at(tokens: &TokenStream, place: Span) -> TokenStream {
    let moved = tokens.clone().into_iter().map(|mut token| {
        token.set_span(place);
        token
    });
    moved.collect()
}
