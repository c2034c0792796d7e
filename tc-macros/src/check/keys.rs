//! What to write instead of a key that `#[tc(…)]` on a field does not have: `max = 100` is `range = ..=100` here.

use quote::ToTokens;
use syn::Expr;

use crate::diagnostics::Diagnostics;
use crate::model::{Kind, Look, tight};
use crate::parse::{Entry, FieldArgs, nearest_or_all, number, plain};

/// Reports every unknown key of a field. Keys that say one thing together, such as `min` and `max`, are one mistake.
pub(crate) fn unknown(args: &FieldArgs, look: Option<&Look>, ty: &syn::Type, errors: &mut Diagnostics) {
    let mut limits: Vec<Limit<'_>> = Vec::new();
    for entry in &args.unknown {
        let key = plain(&entry.key.to_string());
        let Some((aim, side)) = limit_of(&key) else {
            let advice = advice(&key, entry, look, ty).unwrap_or_else(|| {
                let hint = nearest_or_all(&entry.key.to_string(), FieldArgs::keys());
                hint.strip_prefix("; ").unwrap_or(&hint).to_owned()
            });
            report(&[entry], &advice, errors);
            continue;
        };
        let found = match limits.iter().position(|limit| limit.aim == aim) {
            Some(found) => found,
            None => {
                limits.push(Limit { aim, entries: Vec::new(), ends: Ends::default() });
                limits.len() - 1
            }
        };
        limits[found].entries.push(entry);
        limits[found].ends.take(side, entry);
    }
    for limit in limits {
        let ends = limit.ends.range();
        let advice = match limit.aim.key(look) {
            Some("items" | "length") if limit.aim == Aim::Length && is_list_of_text(look) => {
                format!("write `items = {ends}` for the number of items, `length = {ends}` for the characters of each")
            }
            Some(key) => format!("write `{key} = {ends}`"),
            None => format!(
                "write `range = {ends}` for a number, `length = {ends}` for a text, `items = {ends}` for a list"
            ),
        };
        report(&limit.entries, &advice, errors);
    }
}

fn report(entries: &[&Entry], advice: &str, errors: &mut Diagnostics) {
    let [first, ..] = entries else { return };
    let keys: Vec<String> = entries.iter().map(|entry| format!("`{}`", entry.key)).collect();
    let are = if keys.len() == 1 { "is not a key" } else { "are not keys" };
    let advice = if advice.is_empty() { String::new() } else { format!("; {advice}") };
    errors.at(first.span(), format_args!("{} {are} of #[tc] on a field{advice}", keys.join(", ")));
}

/// A limit under other names.
struct Limit<'a> {
    aim: Aim,
    entries: Vec<&'a Entry>,
    ends: Ends,
}

/// What a key limits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// Whatever the field is: a number, the characters of a text, the items of a list.
    Any,
    Length,
    Items,
}

/// Which end of the range a key gives.
#[derive(Clone, Copy)]
enum Side {
    Min,
    Above,
    Max,
    Below,
    /// Both ends, or a number alone, which is the most that is accepted.
    Whole,
}

fn limit_of(key: &str) -> Option<(Aim, Side)> {
    // A misspelt `items` is better served by "did you mean".
    if key == "item" {
        return None;
    }
    let (aim, key) = if let Some(key) = without(key, &["length", "len"]) {
        (Aim::Length, key)
    } else if let Some(key) = without(key, &["characters", "chars"]).filter(|rest| !rest.is_empty()) {
        (Aim::Length, key)
    } else if let Some(key) = without(key, &["items", "item", "count", "elements"]) {
        (Aim::Items, key)
    } else {
        (Aim::Any, without(key, &["value", "size", "bound"]).filter(|rest| !rest.is_empty()).unwrap_or(key))
    };
    let side = match key {
        "min" | "minimum" | "gte" | "ge" | "atleast" | "from" | "lower" => Side::Min,
        "gt" | "above" | "exclusivemin" | "exclusiveminimum" => Side::Above,
        "max" | "maximum" | "lte" | "le" | "atmost" | "upto" | "upper" => Side::Max,
        "lt" | "below" | "exclusivemax" | "exclusivemaximum" => Side::Below,
        "" => Side::Whole,
        "between" | "bounds" | "interval" | "limit" | "limits" | "size" | "within" if aim == Aim::Any => Side::Whole,
        _ => return None,
    };
    Some((aim, side))
}

/// `min` of `minlength` or `lengthmin`, empty for `length` itself.
fn without<'a>(key: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| key.strip_suffix(word).or_else(|| key.strip_prefix(word)))
}

impl Aim {
    /// The key that limits this in a field that looks like `look`; none where the tokens do not tell.
    fn key(self, look: Option<&Look>) -> Option<&'static str> {
        match (self, look) {
            (Self::Items, _) => Some("items"),
            (_, Some(look)) if look.shape.is_list() => Some("items"),
            (Self::Length, _) => Some("length"),
            (Self::Any, Some(look)) => match look.kind {
                Kind::Integer | Kind::Float => Some("range"),
                Kind::Text => Some("length"),
                _ => None,
            },
            (Self::Any, None) => None,
        }
    }
}

fn is_list_of_text(look: Option<&Look>) -> bool {
    look.is_some_and(|look| look.shape.is_list() && look.kind == Kind::Text)
}

/// The ends of a range as they were written under other keys.
#[derive(Default)]
struct Ends {
    start: Option<String>,
    end: Option<String>,
    /// A range that was written as one.
    range: Option<String>,
}

