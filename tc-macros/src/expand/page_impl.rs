//! `impl Paged`: how an action pages.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;
use syn::ext::IdentExt;

use crate::model::{Choice, Page, PageForm, Struct};
use crate::tokens::{at, hash, local, optional};

/// `.page(…)` of the spec.
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

/// A path as the spec has it.
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
            let check = check(ident, total, "check_total", "TOTAL");
            let total = path(total);
            quote! {
                #check
                __tc::total(#response, #total)
            }
        }
    };
    let get = |choice: Option<&Choice>| match choice {
        None => quote!(__tc::Option::None),
        Some(Choice { field, .. }) => quote!(__tc::Number::get(&self.#field)),
    };
    let set = |choice: Option<&Choice>, number: &Ident| {
        choice.map(|Choice { field, .. }| quote!(__tc::Number::set(&mut self.#field, #number);))
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

/// How a token of one response gets into the next request.
fn by_token(ident: &Ident, token: &Choice, next: &[Ident], more: Option<&[Ident]>, response: &Ident) -> TokenStream {
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

/// Beside the error about `page(…)`: paging that has no items, so that nothing is reported where the action is paged.
pub(super) fn refused(ident: &Ident) -> TokenStream {
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

/// The type and the value one step further.
fn through(ty: &TokenStream, value: &TokenStream, step: &Ident) -> (TokenStream, TokenStream) {
    let hash = hash(&syn::ext::IdentExt::unraw(step).to_string());
    // At the name, so that a response without it is shown there.
    let ty = at(ty, step.span());
    let member = quote_spanned!(step.span()=> <#ty as __tc::Member<#hash>>);
    (quote_spanned!(step.span()=> #member::Type), quote_spanned!(step.span()=> #member::take(#value)))
}

/// A constant that asks `question` of the member at the end of a path into the response.
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
