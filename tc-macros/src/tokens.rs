//! Tokens that several stages write in the same way.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// `Some(…)` or `None`.
pub(crate) fn optional(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(__tc::Option::Some(#value)),
        None => quote!(__tc::Option::None),
    }
}

/// A number without a suffix, with its sign.
pub(crate) fn int(value: i128) -> TokenStream {
    signed(Literal::u128_unsuffixed(value.unsigned_abs()), value < 0)
}

/// A number with a fraction, without a suffix, with its sign.
pub(crate) fn float(value: f64) -> TokenStream {
    signed(Literal::f64_unsuffixed(value.abs()), value.is_sign_negative())
}

fn signed(mut digits: Literal, negative: bool) -> TokenStream {
    digits.set_span(Span::call_site());
    if negative { quote!(-#digits) } else { quote!(#digits) }
}

/// A local name. The underscores keep it apart from constants in lower case, which would be patterns.
pub(crate) fn local(name: &str) -> Ident {
    Ident::new(&format!("__{name}"), Span::mixed_site())
}

/// The name of a method, at a place that lints do not look at.
pub(crate) fn method(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// The identifier at its place, but from the macro: lints do not look at it, and it is never a constant of the user's.
pub(crate) fn here(ident: &Ident) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(Span::mixed_site().located_at(ident.span()));
    ident
}

/// The first and the last token's place.
pub(crate) fn ends(tokens: &TokenStream) -> (Span, Span) {
    let mut spans = tokens.clone().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}

/// The same tokens at another place, where the compiler then reports what it has to say of them.
pub(crate) fn at(tokens: &TokenStream, place: Span) -> TokenStream {
    let moved = tokens.clone().into_iter().map(|mut token| {
        token.set_span(place);
        token
    });
    moved.collect()
}

/// FNV-1a: how a field's name becomes a constant argument.
pub(crate) fn hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
