//! Writes `impl Action`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Action, Struct};
use crate::tokens::variant;

pub(crate) fn impls(model: &Struct, action: &Action) -> TokenStream {
    let ident = &model.item.ident;
    let Action { service, version, response, error, .. } = action;
    let name = &model.name;
    let response_type = if action.explicit_response {
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
        steps.extend(super::page_impl::spec(page));
    }
    if let Some(body) = action.body {
        let body = variant(body);
        steps.extend(quote!(.body(__tc::BodyForm::#body)));
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
        let method = variant(method);
        steps.extend(quote!(.method(__tc::Method::#method)));
    }
    if let Some(signature) = action.signature {
        let signature = variant(signature);
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
            type Response = #response_type;
            type Error = #error;
        }
    };
    if let Some(page) = &action.page {
        tokens.extend(super::page_impl::paged(model, page));
    } else if action.invalid_page {
        tokens.extend(super::page_impl::invalid(ident));
    }
    tokens
}
