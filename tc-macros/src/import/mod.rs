//! `import!`: writes modules with annotated structs for actions of the catalog.

mod expand;
mod parse;

use proc_macro2::TokenStream;
use tc_catalog::Catalog;

use crate::diagnostics::Diagnostics;

/// Expands `(path of tc-core) pub mod service { Action, … } …`.
pub(crate) fn import(input: TokenStream) -> TokenStream {
    let mut errors = Diagnostics::new();
    let parse::Input { krate, modules } = parse::read(input, &mut errors);
    let mut tokens = TokenStream::new();
    match Catalog::embedded() {
        Ok(catalog) => {
            for module in &modules {
                tokens.extend(expand::module(catalog, &krate, module, &mut errors));
            }
        }
        Err(error) => errors.at(proc_macro2::Span::call_site(), error),
    }
    tokens.extend(errors.finish());
    tokens
}
