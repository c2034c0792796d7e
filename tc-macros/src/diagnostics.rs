//! The mistakes of one item, collected so that all of them are shown at once.

use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Every mistake found so far. It has to be finished: dropping it unfinished shows itself.
pub(crate) struct Diagnostics {
    errors: Option<Vec<syn::Error>>,
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self { errors: Some(Vec::new()) }
    }

    /// A mistake under `tokens`.
    pub(crate) fn error(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// A mistake at `span`.
    pub(crate) fn at(&mut self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    /// A mistake that the parser found.
    pub(crate) fn push(&mut self, error: syn::Error) {
        if let Some(errors) = &mut self.errors {
            errors.push(error);
        }
    }

    /// One `compile_error!` for each mistake, nothing where there is none.
    pub(crate) fn finish(mut self) -> TokenStream {
        self.errors.take().into_iter().flatten().map(|error| error.to_compile_error()).collect()
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        let forgotten = self.errors.is_some() && !std::thread::panicking();
        assert!(!forgotten, "the diagnostics of an item were forgotten");
    }
}
