//! Advice for unknown keys of `#[tc(…)]` on a field: `range = ..=100` for `max = 100`.

use quote::ToTokens;
use syn::Expr;

use crate::diagnostics::Diagnostics;
use crate::model::{FieldType, Kind};
use crate::parse::{Entry, FieldArgs, nearest_or_all, number, plain};
use crate::tokens::compact;

/// Reports the unknown keys of a field. Keys that belong together, such as `min` and `max`, are one error.
pub(crate) fn unknown(args: &FieldArgs, field_type: Option<&FieldType>, ty: &syn::Type, errors: &mut Diagnostics) {
    let mut limits: Vec<Limit<'_>> = Vec::new();
    for entry in &args.unknown {
        let key = plain(&entry.key.to_string());
        let Some((quantity, side)) = limit_of(&key) else {
            let advice = advice(&key, entry, field_type, ty).unwrap_or_else(|| {
                let hint = nearest_or_all(&entry.key.to_string(), FieldArgs::keys());
                hint.strip_prefix("; ").unwrap_or(&hint).to_owned()
            });
            report(&[entry], &advice, errors);
            continue;
        };
        let found = match limits.iter().position(|limit| limit.quantity == quantity) {
            Some(found) => found,
            None => {
                limits.push(Limit { quantity, entries: Vec::new(), ends: Ends::default() });
                limits.len() - 1
            }
        };
        limits[found].entries.push(entry);
        limits[found].ends.take(side, entry);
    }
    for limit in limits {
        let ends = limit.ends.range();
        let advice = match limit.quantity.key(field_type) {
            Some("items" | "length") if limit.quantity == Quantity::Length && is_list_of_text(field_type) => {
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

/// A limit written with other keys.
struct Limit<'a> {
    quantity: Quantity,
    entries: Vec<&'a Entry>,
    ends: Ends,
}

/// What a key limits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quantity {
    /// Depends on the type: the number, the characters of a text, or the items of a list.
    Any,
    Length,
    Items,
}

/// The end of the range that a key sets.
#[derive(Clone, Copy)]
enum RangeEnd {
    Min,
    Above,
    Max,
    Below,
    /// Both ends, or a single number, which is the maximum.
    Whole,
}

fn limit_of(key: &str) -> Option<(Quantity, RangeEnd)> {
    // For this misspelt `items`, "did you mean" is better advice.
    if key == "item" {
        return None;
    }
    let (quantity, key) = if let Some(key) = strip_word(key, &["length", "len"]) {
        (Quantity::Length, key)
    } else if let Some(key) = strip_word(key, &["characters", "chars"]).filter(|rest| !rest.is_empty()) {
        (Quantity::Length, key)
    } else if let Some(key) = strip_word(key, &["items", "item", "count", "elements"]) {
        (Quantity::Items, key)
    } else {
        (Quantity::Any, strip_word(key, &["value", "size", "bound"]).filter(|rest| !rest.is_empty()).unwrap_or(key))
    };
    let side = match key {
        "min" | "minimum" | "gte" | "ge" | "atleast" | "from" | "lower" => RangeEnd::Min,
        "gt" | "above" | "exclusivemin" | "exclusiveminimum" => RangeEnd::Above,
        "max" | "maximum" | "lte" | "le" | "atmost" | "upto" | "upper" => RangeEnd::Max,
        "lt" | "below" | "exclusivemax" | "exclusivemaximum" => RangeEnd::Below,
        "" => RangeEnd::Whole,
        "between" | "bounds" | "interval" | "limit" | "limits" | "size" | "within" if quantity == Quantity::Any => {
            RangeEnd::Whole
        }
        _ => return None,
    };
    Some((quantity, side))
}

/// The rest of a key without one of `words`: `min` for `minlength` and `lengthmin`, empty for `length`.
fn strip_word<'a>(key: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| key.strip_suffix(word).or_else(|| key.strip_prefix(word)))
}

impl Quantity {
    /// The key for this limit in a field of type `field_type`; `None` if the tokens do not show it.
    fn key(self, field_type: Option<&FieldType>) -> Option<&'static str> {
        match (self, field_type) {
            (Self::Items, _) => Some("items"),
            (_, Some(field_type)) if field_type.shape.is_list() => Some("items"),
            (Self::Length, _) => Some("length"),
            (Self::Any, Some(field_type)) => match field_type.kind {
                Kind::Integer | Kind::Float => Some("range"),
                Kind::Text => Some("length"),
                _ => None,
            },
            (Self::Any, None) => None,
        }
    }
}

fn is_list_of_text(field_type: Option<&FieldType>) -> bool {
    field_type.is_some_and(|field_type| field_type.shape.is_list() && field_type.kind == Kind::Text)
}

/// The ends of a range, collected from several keys.
#[derive(Default)]
struct Ends {
    start: Option<String>,
    end: Option<String>,
    /// A value that is a range.
    range: Option<String>,
}

impl Ends {
    fn take(&mut self, side: RangeEnd, entry: &Entry) {
        for inner in entry.inside() {
            if let Some((Quantity::Any, side)) = limit_of(&plain(&inner.key.to_string())) {
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
            // Without a literal, the advice has an example.
            (None, RangeEnd::Max | RangeEnd::Below) if self.range.is_none() && self.end.is_none() => "100".to_owned(),
            (None, _) => return,
        };
        match side {
            RangeEnd::Min => self.start = Some(format!("{number}..")),
            // An excluded minimum is one less than the accepted one, for integers. For other numbers the advice has the
            // number itself.
            RangeEnd::Above => self.start = Some(format!("{}..", next(&number))),
            RangeEnd::Max | RangeEnd::Whole => self.end = Some(format!("={number}")),
            RangeEnd::Below => self.end = Some(number),
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

/// Returns whether a key is a synonym of `binary`, so that the type is checked as that of bytes.
pub(crate) fn means_binary(args: &FieldArgs) -> bool {
    args.unknown.iter().any(|entry| BINARY.contains(&plain(&entry.key.to_string()).as_str()))
}

const BINARY: [&str; 6] = ["bytes", "base64", "blob", "file", "upload", "raw"];

/// The advice for a key that does not set an end of a range.
fn advice(key: &str, entry: &Entry, field_type: Option<&FieldType>, ty: &syn::Type) -> Option<String> {
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
            let ty = compact(&ty.to_token_stream().to_string());
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
        key if BINARY.contains(&key) => "write `binary`, on a field of type `Upload`, `Bytes` or `Vec<u8>`".to_owned(),
        "mandatory" | "must" | "need" | "needed" | "nonnull" | "notnull" => required(field_type),
        "nonempty" | "notempty" => match field_type {
            Some(field_type) if field_type.shape.is_list() => "write `items = 1..`".to_owned(),
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

fn required(field_type: Option<&FieldType>) -> String {
    match field_type {
        Some(field_type) if !field_type.shape.is_list() => {
            "remove it: a field is required unless it is an `Option` or a `Vec`".to_owned()
        }
        _ => "write `required`".to_owned(),
    }
}

/// The text given with the key, or an example.
fn text(entry: &Entry, example: &str) -> String {
    let given = entry.equals().filter(|tokens| syn::parse2::<syn::LitStr>((*tokens).clone()).is_ok());
    given.map_or_else(|| format!("\"{example}\""), ToString::to_string)
}
