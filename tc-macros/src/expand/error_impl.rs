//! Writes the implementations for an enum of documented error codes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::{derive, docs, in_private_scope};
use crate::model::Enum;
use crate::tokens::local;

pub(crate) fn error(codes: &Enum) -> TokenStream {
    let Enum { krate, item, derives, variants, .. } = codes;
    let (ident, vis) = (&item.ident, &item.vis);
    let mut item = item.clone();
    for (written, variant) in item.variants.iter_mut().zip(variants) {
        let line =
            if variant.doc.is_empty() { format!("`{}`", variant.text) } else { format!("\n\n`{}`", variant.text) };
        written.attrs.push(docs::attribute(&line));
    }
    let derives = derive(derives);
    let mut tokens = quote!(#derives #[non_exhaustive]);
    item.to_tokens(&mut tokens);

    let names: Vec<_> = variants.iter().map(|variant| &variant.ident).collect();
    let words: Vec<_> = variants.iter().map(|variant| &variant.text).collect();
    let specs = variants.iter().map(|variant| {
        let (code, doc) = (&variant.text, &variant.doc);
        match variant.class {
            Some(class) => {
                let class = Ident::new(class, Span::call_site());
                quote!(__tc::ErrorSpec { code: #code, doc: #doc, class: __tc::ErrorClass::#class })
            }
            None => quote!(__tc::ErrorSpec { code: #code, doc: #doc, class: __tc::class_of(#code) }),
        }
    });
    let (code, f) = (local("code"), local("f"));
    tokens.extend(in_private_scope(
        krate,
        &quote! {
            impl #ident {
                /// Returns the error code as the service sends it.
                #[must_use]
                #[inline]
                #vis const fn code(&self) -> &'static str {
                    match *self {
                        #(Self::#names => #words,)*
                    }
                }
            }

            #[automatically_derived]
            impl __tc::ServiceError for #ident {
                const CODES: &'static [__tc::ErrorSpec] = &[#(#specs),*];

                #[inline]
                fn from_code(#code: &__tc::ErrorCode) -> __tc::Option<Self> {
                    __tc::Option::Some(match __tc::ErrorCode::as_str(#code) {
                        #(#words => Self::#names,)*
                        _ => return __tc::Option::None,
                    })
                }
            }

            #[automatically_derived]
            impl ::core::fmt::Display for #ident {
                #[inline]
                fn fmt(&self, #f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    __tc::describe::<Self>(self.code(), #f)
                }
            }

            #[automatically_derived]
            impl ::core::error::Error for #ident {}
        },
    ));
    tokens
}
