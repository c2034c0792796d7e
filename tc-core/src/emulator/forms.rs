//! Readers for all encodings of parameters: query and form, JSON, multipart, octet-stream. They share no code with the client's encoders.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::ErrorResponse;
use super::request::Arrived;
use crate::spec::{ActionSpec, BodyForm, Type};

/// The deepest nesting of a parameter. The parameters of the cloud are less deep; a hostile name could have any depth.
const DEEPEST: usize = 32;

/// Reads the body of a POST that is signed with TC3: the parameters, and whether all of their values are text. Returns `None`
/// if the action does not accept the Content-Type.
///
/// # Errors
/// A body that is not in the form that its Content-Type names.
pub(super) fn body(
    arrived: &Arrived,
    service: &str,
    spec: Option<&ActionSpec>,
) -> Result<Option<(Map<String, Value>, bool)>, ErrorResponse> {
    let form = match arrived.media_type().as_str() {
        "application/json" => BodyForm::Json,
        "multipart/form-data" => BodyForm::Multipart,
        "application/octet-stream" => BodyForm::OctetStream,
        _ => return Ok(None),
    };
    // Every action accepts JSON.
    if form != BodyForm::Json && spec.is_some_and(|spec| spec.body != form) {
        return Ok(None);
    }
    Ok(Some(match form {
        BodyForm::Json => (json(&arrived.body)?, false),
        BodyForm::Multipart => (multipart(arrived, spec)?, true),
        BodyForm::OctetStream => (octet_stream(arrived, service, spec), true),
    }))
}

/// Decodes the pairs of a query or form.
pub(super) fn pairs(raw: &str) -> Result<Vec<(String, String)>, ErrorResponse> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Ok((decoded(name)?, decoded(value)?))
    };
    raw.split('&').filter(|text| !text.is_empty()).map(pair).collect()
}

/// Decodes percent-encoding; both `+` and `%20` are a space.
fn decoded(text: &str) -> Result<String, ErrorResponse> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'+' => out.push(b' '),
            b'%' => {
                let digit = |index| bytes.get(index).and_then(|byte| char::from(*byte).to_digit(16));
                let (Some(high), Some(low)) = (digit(at + 1), digit(at + 2)) else {
                    return Err(ErrorResponse::new(
                        "InvalidParameter",
                        "The query has a `%` without two hex digits after it.",
                    ));
                };
                // Two hex digits always fit into a byte.
                out.extend(u8::try_from(high * 16 + low));
                at += 2;
            }
            byte => out.push(*byte),
        }
        at += 1;
    }
    String::from_utf8(out).map_err(|_| ErrorResponse::new("InvalidParameter", "The query is not encoded in UTF-8."))
}

/// Converts `Filters.0.Name=a` to `{"Filters": {"0": {"Name": "a"}}}`; the spec decides which numbers are indices.
pub(super) fn tree(pairs: impl IntoIterator<Item = (String, Value)>) -> Result<Map<String, Value>, ErrorResponse> {
    let mut root = Map::new();
    for (name, value) in pairs {
        let steps: Vec<&str> = name.split('.').collect();
        if steps.len() > DEEPEST {
            return Err(ErrorResponse::new(
                "InvalidParameter",
                format!("The name of a parameter has {} parts; at most {DEEPEST} are accepted.", steps.len()),
            ));
        }
        let Some((last, above)) = steps.split_last() else { continue };
        let mut map = &mut root;
        for step in above {
            let below = map.entry(*step).or_insert_with(|| Value::Object(Map::new()));
            map = below.as_object_mut().ok_or_else(|| twice(&name))?;
        }
        if map.insert((*last).to_owned(), value).is_some() {
            return Err(twice(&name));
        }
    }
    Ok(root)
}

fn twice(name: &str) -> ErrorResponse {
    ErrorResponse::new("InvalidParameter", format!("The parameter `{name}` is given twice."))
}

/// Converts objects with the names 0, 1, 2 … to lists, for parameters without a spec.
pub(super) fn listed(value: Value) -> Value {
    match value {
        Value::Object(map) if !map.is_empty() => match list(map) {
            Ok(items) => items.into_iter().map(listed).collect(),
            Err(map) => Value::Object(map.into_iter().map(|(name, value)| (name, listed(value))).collect()),
        },
        value => value,
    }
}

/// The items of an object with the names 0, 1, 2 …; any other object is returned unchanged.
pub(super) fn list(map: Map<String, Value>) -> Result<Vec<Value>, Map<String, Value>> {
    let numbered = (0..map.len()).all(|index| map.contains_key(&index.to_string()));
    if !numbered {
        return Err(map);
    }
    let mut items: Vec<(usize, Value)> =
        map.into_iter().filter_map(|(name, value)| Some((name.parse().ok()?, value))).collect();
    items.sort_by_key(|(index, _)| *index);
    Ok(items.into_iter().map(|(_, value)| value).collect())
}

