//! `--dry-run`: the request and what is wrong with it, without a credential and without the network.

use std::io::Write;

use serde_json::{Value, json};

use tc_core::Violations;

use super::{Request, written};
use crate::actions::hidden;
use crate::error::{Error, Kind};
use crate::output::{Screen, write};

/// Prints the request. Values of sensitive parameters are not shown.
///
/// # Errors
/// The request breaks limits: it is printed anyway, with its violations.
pub(super) fn run(request: &Request<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let (shown, violations) = shown(request)?;
    let format = request.settings.output(request.options)?;
    written(write(out, &shown, format, Screen::of_stdout()))?;
    match violations {
        None => Ok(()),
        Some(violations) => Err(Error::new(Kind::Limits, violations.to_string())),
    }
}

/// The request as it is shown, and the limits that it breaks.
///
/// # Errors
/// The endpoint cannot be used.
pub(crate) fn shown(request: &Request<'_>) -> Result<(Value, Option<Violations>), Error> {
    let spec = request.target.spec;
    let violations = request.action.validate().err();
    let shown = json!({
        "Service": spec.service,
        "Version": spec.version,
        "Action": spec.name,
        "Region": request.settings.region(request.options),
        "Endpoint": request.url()?,
        "Method": request.options.get("method").unwrap_or("POST"),
        "Parameters": hidden(&request.params, spec.request),
        "Violations": violations.iter().flat_map(tc_core::Violations::iter).map(ToString::to_string).collect::<Vec<_>>(),
    });
    Ok((shown, violations))
}
