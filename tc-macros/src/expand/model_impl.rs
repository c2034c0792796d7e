//! The visit over a struct's values and its reader, one line a field, and the traits that rest on them.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::{spec, std_impls};
use crate::model::{Field, Kind, Struct};
use crate::tokens::{hash, local};

pub(crate) fn impls(model: &Struct) -> TokenStream {
    let mut tokens = fields(model);
    tokens.extend(spec::table(model));
    tokens.extend(reader(model));
    tokens.extend(serde(model));
    // An action is nested in nothing, and no list is taken out of it.
    if model.action.is_none() {
        tokens.extend(param(model));
        tokens.extend(members(model));
    }
    tokens.extend(std_impls::impls(model));
    // So that the imports of a type that was refused are still used.
    for ty in model.fields.iter().filter_map(|field| field.refused.as_ref()) {
        if matches!(ty, Type::Path(_)) {
            tokens.extend(quote!(const _: ::core::option::Option<fn(#ty)> = ::core::option::Option::None;));
        }
    }
    tokens
}

fn fields(model: &Struct) -> TokenStream {
    let ident = &model.item.ident;
    let index = local("index");
    let arms = known(model).enumerate().map(|(at, field)| {
        let (name, param) = (&field.ident, param_of(field));
        let at = proc_macro2::Literal::usize_unsuffixed(at);
        quote!(#at => #param::value(&self.#name),)
    });
    let check = model.check.as_ref().map(|check| {
        let call = quote_spanned!(check.span()=> __tc::checked(#check(self)));
        quote! {
            #[inline]
            fn check(&self) -> __tc::Result<(), __tc::Violation> {
                #call
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl __tc::Fields for #ident {
            #[inline]
            fn model(&self) -> &'static __tc::ModelSpec {
                __tc::model_of::<Self>()
            }

            #[inline]
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
    let count = spec::members(model);
    let (index, map) = (local("index"), local("map"));
    let empties = model.fields.iter().map(|field| {
        let (name, param) = (&field.ident, param_of(field));
        match &field.ty {
            _ if field.refused.is_some() => quote!(#name: __tc::inert(),),
            // A constant is less to compile than a call.
            ty if is_option(ty) => quote!(#name: __tc::Option::None,),
            _ => quote!(#name: #param::empty(),),
        }
    });
    let arms = known(model).enumerate().map(|(at, field)| {
        let (name, param) = (&field.ident, param_of(field));
        let at = proc_macro2::Literal::usize_unsuffixed(at);
        quote!(#at => #param::read(&mut self.#name, #map),)
    });
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __tc::Model for #ident {
            const MODEL: &'static __tc::ModelSpec = __tc::tabled::<Self, #count>();

            #[inline]
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
            const TYPE: __tc::Type = __tc::Type::Model(__tc::ModelRef::of(__tc::model_of::<Self>));

            #[inline]
            fn value(&self) -> __tc::Value<'_> {
                __tc::Value::Model(self)
            }

            #[inline]
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
    // A response may leave out what is empty; a request without what is required is none.
    let read = if model.action.is_some() { quote!(deserialize_request) } else { quote!(deserialize) };
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
                __tc::#read(#deserializer)
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
        .filter(|field| field.shape.is_list() || field.kind == Kind::Named)
        .map(|field| {
            let (name, ty) = (&field.ident, &field.ty);
            let hash = hash(&field.name);
            quote! {
                #[automatically_derived]
                #[doc(hidden)]
                #[diagnostic::do_not_recommend]
                impl __tc::Member<#hash> for #ident {
                    type Type = #ty;

                    #[inline]
                    fn take(self) -> #ty {
                        self.#name
                    }
                }
            }
        })
        .collect()
}

/// The fields that the spec lists.
pub(super) fn known(model: &Struct) -> impl Iterator<Item = &Field> {
    model.fields.iter().filter(|field| field.refused.is_none())
}

/// The trait of a field's type: by the type, where the compiler may have something to say about it.
fn param_of(field: &Field) -> TokenStream {
    let ty = &field.ty;
    match field.kind {
        _ if field.binary => quote!(<#ty as __tc::BinaryParam>),
        Kind::Text | Kind::Integer | Kind::Float | Kind::Bool => quote!(__tc::Param),
        Kind::Time | Kind::Json | Kind::Named => quote!(<#ty as __tc::Param>),
    }
}

fn is_option(ty: &Type) -> bool {
    matches!(ty, Type::Path(ty) if ty.path.segments.last().is_some_and(|last| last.ident == "Option"))
}
