//! The facts of a struct as a constant.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::model::{Charset, Count, Default, Field, Float, Range, Shape, Struct};

/// `&ModelSpec::new("Name", &[…])`
pub(crate) fn model(model: &Struct) -> TokenStream {
    let krate = &model.krate;
    let (name, doc) = (&model.name, &model.doc);
    let params = model.fields.iter().filter(|field| !field.inert).map(|field| param(krate, field));
    quote!(&#krate::__private::ModelSpec::new(#name, &[#(#params),*]).doc(#doc))
}

fn param(krate: &TokenStream, field: &Field) -> TokenStream {
    let (wire, name, doc, ty) = (&field.wire, &field.name, &field.doc, &field.ty);
    let (one, kind) = if field.binary {
        (quote!(#krate::__private::Type::Binary), quote!(BinaryParam))
    } else {
        (quote!(<#ty as #krate::__private::Param>::TYPE), quote!(Param))
    };
    let shape = match field.shape {
        Shape::One => quote!(One),
        Shape::Maybe => quote!(Maybe),
        Shape::Many => quote!(Many),
        Shape::MaybeMany => quote!(MaybeMany),
    };
    // Spanned at the type, so that a type that is not what it looks like is shown there.
    let looks = quote_spanned!(ty.span()=> .looks(#krate::__private::Shape::#shape));
    let mut tokens = quote! {
        #krate::__private::ParamSpec::new(#wire, #name, #one, <#ty as #krate::__private::#kind>::SHAPE).doc(#doc) #looks
    };
    tokens.extend(steps(krate, field));
    tokens
}

fn steps(krate: &TokenStream, field: &Field) -> TokenStream {
    let mut tokens = TokenStream::new();
    let limits = &field.limits;
    if field.required && field.shape != Shape::One {
        tokens.extend(quote!(.required()));
    }
    if let Some((span, range)) = &limits.range {
        let range = numbers(krate, range);
        tokens.extend(quote_spanned!(*span=> .range(#range)));
    }
    if let Some((span, items)) = limits.items {
        let items = count(krate, items);
        tokens.extend(quote_spanned!(span=> .items(#items)));
    }
    if let Some((span, length)) = limits.length {
        let length = count(krate, length);
        tokens.extend(quote_spanned!(span=> .length(#length)));
    }
    if let Some((span, set)) = &limits.charset {
        let set = charset(krate, set);
        tokens.extend(quote_spanned!(*span=> .charset(#set)));
    }
    if let Some((span, value)) = &field.default {
        let value = default(krate, value);
        tokens.extend(quote_spanned!(*span=> .default(#value)));
    }
    if field.sensitive {
        tokens.extend(quote!(.sensitive()));
    }
    tokens
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
