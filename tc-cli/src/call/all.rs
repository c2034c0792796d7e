//! `--all`: every page of an action that pages, in any form of paging.

use std::io::Write;

use serde_json::{Map, Value};
use tc_core::AnyAction;
use tc_spec::{FieldPath, ModelSpec, PageForm, PageSpec, Type};

use super::print::{Printer, known_length};
use super::{Sending, failure, written};
use crate::actions::Target;
use crate::error::{Error, arguments};
use crate::output::{Format, write};

/// Fetches every page. `ndjson` prints the rows of each page as it comes; the other forms print one answer with the rows
/// of all pages.
///
/// # Errors
/// The action does not page, or a page cannot be fetched.
pub(super) async fn run(
    sending: &Sending<'_>,
    target: &Target,
    params: &Value,
    printer: &Printer<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let Some(page) = target.spec.page else {
        return Err(arguments(format!("--all: {} does not page", target.spec.name)));
    };
    let (Some(items), Value::Object(params)) = (target.items(), params) else {
        return Err(arguments(format!("--all: the answer of {} has no list of items", target.spec.name)));
    };
    let mut cursor = Cursor::new(page, target.spec.request, params.clone());
    let bar = printer.bar();
    let mut all: Option<Value> = None;
    loop {
        let action: AnyAction = target.action(Value::Object(cursor.params.clone()))?;
        let sending = Sending { action: &action, ..*sending };
        let response = sending.call().send().await.map_err(|error| failure(&error))?;
        let count = at(&response, &items).and_then(Value::as_array).map_or(0, Vec::len);
        let more = cursor.advance(&response, target.spec.response.get(), count);
        let answer = printer.answer(response);
        bar.inc(count as u64);
        if let Some(total) = cursor.total {
            bar.set_style(known_length());
            bar.set_length(total);
        }
        if printer.format == Format::Ndjson {
            let rows = if printer.filter.is_some() { answer } else { printer.rows(answer)? };
            let rows = printer.chosen_rows(rows)?;
            bar.suspend(|| written(write(out, &rows, Format::Ndjson, printer.screen).and_then(|()| out.flush())))?;
        } else {
            match &mut all {
                None => all = Some(answer),
                Some(all) => append(all, answer, &items),
            }
        }
        if !more {
            break;
        }
    }
    bar.finish_and_clear();
    match all {
        Some(all) => printer.print(all, out),
        None => Ok(()),
    }
}

/// Adds the rows of a page to those before.
fn append(all: &mut Value, mut page: Value, items: &[&str]) {
    let rows = items.iter().try_fold(&mut page, |value, name| value.get_mut(*name)).map(Value::take);
    let Some(Value::Array(rows)) = rows else { return };
    let Some(before) = items.iter().try_fold(all, |value, name| value.get_mut(*name)) else { return };
    match before {
        Value::Array(before) => before.extend(rows),
        other => *other = Value::Array(rows),
    }
}

fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, name| value.get(*name))
}

/// Which page comes next.
struct Cursor {
    page: PageSpec,
    request: &'static ModelSpec,
    params: Map<String, Value>,
    fetched: u64,
    total: Option<u64>,
}

impl Cursor {
    fn new(page: PageSpec, request: &'static ModelSpec, params: Map<String, Value>) -> Self {
        Self { page, request, params, fetched: 0, total: None }
    }

    /// Turns to the page after one of `count` items; whether there is one.
    fn advance(&mut self, answer: &Value, response: &'static ModelSpec, count: usize) -> bool {
        let find = |path: FieldPath| {
            let names: Vec<&str> = response.path(path)?.into_iter().map(|param| param.name).collect();
            at(answer, &names)
        };
        let count = count as u64;
        self.total = self.page.total.and_then(find).and_then(number).or(self.total);
        let skipped = match self.page.form {
            PageForm::Offset { offset, .. } if self.fetched == 0 => {
                self.params.get(offset).and_then(number).unwrap_or(0)
            }
            _ => 0,
        };
        self.fetched += count + skipped;
        let done = count == 0 || self.total.is_some_and(|total| self.fetched >= total);
        let unknown = self.total.is_none();
        let short = |size: Option<u64>| unknown && size.is_some_and(|size| count < size);
        match self.page.form {
            PageForm::Offset { offset, limit } => {
                let size = self.params.get(limit).and_then(number);
                self.set(offset, self.fetched);
                !done && !short(size)
            }
            PageForm::Number { number: name, size, first } => {
                let size = self.params.get(size).and_then(number);
                let current = self.params.get(name).and_then(number).unwrap_or(first);
                self.set(name, current + 1);
                !done && !short(size)
            }
            PageForm::Token { token, next, more, .. } => {
                let next = find(next).filter(|next| !next.is_null() && *next != "").cloned();
                let more = more.and_then(find).and_then(Value::as_bool).unwrap_or(true);
                let same = next.is_some() && next.as_ref() == self.params.get(token);
                let Some(next) = next.filter(|_| more && !same) else { return false };
                self.params.insert(token.to_owned(), next);
                true
            }
        }
    }

    /// Sets a number, as text where the parameter is one.
    fn set(&mut self, name: &str, number: u64) {
        let text = self.request.param(name).is_some_and(|param| matches!(param.ty, Type::String));
        let value = if text { Value::from(number.to_string()) } else { Value::from(number) };
        self.params.insert(name.to_owned(), value);
    }
}

fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
