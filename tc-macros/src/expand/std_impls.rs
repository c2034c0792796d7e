//! Writes `Debug`, `Clone` and `PartialEq` for structs that cannot use the derives: those with sensitive fields, and
//! those with a type that may not be supported. A derive would add an error for each trait to the one that explains the
//! problem.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Field, Struct};
use crate::tokens::{local, method as named};

pub(super) fn impls(model: &Struct) -> TokenStream {
    let mut tokens = TokenStream::new();
    if model.is_sensitive() {
        let f = local("f");
        tokens.extend(debug(model, &quote!(__tc::debug(self, #f))));
    }
    if model.is_unresolved() {
        if !model.is_sensitive() {
            tokens.extend(debug(model, &shown(model)));
        }
        tokens.extend(clone(model));
        tokens.extend(partial_eq(model));
    }
    tokens
}

fn debug(model: &Struct, body: &TokenStream) -> TokenStream {
    let ident = &model.item.ident;
    let f = local("f");
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            #[inline]
            fn fmt(&self, #f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #body
            }
        }
    }
}

/// The same output as that of the derive.
fn shown(model: &Struct) -> TokenStream {
    let name = syn::ext::IdentExt::unraw(&model.item.ident).to_string();
    let f = local("f");
    let fields = model.fields.iter().map(|field| {
        let (ident, name) = (&field.ident, &field.name);
        let shown = by_param(field, "shown").map_or_else(|| quote!(&self.#ident), |shown| quote!(#shown(&self.#ident)));
        quote!(.field(#name, #shown))
    });
    quote!(::core::fmt::Formatter::debug_struct(#f, #name)#(#fields)*.finish())
}

fn clone(model: &Struct) -> TokenStream {
    let ident = &model.item.ident;
    let fields = model.fields.iter().map(|field| {
        let ident = &field.ident;
        let clone = by_param(field, "duplicate").unwrap_or_else(|| quote!(::core::clone::Clone::clone));
        quote!(#ident: #clone(&self.#ident))
    });
    quote! {
        #[automatically_derived]
        impl ::core::clone::Clone for #ident {
            #[inline]
            fn clone(&self) -> Self {
                Self { #(#fields),* }
            }
        }
    }
}

fn partial_eq(model: &Struct) -> TokenStream {
    let ident = &model.item.ident;
    let other = local("other");
    let fields = model.fields.iter().map(|field| {
        let ident = &field.ident;
        let eq = by_param(field, "equals").unwrap_or_else(|| quote!(::core::cmp::PartialEq::eq));
        quote!(#eq(&self.#ident, &#other.#ident))
    });
    quote! {
        #[automatically_derived]
        impl ::core::cmp::PartialEq for #ident {
            #[inline]
            fn eq(&self, #other: &Self) -> bool {
                #(#fields)&&*
            }
        }
    }
}

/// The method of `Param`, for a field whose type is unresolved.
fn by_param(field: &Field, method: &str) -> Option<TokenStream> {
    let (ty, method) = (&field.ty, named(method));
    field.is_unresolved().then(|| quote!(<#ty as __tc::Param>::#method))
}
