//! `{"Response": {…}}`, read in one pass: success, error, or neither.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::Value as Json;
use serde_json::value::RawValue;

use crate::model::{Fill, Members, Model};
use crate::spec::ModelSpec;

/// What a body holds beside the value of the answer. `content` is none where there is no `Response` in it.
pub(crate) struct Envelope {
    pub(crate) content: Option<Content>,
    /// The gateway's form of old: `code`, `message`, `codeDesc` beside no `Response`.
    pub(crate) legacy: Option<(String, String)>,
}

#[derive(Default)]
pub(crate) struct Content {
    /// How many members there are beside `RequestId` and the warning, where they were counted: in free JSON.
    pub(crate) members: usize,
    pub(crate) request_id: Option<String>,
    pub(crate) error: Option<(String, String)>,
    pub(crate) warning: Option<String>,
    /// The first member that the response does not have, where it has none of its own.
    pub(crate) foreign: Option<String>,
}

/// Reads the envelope of a typed answer, and the answer into `value`.
pub(super) fn read<T: Model>(text: &str, value: &mut Option<T>) -> Result<Envelope, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let envelope = deserializer.deserialize_map(EnvelopeVisitor(value))?;
    deserializer.end()?;
    Ok(envelope)
}

/// The code and message of `Response.Error`, where it has a code.
pub(super) fn error_of(error: &Json) -> Option<(String, String)> {
    let code = error.get("Code")?.as_str()?;
    let message = match error.get("Message") {
        Some(Json::String(message)) => message.clone(),
        Some(other) => written(other),
        None => String::new(),
    };
    Some((code.to_owned(), message))
}

/// The envelope of an answer that is wanted as JSON, which is put into `value`.
pub(super) fn from_json(mut body: Json, value: &mut Option<Json>) -> Envelope {
    let legacy = legacy_of(body.get("codeDesc"), body.get("message"));
    let content = body.get_mut("Response").filter(|content| content.is_object()).map(Json::take).map(|mut content| {
        let mut take = |name: &str| content.as_object_mut().and_then(|members| members.remove(name));
        let request_id = take("RequestId").map(text);
        let warning = take("DeprecatedWarning").map(text);
        let error = content.get("Error").and_then(error_of);
        let members = content.as_object().map_or(0, serde_json::Map::len);
        *value = Some(content);
        Content { members, request_id, error, warning, foreign: None }
    });
    Envelope { content, legacy }
}

fn text(json: Json) -> String {
    match json {
        Json::String(text) => text,
        other => written(&other),
    }
}

/// Not by its Display: that would be a second writer of JSON in every program.
fn written(json: &Json) -> String {
    serde_json::to_string(json).unwrap_or_default()
}

fn legacy_of(code: Option<&Json>, message: Option<&Json>) -> Option<(String, String)> {
    let code = code?.as_str().filter(|code| !code.is_empty() && *code != "Success")?;
    Some((code.to_owned(), message.and_then(Json::as_str).unwrap_or_default().to_owned()))
}

// What is rarely there is taken as it was written and read here: the reader of any JSON would else be part of every type's.

fn raw_error(error: &RawValue) -> Option<(String, String)> {
    error_of(&read_raw(error)?)
}

fn raw_legacy(code: &RawValue, message: Option<&RawValue>) -> Option<(String, String)> {
    legacy_of(read_raw(code).as_ref(), message.and_then(read_raw).as_ref())
}

fn read_raw(raw: &RawValue) -> Option<Json> {
    serde_json::from_str(raw.get()).ok()
}

struct EnvelopeVisitor<'a, T>(&'a mut Option<T>);

impl<'de, T: Model> Visitor<'de> for EnvelopeVisitor<'_, T> {
    type Value = Envelope;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a `Response`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut content, mut code, mut message) = (None, None, None);
        while let Some(key) = map.next_key_seed(Outer)? {
            match key {
                OuterKey::Response => content = Some(map.next_value_seed(ContentVisitor(&mut *self.0))?),
                OuterKey::CodeDesc => code = Some(map.next_value::<&RawValue>()?),
                OuterKey::Message => message = Some(map.next_value::<&RawValue>()?),
                OuterKey::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Envelope { content, legacy: code.and_then(|code| raw_legacy(code, message)) })
    }
}

struct Outer;

enum OuterKey {
    Response,
    CodeDesc,
    Message,
    Other,
}

impl<'de> DeserializeSeed<'de> for Outer {
    type Value = OuterKey;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<OuterKey, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Outer {
    type Value = OuterKey;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<OuterKey, E> {
        Ok(match name {
            "Response" => OuterKey::Response,
            "codeDesc" => OuterKey::CodeDesc,
            "message" => OuterKey::Message,
            _ => OuterKey::Other,
        })
    }
}

struct ContentVisitor<'a, T>(&'a mut Option<T>);

impl<'de, T: Model> DeserializeSeed<'de> for ContentVisitor<'_, T> {
    type Value = Content;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Content, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: Model> Visitor<'de> for ContentVisitor<'_, T> {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the members of a `Response`")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Content, A::Error> {
        let value = self.0.insert(T::empty());
        content(value, T::MODEL, map)
    }
}

/// The members of a `Response`, those of the answer read into `value`. Compiled once for all answers.
fn content<'de, A: MapAccess<'de>>(
    value: &mut dyn Fill<'de, A>,
    spec: &'static ModelSpec,
    mut map: A,
) -> Result<Content, A::Error> {
    let mut content = Content::default();
    let mut members = Members::of(spec);
    let mut foreign = None;
    while let Some(key) = map.next_key_seed(Inner(&mut members))? {
        match key {
            InnerKey::Member(index) => value.read(index, &mut map)?,
            InnerKey::RequestId => content.request_id = map.next_value()?,
            InnerKey::Warning => content.warning = map.next_value()?,
            InnerKey::Error => {
                let error: &RawValue = map.next_value()?;
                content.error = raw_error(error);
                if content.error.is_none() && error.get() != "null" {
                    foreign.get_or_insert("Error".to_owned());
                }
            }
            InnerKey::Other(name) => {
                map.next_value::<IgnoredAny>()?;
                foreign = foreign.or(name);
            }
        }
    }
    if content.error.is_none() {
        if !spec.params.is_empty() && !members.any() {
            content.foreign = foreign;
        }
        // Only an answer that is one must be whole.
        if content.foreign.is_none() && members.any() {
            members.finish().map_err(A::Error::custom)?;
        }
    }
    Ok(content)
}

struct Inner<'a>(&'a mut Members);

enum InnerKey {
    Member(usize),
    RequestId,
    Error,
    Warning,
    /// With its name while no member of the response has been seen.
    Other(Option<String>),
}

impl<'de> DeserializeSeed<'de> for Inner<'_> {
    type Value = InnerKey;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<InnerKey, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Inner<'_> {
    type Value = InnerKey;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<InnerKey, E> {
        Ok(match (self.0.find(name), name) {
            (Some(index), _) => InnerKey::Member(index),
            (None, "RequestId") => InnerKey::RequestId,
            (None, "Error") => InnerKey::Error,
            (None, "DeprecatedWarning") => InnerKey::Warning,
            (None, name) => InnerKey::Other((!self.0.any()).then(|| name.to_owned())),
        })
    }
}
