//! Checks the keys of `#[tc_action]`.

use proc_macro2::Ident;
use quote::{format_ident, quote};
use syn::LitStr;
use tc_spec::names;

use crate::diagnostics::Diagnostics;
use crate::model::{Action, Struct};
use crate::parse::{ActionArgs, Keyed};

/// Checks `args` as those of the action `model`.
pub(crate) fn action(args: &ActionArgs, model: &Struct, errors: &mut Diagnostics) -> Action {
    let accepted = "the first label of the service's host in lower case, such as `cvm`";
    let service = name(args, args.service.as_ref(), "service = \"cvm\"", names::is_service, accepted, model, errors);
    let accepted = "a date such as `2017-03-12`";
    let version =
        name(args, args.version.as_ref(), "version = \"2017-03-12\"", names::is_version, accepted, model, errors);
    if args.name.is_none() && !names::is_action(&model.name) {
        let message = format!(
            "`{}` is not a valid name of an action; add `name = \"…\"` with letters, digits and `_` and a capital first",
            model.name
        );
        errors.error(&model.item.ident, message);
    }
    let krate = &model.krate;
    let response = match &args.response {
        Some(response) => {
            let response = &response.value;
            quote!(#response)
        }
        None => {
            let response = format_ident!("{}Response", model.item.ident);
            quote!(#response)
        }
    };
    let error = match &args.error {
        Some(error) => {
            let error = &error.value;
            quote!(#error)
        }
        None => quote!(#krate::ErrorCode),
    };
    let rate = args.rate.as_ref().and_then(|rate| match rate.value.base10_parse::<u32>() {
        Ok(0) | Err(_) => {
            let message =
                format!("invalid rate `{}`: write the documented calls per second, a whole number from 1", rate.value);
            errors.error(&rate.value, message);
            None
        }
        Ok(rate) => Some(rate),
    });
    let octet_stream = word(args.body.as_ref(), "octet_stream", errors);
    let binary = model.fields.iter().filter(|field| field.binary).count();
    if let (true, Some(body)) = (octet_stream && binary != 1, &args.body) {
        errors.at(
            body.key.span(),
            "`body = octet_stream` sends one binary parameter as the body: mark exactly one field with `#[tc(binary)]`",
        );
    }
    let skip_sign = word(args.sign.as_ref(), "skip", errors);
    if let (true, Some(unsigned)) = (skip_sign, &args.unsigned_payload) {
        errors.at(unsigned.key.span(), "`sign = skip` signs nothing, so `unsigned_payload` has no effect; remove it");
    }
    let page = args.page.as_ref().and_then(|page| super::page::page(page, model, errors));
    Action {
        service,
        version,
        response,
        explicit_response: args.response.is_some(),
        error,
        rate,
        invalid_page: args.page.is_some() && page.is_none(),
        page,
        octet_stream,
        skip_sign,
        unsigned_payload: args.unsigned_payload.is_some(),
        method: one_of(args.method.as_ref(), &METHODS, errors),
        signature: one_of(args.signature.as_ref(), &SIGNATURES, errors),
        idempotent: args.idempotent.is_some(),
        streaming: args.streaming.is_some(),
        deprecated: args.deprecated.is_some(),
    }
}

/// The text of a required key.
fn name(
    args: &ActionArgs,
    written: Option<&Keyed<LitStr>>,
    form: &str,
    valid: fn(&str) -> bool,
    accepted: &str,
    model: &Struct,
    errors: &mut Diagnostics,
) -> String {
    let key = form.split(' ').next().unwrap_or(form);
    match written {
        Some(written) => {
            let text = written.value.value();
            if !valid(&text) {
                errors.error(&written.value, format_args!("invalid {key} \"{text}\": write {accepted}"));
            }
            text
        }
        None => {
            if !args.keys.iter().any(|written| written == key) {
                let message = format!("`{key}` is missing: write `{form}`");
                if args.tokens.is_empty() {
                    errors.error(&model.item.ident, message);
                } else {
                    errors.error(&args.tokens, message);
                }
            }
            String::new()
        }
    }
}

/// The accepted values of a key, each with its variant.
const METHODS: [(&str, &str); 2] = [("get", "Get"), ("post", "Post")];
const SIGNATURES: [(&str, &str); 3] = [("tc3", "Tc3"), ("hmac_sha1", "HmacSha1"), ("hmac_sha256", "HmacSha256")];

fn one_of(
    key: Option<&Keyed<Ident>>,
    words: &[(&'static str, &'static str)],
    errors: &mut Diagnostics,
) -> Option<&'static str> {
    let written = &key?.value;
    let variant = words.iter().find(|(word, _)| written == word).map(|(_, variant)| *variant);
    if variant.is_none() {
        let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let words = words.join("` or `");
        errors.error(written, format_args!("`{written}` is not a value of `{}`; write `{words}`", key?.key));
    }
    variant
}

/// Returns whether the key is given. Its value must be `known`.
fn word(written: Option<&Keyed<Ident>>, known: &str, errors: &mut Diagnostics) -> bool {
    let Some(written) = written else { return false };
    if written.value != known {
        let Keyed { key, value } = written;
        errors.error(
            value,
            format_args!("`{value}` is not a value of `{key}`; write `{key} = {known}`, or remove `{key}`"),
        );
    }
    true
}
