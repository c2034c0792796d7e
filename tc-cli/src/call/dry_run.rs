//! `--dry-run`: the request and what is wrong with it, without a credential and without the network.

use std::io::Write;

use serde_json::json;

use super::{Request, violated, written};
use crate::actions::hidden;
use crate::error::Error;
use crate::output::{Screen, write};

/// Prints the request. Values of sensitive parameters are not shown.
///
/// # Errors
/// The request breaks limits: it is printed all the same, with its violations.
pub(super) fn run(request: &Request<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let spec = request.target.spec;
    let violations = crate::args::check(&request.params, spec.request);
    let shown = json!({
        "Service": spec.service,
        "Version": spec.version,
        "Action": spec.name,
        "Region": request.settings.region(&request.line.options),
        "Endpoint": request.url()?,
        "Method": request.line.options.get("method").unwrap_or("POST"),
        "Parameters": hidden(&request.params, spec.request),
        "Violations": violations,
    });
    let format = request.settings.output(&request.line.options)?;
    written(write(out, &shown, format, Screen::of_stdout()))?;
    if violations.is_empty() { Ok(()) } else { Err(violated(request.target, &violations)) }
}
