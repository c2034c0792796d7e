//! Reads one `api.json`: its actions, objects and members.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use super::error::BuildError;
use super::mined;
use super::model::{ActionData, MemberData, ModuleData, ObjectData};
use super::{description, sensitive};
use crate::mine::{Lang, MinedInput};
use crate::read::Status;
use crate::types::Type;

/// The contents of one file.
pub(crate) struct Parsed {
    /// The service's name on the wire.
    pub(crate) wire: String,
    pub(crate) data: ModuleData,
}

/// Reads the metadata at `path`.
pub(crate) fn read(path: &Path, lang: Lang, service: &str, version: &str) -> Result<Parsed, BuildError> {
    let text = fs::read(path).map_err(|error| BuildError::file(path, error))?;
    let json: Value = serde_json::from_slice(&text).map_err(|error| BuildError::metadata(path, error.to_string()))?;
    parse(&json, lang, service, version).map_err(|problem| BuildError::metadata(path, problem))
}

/// Reads parsed metadata. The error names the object and the problem.
pub(crate) fn parse(json: &Value, lang: Lang, service: &str, version: &str) -> Result<Parsed, String> {
    let metadata = object(json, "metadata")?;
    let declared = text(metadata, "apiVersion")?;
    if declared != version {
        return Err(format!("it declares version {declared}, but SERVICE_VERSIONS has {version}"));
    }
    let (actions, objects) = (sorted(object(json, "actions")?), sorted(object(json, "objects")?));
    let positions: HashMap<&str, usize> = objects.keys().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    let mut data = ModuleData::default();
    for (name, declared) in objects {
        let context = |problem| format!("object {name}: {problem}");
        let members =
            declared.get("members").and_then(Value::as_array).ok_or_else(|| context("it has no members".to_owned()))?;
        let mut all = Vec::with_capacity(members.len());
        for declared in members {
            let input = input(declared, lang, service, name).map_err(context)?;
            all.push(
                member(declared, &input, &positions)
                    .map_err(|problem| context(format!("{}: {problem}", input.name)))?,
            );
        }
        if let Some(twice) = twice(&all) {
            return Err(context(format!("it has two members {twice}")));
        }
        sensitive::mark(&mut all);
        data.objects.push(ObjectData { name: checked(name)?, in_request: false, in_response: false, members: all });
    }
    for (name, declared) in actions {
        data.actions.push(
            action(name, declared, &positions, &data.objects, json, lang)
                .map_err(|problem| format!("action {name}: {problem}"))?,
        );
    }
    Ok(Parsed { wire: checked(text(metadata, "serviceShortName")?)?, data })
}

/// Sorts by name, as the catalog does. A map of serde_json is not sorted if another crate turns on its feature
/// `preserve_order`.
pub(crate) fn sorted(map: &Map<String, Value>) -> BTreeMap<&String, &Value> {
    map.iter().collect()
}

fn input<'a>(declared: &'a Value, lang: Lang, service: &'a str, object: &'a str) -> Result<MinedInput<'a>, String> {
    let member = declared.as_object().ok_or("a member is not an object")?;
    Ok(MinedInput {
        lang,
        service,
        action_or_object: object,
        name: text(member, "name")?,
        type_: text(member, "type")?,
        member_type: text(member, "member")?,
        required: flag(member, "required"),
        document: text(member, "document")?,
    })
}

fn member(declared: &Value, input: &MinedInput<'_>, positions: &HashMap<&str, usize>) -> Result<MemberData, String> {
    let list = input.type_ == "list";
    let ty = ty(input.member_type, positions)?;
    if !list && ty.form() != input.type_ {
        return Err(format!("the type {} of {} is unknown", input.type_, input.member_type));
    }
    let flag = |key| declared.as_object().is_some_and(|member| flag(member, key));
    let own = mined::read(input, ty, list);
    Ok(MemberData {
        name: checked(input.name)?,
        ty,
        list,
        required: input.required,
        output_required: flag("output_required"),
        nullable: flag("value_allowed_null"),
        deprecated: flag("disabled"),
        sensitive: false,
        boxed: false,
        clears: list && description::clears_when_empty(input.document),
        stated: own.clone(),
        own,
        merged: super::model::LimitData::default(),
        starts_at_zero: description::starts_at_zero(input.document),
    })
}

fn ty(declared: &str, positions: &HashMap<&str, usize>) -> Result<Type<usize>, String> {
    Ok(match declared {
        "string" => Type::String,
        "int64" => Type::Int64,
        "uint64" => Type::Uint64,
        "float" => Type::Float,
        "bool" => Type::Bool,
        "date" => Type::Date,
        "datetime" => Type::DateTime,
        "datetime_iso" => Type::DateTimeIso,
        "binary" => Type::Binary,
        object => Type::Object(*positions.get(object).ok_or_else(|| format!("there is no object {object}"))?),
    })
}

fn action(
    name: &str,
    declared: &Value,
    positions: &HashMap<&str, usize>,
    objects: &[ObjectData],
    json: &Value,
    lang: Lang,
) -> Result<ActionData, String> {
    let action = declared.as_object().ok_or("it is not an object")?;
    let position = |key| -> Result<usize, String> {
        let object = text(action, key)?;
        positions.get(object).copied().ok_or_else(|| format!("there is no object {object}"))
    };
    let (request, response) = (position("input")?, position("output")?);
    let status = match action.get("status").and_then(Value::as_str) {
        None | Some("online") => Status::Online,
        Some("deprecated") => Status::Deprecated,
        Some("offline") => Status::Offline,
        Some(other) => return Err(format!("the status {other} is unknown")),
    };
    let request_id = json["objects"][&objects[response].name]["members"]
        .as_array()
        .and_then(|members| members.iter().find(|member| member["name"] == "RequestId"))
        .and_then(|member| member["document"].as_str());
    Ok(ActionData {
        name: checked(name)?,
        request,
        response,
        status,
        skip_sign: flag(action, "skip_sign"),
        streaming: request_id.is_some_and(description::is_streaming),
        rate: description::rate(lang, text(action, "document")?),
        page: None,
    })
}

fn twice(members: &[MemberData]) -> Option<&str> {
    let mut names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    names.sort_unstable();
    names.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}

/// A name of the metadata, which must be one word of printable ASCII.
fn checked(name: &str) -> Result<String, String> {
    let is_word = !name.is_empty() && name.len() < 256 && name.bytes().all(|byte| byte.is_ascii_graphic());
    if is_word { Ok(name.to_owned()) } else { Err(format!("`{name}` is not a name")) }
}

fn object<'a>(json: &'a Value, key: &str) -> Result<&'a Map<String, Value>, String> {
    json.get(key).and_then(Value::as_object).ok_or_else(|| format!("it has no object `{key}`"))
}

fn text<'a>(map: &'a Map<String, Value>, key: &str) -> Result<&'a str, String> {
    map.get(key).and_then(Value::as_str).ok_or_else(|| format!("it has no text `{key}`"))
}

/// A flag is absent, a boolean, or 1.
fn flag(map: &Map<String, Value>, key: &str) -> bool {
    map.get(key).is_some_and(|value| value.as_bool() == Some(true) || value.as_i64() == Some(1))
}
