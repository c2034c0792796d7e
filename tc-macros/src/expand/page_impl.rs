//! Writes `impl Paged` and the paging part of the spec.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;
use syn::ext::IdentExt;

use crate::model::{Page, PageForm, PageParam, Struct};
use crate::tokens::{hash, local, optional, with_span};

/// Writes `.page(…)` of the spec.
pub(super) fn spec(page: &Page) -> TokenStream {
    let form = match &page.form {
        PageForm::Offset { offset, limit } => {
            let (offset, limit) = (&offset.wire, &limit.wire);
            quote!(Offset { offset: #offset, limit: #limit })
        }
        PageForm::Number { number, size, first } => {
            let (number, size) = (&number.wire, &size.wire);
            quote!(Number { number: #number, size: #size, first: #first })
        }
        PageForm::Token { token, next, more, size } => {
            let (token, next) = (&token.wire, path(next));
            let more = optional(more.as_deref().map(path));
            let size = optional(size.as_ref().map(|size| {
                let wire = &size.wire;
                quote!(#wire)
            }));
            quote!(Token { token: #token, next: #next, more: #more, size: #size })
        }
    };
    let items = path(&page.items);
    let total = optional(page.total.as_deref().map(path));
    quote! {
        .page(__tc::PageSpec {
            form: __tc::PageForm::#form,
            total: #total,
            items: #items,
        })
    }
}

/// A path of fields as a constant.
fn path(steps: &[Ident]) -> TokenStream {
    let steps = steps.iter().map(|step| step.unraw().to_string());
    quote!(&[#(#steps),*])
}

pub(super) fn paged(model: &Struct, page: &Page) -> TokenStream {
    let ident = &model.item.ident;
    let Page { form, total, items } = page;
    let (from, most, response) = (local("offset"), local("limit"), local("response"));
    let (mut list, mut taken) = (quote!(<#ident as __tc::Action>::Response), quote!(#response));
    for step in items {
        (list, taken) = through(&list, &taken, step);
    }
    let items_path = path(items);
    let count = quote!(__tc::count(#response, #items_path));
    // All tokens have the span of the last step, so that the compiler reports a wrong path once and there.
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
            let check = check(ident, total, "check_total", "TOTAL");
            let total = path(total);
            quote! {
                #check
                __tc::total(#response, #total)
            }
        }
    };
    let get = |page_param: Option<&PageParam>| match page_param {
        None => quote!(__tc::Option::None),
        Some(PageParam { field, .. }) => quote!(__tc::Number::get(&self.#field)),
    };
    let set = |page_param: Option<&PageParam>, number: &Ident| {
        page_param.map(|PageParam { field, .. }| quote!(__tc::Number::set(&mut self.#field, #number);))
    };
    let (counted, size, tokens) = match form {
        PageForm::Offset { offset: counted, limit: size } | PageForm::Number { number: counted, size, .. } => {
            (Some(counted), Some(size), None)
        }
        PageForm::Token { token, next, more, size } => (None, size.as_ref(), Some((token, next, more))),
    };
    let (get_from, get_most) = (get(counted), get(size));
    let (set_from, set_most) = (set(counted, &from), set(size, &most));
    let unused = counted.is_none().then(|| quote!(let _ = #from;));
    let unused_size = size.is_none().then(|| quote!(let _ = #most;));
    let tokens = tokens.map(|(token, next, more)| by_token(ident, token, next, more.as_deref(), &response));
    quote! {
        #[automatically_derived]
        impl __tc::Paged for #ident {
            type Item = #item;

            #[inline]
            fn window(&self) -> (__tc::Option<u64>, __tc::Option<u64>) {
                (#get_from, #get_most)
            }

            #[inline]
            fn set_window(&mut self, #from: u64, #most: u64) {
                #unused
                #unused_size
                #set_from
                #set_most
            }

            #tokens

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

/// Writes the methods that copy the token of a response to the next request.
fn by_token(ident: &Ident, token: &PageParam, next: &[Ident], more: Option<&[Ident]>, response: &Ident) -> TokenStream {
    let text = local("token");
    let field = &token.field;
    let next_check = check(ident, next, "check_next", "NEXT");
    let more_check = more.map(|more| check(ident, more, "check_more", "MORE"));
    let (next, more) = (path(next), optional(more.map(path)));
    quote! {
        #[inline]
        fn set_token(&mut self, #text: &str) {
            __tc::PageToken::set(&mut self.#field, #text);
        }

        #[inline]
        fn next_token(#response: &Self::Response) -> __tc::Option<__tc::String> {
            #next_check
            #more_check
            __tc::next_token(#response, #next, #more)
        }
    }
}

/// Writes `impl Paged` without items for an invalid `page(…)`, so that code that pages through the action has no second
/// error.
pub(super) fn invalid(ident: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl __tc::Paged for #ident {
            type Item = __tc::Refused;

            fn window(&self) -> (__tc::Option<u64>, __tc::Option<u64>) {
                (__tc::Option::None, __tc::Option::None)
            }

            fn set_window(&mut self, _: u64, _: u64) {}

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

/// The type and the value after one more step of the path.
fn through(ty: &TokenStream, value: &TokenStream, step: &Ident) -> (TokenStream, TokenStream) {
    let hash = hash(&syn::ext::IdentExt::unraw(step).to_string());
    // The compiler reports a missing field at its name.
    let ty = with_span(ty, step.span());
    let member = quote_spanned!(step.span()=> <#ty as __tc::Member<#hash>>);
    (quote_spanned!(step.span()=> #member::Type), quote_spanned!(step.span()=> #member::take(#value)))
}

/// Writes a constant that calls `function` for the member at the end of a path into the response.
fn check(ident: &Ident, path: &[Ident], question: &str, name: &str) -> Option<TokenStream> {
    let (last, steps) = path.split_last()?;
    let place = last.span();
    let mut model = quote!(<#ident as __tc::Action>::Response);
    for step in steps {
        (model, _) = through(&model, &TokenStream::new(), step);
    }
    let field = last.unraw().to_string();
    let mut arguments = Group::new(Delimiter::Parenthesis, quote!(<#model as __tc::Nested>::SPEC, #field));
    arguments.set_span(place);
    let (name, question) = (Ident::new(name, Span::mixed_site()), Ident::new(question, place));
    let call = quote_spanned!(place=> __tc::#question #arguments);
    Some(quote!(const #name: () = #call;))
}
