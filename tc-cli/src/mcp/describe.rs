//! `describe_action`.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use tc_spec::{ModelSpec, ParamSpec, Type};

use super::input;
use super::session::Session;
use crate::actions;
use crate::commands::{show, words};
use crate::docs::Texts;
use crate::error::Error;
use crate::profile::Settings;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    service: String,
    action: String,
    version: Option<String>,
    site: Option<String>,
    parts: Option<Vec<Part>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Part {
    Parameters,
    Response,
    Errors,
}

/// Describes an action.
///
/// # Errors
/// There is no such action.
pub(super) fn run(session: &Session, arguments: Value) -> Result<Value, Error> {
    let Input { service, action, version, site, parts } = input::read(arguments)?;
    let mut options = session.options().clone();
    for (name, value) in [("version", &version), ("site", &site)] {
        if let Some(value) = value {
            options.set(name, value)?;
        }
    }
    let settings = Settings::load(&options)?;
    let target = actions::find(&service, &action, &settings, &options)?;
    let parts = parts.unwrap_or_else(|| vec![Part::Parameters]);
    let spec = target.spec;
    let texts = Texts::load(target.folder, spec.version);
    let mut result = json!({
        "service": target.folder,
        "version": spec.version,
        "action": spec.name,
        "tool": if tc_spec::is_read(spec.name) { "call_read" } else { "call_write" },
    });
    if let Some((title, about)) = texts.as_ref().and_then(|texts| texts.action(spec.name)) {
        result["title"] = json!(title);
        result["about"] = json!(about);
    }
    let notes = show::notes(&target);
    if !notes.is_empty() {
        result["notes"] = json!(notes);
    }
    let describe =
        |model: &'static ModelSpec, object: &str| Value::Array(members(model, object, texts.as_ref(), &mut Vec::new()));
    if parts.contains(&Part::Parameters) {
        result["parameters"] = describe(spec.request, &format!("{}Request", spec.name));
    }
    if parts.contains(&Part::Response) {
        result["response"] = describe(spec.response.get(), &format!("{}Response", spec.name));
    }
    if parts.contains(&Part::Errors) {
        result["errors"] = json!(actions::error_codes(&target)?);
    }
    Ok(result)
}

fn members(
    model: &'static ModelSpec,
    object: &str,
    texts: Option<&Texts>,
    within: &mut Vec<&'static str>,
) -> Vec<Value> {
    model.params.iter().map(|param| member(param, object, texts, within)).collect()
}

fn member(param: &'static ParamSpec, object: &str, texts: Option<&Texts>, within: &mut Vec<&'static str>) -> Value {
    let mut described = Map::new();
    let mut put = |name: &str, value: Value| described.insert(name.to_owned(), value);
    put("name", json!(param.name));
    let list = if param.is_list() { "list of " } else { "" };
    put("type", json!(format!("{list}{}", words::type_name(param))));
    for (name, holds) in
        [("required", param.required), ("sensitive", param.sensitive), ("deprecated", param.deprecated)]
    {
        if holds {
            put(name, json!(true));
        }
    }
    let limits = words::limits(param);
    if !limits.is_empty() {
        put("limits", json!(limits.join("; ")));
    }
    if let Some(text) = texts.and_then(|texts| texts.member(object, param.name)) {
        put("about", json!(text));
    }
    if let Type::Model(nested) = param.ty {
        let nested = nested.get();
        if within.contains(&nested.name) {
            put("members", json!(format!("those of {}, which contains this one", nested.name)));
        } else {
            within.push(nested.name);
            let members = members(nested, nested.name, texts, within);
            within.pop();
            put("members", Value::Array(members));
        }
    }
    Value::Object(described)
}
