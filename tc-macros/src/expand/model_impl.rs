//! The visit over a struct's values and its reader, one line a field, and the traits that rest on them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::spec;
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
    let ident = &model.item.ident;
    let index = local("index");
    let arms = known(model).enumerate().map(|(at, field)| {
        let (name, ty) = (&field.ident, &field.ty);
        let at = proc_macro2::Literal::usize_unsuffixed(at);
        let kind = kind(field);
        quote!(#at => <#ty as __tc::#kind>::value(&self.#name),)
    });
    let check = model.check.as_ref().map(|check| {
        let call = quote_spanned!(check.span()=> __tc::verdict(#check(self)));
        quote! {
            fn check(&self) -> __tc::Result<(), __tc::Violation> {
                #call
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl __tc::Fields for #ident {
            fn model(&self) -> &'static __tc::ModelSpec {
                <Self as __tc::Model>::MODEL
            }

            fn member(&self, #index: usize) -> __tc::Value<'_> {
                match #index {
                    #(#arms)*
                    _ => __tc::Value::Absent,
                }
            }

            #check
        }
    }
}

fn reader(model: &Struct) -> TokenStream {
    let ident = &model.item.ident;
    let spec = spec::model(model);
    let (index, map) = (local("index"), local("map"));
    let empties = model.fields.iter().map(|field| {
        let (name, ty, kind) = (&field.ident, &field.ty, kind(field));
        if field.inert {
            return quote!(#name: __tc::inert(),);
        }
        quote!(#name: <#ty as __tc::#kind>::empty(),)
    });
    let arms = known(model).enumerate().map(|(at, field)| {
        let (name, ty, kind) = (&field.ident, &field.ty, kind(field));
        let at = proc_macro2::Literal::usize_unsuffixed(at);
        quote!(#at => <#ty as __tc::#kind>::read(&mut self.#name, #map),)
    });
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __tc::Model for #ident {
            const MODEL: &'static __tc::ModelSpec = #spec;

            fn empty() -> Self {
                Self { #(#empties)* }
            }

            fn read<'de, A: __tc::MapAccess<'de>>(
                &mut self,
                #index: usize,
                #map: &mut A,
            ) -> __tc::Result<(), A::Error> {
                match #index {
                    #(#arms)*
                    _ => __tc::skip(#map),
                }
            }
        }
    }
}

/// So that it nests.
fn param(model: &Struct) -> TokenStream {
    let ident = &model.item.ident;
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __tc::Param for #ident {
            const TYPE: __tc::Type = __tc::Type::Model(__tc::model_of::<Self>);

            fn value(&self) -> __tc::Value<'_> {
                __tc::Value::Model(self)
            }

            fn empty() -> Self {
                <Self as __tc::Model>::empty()
            }
        }

        #[automatically_derived]
        impl __tc::Single for #ident {}
    }
}

fn serde(model: &Struct) -> TokenStream {
    let ident = &model.item.ident;
    let (serializer, deserializer) = (local("serializer"), local("deserializer"));
    quote! {
        #[automatically_derived]
        impl __tc::Serialize for #ident {
            fn serialize<S: __tc::Serializer>(
                &self,
                #serializer: S,
            ) -> __tc::Result<S::Ok, S::Error> {
                __tc::serialize(self, #serializer)
            }
        }

        #[automatically_derived]
        impl<'de> __tc::Deserialize<'de> for #ident {
            fn deserialize<D: __tc::Deserializer<'de>>(
                #deserializer: D,
            ) -> __tc::Result<Self, D::Error> {
                __tc::deserialize(#deserializer)
            }
        }
    }
}

/// So that `page(…)` of an action can name what it finds in its response.
fn members(model: &Struct) -> TokenStream {
    let ident = &model.item.ident;
    model
        .fields
        .iter()
        .filter(|field| (field.shape.is_list() || field.kind == Kind::Named) && !field.inert)
        .map(|field| {
            let (name, ty) = (&field.ident, &field.ty);
            let hash = hash(&field.name);
            quote! {
                #[automatically_derived]
                #[doc(hidden)]
                #[diagnostic::do_not_recommend]
                impl __tc::Member<#hash> for #ident {
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
    let ident = &model.item.ident;
    let f = local("f");
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            fn fmt(&self, #f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __tc::debug(self, #f)
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