impl Ends {
    fn take(&mut self, side: Side, entry: &Entry) {
        for inner in entry.inside() {
            if let Some((Aim::Any, side)) = limit_of(&plain(&inner.key.to_string())) {
                self.take(side, &inner);
            }
        }
        let expr = entry.equals().and_then(|tokens| syn::parse2::<Expr>(tokens.clone()).ok());
        let number = expr.and_then(|expr| {
            let text = expr.to_token_stream().to_string().replace(' ', "");
            if matches!(expr, Expr::Range(_)) {
                self.range = Some(text);
                return None;
            }
            number(&expr).map(|_| text)
        });
        let number = match (number, side) {
            (Some(number), _) => number,
            // No literal: an example of the form.
            (None, Side::Max | Side::Below) if self.range.is_none() && self.end.is_none() => "100".to_owned(),
            (None, _) => return,
        };
        match side {
            Side::Min => self.start = Some(format!("{number}..")),
            // Counts and most limits are integers; of another number the end itself is named.
            Side::Above => self.start = Some(format!("{}..", next(&number))),
            Side::Max | Side::Whole => self.end = Some(format!("={number}")),
            Side::Below => self.end = Some(number),
        }
    }

    fn range(&self) -> String {
        match (&self.range, &self.start, &self.end) {
            (Some(range), ..) => range.clone(),
            (None, None, None) => "1..=100".to_owned(),
            (None, None, Some(end)) => format!("..{end}"),
            (None, Some(start), end) => format!("{start}{}", end.as_deref().unwrap_or_default()),
        }
    }
}

fn next(number: &str) -> String {
    number
        .parse::<i128>()
        .ok()
        .and_then(|number| number.checked_add(1))
        .map_or(number.to_owned(), |next| next.to_string())
}

/// Whether a key means `binary`, so that the type is read as that of bytes.
pub(crate) fn means_binary(args: &FieldArgs) -> bool {
    args.unknown.iter().any(|entry| BINARY.contains(&plain(&entry.key.to_string()).as_str()))
}

const BINARY: [&str; 6] = ["bytes", "base64", "blob", "file", "upload", "raw"];

/// What to write for a key that is no limit of a range.
fn advice(key: &str, entry: &Entry, look: Option<&Look>, ty: &syn::Type) -> Option<String> {
    let advice = match key {
        "regex" | "regexp" | "pattern" | "matches" | "format" => {
            "write the accepted characters as in `charset = \"A-Za-z0-9-\"`, or a function as in \
             `check = path::to::function` in the attribute on the struct"
                .to_owned()
        }
        "alphabet" | "letters" | "chars" | "characters" | "allowedchars" | "allowedcharacters" => {
            format!("write `charset = {}`", text(entry, "A-Za-z0-9-"))
        }
        "optional" | "option" | "nullable" | "null" | "skipserializingif" => {
            let ty = tight(&ty.to_token_stream().to_string());
            if ty.starts_with("Option") || ty.starts_with("Vec") {
                format!("remove it: a field of type `{ty}` is already optional")
            } else {
                format!("remove it and write the type `Option<{ty}>`")
            }
        }
        "enum" | "enums" | "enumeration" | "oneof" | "anyof" | "value" | "allowed" | "allowedvalues" | "choices"
        | "variants" | "in" => {
            "write `values = [\"…\", \"…\"]`, or make an enum with #[tc_model] the type of the field".to_owned()
        }
        "rename" | "wire" | "wirename" | "alias" | "key" | "param" | "parameter" | "field" | "as" => {
            format!("write `name = {}`", text(entry, "…"))
        }
        "secret" | "redact" | "redacted" | "private" | "password" | "confidential" | "hide" | "hidden" | "masked" => {
            "write `sensitive`".to_owned()
        }
        key if BINARY.contains(&key) => "write `binary`, on a field of type `Bytes` or `Vec<u8>`".to_owned(),
        "mandatory" | "must" | "need" | "needed" | "nonnull" | "notnull" => required(look),
        "nonempty" | "notempty" => match look {
            Some(look) if look.shape.is_list() => "write `items = 1..`".to_owned(),
            _ => "write `length = 1..`".to_owned(),
        },
        "defaultvalue" | "initial" | "fallback" => {
            let value = entry.equals().map_or_else(|| "…".to_owned(), ToString::to_string);
            format!("write `default = {value}`")
        }
        "doc" | "docs" | "desc" | "description" | "comment" | "help" => "write a doc comment: `/// …`".to_owned(),
        "unique" | "validate" | "validator" | "custom" | "check" | "func" | "function" => {
            "write `check = path::to::function` in the attribute on the struct".to_owned()
        }
        "skip" | "ignore" | "flatten" | "with" | "serializewith" | "deserializewith" => {
            "remove it: every field is a parameter, and its type decides how it is encoded".to_owned()
        }
        _ => return None,
    };
    Some(advice)
}

fn required(look: Option<&Look>) -> String {
    match look {
        Some(look) if !look.shape.is_list() => {
            "remove it: a field is required unless it is an `Option` or a `Vec`".to_owned()
        }
        _ => "write `required`".to_owned(),
    }
}

/// The text given under the key, or an example of one.
fn text(entry: &Entry, example: &str) -> String {
    let given = entry.equals().filter(|tokens| syn::parse2::<syn::LitStr>((*tokens).clone()).is_ok());
    given.map_or_else(|| format!("\"{example}\""), ToString::to_string)
}
