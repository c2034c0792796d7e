//! Writes the implementations of the traits for reading, writing and nesting a struct. They have one line for each
//! field.

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
    // An action is not nested in other structs, and it is not a response with a list of items.
    if model.action.is_none() {
        tokens.extend(param(model));
        tokens.extend(members(model));
    }
    tokens.extend(std_impls::impls(model));
    // Uses the types of invalid fields, so that the compiler does not report their imports as unused.
    for ty in model.fields.iter().filter_map(|field| field.invalid_type.as_ref()) {
        if matches!(ty, Type::Path(_)) {
            tokens.extend(quote!(const _: ::core::option::Option<fn(#ty)> = ::core::option::Option::None;));
        }
    }
    tokens
}

fn fields(model: &Struct) -> TokenStream {
    let ident = &model.item.ident;
    let index = local("index");
    let arms = listed_fields(model).enumerate().map(|(at, field)| {
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
            _ if field.invalid_type.is_some() => quote!(#name: __tc::inert(),),
            // A constant compiles faster than a call.
            ty if is_option(ty) => quote!(#name: __tc::Option::None,),
            _ => quote!(#name: #param::empty(),),
        }
    });
    let arms = listed_fields(model).enumerate().map(|(at, field)| {
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

/// Writes the traits that a field of another struct needs.
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
    // A response may lack empty members. A request must have all required parameters.
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

/// Writes the traits with which `page(…)` of an action reads a field of its response.
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

/// The fields that the spec contains: those with a valid type.
pub(super) fn listed_fields(model: &Struct) -> impl Iterator<Item = &Field> {
    model.fields.iter().filter(|field| field.invalid_type.is_none())
}

/// The path used to call the trait of a field's type: `<T as Param>` if rustc may report that `T` is not supported,
/// `Param` otherwise.
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
