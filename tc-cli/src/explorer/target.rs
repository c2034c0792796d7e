//! The action that a request names, and its parameters.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tc_catalog::Site;
use tc_core::{AnyAction, Upload};
use tc_spec::Type;

use super::input::{Refused, text};
use crate::actions::{self, Target};
use crate::error::Error;

/// The action that the members `service`, `version`, `action` and `site` of an input name.
///
/// # Errors
/// The catalog has no such action.
pub(super) fn target(input: &Value) -> Result<Target, Error> {
    let site = match text(input, "site") {
        "" => Site::China,
        name => name.parse().map_err(|error| crate::error::arguments(format!("site: {error}")))?,
    };
    find(
        text(input, "service"),
        Some(text(input, "version")).filter(|text| !text.is_empty()),
        text(input, "action"),
        site,
    )
}

/// The action of these names; of the default version if none is given.
///
/// # Errors
/// The catalog has no such action.
pub(super) fn find(service: &str, version: Option<&str>, action: &str, site: Site) -> Result<Target, Error> {
    let service = actions::service(service)?;
    match service.module(site, version).and_then(|module| module.action(action)) {
        Ok(found) => actions::target(service, site, found),
        Err(error) => Err(crate::error::arguments(error.to_string())),
    }
}

/// The parameters in the member `params` of an input: the text of a JSON object, so that numbers stay as they were written.
///
/// # Errors
/// The text is not a JSON object.
pub(super) fn params(input: &Value) -> Result<Value, Refused> {
    match serde_json::from_str(text(input, "params")) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => Err(Refused::bad("the parameters must be a JSON object, in braces")),
        Err(_) if text(input, "params").trim().is_empty() => Ok(Value::Object(serde_json::Map::new())),
        Err(error) => Err(Refused::bad(format!("the parameters are not valid JSON: {error}"))),
    }
}

/// The call with its parameters. Binary parameters are written as base64.
///
/// # Errors
/// A binary parameter is not base64.
pub(super) fn action(target: &Target, params: &Value) -> Result<AnyAction, Refused> {
    let mut given = params.clone();
    let mut files = Vec::new();
    for param in target.spec.request.params.iter().filter(|param| matches!(param.ty, Type::Binary)) {
        let Some(value) = given.as_object_mut().and_then(|members| members.shift_remove(param.name)) else { continue };
        let bytes = value.as_str().and_then(|text| STANDARD.decode(text.trim()).ok());
        let bytes =
            bytes.ok_or_else(|| Refused::bad(format!("`{}` is not base64: write the bytes as base64", param.name)))?;
        files.push((param.name, Upload::new(bytes)));
    }
    Ok(files.into_iter().fold(target.action(given), |action, (name, upload)| action.binary(name, upload)))
}

/// Whether an action may change something, as far as its verb tells.
pub(super) fn is_write(target: &Target) -> bool {
    !tc_spec::is_read(target.spec.name)
}

/// The parameters without those that are sensitive, for links and for the history.
pub(super) fn without_sensitive(value: &Value, model: &tc_spec::ModelSpec) -> Value {
    let Value::Object(members) = value else { return value.clone() };
    let others = members.iter().filter_map(|(name, value)| {
        let value = match model.param(name) {
            Some(param) if param.sensitive => return None,
            Some(param) => match (param.ty, value) {
                (Type::Binary, _) => return None,
                (Type::Model(nested), Value::Array(items)) => {
                    items.iter().map(|item| without_sensitive(item, nested.get())).collect()
                }
                (Type::Model(nested), value) => without_sensitive(value, nested.get()),
                _ => value.clone(),
            },
            // An undocumented parameter may be sensitive.
            None => return None,
        };
        Some((name.clone(), value))
    });
    Value::Object(others.collect())
}
