//! Writes an invalid struct unchanged, with empty implementations of the traits, so that code that uses it has no
//! second error.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Fields, ItemStruct};

use crate::parse::ActionArgs;

/// Writes a struct that cannot be a model, for example one with type parameters.
pub(crate) fn fallback(args: &ActionArgs, is_action: bool, item: &ItemStruct) -> TokenStream {
    let krate = crate::check::krate(args.krate.as_ref());
    let (ident, name) = (&item.ident, item.ident.to_string());
    let (impls, types, bounds) = item.generics.split_for_impl();
    let empty = match &item.fields {
        Fields::Named(_) | Fields::Unnamed(_) => quote!(#krate::__private::inert()),
        Fields::Unit => quote!(Self),
    };
    let mut tokens = item.to_token_stream();
    tokens.extend(quote! {
        #[automatically_derived]
        impl #impls #krate::__private::Fields for #ident #types #bounds {
            fn model(&self) -> &'static #krate::__private::ModelSpec {
                <Self as #krate::__private::Model>::MODEL
            }

            fn member(&self, _: usize) -> #krate::__private::Value<'_> {
                #krate::__private::Value::Absent
            }
        }

        #[automatically_derived]
        impl #impls #krate::__private::Model for #ident #types #bounds {
            const MODEL: &'static #krate::__private::ModelSpec = &#krate::__private::ModelSpec::new(#name, &[]);

            fn empty() -> Self {
                #empty
            }

            fn read<'tc, Map: #krate::__private::MapAccess<'tc>>(
                &mut self,
                _: usize,
                map: &mut Map,
            ) -> #krate::__private::Result<(), Map::Error> {
                #krate::__private::skip(map)
            }
        }
    });
    if is_action {
        tokens.extend(quote! {
            #[automatically_derived]
            impl #impls #krate::__private::Action for #ident #types #bounds {
                const SPEC: #krate::__private::ActionSpec = #krate::__private::ActionSpec::new(
                    "", "", #name, <Self as #krate::__private::Model>::MODEL,
                );
                type Response = ();
                type Error = #krate::ErrorCode;
            }
        });
    }
    tokens
}
