//! `request!`: a struct literal whose values are checked at compile time.

mod expand;
mod parse;
mod tokens;

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostics::Diagnostics;
use parse::{Input, Literal, form};

/// Expands `(path of tc-core) Path { field: value, … }` to a block that builds the struct.
pub(crate) fn request(input: TokenStream) -> TokenStream {
    let mut errors = Diagnostics::new();
    let Input { krate, literal } = Input::read(input, &mut errors);
    // If the input is invalid, the result is still an expression of the right type, so that there is no second error.
    let expanded = match literal {
        Literal::Struct(literal) => {
            let block = parse::block(literal, &mut errors);
            expand::block(&krate, &block)
        }
        Literal::Path(path) => {
            errors.error(&path, form(Some(&path)));
            quote!(#krate::__private::inert::<#path>())
        }
        Literal::Other(Some(path)) => quote!(#krate::__private::inert::<#path>()),
        Literal::Other(None) => quote!(::core::unreachable!()),
    };
    let errors = errors.finish();
    if errors.is_empty() { expanded } else { quote!({ #errors #expanded }) }
}
