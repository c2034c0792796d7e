//! Writes `new`, a setter for each optional field, and `validate`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::docs;
use crate::model::{Field, Struct};
use crate::tokens::{hygienic, local, method};

/// The maximum number of required fields for which `new` exists. With more arguments a call is hard to read, and
/// `request!` has the names.
const MAX_REQUIRED: usize = 3;

pub(crate) fn setters(model: &Struct) -> TokenStream {
    let ident = &model.item.ident;
    let new = new(model);
    let setters = model.fields.iter().filter(|field| !field.required && !field.reserved).map(setter);
    let vis = &model.item.vis;
    let validate = method("validate");
    quote! {
        impl #ident {
            #new
            #(#setters)*

            /// Checks every value against the documented limits, also in nested structs.
            ///
            /// # Errors
            /// Returns all violations, each with the path of the value, the limit and the value.
            #[inline]
            #vis fn #validate(&self) -> __tc::Result<(), __tc::Violations> {
                __tc::validate(self)
            }
        }
    }
}

fn new(model: &Struct) -> Option<TokenStream> {
    let required: Vec<&Field> = model.fields.iter().filter(|field| field.required).collect();
    if required.len() > MAX_REQUIRED {
        return None;
    }
    let hows: Vec<Ident> = (0..required.len()).map(|at| format_ident!("How{at}")).collect();
    let generics = if hows.is_empty() { None } else { Some(quote!(<#(#hows),*>)) };
    let locals: Vec<Ident> = required.iter().map(|field| hygienic(&field.ident)).collect();
    let types = required.iter().map(|field| &field.ty);
    let body = if required.is_empty() {
        quote!(<Self as __tc::Model>::empty())
    } else {
        let (new, names) = (local("new"), required.iter().map(|field| &field.ident));
        quote! {
            let mut #new = <Self as __tc::Model>::empty();
            #(__tc::set(&mut #new.#names, #locals);)*
            #new
        }
    };
    let (name, noun) = (model.item.ident.unraw(), if model.action.is_some() { "parameter" } else { "field" });
    let all_required = required.len() == model.fields.len();
    let doc = match required.len() {
        _ if model.fields.is_empty() => format!("Creates a `{name}`, which has no {noun}s."),
        0 => format!("Creates a `{name}` with all {noun}s unset; set them with the methods below."),
        1 if all_required => format!("Creates a `{name}` from its {noun}."),
        1 => format!("Creates a `{name}` from its required {noun}; set the others with the methods below."),
        _ if all_required => format!("Creates a `{name}` from its {noun}s."),
        _ => format!("Creates a `{name}` from its required {noun}s; set the others with the methods below."),
    };
    let (vis, new) = (&model.item.vis, method("new"));
    Some(quote! {
        #[doc = #doc]
        #[must_use]
        #[inline]
        #vis fn #new #generics(#(#locals: impl __tc::IntoParam<#types, #hows>),*) -> Self {
            #body
        }
    })
}

fn setter(field: &Field) -> TokenStream {
    let (ident, ty, vis) = (&field.ident, &field.ty, &field.vis);
    let (method, value) = (hygienic(ident), hygienic(ident));
    let mut doc = field.doc.lines().take_while(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n");
    if doc.is_empty() {
        doc = format!("Sets `{}`.", field.wire);
    }
    for limit in docs::limits(field) {
        doc.push(' ');
        doc.push_str(&limit);
    }
    quote! {
        #[doc = #doc]
        #[must_use]
        #vis fn #method<How>(mut self, #value: impl __tc::IntoParam<#ty, How>) -> Self {
            __tc::set(&mut self.#ident, #value);
            self
        }
    }
}
