//! The facts of a struct as a constant.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::model_impl::known;
use crate::model::{Charset, Count, Default, Field, Float, Kind, Range, Shape, Struct};

/// The facts as a table. What the compiler is asked stands in constants of its own: it answers those in every build,
/// and evaluates the table only where it is used.
pub(crate) fn table(model: &Struct) -> TokenStream {
    let (ident, name, doc) = (&model.item.ident, &model.name, &model.doc);
    let count = members(model);
    let mut questions = TokenStream::new();
    let params = known(model).map(|field| {
        let spec = param(field);
        if !field.is_open() {
            return spec;
        }
        let facts = format_ident!("facts_of_{}", field.name, span = Span::mixed_site());
        questions.extend(quote!(const #facts: __tc::ParamSpec = #spec;));
        facts.into_token_stream()
    });
    let table = quote! {
        #[automatically_derived]
        impl __tc::Tabled<#count> for #ident {
            const TABLE: __tc::Table<#count> = __tc::Table { name: #name, doc: #doc, params: [#(#params),*] };
        }
    };
    questions.extend(table);
    questions
}

/// How many members the table has.
pub(super) fn members(model: &Struct) -> Literal {
    Literal::usize_unsuffixed(known(model).count())
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
    // What the tokens leave open, the compiler is asked, at the type and at each key.
    let open = field.is_open();
    if open {
        let shape = match field.shape {
            Shape::One => quote!(One),
            Shape::Maybe => quote!(Maybe),
            Shape::Many => quote!(Many),
            Shape::MaybeMany => quote!(MaybeMany),
        };
        spec = asked(ty.span(), "looks", &spec, &quote!(__tc::Shape::#shape));
    }
    for (span, key, value) in limits(field) {
        if open {
            spec = asked(span, key, &spec, &value);
        } else {
            let key = Ident::new(key, Span::call_site());
            spec.extend(quote!(.#key(#value)));
        }
    }
    spec
}

/// A call of which every token has the place of what it asks about.
fn asked(place: Span, key: &str, spec: &TokenStream, value: &TokenStream) -> TokenStream {
    let key = Ident::new(key, place);
    let mut arguments = Group::new(Delimiter::Parenthesis, quote!(#spec, #value));
    arguments.set_span(place);
    quote_spanned!(place=> __tc::typed::#key #arguments)
}

fn limits(field: &Field) -> Vec<(Span, &'static str, TokenStream)> {
    let limits = &field.limits;
    let mut found = Vec::new();
    if let Some((span, range)) = &limits.range {
        found.push((*span, "range", numbers(range)));
    }
    if let Some((span, items)) = limits.items {
        found.push((span, "items", count(items)));
    }
    if let Some((span, length)) = limits.length {
        found.push((span, "length", count(length)));
    }
    if let Some((span, set)) = &limits.charset {
        found.push((*span, "charset", charset(set)));
    }
    if let Some((span, value)) = &field.default {
        found.push((*span, "default", default(value)));
    }
    found
}

fn numbers(range: &Range) -> TokenStream {
    let (kind, min, max) = match range {
        Range::Int { min, max } => (quote!(Int), optional(min.map(int)), optional(max.map(int))),
        Range::Float { min, max } => {
            let end = |end: &Option<Float>| {
                optional(end.as_ref().map(|end| {
                    let (value, text) = (float(end.value), &end.text);
                    quote!((#value, #text))
                }))
            };
            (quote!(Float), end(min), end(max))
        }
    };
    quote!(__tc::Range::#kind { min: #min, max: #max })
}

fn count(count: Count) -> TokenStream {
    let (min, max) = (int(count.min as i128), optional(count.max.map(|max| int(max as i128))));
    quote!(__tc::Count { min: #min, max: #max })
}

fn charset(set: &Charset) -> TokenStream {
    let text = &set.text;
    let ranges = set.ranges.iter().map(|(first, last)| quote!((#first, #last)));
    quote!(__tc::Charset { text: #text, ranges: &[#(#ranges),*] })
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

fn optional(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(__tc::Option::Some(#value)),
        None => quote!(__tc::Option::None),
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
