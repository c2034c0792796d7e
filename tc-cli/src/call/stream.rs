//! Streamed responses: each event is printed when it arrives.

use std::borrow::Cow;
use std::io::Write;

use serde_json::Value;

use super::print::{Printer, carried_out};
use super::{Sending, failure, written};
use crate::actions::Target;
use crate::error::Error;
use crate::output::{Format, write};

/// Whether the response to this request is streamed: the action supports it, and its parameter `Stream`, if it has one, is true.
pub(crate) fn is_streamed(target: &Target, params: &Value) -> bool {
    target.spec.streaming && (target.spec.request.param("Stream").is_none() || params["Stream"] == true)
}

/// Prints every event of a streamed response, one line of JSON each unless another format was chosen. From an event on which a
/// query cannot be evaluated, the events are printed whole, as lines of JSON.
///
/// # Errors
/// The call fails, or a query cannot be evaluated on an event.
pub(super) async fn run(sending: &Sending<'_>, printer: &Printer<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let mut events = sending.call().events();
    // Programs cannot easily read a stream of indented documents.
    let format = if printer.format == Format::Json { Format::Ndjson } else { printer.format };
    let mut failed = None;
    while let Some(event) = events.next().await {
        let event = event.map_err(|error| failure(&error))?;
        let event = event.into_inner();
        let value = match &failed {
            Some(_) => Cow::Borrowed(&event),
            None => printer.chosen_event(&event).unwrap_or_else(|error| {
                failed = Some(error);
                Cow::Borrowed(&event)
            }),
        };
        let format = if failed.is_some() { Format::Ndjson } else { format };
        if value.is_null() {
            continue;
        }
        if format == Format::Yaml {
            written(writeln!(out, "---"))?;
        }
        written(write(out, &value, format, printer.screen).and_then(|()| out.flush()))?;
    }
    failed.map_or(Ok(()), |error| Err(carried_out(&error, Some(events.request_id()))))
}
