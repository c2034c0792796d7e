//! The arguments of `#[tc_action(…)]`, and those that `#[tc_model]` and `#[tc_error]` share with it.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitInt, LitStr, Path, Token, Type};

use super::verify_args::VerifyArgs;
use super::{Entry, Key, Keyed, Place, entries, instead, key, set};
use crate::diagnostics::Diagnostics;

/// The arguments of the attribute.
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
    pub(crate) streaming: Option<Keyed<()>>,
    pub(crate) deprecated: Option<Keyed<()>>,
    pub(crate) body: Option<Keyed<Ident>>,
    pub(crate) sign: Option<Keyed<Ident>>,
    pub(crate) unsigned_payload: Option<Keyed<()>>,
    pub(crate) method: Option<Keyed<Ident>>,
    pub(crate) signature: Option<Keyed<Ident>>,
    pub(crate) check: Option<Keyed<Path>>,
    pub(crate) verify: Option<Keyed<VerifyArgs>>,
    pub(crate) krate: Option<Keyed<Path>>,
    /// All keys in the attribute, also those with an invalid value.
    pub(crate) keys: Vec<String>,
    /// All tokens in the parentheses.
    pub(crate) tokens: TokenStream,
}

/// The keys of `page(…)`.
#[derive(Default)]
pub(crate) struct PageArgs {
    pub(crate) offset: Option<Keyed<Ident>>,
    pub(crate) limit: Option<Keyed<Ident>>,
    pub(crate) number: Option<Keyed<Ident>>,
    pub(crate) size: Option<Keyed<Ident>>,
    pub(crate) first: Option<Keyed<LitInt>>,
    pub(crate) token: Option<Keyed<Ident>>,
    pub(crate) next: Option<Keyed<Dotted>>,
    pub(crate) more: Option<Keyed<Dotted>>,
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

/// The keys that an attribute takes.
const ACTION: &[&[Key<ActionArgs>]] = &[NAMED, CALLED, CHECKED, EVERYWHERE];
const MODEL: &[&[Key<ActionArgs>]] = &[NAMED, CHECKED, EVERYWHERE];
const ERROR: &[&[Key<ActionArgs>]] = &[EVERYWHERE];

const NAMED: &[Key<ActionArgs>] = &[key!("name", name, Entry::text)];

const CHECKED: &[Key<ActionArgs>] = &[
    key!("check", check, |entry, errors| entry.path("check = path::to::function", errors)),
    key!("verify", verify, VerifyArgs::of),
];

const EVERYWHERE: &[Key<ActionArgs>] =
    &[key!("crate", krate, |entry, errors| entry.path("crate = path::to::tc_core", errors))];

const CALLED: &[Key<ActionArgs>] = &[
    key!("service", service, Entry::text),
    key!("version", version, Entry::text),
    key!("response", response, |entry, errors| entry.ty("response = TheResponse", errors)),
    key!("error", error, |entry, errors| entry.ty("error = TheErrorCodes", errors)),
    key!("rate", rate, |entry, errors| entry.int("rate = 100", errors)),
    key!("page", page, PageArgs::of),
    key!("idempotent", idempotent, Entry::flag),
    key!("streaming", streaming, Entry::flag),
    key!("deprecated", deprecated, Entry::flag),
    key!("body", body, |entry, errors| entry.parse("body = octet_stream", errors)),
    key!("sign", sign, |entry, errors| entry.parse("sign = skip", errors)),
    key!("unsigned_payload", unsigned_payload, Entry::flag),
    key!("method", method, |entry, errors| entry.parse("method = get", errors)),
    key!("signature", signature, |entry, errors| entry.parse("signature = hmac_sha256", errors)),
];

impl ActionArgs {
    /// The arguments of `#[tc_action]`.
    pub(crate) fn action(tokens: TokenStream, errors: &mut Diagnostics) -> Self {
        Self::of("tc_action", Place::Action, ACTION, tokens, errors)
    }

    /// The arguments of `#[tc_model]`.
    pub(crate) fn model(tokens: TokenStream, errors: &mut Diagnostics) -> Self {
        Self::of("tc_model", Place::Model, MODEL, tokens, errors)
    }

    /// The arguments of `#[tc_error]`.
    pub(crate) fn error(tokens: TokenStream, errors: &mut Diagnostics) -> Self {
        Self::of("tc_error", Place::Error, ERROR, tokens, errors)
    }

    fn of(
        attribute: &str,
        place: Place,
        keys: &[&'static [Key<Self>]],
        tokens: TokenStream,
        errors: &mut Diagnostics,
    ) -> Self {
        let mut args = Self { tokens: tokens.clone(), ..Self::default() };
        for entry in entries(tokens, errors) {
            let key = entry.key.to_string();
            args.keys.push(key.clone());
            if keys.iter().any(|keys| set(keys, &mut args, &entry, errors)) {
                continue;
            }
            if names(ACTION).any(|name| name == key) {
                errors.at(entry.span(), format_args!("`{key}` is a key of #[tc_action], not of #[{attribute}]"));
            } else {
                let hint = instead(place, &key, names(keys));
                // A misspelt key is not also reported as missing.
                args.keys.extend(
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
}

fn names(keys: &[&'static [Key<ActionArgs>]]) -> impl Iterator<Item = &'static str> + Clone {
    keys.iter().flat_map(|keys| keys.iter().map(|key| key.name))
}

/// The keys of `page(…)`.
const PAGE: &[Key<PageArgs>] = &[
    key!("offset", offset, |entry, errors| entry.parse("offset = offset", errors)),
    key!("limit", limit, |entry, errors| entry.parse("limit = limit", errors)),
    key!("number", number, |entry, errors| entry.parse("number = page_number", errors)),
    key!("size", size, |entry, errors| entry.parse("size = page_size", errors)),
    key!("token", token, |entry, errors| entry.parse("token = next_token", errors)),
    key!("first", first, |entry, errors| entry.int("first = 1", errors)),
    key!("next", next, |entry, errors| entry.parse("next = next_token", errors)),
    key!("more", more, |entry, errors| entry.parse("more = has_more", errors)),
    key!("total", total, |entry, errors| entry.parse("total = total_count", errors)),
    key!("items", items, |entry, errors| entry.parse("items = result.list", errors)),
];

impl PageArgs {
    fn of(page: &Entry, errors: &mut Diagnostics) -> Option<Self> {
        let mut args = Self::default();
        for entry in page.group("page(total = total_count, items = …)", errors)? {
            if !set(PAGE, &mut args, &entry, errors) {
                let key = entry.key.to_string();
                let hint = instead(Place::Page, &key, PAGE.iter().map(|key| key.name));
                errors.at(entry.span(), format_args!("`{key}` is not a key of `page`{hint}"));
            }
        }
        Some(args)
    }
}
