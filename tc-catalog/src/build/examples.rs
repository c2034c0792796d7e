//! Compares the limits with the official example inputs: a limit that one of them breaks is dropped.
//!
//! A placeholder such as `xxx` counts as an example value: it cannot be told apart from a real value reliably, and every
//! official example has to pass the limits.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};
use tc_spec::names::COMMON_PARAMETERS;

use super::error::BuildError;
use super::metadata::sorted;
use super::model::{LimitData, MemberData, ModuleData, accepts};
use crate::types::Type;
use crate::{Number, Scalar, Site};

/// A kind of limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LimitKind {
    /// The accepted numbers.
    Range,
    /// The accepted numbers of items.
    Items,
    /// The accepted numbers of characters.
    Length,
    /// The accepted values.
    Values,
}

impl LimitKind {
    /// Its name in the dump: `range`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Range => "range",
            Self::Items => "items",
            Self::Length => "length",
            Self::Values => "values",
        }
    }
}

/// The example inputs of the actions of a module, as JSON.
pub(crate) type Examples = Vec<(String, Value)>;

/// Reads the inputs of an `examples.json`. Skips those that are neither JSON nor a query.
pub(crate) fn read(path: &Path) -> Result<Examples, BuildError> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(BuildError::file(path, error)),
    };
    let json: Value = serde_json::from_slice(&text).map_err(|error| BuildError::metadata(path, error.to_string()))?;
    let mut inputs = Vec::new();
    for (action, examples) in json["actions"].as_object().map(sorted).unwrap_or_default() {
        for example in examples.as_array().into_iter().flatten() {
            if let Some(input) = example["input"].as_str().and_then(input) {
                inputs.push((action.clone(), input));
            }
        }
    }
    Ok(inputs)
}

/// The parameters of an example: the JSON body of a POST, or the query of a GET.
fn input(text: &str) -> Option<Value> {
    if text.trim_start().starts_with("http") {
        return Some(query(text));
    }
    let start = text.find('{')?;
    let json: Value = serde_json::from_str(text.get(start..=text.rfind('}')?)?).ok()?;
    json.is_object().then_some(json)
}

fn query(url: &str) -> Value {
    let (_, query) = url.split_once('?').unwrap_or_default();
    let mut root = Map::new();
    for pair in query.split('&').map(str::trim) {
        let Some((name, value)) = pair.split_once('=') else { continue };
        if !COMMON_PARAMETERS.contains(&name) && !name.is_empty() {
            insert(&mut root, name, decode(value));
        }
    }
    lists(Value::Object(root))
}

fn insert(map: &mut Map<String, Value>, name: &str, value: String) {
    match name.split_once('.') {
        None => {
            map.insert(name.to_owned(), Value::String(value));
        }
        Some((first, rest)) => {
            let inner = map.entry(first).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

/// Converts objects whose names are numbers into lists.
fn lists(value: Value) -> Value {
    let Value::Object(map) = value else { return value };
    let mut items: Vec<(Option<u32>, String, Value)> =
        map.into_iter().map(|(name, value)| (name.parse().ok(), name, lists(value))).collect();
    if !items.is_empty() && items.iter().all(|(position, ..)| position.is_some()) {
        items.sort_by_key(|(position, ..)| *position);
        return Value::Array(items.into_iter().map(|(.., value)| value).collect());
    }
    Value::Object(items.into_iter().map(|(_, name, value)| (name, value)).collect())
}

/// Decodes percent-encoding such as `%E4`; invalid sequences stay unchanged.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = (*first == b'%').then(|| after.get(..2)).flatten().and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// A limit that an example breaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BrokenLimit {
    pub(crate) site: Site,
    pub(crate) object: String,
    pub(crate) member: String,
    pub(crate) kind: LimitKind,
}

/// Drops the limits of either site that an example of either site breaks. Returns them with the value that breaks them.
pub(crate) fn drop_broken(
    sites: &mut [Option<ModuleData>; 2],
    examples: &[Examples; 2],
) -> BTreeMap<BrokenLimit, String> {
    let mut broken = BTreeMap::new();
    for (data, examples) in sites.iter().zip(examples) {
        let Some(data) = data else { continue };
        for (action, input) in examples {
            let Ok(position) = data.actions.binary_search_by(|candidate| candidate.name.cmp(action)) else { continue };
            walk(data, data.actions[position].request, input, 0, &mut |object, member, value| {
                for site in Site::ALL {
                    let Some(limits) = sites[site.index()].as_ref().and_then(|data| find(data, object, member)) else {
                        continue;
                    };
                    check(member, limits, value, &mut |kind, value| {
                        let (object, member) = (object.to_owned(), member.name.clone());
                        broken.entry(BrokenLimit { site, object, member, kind }).or_insert(value);
                    });
                }
            });
        }
    }
    for BrokenLimit { site, object, member, kind } in broken.keys() {
        let Some(data) = &mut sites[site.index()] else { continue };
        let members = data
            .objects
            .iter_mut()
            .filter(|candidate| candidate.name == *object)
            .flat_map(|object| &mut object.members);
        for member in members.filter(|candidate| candidate.name == *member) {
            drop_limit(&mut member.own, *kind);
        }
    }
    broken
}

pub(crate) fn drop_limit(limits: &mut LimitData, kind: LimitKind) {
    match kind {
        LimitKind::Range => limits.range = None,
        LimitKind::Items => limits.items = None,
        LimitKind::Length => limits.length = None,
        LimitKind::Values => limits.values = None,
    }
}

/// The limits of a site for the same member, if it has the same type there.
fn find<'a>(data: &'a ModuleData, object: &str, member: &MemberData) -> Option<&'a LimitData> {
    let position = data.objects.binary_search_by(|candidate| candidate.name.as_str().cmp(object)).ok()?;
    let twin = data.objects[position].members.iter().find(|candidate| candidate.name == member.name)?;
    (twin.list == member.list && twin.ty.form() == member.ty.form()).then_some(&twin.own)
}

