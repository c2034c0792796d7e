//! How an action returns a long list: page by page.

use crate::{Message, ModelSpec, ParamSpec, Type};

/// A path into a response, by the names of its fields in Rust: `["result", "total_count"]`.
///
/// [`ModelSpec::path`](crate::ModelSpec::path) finds the members along it, with their wire names.
pub type FieldPath = &'static [&'static str];

/// How an action pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSpec {
    /// The parameters that choose a page.
    pub form: PageForm,
    /// Where the response says how many items there are in all, if it does.
    pub total: Option<FieldPath>,
    /// Where the response has the items of the page.
    pub items: FieldPath,
}

impl PageSpec {
    /// The wire name of the parameter that says how many items a page has.
    pub const fn size(&self) -> Option<&'static str> {
        match self.form {
            PageForm::Offset { limit, .. } => Some(limit),
            PageForm::Number { size, .. } => Some(size),
            PageForm::Token { size, .. } => size,
        }
    }
}

/// The parameters that choose a page, by their wire names.
///
/// Whether a number travels as text is said by the type of its parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageForm {
    /// By the number of items to skip.
    Offset {
        /// The number of items to skip: `Offset`.
        offset: &'static str,
        /// The number of items wanted: `Limit`.
        limit: &'static str,
    },
    /// By the number of the page.
    Number {
        /// The number of the page: `PageNumber`.
        number: &'static str,
        /// The number of items wanted: `PageSize`.
        size: &'static str,
        /// The number of the first page: 1, rarely 0.
        first: u64,
    },
    /// By a token out of the page before.
    Token {
        /// The parameter for the token: `NextToken`. The first page is asked for without it.
        token: &'static str,
        /// Where the response has the token of the next page; the last page has none, or an empty one.
        next: FieldPath,
        /// Where the response says whether there is another page, if it does.
        more: Option<FieldPath>,
        /// The number of items wanted, if the action lets it be chosen: `MaxResults`.
        size: Option<&'static str>,
    },
}

/// Checks that `field` of a response can be the `total` of `page(…)`: an integer.
///
/// # Panics
/// At compile time, if there is no such field or it has another type.
#[track_caller]
pub const fn check_total(model: &ModelSpec, field: &str) {
    check_page_key(model, field, &TOTAL);
}

/// Checks that `field` of a response can be the `next` token of `page(…)`: text or an integer.
///
/// # Panics
/// At compile time, if there is no such field or it has another type.
#[track_caller]
pub const fn check_next(model: &ModelSpec, field: &str) {
    check_page_key(model, field, &NEXT);
}

/// Checks that `field` of a response can be `more` of `page(…)`: a boolean or an integer.
///
/// # Panics
/// At compile time, if there is no such field or it has another type.
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
