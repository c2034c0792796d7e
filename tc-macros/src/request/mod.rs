//! `request!`: a struct literal whose literals are held against the facts while it compiles.

mod expand;
mod parse;

use proc_macro2::TokenStream;

use crate::diagnostics::Diagnostics;

/// `(path of tc-core) Path { field: value, … }` to a block that builds the struct.
pub(crate) fn request(input: TokenStream) -> TokenStream {
    let mut errors = Diagnostics::new();
    let expanded = match syn::parse2::<parse::Input>(input) {
        // What is no struct literal, but names the struct, has its type at least.
        Ok(parse::Input { krate, literal: Err(path) }) => {
            errors.error(&path, "write `request!(Path { field: value, … })`");
            quote::quote!(#krate::__private::inert::<#path>())
        }
        Ok(parse::Input { krate, literal: Ok(literal) }) => {
            let block = parse::block(literal, &mut errors);
            expand::block(&krate, &block)
        }
        Err(error) => {
            errors.push(error);
            quote::quote!(::core::unreachable!())
        }
    };
    let errors = errors.finish();
    if errors.is_empty() { expanded } else { quote::quote!({ #errors #expanded }) }
}
