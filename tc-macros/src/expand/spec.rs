//! The facts of a struct as a constant.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::at;
use crate::model::{Charset, Count, Default, Field, Float, Kind, Range, Shape, Struct};

/// `&ModelSpec::new("Name", &[…])`
pub(crate) fn model(model: &Struct) -> TokenStream {
    let krate = &model.krate;
    let (name, doc) = (&model.name, &model.doc);
    let params = model.fields.iter().filter(|field| !field.inert).map(|field| param(krate, field));
    let doc = if doc.is_empty() { None } else { Some(quote!(.doc(#doc))) };
    quote!(&#krate::__private::ModelSpec::new(#name, &[#(#params),*]) #doc)
}

fn param(krate: &TokenStream, field: &Field) -> TokenStream {
    let (wire, name, doc, ty) = (&field.wire, &field.name, &field.doc, &field.ty);
    let (one, kind) = if field.binary {
        (quote!(#krate::__private::Type::Binary), quote!(BinaryParam))
    } else {
        (quote!(<#ty as #krate::__private::Param>::TYPE), quote!(Param))
    };
    let mut spec = quote! {
        #krate::__private::ParamSpec::new(#wire, #name, #one, <#ty as #krate::__private::#kind>::SHAPE)
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
    // What the tokens leave open, the compiler is asked, at the type and at each key.
    let open = field.kind == Kind::Named && !field.binary;
    if open {
        let shape = match field.shape {
            Shape::One => quote!(One),
            Shape::Maybe => quote!(Maybe),
            Shape::Many => quote!(Many),
            Shape::MaybeMany => quote!(MaybeMany),
        };
        spec = asked(krate, ty.span(), "looks", &spec, &quote!(#krate::__private::Shape::#shape));
    }
    for (span, key, value) in limits(krate, field) {
        if open {
            spec = asked(krate, span, key, &spec, &value);
        } else {
            let key = Ident::new(key, Span::call_site());
            spec.extend(quote!(.#key(#value)));
        }
    }
    spec
}

/// A call of which every token has the place of what it asks about.
fn asked(krate: &TokenStream, place: Span, key: &str, spec: &TokenStream, value: &TokenStream) -> TokenStream {
    let (krate, key) = (at(krate, place), Ident::new(key, place));
    let mut arguments = Group::new(Delimiter::Parenthesis, quote!(#spec, #value));
    arguments.set_span(place);
    quote_spanned!(place=> #krate::__private::asked::#key #arguments)
}

fn limits(krate: &TokenStream, field: &Field) -> Vec<(Span, &'static str, TokenStream)> {
    let limits = &field.limits;
    let mut found = Vec::new();
    if let Some((span, range)) = &limits.range {
        found.push((*span, "range", numbers(krate, range)));
    }
    if let Some((span, items)) = limits.items {
        found.push((span, "items", count(krate, items)));
    }
    if let Some((span, length)) = limits.length {
        found.push((span, "length", count(krate, length)));
    }
    if let Some((span, set)) = &limits.charset {
        found.push((*span, "charset", charset(krate, set)));
    }
    if let Some((span, value)) = &field.default {
        found.push((*span, "default", default(krate, value)));
    }
    found
}

fn numbers(krate: &TokenStream, range: &Range) -> TokenStream {
    let (kind, min, max) = match range {
        Range::Int { min, max } => (quote!(Int), optional(krate, min.map(int)), optional(krate, max.map(int))),
        Range::Float { min, max } => {
            let end = |end: &Option<Float>| {
                optional(
                    krate,
                    end.as_ref().map(|end| {
                        let (value, text) = (float(end.value), &end.text);
                        quote!((#value, #text))
                    }),
                )
            };
            (quote!(Float), end(min), end(max))
        }
    };
    quote!(#krate::__private::Range::#kind { min: #min, max: #max })
}

fn count(krate: &TokenStream, count: Count) -> TokenStream {
    let (min, max) = (int(count.min as i128), optional(krate, count.max.map(|max| int(max as i128))));
    quote!(#krate::__private::Count { min: #min, max: #max })
}

fn charset(krate: &TokenStream, set: &Charset) -> TokenStream {
    let text = &set.text;
    let ranges = set.ranges.iter().map(|(first, last)| quote!((#first, #last)));
    quote!(#krate::__private::Charset { text: #text, ranges: &[#(#ranges),*] })
}

fn default(krate: &TokenStream, default: &Default) -> TokenStream {
    let given = quote!(#krate::__private::Given);
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

fn optional(krate: &TokenStream, value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(#krate::__private::Option::Some(#value)),
        None => quote!(#krate::__private::Option::None),
    }
}

/// A number without a suffix, in parentheses where it has a sign.
fn int(value: i128) -> TokenStream {
    signed(Literal::u128_unsuffixed(value.unsigned_abs()), value < 0)
}

fn float(value: f64) -> TokenStream {
    signed(Literal::f64_unsuffixed(value.abs()), value.is_sign_negative())
}

fn signed(mut digits: Literal, negative: bool) -> TokenStream {
    digits.set_span(Span::call_site());
    if negative { quote!(-#digits) } else { quote!(#digits) }
}
