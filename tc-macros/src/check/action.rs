//! Checks the keys of `#[tc_action]`.

use proc_macro2::Ident;
use quote::{format_ident, quote};
use syn::LitStr;
use tc_spec::{BodyForm, Method, SignatureMethod, names};

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
    let body = one_of(args.body.as_ref(), &BODIES, errors);
    let binary = model.fields.iter().filter(|field| field.binary).count();
    if let (Some(BodyForm::OctetStream), Some(written)) = (body, &args.body)
        && binary != 1
    {
        errors.at(
            written.key.span(),
            "`body = octet_stream` sends one binary parameter as the body: mark exactly one field with `#[tc(binary)]`",
        );
    }
    let skip_sign = one_of(args.sign.as_ref(), &SIGN, errors).is_some();
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
        body,
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

/// The accepted values of a key, each with what it means.
const BODIES: [(&str, BodyForm); 1] = [("octet_stream", BodyForm::OctetStream)];
const SIGN: [(&str, ()); 1] = [("skip", ())];
const METHODS: [(&str, Method); 2] = [("get", Method::Get), ("post", Method::Post)];
const SIGNATURES: [(&str, SignatureMethod); 3] = [
    ("tc3", SignatureMethod::Tc3),
    ("hmac_sha1", SignatureMethod::HmacSha1),
    ("hmac_sha256", SignatureMethod::HmacSha256),
];

fn one_of<T: Copy>(key: Option<&Keyed<Ident>>, words: &[(&str, T)], errors: &mut Diagnostics) -> Option<T> {
    let Keyed { key, value } = key?;
    let found = words.iter().find(|(word, _)| value == word).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let advice = match words {
            [(word, _)] => format!("`{key} = {word}`, or remove `{key}`"),
            _ => format!("`{}`", words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join("` or `")),
        };
        errors.error(value, format_args!("`{value}` is not a value of `{key}`; write {advice}"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written<T>(
        key: &'static str,
        words: &'static [(&str, T)],
    ) -> impl Iterator<Item = (&'static str, &'static str)> {
        words.iter().map(move |(word, _)| (key, *word))
    }

    #[test]
    fn every_value_of_a_key_is_in_the_documentation() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tc-core/docs/tc_action.md");
        let document = std::fs::read_to_string(path).expect("the documentation of tc_action");
        let all = written("body", &BODIES).chain(written("sign", &SIGN)).chain(written("method", &METHODS));
        for (key, word) in all.chain(written("signature", &SIGNATURES)) {
            let is_shown =
                [format!("`{key} = {word}`"), format!("`{word}`")].iter().any(|text| document.contains(text));
            assert!(is_shown, "`{key} = {word}` is not in {path}");
        }
    }
}
