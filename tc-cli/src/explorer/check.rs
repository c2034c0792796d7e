//! The violations of a request, for each change of the form.

use serde_json::{Value, json};
use tc_core::Violation;

use super::input::Refused;
use super::target;

/// Every violation of the parameters, and the parameters without the sensitive ones for the address of the page.
///
/// # Errors
/// The input names no action.
pub(super) fn check(input: &Value) -> Result<Value, Refused> {
    let target = target::target(input)?;
    let params = match target::params(input) {
        Ok(params) => params,
        Err(refused) => return Ok(json!({"problem": refused.message(), "violations": []})),
    };
    let link = target::without_sensitive(&params, target.spec.request);
    let violations = match target::action(&target, &params) {
        Ok(action) => action.validate().err(),
        Err(refused) => return Ok(json!({"problem": refused.message(), "violations": [], "link": link.to_string()})),
    };
    let violations = violations.iter().flatten().map(|violation| shown(violation, &params)).collect::<Vec<_>>();
    Ok(json!({"violations": violations, "link": link.to_string()}))
}

/// A violation as JSON. `missing` tells whether the parameter was not given.
pub(super) fn shown(violation: &Violation, params: &Value) -> Value {
    let missing = violation.path().split('.').try_fold(params, |value, step| match step.parse::<usize>() {
        Ok(index) if value.is_array() => value.get(index),
        _ => value.get(step),
    });
    json!({
        "path": violation.path(),
        "message": violation.message(),
        "text": violation.to_string(),
        "missing": missing.is_none() && !violation.path().is_empty(),
    })
}
