//! Writes the spec of a struct as a constant.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::model_impl::listed_fields;
use crate::literal::Default;
use crate::model::{Field, Kind, Shape, Struct};
use crate::tokens::{float, int};

/// Writes the table of the members. Checks that need type information are in separate constants, because rustc
/// evaluates those on every build, and the table only where it is used.
pub(crate) fn table(model: &Struct) -> TokenStream {
    let (ident, name, doc) = (&model.item.ident, &model.name, &model.doc);
    let count = members(model);
    let mut constants = TokenStream::new();
    let params = listed_fields(model).map(|field| {
        let spec = param(field);
        if !field.is_unresolved() {
            return spec;
        }
        let constant = format_ident!("spec_of_{}", field.name, span = Span::mixed_site());
        constants.extend(quote!(const #constant: __tc::ParamSpec = #spec;));
        constant.into_token_stream()
    });
    let table = quote! {
        #[automatically_derived]
        impl __tc::Tabled<#count> for #ident {
            const TABLE: __tc::Table<#count> = __tc::Table { name: #name, doc: #doc, params: [#(#params),*] };
        }
    };
    constants.extend(table);
    constants
}

/// The number of members in the table.
pub(super) fn members(model: &Struct) -> Literal {
    Literal::usize_unsuffixed(listed_fields(model).count())
}

fn param(field: &Field) -> TokenStream {
    let (wire, name, doc, ty) = (&field.wire, &field.name, &field.doc, &field.ty);
    let mut spec = if field.binary {
        quote!(__tc::ParamSpec::new(#wire, #name, __tc::Type::Binary, <#ty as __tc::BinaryParam>::SHAPE))
    } else if matches!(field.kind, Kind::Time | Kind::Json | Kind::Named) {
        quote!(__tc::ParamSpec::new(#wire, #name, <#ty as __tc::Param>::TYPE, <#ty as __tc::Param>::SHAPE))
    } else {
        quote!(__tc::spec_of::<#ty>(#wire, #name))
    };
    if !doc.is_empty() {
        spec.extend(quote!(.doc(#doc)));
    }
    if field.required && field.shape != Shape::One {
        spec.extend(quote!(.required()));
    }
    if field.sensitive {
        spec.extend(quote!(.sensitive()));
    }
    if !field.limits.is_empty() {
        let limits = field.limits.iter().map(|(_, limit)| limit.tokens());
        spec.extend(quote!(.limits(&[#(#limits),*])));
    }
    // The compiler checks an unresolved type. It reports errors at the type and at the keys.
    let open = field.is_unresolved();
    if open {
        let shape = match field.shape {
            Shape::One => quote!(One),
            Shape::Maybe => quote!(Maybe),
            Shape::Many => quote!(Many),
            Shape::MaybeMany => quote!(MaybeMany),
        };
        spec = checked(ty.span(), "check_shape", &spec, &quote!(__tc::Shape::#shape));
    }
    if open {
        for (index, (span, _)) in field.limits.iter().enumerate() {
            let index = Literal::usize_unsuffixed(index);
            spec = checked(*span, "check_limit", &spec, &index.into_token_stream());
        }
    }
    if let Some((span, value)) = &field.default {
        let value = default(value);
        spec = if open { checked(*span, "check_default", &spec, &value) } else { quote!(#spec.default(#value)) };
    }
    spec
}

/// Calls `function` with the spec and `value`. Every token has the span `place`, so that the compiler reports an error there.
fn checked(place: Span, function: &str, spec: &TokenStream, value: &TokenStream) -> TokenStream {
    let function = Ident::new(function, place);
    let mut arguments = Group::new(Delimiter::Parenthesis, quote!(#spec, #value));
    arguments.set_span(place);
    quote_spanned!(place=> __tc::#function #arguments)
}

fn default(default: &Default) -> TokenStream {
    let given = quote!(__tc::Literal);
    match default {
        Default::Int(value) => {
            let value = int(*value);
            quote!(#given::Int(#value))
        }
        Default::Float(value) => {
            let (number, text) = (float(value.value), &value.text);
            quote!(#given::Float(#number, #text))
        }
        Default::Bool(value) => quote!(#given::Bool(#value)),
        Default::Text(text) => quote!(#given::Text(#text)),
        Default::Variant(path) => quote_spanned!(path.span()=> #given::Text((&#path).as_str())),
    }
}
