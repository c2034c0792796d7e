//! `impl Action`: constants; and how the action pages, if it does.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;

use crate::model::{Action, Page, Struct};
use crate::tokens::{at, hash, local};

pub(crate) fn impls(model: &Struct, action: &Action) -> TokenStream {
    let ident = &model.item.ident;
    let Action { service, version, response, error, .. } = action;
    let name = &model.name;
    let answer = if action.named {
        response.clone()
    } else {
        quote!(__tc::add_response_equals_type_or_response_equals_unit!(#response))
    };
    let mut steps = TokenStream::new();
    if let Some(rate) = action.rate {
        let rate = proc_macro2::Literal::u32_unsuffixed(rate);
        steps.extend(quote!(.rate(#rate)));
    }
    if let Some(page) = &action.page {
        steps.extend(page_spec(page));
    }
    if action.octet_stream {
        steps.extend(quote!(.body(__tc::BodyForm::OctetStream)));
    }
    for (is, step) in [
        (action.skip_sign, quote!(.skip_sign())),
        (action.unsigned_payload, quote!(.unsigned_payload())),
        (action.idempotent, quote!(.idempotent())),
        (action.streaming, quote!(.streaming())),
        (action.deprecated, quote!(.status(__tc::Status::Deprecated))),
    ] {
        if is {
            steps.extend(step);
        }
    }
    if let Some(method) = action.method {
        let method = format_ident!("{method}");
        steps.extend(quote!(.method(__tc::Method::#method)));
    }
    if let Some(signature) = action.signature {
        let signature = format_ident!("{signature}");
        steps.extend(quote!(.signature(__tc::SignatureMethod::#signature)));
    }
    let mut tokens = quote! {
        #[automatically_derived]
        impl __tc::Action for #ident {
            const SPEC: __tc::ActionSpec =
                __tc::ActionSpec::new(#service, #version, #name, __tc::model_of::<Self>())
                    .response(__tc::response_of::<Self>())
                    .errors(__tc::errors_of::<Self>())
                    #steps;
            type Response = #answer;
            type Error = #error;
        }
    };
    if let Some(page) = &action.page {
        tokens.extend(paged(model, page));
    } else if action.page_refused {
        tokens.extend(refused(ident));
    }
    tokens
}

/// `.page(…)` of the spec.
fn page_spec(page: &Page) -> TokenStream {
    let path = |steps: &[Ident]| {
        let steps = steps.iter().map(|step| syn::ext::IdentExt::unraw(step).to_string());
        quote!(&[#(#steps),*])
    };
    let items = path(&page.items);
    let total = match &page.total {
        None => quote!(__tc::Option::None),
        Some(total) => {
            let total = path(total);
            quote!(__tc::Option::Some(#total))
        }
    };
    quote! {
        .page(__tc::PageSpec {
            form: __tc::PageForm::Offset { offset: "Offset", limit: "Limit" },
            total: #total,
            items: #items,
        })
    }
}

fn paged(model: &Struct, page: &Page) -> TokenStream {
    let ident = &model.item.ident;
    let Page { offset, limit, total, items } = page;
    let (from, most, response) = (local("offset"), local("limit"), local("response"));
    let (mut list, mut taken) = (quote!(<#ident as __tc::Action>::Response), quote!(#response));
    for step in items {
        (list, taken) = through(&list, &taken, step);
    }
    let path = items.iter().map(|step| syn::ext::IdentExt::unraw(step).to_string());
    let count = quote!(__tc::count(#response, &[#(#path),*]));
    // Whatever is wrong with the path, the compiler says it once, at its end.
    let place = items.last().map_or_else(Span::call_site, Ident::span);
    let item = quote_spanned!(place=> <#list as __tc::List>::Item);
    let taken = quote_spanned!(place=> __tc::List::into_vec(#taken));
    let walk = quote_spanned! {place=>
        #[inline]
        fn items(#response: Self::Response) -> __tc::ListOf<Self::Item> {
            #taken
        }
    };
    let total = match total {
        None => quote!(__tc::Option::None),
        Some(total) => {
            let names = total.iter().map(|step| syn::ext::IdentExt::unraw(step).to_string());
            let check = total_check(quote!(<#ident as __tc::Action>::Response), total);
            quote! {
                #check
                __tc::total(#response, &[#(#names),*])
            }
        }
    };
    quote! {
        #[automatically_derived]
        impl __tc::Paged for #ident {
            type Item = #item;

            #[inline]
            fn window(&self) -> (__tc::Option<u64>, __tc::Option<u64>) {
                (__tc::Number::get(&self.#offset), __tc::Number::get(&self.#limit))
            }

            #[inline]
            fn turn(&mut self, #from: u64, #most: u64) {
                __tc::Number::set(&mut self.#offset, #from);
                __tc::Number::set(&mut self.#limit, #most);
            }

            #[inline]
            fn total(#response: &Self::Response) -> __tc::Option<u64> {
                #total
            }

            #[inline]
            fn count(#response: &Self::Response) -> usize {
                #count
            }

            #walk
        }
    }
}

/// Beside the error about `page(…)`: paging that has no items, so that nothing is reported where the action is paged.
fn refused(ident: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl __tc::Paged for #ident {
            type Item = __tc::Refused;

            fn window(&self) -> (__tc::Option<u64>, __tc::Option<u64>) {
                (__tc::Option::None, __tc::Option::None)
            }

            fn turn(&mut self, _: u64, _: u64) {}

            fn total(_: &Self::Response) -> __tc::Option<u64> {
                __tc::Option::None
            }

            fn count(_: &Self::Response) -> usize {
                0
            }

            fn items(_: Self::Response) -> __tc::ListOf<Self::Item> {
                __tc::ListOf::new()
            }
        }
    }
}

/// The type and the value one step further.
fn through(ty: &TokenStream, value: &TokenStream, step: &Ident) -> (TokenStream, TokenStream) {
    let hash = hash(&syn::ext::IdentExt::unraw(step).to_string());
    // At the name, so that a response without it is shown there.
    let ty = at(ty, step.span());
    let member = quote_spanned!(step.span()=> <#ty as __tc::Member<#hash>>);
    (quote_spanned!(step.span()=> #member::Type), quote_spanned!(step.span()=> #member::take(#value)))
}

/// A constant that asks whether the path to the total ends at a number.
fn total_check(response: TokenStream, total: &[Ident]) -> Option<TokenStream> {
    let (last, steps) = total.split_last()?;
    let place = last.span();
    let mut model = response;
    for step in steps {
        (model, _) = through(&model, &TokenStream::new(), step);
    }
    let name = syn::ext::IdentExt::unraw(last).to_string();
    let mut arguments = Group::new(Delimiter::Parenthesis, quote!(<#model as __tc::Inside>::SPEC, #name));
    arguments.set_span(place);
    let total = Ident::new("TOTAL", Span::mixed_site());
    let call = quote_spanned!(place=> __tc::has_number #arguments);
    Some(quote!(const #total: () = #call;))
}
