//! Beside errors: the item as it was written, with impls that say nothing, so that nothing else fails because of it.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::Generics;

use crate::parse::ActionArgs;

pub(crate) fn fallback(_args: &ActionArgs, _ident: &Ident, _generics: &Generics, item: &impl ToTokens) -> TokenStream {
    quote!(#item)
}
