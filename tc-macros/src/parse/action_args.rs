//! `#[tc_action(…)]`, and the few keys of it that `#[tc_model]` and `#[tc_error]` share.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitInt, LitStr, Path, Token, Type};

use super::verify_args::VerifyArgs;
use super::{Entry, Key, Keyed, Place, entries, instead, set, set_once};
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
    /// Every key that was written, legible or not.
    pub(crate) written: Vec<String>,
    /// Everything in the parentheses.
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

const NAMED: &[Key<ActionArgs>] =
    &[Key { name: "name", set: |args, entry, errors| set_once(&mut args.name, entry, entry.text(errors), errors) }];

const CHECKED: &[Key<ActionArgs>] = &[
    Key {
        name: "check",
        set: |args, entry, errors| {
            set_once(&mut args.check, entry, entry.path("check = path::to::function", errors), errors);
        },
    },
    Key {
        name: "verify",
        set: |args, entry, errors| set_once(&mut args.verify, entry, VerifyArgs::of(entry, errors), errors),
    },
];

const EVERYWHERE: &[Key<ActionArgs>] = &[Key {
    name: "crate",
    set: |args, entry, errors| {
        set_once(&mut args.krate, entry, entry.path("crate = path::to::tc_core", errors), errors);
    },
}];

const CALLED: &[Key<ActionArgs>] = &[
    Key { name: "service", set: |args, entry, errors| set_once(&mut args.service, entry, entry.text(errors), errors) },
    Key { name: "version", set: |args, entry, errors| set_once(&mut args.version, entry, entry.text(errors), errors) },
    Key {
        name: "response",
        set: |args, entry, errors| {
            set_once(&mut args.response, entry, entry.ty("response = TheResponse", errors), errors);
        },
    },
    Key {
        name: "error",
        set: |args, entry, errors| set_once(&mut args.error, entry, entry.ty("error = TheErrorCodes", errors), errors),
    },
    Key {
        name: "rate",
        set: |args, entry, errors| set_once(&mut args.rate, entry, entry.int("rate = 100", errors), errors),
    },
    Key {
        name: "page",
        set: |args, entry, errors| set_once(&mut args.page, entry, PageArgs::of(entry, errors), errors),
    },
    Key {
        name: "idempotent",
        set: |args, entry, errors| set_once(&mut args.idempotent, entry, entry.flag(errors), errors),
    },
    Key {
        name: "streaming",
        set: |args, entry, errors| set_once(&mut args.streaming, entry, entry.flag(errors), errors),
    },
    Key {
        name: "deprecated",
        set: |args, entry, errors| set_once(&mut args.deprecated, entry, entry.flag(errors), errors),
    },
    Key {
        name: "body",
        set: |args, entry, errors| set_once(&mut args.body, entry, entry.parse("body = octet_stream", errors), errors),
    },
    Key {
        name: "sign",
        set: |args, entry, errors| set_once(&mut args.sign, entry, entry.parse("sign = skip", errors), errors),
    },
    Key {
        name: "unsigned_payload",
        set: |args, entry, errors| set_once(&mut args.unsigned_payload, entry, entry.flag(errors), errors),
    },
    Key {
        name: "method",
        set: |args, entry, errors| set_once(&mut args.method, entry, entry.parse("method = get", errors), errors),
    },
    Key {
        name: "signature",
        set: |args, entry, errors| {
            set_once(&mut args.signature, entry, entry.parse("signature = hmac_sha256", errors), errors);
        },
    },
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
            args.written.push(key.clone());
            if keys.iter().any(|keys| set(keys, &mut args, &entry, errors)) {
                continue;
            }
            if names(ACTION).any(|name| name == key) {
                errors.at(entry.span(), format_args!("`{key}` is a key of #[tc_action], not of #[{attribute}]"));
            } else {
                let hint = instead(place, &key, names(keys));
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
}

fn names(keys: &[&'static [Key<ActionArgs>]]) -> impl Iterator<Item = &'static str> + Clone {
    keys.iter().flat_map(|keys| keys.iter().map(|key| key.name))
}

/// The keys of `page(…)`.
const PAGE: &[Key<PageArgs>] = &[
    Key {
        name: "offset",
        set: |args, entry, errors| set_once(&mut args.offset, entry, entry.parse("offset = offset", errors), errors),
    },
    Key {
        name: "limit",
        set: |args, entry, errors| set_once(&mut args.limit, entry, entry.parse("limit = limit", errors), errors),
    },
    Key {
        name: "number",
        set: |args, entry, errors| {
            set_once(&mut args.number, entry, entry.parse("number = page_number", errors), errors);
        },
    },
    Key {
        name: "size",
        set: |args, entry, errors| set_once(&mut args.size, entry, entry.parse("size = page_size", errors), errors),
    },
    Key {
        name: "token",
        set: |args, entry, errors| set_once(&mut args.token, entry, entry.parse("token = next_token", errors), errors),
    },
    Key {
        name: "first",
        set: |args, entry, errors| set_once(&mut args.first, entry, entry.int("first = 1", errors), errors),
    },
    Key {
        name: "next",
        set: |args, entry, errors| set_once(&mut args.next, entry, entry.parse("next = next_token", errors), errors),
    },
    Key {
        name: "more",
        set: |args, entry, errors| set_once(&mut args.more, entry, entry.parse("more = has_more", errors), errors),
    },
    Key {
        name: "total",
        set: |args, entry, errors| {
            set_once(&mut args.total, entry, entry.parse("total = total_count", errors), errors);
        },
    },
    Key {
        name: "items",
        set: |args, entry, errors| set_once(&mut args.items, entry, entry.parse("items = result.list", errors), errors),
    },
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
