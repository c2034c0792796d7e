//! One value of a form: a text box, a number, or a menu.

use maud::{Markup, html};
use serde_json::Value;
use tc_spec::{Limit, ParamSpec, Type, Values};

use crate::commands::words::{limits, literal};

/// A control without a menu.
pub(super) struct Control<'a> {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) value: Option<&'a Value>,
}

/// The control of a parameter that is one value, labelled by a `label`.
pub(super) fn of(param: &ParamSpec, id: &str, value: Option<&Value>) -> Markup {
    control(param, id, None, value)
}

/// The limits of a parameter, without what its control itself shows: the values of a menu, and the default.
pub(super) fn notes(param: &ParamSpec) -> Vec<String> {
    let values = menu(param).map(|values| values.join(" | "));
    let shown = |phrase: &String| {
        let is_menu = values.as_deref() == Some(phrase.strip_prefix("each ").unwrap_or(phrase));
        !is_menu && (param.is_list() || !phrase.starts_with("default "))
    };
    limits(param).into_iter().filter(shown).collect()
}

/// The control of an item of a list.
pub(super) fn item(param: &ParamSpec, id: &str, name: &str, value: Option<&Value>) -> Markup {
    control(param, id, Some(name), value)
}

fn control(param: &ParamSpec, id: &str, name: Option<&str>, value: Option<&Value>) -> Markup {
    let (raw, menu) = (is_raw(param.ty), menu(param));
    let text = value.map(text).unwrap_or_default();
    let described = format!("{id}-note {id}-error");
    // An empty text that was given is not the same as none.
    let empty = value.is_some_and(|value| value == "");
    let placeholder =
        param.default.and_then(literal).filter(|_| name.is_none()).map(|default| format!("default {default}"));
    if let Some(values) = menu {
        let unset = placeholder.as_ref().map_or_else(|| "not set".to_owned(), |default| format!("not set ({default})"));
        return html! {
            (choice(&Choice { id, name, raw, values: &values, unset: &unset, value: value.map(|_| text.as_str()), described: &described }))
        };
    }
    match param.ty {
        _ if param.sensitive => html! {
            input type="password" id=(id) autocomplete="off" value=(text) data-raw=(raw) data-empty[empty] aria-label=[name] aria-describedby=(described);
        },
        Type::Integer { .. } | Type::Float | Type::Float32 => html! {
            input type="text" inputmode="decimal" autocomplete="off" id=(id) value=(text) placeholder=[placeholder] data-raw=(raw) aria-label=[name] aria-describedby=(described);
        },
        Type::Binary => html! {
            span.file {
                textarea rows="1" id=(id) spellcheck="false" placeholder="base64" data-raw=(raw) aria-label=[name] aria-describedby=(described) { (text) }
                label.button { "File…" input type="file" data-for=(id); }
            }
        },
        ty => {
            let example = match ty {
                Type::Date => Some("2024-05-01"),
                Type::DateTime => Some("2024-05-01 10:00:00"),
                Type::Time => Some("2024-05-01T10:00:00+08:00"),
                _ => None,
            };
            let placeholder = placeholder.or(example.map(str::to_owned));
            html! {
                textarea rows="1" id=(id) spellcheck="false" placeholder=[placeholder] data-raw=(raw) data-empty[empty] aria-label=[name] aria-describedby=(described) { (newline(&text)) (text) }
            }
        }
    }
}

impl Control<'_> {
    /// Any JSON.
    pub(super) fn json(&self) -> Markup {
        let text = self.value.and_then(|value| serde_json::to_string_pretty(value).ok()).unwrap_or_default();
        html! {
            textarea.json rows="2" id=(self.id) spellcheck="false" placeholder="JSON" data-raw="json" aria-label=(self.name) aria-describedby={(self.id) "-error"} { (text) }
        }
    }
}

/// A menu of the accepted values; another value can be typed.
struct Choice<'a> {
    id: &'a str,
    name: Option<&'a str>,
    raw: &'static str,
    values: &'a [String],
    unset: &'a str,
    value: Option<&'a str>,
    described: &'a str,
}

fn choice(choice: &Choice<'_>) -> Markup {
    let Choice { id, name, raw, values, unset, value, described } = *choice;
    let is_other = value.is_some_and(|value| !values.iter().any(|known| known == value));
    html! {
        span.choice {
            select id=(id) data-raw=(raw) aria-label=[name] aria-describedby=(described) {
                option value="" { (unset) }
                @for known in values { option value=(known) selected[value == Some(known)] { (known) } }
                option value="other" data-other selected[is_other] { "another value…" }
            }
            input type="text" autocomplete="off" hidden[!is_other] value=[value.filter(|_| is_other)] aria-label="another value" id={(id) "-other"};
        }
    }
}

/// The accepted values of a parameter, if they are few.
fn menu(param: &ParamSpec) -> Option<Vec<String>> {
    if let Type::Enum(values) = param.ty {
        return Some(values.values.iter().map(|value| value.name.to_owned()).collect());
    }
    if matches!(param.ty, Type::Boolean) {
        return Some(vec!["true".to_owned(), "false".to_owned()]);
    }
    param.limits.iter().find_map(|limit| match limit {
        Limit::Values(Values::Texts(texts)) => Some(texts.iter().map(|text| (*text).to_owned()).collect()),
        Limit::Values(Values::Integers(numbers)) => Some(numbers.iter().map(ToString::to_string).collect()),
        Limit::Values(Values::Floats(numbers)) => Some(numbers.iter().map(|(_, text)| (*text).to_owned()).collect()),
        _ => None,
    })
}

/// How the page writes the text of a control as JSON: `text` in quotes, `word` without quotes if it is a number or a boolean.
fn is_raw(ty: Type) -> &'static str {
    match ty {
        Type::Integer { .. } | Type::Float | Type::Float32 | Type::Boolean => "word",
        _ => "text",
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// HTML drops the first line feed of a text area.
fn newline(text: &str) -> &'static str {
    if text.starts_with('\n') { "\n" } else { "" }
}
