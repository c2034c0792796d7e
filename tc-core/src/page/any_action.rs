//! Paging of actions by name: reads and writes the JSON of their parameters and responses.

use serde_json::Value as Json;

use super::paged_call::{Fingerprint, Form, PageInfo, PagedCall, Position, fingerprint, max_size};
use crate::call::{AnyAction, Paging, PagingForm};
use crate::model::Value;
use crate::spec::{ParamSpec, Type};

const TOTALS: [&str; 4] = ["TotalCount", "TotalNum", "TotalSize", "Total"];

impl PagedCall for AnyAction {
    type Item = Json;

    fn form(&self) -> Option<Form<'_>> {
        Some(match &self.paging()?.form {
            PagingForm::Offset { offset, .. } => Form::Offset { offset },
            PagingForm::Number { number, first, .. } => Form::Number { number, first: *first },
            PagingForm::Token { token, .. } => Form::Token { token },
        })
    }

    fn documented_size(&self) -> Option<u64> {
        max_size(self.size_spec()?)
    }

    fn size_spec(&self) -> Option<&'static ParamSpec> {
        self.param_spec(self.paging()?.size_parameter()?)
    }

    fn window(&self) -> (Option<u64>, Option<u64>) {
        let Some(paging) = self.paging() else { return (None, None) };
        let value = |name: &str| self.param(name).and_then(number);
        match &paging.form {
            PagingForm::Offset { offset: from, limit: size } | PagingForm::Number { number: from, size, .. } => {
                (value(from), value(size))
            }
            PagingForm::Token { size, .. } => (None, size.as_deref().and_then(value)),
        }
    }

    fn set_page(&mut self, position: Position<'_>, size: Option<u64>) {
        let Some(Paging { form, .. }) = self.paging().cloned() else { return };
        let (name, size_name) = match form {
            PagingForm::Offset { offset: from, limit: size } | PagingForm::Number { number: from, size, .. } => {
                (from, Some(size))
            }
            PagingForm::Token { token, size, .. } => (token, size),
        };
        match position {
            Position::At(from) => set_number(self, &name, from),
            // Without a token, the first page is that of the request, which may have its own token.
            Position::Token(None) => {}
            Position::Token(Some(token)) => self.set_param(&name, Some(token.into())),
        }
        if let (Some(name), Some(size)) = (size_name, size) {
            set_number(self, &name, size);
        }
    }

    fn list_path(&self) -> Option<String> {
        Some(self.paging()?.items.clone())
    }

    fn page_info(&self, response: &Json) -> PageInfo {
        let Some(paging) = self.paging() else { return PageInfo::default() };
        let total = match &paging.total {
            Some(path) => at(response, path).and_then(number),
            None => usual_total(response, &paging.items),
        };
        let next = match &paging.form {
            PagingForm::Token { more: Some(more), .. } if at(response, more) == Some(&Json::Bool(false)) => None,
            PagingForm::Token { next, .. } => at(response, next).and_then(token),
            _ => None,
        };
        let (count, no_list) = match at(response, &paging.items) {
            Some(Json::Array(items)) => (items.len(), None),
            Some(Json::Null) => (0, None),
            None if total == Some(0) => (0, None),
            Some(other) if is_empty(other) && total.unwrap_or(0) == 0 => (0, None),
            None => (0, Some(format!("the response has no list `{}`; it has {}", paging.items, names(response)))),
            Some(_) => (0, Some(format!("`{}` of the response is not a list", paging.items))),
        };
        PageInfo { count: u64::try_from(count).unwrap_or(u64::MAX), total, next, no_list }
    }

    fn fingerprint(&self, response: &Json, size: Option<u64>) -> Fingerprint {
        let items = self.paging().and_then(|paging| at(response, &paging.items)).and_then(Json::as_array);
        fingerprint(items.into_iter().flatten().map(Value::Json), size)
    }

    fn items(&self, mut response: Json) -> Vec<Json> {
        let Some(paging) = self.paging() else { return Vec::new() };
        let list = paging.items.split('.').try_fold(&mut response, |value, name| value.get_mut(name));
        match list.map(Json::take) {
            Some(Json::Array(items)) => items,
            _ => Vec::new(),
        }
    }
}

/// Sets a number, which is written as text if the parameter is a text.
fn set_number(action: &mut AnyAction, name: &str, number: u64) {
    let is_text = match (action.param(name), action.param_spec(name)) {
        (Some(value), _) => value.is_string(),
        (None, Some(spec)) => matches!(spec.ty, Type::String),
        (None, None) => false,
    };
    action.set_param(name, Some(if is_text { number.to_string().into() } else { number.into() }));
}

/// Whether some services write an empty list in this way.
fn is_empty(value: &Json) -> bool {
    match value {
        Json::Object(members) => members.is_empty(),
        Json::String(text) => matches!(text.as_str(), "" | "-" | "N/A"),
        _ => false,
    }
}

fn at<'a>(json: &'a Json, path: &str) -> Option<&'a Json> {
    path.split('.').try_fold(json, |value, name| value.get(name))
}

/// Reads a number that is not negative. It may be written as text.
fn number(json: &Json) -> Option<u64> {
    json.as_u64().or_else(|| json.as_str()?.parse().ok())
}

fn token(json: &Json) -> Option<String> {
    match json {
        Json::String(token) if !token.is_empty() => Some(token.clone()),
        Json::Number(token) => Some(token.to_string()),
        _ => None,
    }
}

/// The total number of items under one of its usual names, beside the list or at the top of the response.
fn usual_total(response: &Json, items: &str) -> Option<u64> {
    let beside = items.rsplit_once('.').and_then(|(parent, _)| at(response, parent));
    let places = [beside, Some(response)];
    places.into_iter().flatten().find_map(|place| TOTALS.iter().find_map(|name| place.get(name).and_then(number)))
}

/// The names of some members, for a message.
fn names(response: &Json) -> String {
    const SOME: usize = 10;
    let Some(members) = response.as_object().filter(|members| !members.is_empty()) else {
        return "no members".into();
    };
    let short = |name: &String| format!("`{}`", name.chars().take(40).collect::<String>().escape_debug());
    let mut names: Vec<String> = members.keys().take(SOME).map(short).collect();
    if members.len() > SOME {
        names.push("…".into());
    }
    names.join(", ")
}
