//! `--all`: every page of an action that pages.

use std::io::Write;

use serde_json::Value;

use super::print::{Printer, known_length};
use super::{Sending, failure, written};
use crate::actions::Target;
use crate::error::Error;
use crate::output::{Format, write};

/// Fetches every page. `ndjson` prints the rows of each page when it arrives; the other formats print one response with the
/// rows of all pages.
///
/// # Errors
/// A page cannot be fetched.
pub(super) async fn run(
    sending: &Sending<'_>,
    target: &Target,
    printer: &Printer<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let items = target.items().unwrap_or_default();
    let mut pages = sending.call().pages();
    let bar = printer.bar();
    let mut all: Option<Value> = None;
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| failure(&error))?;
        let count = items.iter().try_fold(&*page, |value, name| value.get(*name)).and_then(Value::as_array);
        let count = count.map_or(0, Vec::len);
        let answer = printer.answer(page);
        bar.inc(count as u64);
        if let Some(total) = pages.total() {
            bar.set_style(known_length());
            bar.set_length(total);
        }
        if printer.format == Format::Ndjson {
            let rows = match printer.chosen_rows(&answer) {
                Ok(rows) => rows,
                Err(error) => {
                    bar.finish_and_clear();
                    return Err(printer.unfiltered(&answer, Format::Ndjson, &error, out));
                }
            };
            bar.suspend(|| written(write(out, &rows, Format::Ndjson, printer.screen).and_then(|()| out.flush())))?;
        } else {
            match &mut all {
                None => all = Some(answer),
                Some(all) => append(all, answer, &items),
            }
        }
    }
    bar.finish_and_clear();
    match all {
        Some(all) => printer.print(&all, out),
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
