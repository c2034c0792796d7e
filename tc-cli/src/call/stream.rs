//! Streamed responses: each event is printed when it arrives.

use std::io::Write;

use serde_json::Value;

use super::print::Printer;
use super::{Sending, failure, written};
use crate::actions::Target;
use crate::error::Error;
use crate::output::{Format, write};

/// Whether the response to this request is streamed: the action supports it, and its parameter `Stream`, if it has one, is true.
pub(crate) fn is_streamed(target: &Target, params: &Value) -> bool {
    target.spec.streaming && (target.spec.request.param("Stream").is_none() || params["Stream"] == true)
}

/// Prints every event of a streamed response, one line of JSON each unless another format was chosen.
pub(super) async fn run(sending: &Sending<'_>, printer: &Printer<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let mut events = sending.call().events();
    // Programs cannot easily read a stream of indented documents.
    let format = if printer.format == Format::Json { Format::Ndjson } else { printer.format };
    while let Some(event) = events.next().await {
        let event = event.map_err(|error| failure(&error))?;
        let value = printer.chosen(event.into_inner())?;
        if value.is_null() {
            continue;
        }
        if format == Format::Yaml {
            written(writeln!(out, "---"))?;
        }
        written(write(out, &value, format, printer.screen).and_then(|()| out.flush()))?;
    }
    Ok(())
}
