//! `verify` without the feature `catalog`: an error that names the feature.

use proc_macro2::TokenStream;

use crate::diagnostics::Diagnostics;
use crate::model::Struct;
use crate::parse::ActionArgs;

pub(crate) fn action(args: &ActionArgs, _: &Struct, errors: &mut Diagnostics) -> TokenStream {
    texts(args, errors);
    TokenStream::new()
}

pub(crate) use action as model;

pub(crate) fn texts(args: &ActionArgs, errors: &mut Diagnostics) {
    if let Some(verify) = &args.verify {
        let message = "`verify` needs the catalog: add the feature `catalog` to tc-core in Cargo.toml";
        errors.at(verify.key.span(), message);
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn the_error_names_the_feature() {
        let mut errors = Diagnostics::new();
        let args = ActionArgs::action(quote!(service = "cvm", version = "2017-03-12", verify), &mut errors);
        texts(&args, &mut errors);
        let message = errors.finish().to_string();
        assert!(message.contains("add the feature `catalog` to tc-core"), "{message}");
    }
}
