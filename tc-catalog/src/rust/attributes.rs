//! `#[tc(…)]` of a field and `#[tc_action(…)]` of a request.

use super::Paths;
use super::item::Writer;
use crate::{Action, Ends, Member, Number, Object, Page, PageForm, ScalarRef, Status, Type};

/// `#[tc(…)]` of the field for `member`; `None` if it needs no key.
pub(super) fn field(member: Member<'_>, field: &str) -> Option<String> {
    let mut keys = Vec::new();
    if tc_spec::names::wire_name(field) != member.name() {
        keys.push(format!("name = {:?}", member.name()));
    }
    if member.is_list() && member.is_required() && !member.is_optional() {
        keys.push("required".to_owned());
    }
    keys.extend(limits(member));
    if member.is_sensitive() {
        keys.push("sensitive".to_owned());
    }
    if matches!(member.ty(), Type::Binary) {
        keys.push("binary".to_owned());
    }
    (!keys.is_empty()).then(|| format!("#[tc({})]", keys.join(", ")))
}

/// The keys of `#[tc(…)]` that state the limits and the default of `member`: `range = 1..=100`.
pub fn limits(member: Member<'_>) -> Vec<String> {
    let (limits, ty) = (member.limits(), member.ty());
    let is_float = matches!(ty, Type::Float);
    let mut keys = Vec::new();
    if let Some((min, max)) = limits.range() {
        // A bound that the type already has is left out.
        let min = min.filter(|min| !matches!(ty, Type::Uint64) || *min >= Number::from(0));
        if min.is_some() || max.is_some() {
            keys.push(format!("range = {}", range((min, max), |end| number(end, is_float))));
        }
    }
    if let Some(items) = limits.items() {
        keys.push(format!("items = {}", range(items, |end| end.to_string())));
    }
    if let Some(length) = limits.length() {
        keys.push(format!("length = {}", range(length, |end| end.to_string())));
    }
    if let Some(values) = limits.values() {
        let values: Vec<String> = values.map(|value| scalar(value, is_float)).collect();
        keys.push(format!("values = [{}]", values.join(", ")));
    }
    if let Some(default) = limits.default_value()
        && !member.is_list()
        && member.is_optional()
        && matches!(ty, Type::String | Type::Int64 | Type::Uint64 | Type::Float | Type::Bool)
    {
        keys.push(format!("default = {}", scalar(default, is_float)));
    }
    keys
}

fn range<T>((min, max): Ends<T>, shown: impl Fn(T) -> String) -> String {
    let (min, max) = (min.map(&shown), max.map(shown));
    match max {
        Some(max) => format!("{}..={max}", min.unwrap_or_default()),
        None => format!("{}..", min.unwrap_or_default()),
    }
}

fn number(number: Number, is_float: bool) -> String {
    let text = number.to_string();
    if is_float && !text.contains('.') { text + ".0" } else { text }
}

fn scalar(value: ScalarRef<'_>, is_float: bool) -> String {
    match value {
        ScalarRef::Bool(value) => value.to_string(),
        ScalarRef::Number(value) => number(value, is_float),
        ScalarRef::Text(text) => format!("{text:?}"),
    }
}

impl Writer<'_, '_> {
    /// `#[tc_action(…)]` over the lines that its keys need.
    pub(super) fn action(&self, action: Action<'_>, name: &str, response: &str) -> String {
        let mut keys = self.krate();
        keys.push(format!("service = {:?}", self.module.service().wire_name()));
        keys.push(format!("version = {:?}", self.module.version()));
        if name != action.name() {
            keys.push(format!("name = {:?}", action.name()));
        }
        keys.push(format!("response = {response}"));
        if let Some(rate) = action.rate() {
            keys.push(format!("rate = {rate}"));
        }
        if let Some(page) = action.page().and_then(|page| paging(page, action)) {
            keys.push(page);
        }
        if action.is_streaming() {
            keys.push("streaming".to_owned());
        }
        if action.skips_signature() {
            keys.push("sign = skip".to_owned());
        }
        if action.status() == Status::Deprecated {
            keys.push("deprecated".to_owned());
        }
        format!("#[{}(\n    {},\n)]\n", self.macro_path("tc_action"), keys.join(",\n    "))
    }

    /// `#[tc_model]`.
    pub(super) fn model_attribute(&self) -> String {
        match self.krate().first() {
            Some(krate) => format!("#[{}({krate})]\n", self.macro_path("tc_model")),
            None => "#[tc_model]\n".to_owned(),
        }
    }

    fn krate(&self) -> Vec<String> {
        match self.paths {
            Paths::Placeholder => vec![format!("crate = {}", super::CRATE)],
            Paths::Files => Vec::new(),
        }
    }

    fn macro_path(&self, name: &str) -> String {
        match self.paths {
            Paths::Placeholder => format!("{}::{name}", super::CRATE),
            Paths::Files => name.to_owned(),
        }
    }
}

/// `page(…)`, if the response has a list of items.
fn paging(page: Page<'_>, action: Action<'_>) -> Option<String> {
    let request = |wire: &str| field_path(action.request(), wire);
    let response = |path: &str| field_path(action.response(), path);
    let mut keys = Vec::new();
    match page.form {
        PageForm::Offset { offset, limit } => {
            if offset != "Offset" || is_text(action.request(), offset) {
                keys.push(format!("offset = {}", request(offset)?));
            }
            if limit != "Limit" || is_text(action.request(), limit) {
                keys.push(format!("limit = {}", request(limit)?));
            }
        }
        PageForm::Number { number, size, first } => {
            keys.push(format!("number = {}", request(number)?));
            keys.push(format!("size = {}", request(size)?));
            if first != 1 {
                keys.push(format!("first = {first}"));
            }
        }
        PageForm::Token { token, next, more, size } => {
            keys.push(format!("token = {}", request(token)?));
            keys.push(format!("next = {}", response(next)?));
            if let Some(more) = more.and_then(response) {
                keys.push(format!("more = {more}"));
            }
            if let Some(size) = size.and_then(request) {
                keys.push(format!("size = {size}"));
            }
        }
    }
    if let Some(total) = page.total.filter(|path| is_integer(action.response(), path)).and_then(response) {
        keys.push(format!("total = {total}"));
    }
    keys.push(format!("items = {}", response(page.items?)?));
    Some(format!("page({})", keys.join(", ")))
}

/// Whether the number is sent as text.
fn is_text(request: Object<'_>, wire: &str) -> bool {
    request.member(wire).is_some_and(|member| matches!(member.ty(), Type::String))
}

/// Whether the member at the end of a path of wire names is an integer.
fn is_integer(object: Object<'_>, path: &str) -> bool {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    match (object.member(first).map(|member| (member.is_list(), member.ty())), rest) {
        (Some((false, Type::Object(nested))), Some(rest)) => is_integer(nested, rest),
        (Some((false, Type::Int64 | Type::Uint64)), None) => true,
        _ => false,
    }
}

/// The fields along a path of wire names: `result.total_count`.
fn field_path(object: Object<'_>, path: &str) -> Option<String> {
    let mut object = Some(object);
    let mut fields = Vec::new();
    for wire in path.split('.') {
        let (member, field) = super::item::fields(object?).into_iter().find(|(member, _)| member.name() == wire)?;
        fields.push(field);
        object = match member.ty() {
            Type::Object(nested) => Some(nested),
            _ => None,
        };
    }
    Some(fields.join("."))
}
