//! `request!`: a struct literal whose literals are checked while it compiles.

mod expand;
mod parse;
mod tokens;

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostics::Diagnostics;
use parse::{FORM, Input, Literal};

/// `(path of tc-core) Path { field: value, … }` to a block that builds the struct.
pub(crate) fn request(input: TokenStream) -> TokenStream {
    let mut errors = Diagnostics::new();
    let Input { krate, literal } = Input::read(input, &mut errors);
    // Where no struct can be built, a value of its type still stands for it, so that nothing else fails.
    let expanded = match literal {
        Literal::Struct(literal) => {
            let block = parse::block(literal, &mut errors);
            expand::block(&krate, &block)
        }
        Literal::Path(path) => {
            errors.error(&path, FORM);
            quote!(#krate::__private::inert::<#path>())
        }
        Literal::Other(Some(path)) => quote!(#krate::__private::inert::<#path>()),
        Literal::Other(None) => quote!(::core::unreachable!()),
    };
    let errors = errors.finish();
    if errors.is_empty() { expanded } else { quote!({ #errors #expanded }) }
}
