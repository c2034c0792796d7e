//! Writes the implementations for an enum of documented texts: conversions from and to text, and the traits of a
//! parameter.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::parse_quote;

use super::{derive, docs, in_private_scope};
use crate::model::Enum;
use crate::tokens::local;

pub(crate) fn texts(texts: &Enum) -> TokenStream {
    let Enum { krate, item, derives, doc, variants } = texts;
    let (ident, vis) = (&item.ident, &item.vis);
    let mut item = item.clone();
    for (written, variant) in item.variants.iter_mut().zip(variants) {
        if variant.doc.is_empty() {
            let doc = format!("`{}`", variant.text);
            written.attrs.push(docs::attribute(&doc));
        }
    }
    item.variants.push(parse_quote! {
        /// A value that the documentation does not list.
        Undocumented(#krate::__private::String)
    });
    let derives = derive(derives);
    let mut tokens = quote!(#derives #[non_exhaustive]);
    item.to_tokens(&mut tokens);

    let name = ident.to_string();
    let names: Vec<_> = variants.iter().map(|variant| &variant.ident).collect();
    let words: Vec<_> = variants.iter().map(|variant| &variant.text).collect();
    let docs = variants.iter().map(|variant| &variant.doc);
    let (text, f) = (local("text"), local("f"));
    let serde = serde(ident);
    tokens.extend(in_private_scope(
        krate,
        &quote! {
            impl #ident {
                /// Returns the text on the wire.
                #[must_use]
                #[inline]
                #vis const fn as_str(&self) -> &str {
                    match self {
                        #(Self::#names => #words,)*
                        Self::Undocumented(#text) => #text.as_str(),
                    }
                }
            }

            #[automatically_derived]
            impl __tc::TextEnum for #ident {
                const ENUM: &'static __tc::EnumSpec =
                    &__tc::EnumSpec::new(#name, #doc, &[#(__tc::EnumValue { name: #words, doc: #docs }),*]);
            }

            #[automatically_derived]
            impl ::core::convert::From<&str> for #ident {
                #[inline]
                fn from(#text: &str) -> Self {
                    match #text {
                        #(#words => Self::#names,)*
                        _ => Self::Undocumented(__tc::String::from(#text)),
                    }
                }
            }

            #[automatically_derived]
            impl ::core::convert::From<__tc::String> for #ident {
                #[inline]
                fn from(#text: __tc::String) -> Self {
                    Self::from(#text.as_str())
                }
            }

            #[automatically_derived]
            impl ::core::str::FromStr for #ident {
                type Err = ::core::convert::Infallible;

                #[inline]
                fn from_str(#text: &str) -> __tc::Result<Self, Self::Err> {
                    __tc::Result::Ok(Self::from(#text))
                }
            }

            #[automatically_derived]
            impl ::core::fmt::Display for #ident {
                #[inline]
                fn fmt(&self, #f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::fmt::Formatter::pad(#f, self.as_str())
                }
            }

            #[automatically_derived]
            impl __tc::Param for #ident {
                const TYPE: __tc::Type = __tc::Type::Enum(<Self as __tc::TextEnum>::ENUM);

                #[inline]
                fn value(&self) -> __tc::Value<'_> {
                    __tc::Value::Enum(self.as_str(), !::core::matches!(self, Self::Undocumented(_)))
                }

                #[inline]
                fn empty() -> Self {
                    Self::Undocumented(__tc::String::new())
                }

                #[inline]
                fn from_literal(#text: __tc::Literal<'_>) -> Self {
                    __tc::text_from_literal(#text)
                }
            }

            #[automatically_derived]
            impl __tc::Single for #ident {}

            #serde
        },
    ));
    tokens
}

/// Writes the traits of serde.
fn serde(ident: &Ident) -> TokenStream {
    let (serializer, deserializer) = (local("serializer"), local("deserializer"));
    quote! {
        #[automatically_derived]
        impl __tc::Serialize for #ident {
            fn serialize<S: __tc::Serializer>(&self, #serializer: S) -> __tc::Result<S::Ok, S::Error> {
                __tc::Serializer::serialize_str(#serializer, self.as_str())
            }
        }

        #[automatically_derived]
        impl<'de> __tc::Deserialize<'de> for #ident {
            fn deserialize<D: __tc::Deserializer<'de>>(#deserializer: D) -> __tc::Result<Self, D::Error> {
                __tc::deserialize_text(#deserializer)
            }
        }
    }
}
