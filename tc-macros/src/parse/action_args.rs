//! `#[tc_action(…)]`, and the few keys of it that `#[tc_model]` and `#[tc_error]` share.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitInt, LitStr, Path, Token, Type};

use super::{Entry, Keyed, Place, entries, instead, set_once};
use crate::diagnostics::Diagnostics;

/// What stands in the parentheses of the attribute.
#[derive(Default)]
pub(crate) struct ActionArgs {
    pub(crate) service: Option<Keyed<LitStr>>,
    pub(crate) version: Option<Keyed<LitStr>>,
    pub(crate) name: Option<Keyed<LitStr>>,
    pub(crate) response: Option<Keyed<Type>>,
    pub(crate) error: Option<Keyed<Type>>,
    pub(crate) rate: Option<Keyed<LitInt>>,
    pub(crate) page: Option<Keyed<PageArgs>>,
    pub(crate) idempotent: Option<Keyed<()>>,
    pub(crate) body: Option<Keyed<Ident>>,
    pub(crate) sign: Option<Keyed<Ident>>,
    pub(crate) unsigned_payload: Option<Keyed<()>>,
    pub(crate) method: Option<Keyed<Ident>>,
    pub(crate) signature: Option<Keyed<Ident>>,
    pub(crate) check: Option<Keyed<Path>>,
    pub(crate) krate: Option<Keyed<Path>>,
    /// Every key that was written, legible or not.
    pub(crate) written: Vec<String>,
    /// Everything in the parentheses.
    pub(crate) tokens: TokenStream,
}

/// The keys of `page(…)`.
#[derive(Default)]
pub(crate) struct PageArgs {
    pub(crate) total: Option<Keyed<Dotted>>,
    pub(crate) items: Option<Keyed<Dotted>>,
}

/// A path of fields: `result.list`.
pub(crate) struct Dotted(pub(crate) Vec<Ident>);

impl Parse for Dotted {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut fields = vec![input.parse()?];
        while input.peek(Token![.]) {
            input.parse::<Token![.]>()?;
            fields.push(input.parse()?);
        }
        Ok(Self(fields))
    }
}

impl ActionArgs {
    const ACTION: [&str; 15] = [
        "service",
        "version",
        "name",
        "response",
        "error",
        "rate",
        "page",
        "idempotent",
        "body",
        "sign",
        "unsigned_payload",
        "method",
        "signature",
        "check",
        "crate",
    ];
    const MODEL: [&str; 3] = ["name", "check", "crate"];
    const ERROR: [&str; 1] = ["crate"];

    /// The arguments of `#[tc_action]`.
    pub(crate) fn action(tokens: TokenStream, errors: &mut Diagnostics) -> Self {
        Self::of("tc_action", Place::Action, &Self::ACTION, tokens, errors)
    }

    /// The arguments of `#[tc_model]`.
    pub(crate) fn model(tokens: TokenStream, errors: &mut Diagnostics) -> Self {
        Self::of("tc_model", Place::Model, &Self::MODEL, tokens, errors)
    }

    /// The arguments of `#[tc_error]`.
    pub(crate) fn error(tokens: TokenStream, errors: &mut Diagnostics) -> Self {
        Self::of("tc_error", Place::Error, &Self::ERROR, tokens, errors)
    }

    fn of(attribute: &str, place: Place, keys: &[&str], tokens: TokenStream, errors: &mut Diagnostics) -> Self {
        let mut args = Self { tokens: tokens.clone(), ..Self::default() };
        for entry in entries(tokens, errors) {
            let key = entry.key.to_string();
            args.written.push(key.clone());
            if keys.contains(&key.as_str()) {
                args.set(&entry, errors);
            } else if Self::ACTION.contains(&key.as_str()) {
                errors.at(entry.span(), format_args!("`{key}` belongs to #[tc_action], not to #[{attribute}]"));
            } else {
                let hint = instead(place, &key, keys);
                // The key that was meant is not missing as well.
                args.written.extend(
                    ["service", "version"]
                        .into_iter()
                        .filter(|key| hint.contains(&format!("`{key}")))
                        .map(str::to_owned),
                );
                errors.at(entry.span(), format_args!("`{key}` is not a key of #[{attribute}]{hint}"));
            }
        }
        args
    }

    fn set(&mut self, entry: &Entry, errors: &mut Diagnostics) {
        match entry.key.to_string().as_str() {
            "service" => set_once(&mut self.service, entry, entry.text(errors), errors),
            "version" => set_once(&mut self.version, entry, entry.text(errors), errors),
            "name" => set_once(&mut self.name, entry, entry.text(errors), errors),
            "response" => set_once(&mut self.response, entry, entry.ty("response = TheResponse", errors), errors),
            "error" => set_once(&mut self.error, entry, entry.ty("error = TheErrorCodes", errors), errors),
            "rate" => set_once(&mut self.rate, entry, entry.int("rate = 100", errors), errors),
            "page" => set_once(&mut self.page, entry, PageArgs::of(entry, errors), errors),
            "idempotent" => set_once(&mut self.idempotent, entry, entry.flag(errors), errors),
            "body" => set_once(&mut self.body, entry, entry.parse("body = octet_stream", errors), errors),
            "sign" => set_once(&mut self.sign, entry, entry.parse("sign = skip", errors), errors),
            "unsigned_payload" => set_once(&mut self.unsigned_payload, entry, entry.flag(errors), errors),
            "method" => set_once(&mut self.method, entry, entry.parse("method = get", errors), errors),
            "signature" => set_once(&mut self.signature, entry, entry.parse("signature = hmac_sha256", errors), errors),
            "check" => set_once(&mut self.check, entry, entry.path("check = path::to::function", errors), errors),
            _ => set_once(&mut self.krate, entry, entry.path("crate = path::to::tc_core", errors), errors),
        }
    }
}

impl PageArgs {
    fn of(page: &Entry, errors: &mut Diagnostics) -> Option<Self> {
        let mut args = Self::default();
        for entry in page.group("page(total = total_count, items = …)", errors)? {
            match entry.key.to_string().as_str() {
                "total" => set_once(&mut args.total, &entry, entry.parse("total = total_count", errors), errors),
                "items" => set_once(&mut args.items, &entry, entry.parse("items = result.list", errors), errors),
                key => {
                    let hint = instead(Place::Page, key, &["total", "items"]);
                    errors.at(entry.span(), format_args!("`{key}` is not a key of `page`{hint}"));
                }
            }
        }
        Some(args)
    }
}