/// The object in a JSON body.
fn json(body: &[u8]) -> Result<Map<String, Value>, ErrorResponse> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(ErrorResponse::new("InvalidParameter", "The body is JSON but not an object.")),
        Err(error) => Err(ErrorResponse::new("InvalidParameter", format!("The body is not JSON: {error}."))),
    }
}

/// Reads the parts of a `multipart/form-data` body; binary parts are encoded in base64.
fn multipart(arrived: &Arrived, spec: Option<&ActionSpec>) -> Result<Map<String, Value>, ErrorResponse> {
    let content_type = arrived.header("content-type").unwrap_or_default();
    let boundary = attribute(content_type, "boundary").filter(|boundary| !boundary.is_empty());
    let boundary = boundary.ok_or_else(|| malformed("its Content-Type has no boundary"))?;
    // The limit of RFC 2046; the time of the search grows with it.
    if boundary.len() > 70 {
        return Err(malformed("its boundary has more than 70 characters"));
    }
    let mut parts = Vec::new();
    let fence = format!("--{boundary}");
    let mut rest =
        arrived.body.strip_prefix(fence.as_bytes()).ok_or_else(|| malformed("it does not begin with its boundary"))?;
    loop {
        if rest.starts_with(b"--") {
            return tree(parts);
        }
        rest = rest.strip_prefix(b"\r\n").ok_or_else(|| malformed("a boundary is not followed by a line break"))?;
        let end =
            find(rest, format!("\r\n{fence}").as_bytes()).ok_or_else(|| malformed("its last boundary is missing"))?;
        let (one, after) = rest.split_at(end);
        parts.push(part(one, spec)?);
        rest = &after[2 + fence.len()..];
    }
}

fn part(bytes: &[u8], spec: Option<&ActionSpec>) -> Result<(String, Value), ErrorResponse> {
    let end = find(bytes, b"\r\n\r\n").ok_or_else(|| malformed("a part has no blank line after its headers"))?;
    let (head, content) = (&bytes[..end], &bytes[end + 4..]);
    let head = std::str::from_utf8(head).map_err(|_| malformed("a part's headers are not UTF-8"))?;
    let header = |wanted: &str| {
        head.split("\r\n").filter_map(|line| line.split_once(':')).find(|(name, _)| name.eq_ignore_ascii_case(wanted))
    };
    let (_, disposition) =
        header("content-disposition").ok_or_else(|| malformed("a part has no Content-Disposition"))?;
    let name = attribute(disposition, "name").ok_or_else(|| malformed("a part has no name"))?.replace("%22", "\"");
    let kind = header("content-type").map_or("", |(_, kind)| kind.trim());
    let declared = spec.and_then(|spec| spec.request.param(&name)).map(|param| param.ty);
    let text = match (declared, std::str::from_utf8(content)) {
        (Some(Type::Binary), _) | (_, Err(_)) => None,
        (None, _) if kind.starts_with("application/octet-stream") || attribute(disposition, "filename").is_some() => {
            None
        }
        (_, Ok(text)) => Some(text),
    };
    let value = match text {
        None => STANDARD.encode(content).into(),
        Some(text) if kind.starts_with("application/json") => serde_json::from_str(text)
            .map_err(|error| malformed(&format!("the JSON of its part `{name}` is wrong: {error}")))?,
        Some(text) => text.into(),
    };
    Ok((name, value))
}

fn malformed(how: &str) -> ErrorResponse {
    ErrorResponse::new("InvalidRequest", format!("The multipart body is malformed: {how}."))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// An attribute of a header such as `form-data; name="File"; filename="File"`.
fn attribute(header: &str, wanted: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|piece| {
        let (name, value) = piece.split_once('=')?;
        name.trim().eq_ignore_ascii_case(wanted).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// Reads an octet-stream: the body is the binary parameter, headers such as `X-CLS-TopicId` are the other parameters.
fn octet_stream(arrived: &Arrived, service: &str, spec: Option<&ActionSpec>) -> Map<String, Value> {
    let prefix = format!("x-{}-", service.to_ascii_lowercase());
    let params = spec.map_or(&[][..], |spec| spec.request.params);
    let mut map = Map::new();
    for (name, value) in &arrived.headers {
        let Some(name) = name.strip_prefix(&prefix) else { continue };
        // Header names arrive in lower case; the spec has the correct spelling.
        let name = params.iter().find(|param| param.name.eq_ignore_ascii_case(name)).map_or(name, |param| param.name);
        map.insert(name.to_owned(), String::from_utf8_lossy(value).trim().into());
    }
    let body = params.iter().find(|param| matches!(param.ty, Type::Binary)).map_or("$body", |param| param.name);
    map.insert(body.to_owned(), STANDARD.encode(&arrived.body).into());
    map
}
