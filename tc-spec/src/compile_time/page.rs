//! The checks of `page(…)` in `#[tc_action]`: the fields of the response that it names.

use crate::{Message, ModelSpec, ParamSpec, Type};

/// Checks that `field` of a response can be the `total` of `page(…)`: an integer.
///
/// # Panics
/// If there is no such field or it has another type.
#[track_caller]
pub const fn check_total(model: &ModelSpec, field: &str) {
    check_page_key(model, field, &TOTAL);
}

/// Checks that `field` of a response can be the `next` token of `page(…)`: text or an integer.
///
/// # Panics
/// If there is no such field or it has another type.
#[track_caller]
pub const fn check_next(model: &ModelSpec, field: &str) {
    check_page_key(model, field, &NEXT);
}

/// Checks that `field` of a response can be `more` of `page(…)`: a boolean or an integer.
///
/// # Panics
/// If there is no such field or it has another type.
#[track_caller]
pub const fn check_more(model: &ModelSpec, field: &str) {
    check_page_key(model, field, &MORE);
}

/// A key of `page(…)` that names a field of the response, and the types that the field may have.
struct PageKey {
    text: bool,
    boolean: bool,
    must_be: &'static str,
}

const TOTAL: PageKey = PageKey { text: false, boolean: false, must_be: "`total` must be an integer" };
const NEXT: PageKey = PageKey { text: true, boolean: false, must_be: "`next` must be text or an integer" };
const MORE: PageKey = PageKey { text: false, boolean: true, must_be: "`more` must be a boolean or an integer" };

impl PageKey {
    const fn accepts(&self, param: &ParamSpec) -> bool {
        let fits = match param.ty {
            Type::Integer { .. } => true,
            Type::String => self.text,
            Type::Boolean => self.boolean,
            _ => false,
        };
        fits && !param.is_list()
    }
}

#[track_caller]
const fn check_page_key(model: &ModelSpec, field: &str, key: &PageKey) {
    let message = if let Some(param) = model.field(field) {
        if key.accepts(param) {
            return;
        }
        let is = if param.is_list() { "a list" } else { param.ty.noun() };
        let message = Message::new().text(key.must_be).text(", but `").text(field).text("` of ");
        message.text(model.name).text(" is ").text(is)
    } else {
        let message = Message::new().text(model.name).text(" has no field `").text(field).text("`; ").text(key.must_be);
        accepted_fields(message, model, key)
    };
    panic!("{}", message.as_str())
}

/// `message`, followed by the fields that `key` accepts: ": `total_count`, `count`".
const fn accepted_fields(message: Message, model: &ModelSpec, key: &PageKey) -> Message {
    let (mut message, mut params, mut found) = (message, model.params, 0);
    while let [param, rest @ ..] = params {
        if key.accepts(param) {
            message = message.text(if found == 0 { ": `" } else { ", `" }).text(param.field).text("`");
            found += 1;
        }
        params = rest;
    }
    if found == 0 { message.text(", and it has no such field") } else { message }
}
