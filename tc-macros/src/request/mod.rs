//! `request!`: a struct literal whose literals are held against the facts while it compiles.

mod expand;
mod parse;

use proc_macro2::TokenStream;

use crate::diagnostics::Diagnostics;

/// `(path of tc-core) Path { field: value, … }` to a block that builds the struct.
pub(crate) fn request(input: TokenStream) -> TokenStream {
    let mut errors = Diagnostics::new();
    let expanded = match syn::parse2::<parse::Input>(input) {
        Ok(input) => {
            let block = parse::block(input.literal, &mut errors);
            expand::block(&input.krate, &block)
        }
        Err(error) => {
            errors.push(error);
            quote::quote!(::core::unreachable!())
        }
    };
    let errors = errors.finish();
    quote::quote!({ #errors #expanded })
}
