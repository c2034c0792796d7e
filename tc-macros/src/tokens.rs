//! Helpers for tokens.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// `Some(…)` or `None`.
pub(crate) fn optional(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(__tc::Option::Some(#value)),
        None => quote!(__tc::Option::None),
    }
}

/// An integer without a suffix, with its sign.
pub(crate) fn int(value: i128) -> TokenStream {
    signed(Literal::u128_unsuffixed(value.unsigned_abs()), value < 0)
}

/// A floating-point number without a suffix, with its sign.
pub(crate) fn float(value: f64) -> TokenStream {
    signed(Literal::f64_unsuffixed(value.abs()), value.is_sign_negative())
}

fn signed(mut digits: Literal, negative: bool) -> TokenStream {
    digits.set_span(Span::call_site());
    if negative { quote!(-#digits) } else { quote!(#digits) }
}

/// The name of a variant without fields.
pub(crate) fn variant(value: impl std::fmt::Debug) -> Ident {
    Ident::new(&format!("{value:?}"), Span::call_site())
}

/// A name for a local variable. The underscores prevent a conflict with a constant in lower case, which would be a
/// pattern.
pub(crate) fn local(name: &str) -> Ident {
    Ident::new(&format!("__{name}"), Span::mixed_site())
}

/// A name for a method, with a span that lints ignore.
pub(crate) fn method(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// The identifier with its location but the hygiene of the macro: lints ignore it, and it never refers to a constant of
/// the user.
pub(crate) fn hygienic(ident: &Ident) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(Span::mixed_site().located_at(ident.span()));
    ident
}

/// The spans of the first and the last token.
pub(crate) fn first_and_last_span(tokens: &TokenStream) -> (Span, Span) {
    let mut spans = tokens.clone().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}

/// Changes the spans of the tokens, so that the compiler reports errors at `place`.
pub(crate) fn with_span(tokens: &TokenStream, place: Span) -> TokenStream {
    let moved = tokens.clone().into_iter().map(|mut token| {
        token.set_span(place);
        token
    });
    moved.collect()
}

/// The FNV-1a hash of a field's name, used as a const generic argument.
pub(crate) fn hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Removes the spaces between tokens: `Vec<u8>` for `Vec < u8 >`.
pub(crate) fn compact(spaced: &str) -> String {
    let narrower = [
        (" < ", "<"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" :: ", "::"),
        (":: ", "::"),
        (" ,", ","),
        ("& ", "&"),
        (" ;", ";"),
    ];
    narrower.iter().fold(spaced.to_owned(), |text, (wide, narrow)| text.replace(wide, narrow))
}