/// Calls `visit` for each declared member that the input has.
fn walk(
    data: &ModuleData,
    object: usize,
    input: &Value,
    depth: usize,
    visit: &mut dyn FnMut(&str, &MemberData, &Value),
) {
    let (Some(values), true) = (input.as_object(), depth < 64) else { return };
    let object = &data.objects[object];
    for member in &object.members {
        let Some(value) = values.get(&member.name).filter(|value| !value.is_null()) else { continue };
        visit(&object.name, member, value);
        if let Type::Object(inner) = member.ty {
            match value.as_array() {
                Some(items) if member.list => items.iter().for_each(|item| walk(data, inner, item, depth + 1, visit)),
                _ => walk(data, inner, value, depth + 1, visit),
            }
        }
    }
}

/// Calls `broken` for each limit that `value` breaks. A value of another type than the declared one is not checked.
fn check(member: &MemberData, limits: &LimitData, value: &Value, broken: &mut dyn FnMut(LimitKind, String)) {
    if !member.list {
        return check_one(member, limits, value, broken);
    }
    let Some(items) = value.as_array() else { return };
    // An optional list that is empty is left out of the request.
    let is_left_out = items.is_empty() && !member.required;
    if !is_left_out && limits.items.is_some_and(|ends| !accepts(ends, items.len() as u64)) {
        broken(LimitKind::Items, items.len().to_string());
    }
    for item in items {
        check_one(member, limits, item, broken);
    }
}

fn check_one(member: &MemberData, limits: &LimitData, value: &Value, broken: &mut dyn FnMut(LimitKind, String)) {
    let scalar = match value {
        Value::String(text) if member.ty.is_text() => Scalar::Text(text.clone()),
        // Numbers may be sent as text.
        Value::String(text) => match text.parse::<Number>() {
            Ok(number) if member.ty.form() != "bool" => Scalar::Number(number),
            _ => return,
        },
        Value::Number(number) if !member.ty.is_text() => match number.to_string().parse::<Number>() {
            Ok(number) => Scalar::Number(number),
            Err(_) => return,
        },
        _ => return,
    };
    match &scalar {
        Scalar::Number(number) if limits.range.is_some_and(|ends| !accepts(ends, *number)) => {
            broken(LimitKind::Range, number.to_string());
        }
        Scalar::Text(text) if limits.length.is_some_and(|ends| !accepts(ends, text.chars().count() as u64)) => {
            broken(LimitKind::Length, format!("{} characters", text.chars().count()));
        }
        _ => {}
    }
    if limits.values.as_ref().is_some_and(|values| !values.contains(&scalar)) {
        // Longer example texts are sentences of the documentation, so only short words are printed.
        let shown = scalar.to_string();
        let is_word = shown.len() <= 32 && shown.bytes().all(|byte| byte.is_ascii_graphic());
        broken(LimitKind::Values, if is_word { shown } else { format!("{} characters", shown.chars().count()) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_as_the_request_that_it_was_made_from() {
        let text =
            "https://cvm.tencentcloudapi.com/?Action=X\r\n&Filters.1.Name=b&Filters.0.Name=a%2Db\n&Limit=20&<common>";
        let expected = serde_json::json!({"Filters": [{"Name": "a-b"}, {"Name": "b"}], "Limit": "20"});
        assert_eq!(input(text), Some(expected));
    }

    #[test]
    fn the_body_of_a_post_is_read_and_other_text_is_not() {
        assert_eq!(input("POST / HTTP/1.1\n\n{\"A\": 1}"), Some(serde_json::json!({"A": 1})));
        assert_eq!(input("POST / HTTP/1.1\n\n{\"A\": ...}"), None);
        assert_eq!(input("------WebKitFormBoundary"), None);
    }
}
