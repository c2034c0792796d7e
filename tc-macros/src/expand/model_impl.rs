//! The visit over a struct's values and its reader, one line a field, and the traits that rest on them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{at, spec};
use crate::model::{Field, Kind, Struct};

pub(crate) fn impls(model: &Struct) -> TokenStream {
    let mut tokens = fields(model);
    tokens.extend(reader(model));
    tokens.extend(param(model));
    tokens.extend(serde(model));
    tokens.extend(members(model));
    if model.is_sensitive() {
        tokens.extend(debug(model));
    }
    tokens
}

fn fields(model: &Struct) -> TokenStream {
    let (krate, ident) = (&model.krate, &model.item.ident);
    let index = local("index");
    let arms = known(model).enumerate().map(|(at, field)| {
        let (name, ty) = (&field.ident, &field.ty);
        let at = proc_macro2::Literal::usize_unsuffixed(at);
        let kind = kind(field);
        quote!(#at => <#ty as #krate::__private::#kind>::value(&self.#name),)
    });
    let check = model.check.as_ref().map(|check| {
        let krate = at(krate, check.span());
        let call = quote_spanned!(check.span()=> #krate::__private::verdict(#check(self)));
        quote! {
            fn check(&self) -> #krate::__private::Result<(), #krate::__private::Violation> {
                #call
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #krate::__private::Fields for #ident {
            fn model(&self) -> &'static #krate::__private::ModelSpec {
                <Self as #krate::__private::Model>::MODEL
            }

            fn member(&self, #index: usize) -> #krate::__private::Value<'_> {
                match #index {
                    #(#arms)*
                    _ => #krate::__private::Value::Absent,
                }
            }

            #check
        }
    }
}

fn reader(model: &Struct) -> TokenStream {
    let (krate, ident) = (&model.krate, &model.item.ident);
    let spec = spec::model(model);
    let (index, map) = (local("index"), local("map"));
    let empties = model.fields.iter().map(|field| {
        let (name, ty, kind) = (&field.ident, &field.ty, kind(field));
        if field.inert {
            return quote!(#name: #krate::__private::inert(),);
        }
        quote!(#name: <#ty as #krate::__private::#kind>::empty(),)
    });
    let arms = known(model).enumerate().map(|(at, field)| {
        let (name, ty, kind) = (&field.ident, &field.ty, kind(field));
        let at = proc_macro2::Literal::usize_unsuffixed(at);
        quote!(#at => <#ty as #krate::__private::#kind>::read(&mut self.#name, #map),)
    });
    quote! {
        #[automatically_derived]
        impl #krate::__private::Model for #ident {
            const MODEL: &'static #krate::__private::ModelSpec = #spec;

            fn empty() -> Self {
                Self { #(#empties)* }
            }

            fn read<'de, A: #krate::__private::MapAccess<'de>>(
                &mut self,
                #index: usize,
                #map: &mut A,
            ) -> #krate::__private::Result<(), A::Error> {
                match #index {
                    #(#arms)*
                    _ => #krate::__private::skip(#map),
                }
            }
        }
    }
}

/// So that it nests.
fn param(model: &Struct) -> TokenStream {
    let (krate, ident) = (&model.krate, &model.item.ident);
    quote! {
        #[automatically_derived]
        impl #krate::__private::Param for #ident {
            const TYPE: #krate::__private::Type = #krate::__private::Type::Model(#krate::__private::model_of::<Self>);

            fn value(&self) -> #krate::__private::Value<'_> {
                #krate::__private::Value::Model(self)
            }

            fn empty() -> Self {
                <Self as #krate::__private::Model>::empty()
            }
        }

        #[automatically_derived]
        impl #krate::__private::Single for #ident {}
    }
}

fn serde(model: &Struct) -> TokenStream {
    let (krate, ident) = (&model.krate, &model.item.ident);
    let (serializer, deserializer) = (local("serializer"), local("deserializer"));
    quote! {
        #[automatically_derived]
        impl #krate::__private::Serialize for #ident {
            fn serialize<S: #krate::__private::Serializer>(
                &self,
                #serializer: S,
            ) -> #krate::__private::Result<S::Ok, S::Error> {
                #krate::__private::serialize(self, #serializer)
            }
        }

        #[automatically_derived]
        impl<'de> #krate::__private::Deserialize<'de> for #ident {
            fn deserialize<D: #krate::__private::Deserializer<'de>>(
                #deserializer: D,
            ) -> #krate::__private::Result<Self, D::Error> {
                #krate::__private::deserialize(#deserializer)
            }
        }
    }
}

/// So that `page(…)` of an action can name what it finds in its response.
fn members(model: &Struct) -> TokenStream {
    let (krate, ident) = (&model.krate, &model.item.ident);
    model
        .fields
        .iter()
        .filter(|field| (field.shape.is_list() || field.kind == Kind::Named) && !field.inert)
        .map(|field| {
            let (name, ty) = (&field.ident, &field.ty);
            let hash = hash(&field.name);
            quote! {
                #[automatically_derived]
                impl #krate::__private::Member<#hash> for #ident {
                    type Type = #ty;

                    fn take(self) -> #ty {
                        self.#name
                    }
                }
            }
        })
        .collect()
}

fn debug(model: &Struct) -> TokenStream {
    let (krate, ident) = (&model.krate, &model.item.ident);
    let f = local("f");
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            fn fmt(&self, #f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #krate::__private::debug(self, #f)
            }
        }
    }
}

/// The fields that the facts list.
fn known(model: &Struct) -> impl Iterator<Item = &Field> {
    model.fields.iter().filter(|field| !field.inert)
}

fn kind(field: &Field) -> Ident {
    Ident::new(if field.binary { "BinaryParam" } else { "Param" }, Span::call_site())
}

/// A local name; the underscores keep it apart from constants in lower case, which would be patterns.
pub(super) fn local(name: &str) -> Ident {
    Ident::new(&format!("__{name}"), Span::mixed_site())
}

/// The name of a method, of which no lint speaks.
pub(super) fn method(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// FNV-1a: how a field's name becomes a constant argument.
pub(super) fn hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
