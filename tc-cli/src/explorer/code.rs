//! The call as code.

use serde_json::{Value, json};

use super::destination::Destination;
use super::input::{Refused, text};
use super::target;
use crate::snippet::{Language, Snippet};

/// The call in the language that the input names, for the cloud. Values of sensitive parameters are not in it.
///
/// # Errors
/// There is no such language or action, the parameters cannot be read, or the code cannot be written.
pub(super) fn code(input: &Value) -> Result<Value, Refused> {
    let target = target::target(input)?;
    let params = target::params(input)?;
    let language: Language = text(input, "language").parse()?;
    let destination = Destination::of(input)?;
    let (region, endpoint) = (destination.region(), destination.endpoint(&target));
    let snippet = Snippet::new(&target, &params).region(&region).endpoint(endpoint.as_deref());
    Ok(json!({"code": snippet.code(language)?}))
}
