//! Reads the envelope of a body, `{"Response": {…}}`, in one pass.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};

use super::error_member::{ErrorMember, legacy};
use crate::model::{AnyJson, Fill, Members, Model, has_error_member};
use crate::spec::ModelSpec;

/// What a body contains beside the value of the response.
pub(crate) struct Envelope {
    /// `None` if the body has no `Response`.
    pub(crate) content: Option<Content>,
    /// The code and message of the older error format: `code`, `message` and `codeDesc`.
    pub(crate) legacy: Option<(String, String)>,
    /// A member `Error` beside the `Response`.
    pub(crate) error: Option<ErrorMember>,
}

/// What a `Response` contains beside the members of the action.
#[derive(Default)]
pub(crate) struct Content {
    pub(crate) request_id: Option<String>,
    pub(crate) error: Option<Box<ErrorMember>>,
    pub(crate) warning: Option<String>,
    /// The first unknown member, if the response has no known member.
    pub(crate) unknown: Option<String>,
}

/// Reads an envelope, and the members of its `Response` into `into`.
pub(super) fn read<S: for<'de> ReadContent<'de>>(text: &str, mut into: S) -> Result<Envelope, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let envelope = deserializer.deserialize_map(EnvelopeVisitor(&mut into))?;
    deserializer.end()?;
    Ok(envelope)
}

/// Reads the members of a `Response`.
pub(super) trait ReadContent<'de> {
    fn content<A: MapAccess<'de>>(&mut self, map: A) -> Result<Content, A::Error>;
}

/// Reads the members into a struct.
pub(super) struct Typed<'a, T>(pub(super) &'a mut Option<T>);

impl<'de, T: Model> ReadContent<'de> for Typed<'_, T> {
    fn content<A: MapAccess<'de>>(&mut self, map: A) -> Result<Content, A::Error> {
        let value = self.0.insert(T::empty());
        content(value, T::MODEL, map)
    }
}

/// Reads the members as untyped JSON.
pub(super) struct Untyped<'a>(pub(super) &'a mut Option<Json>);

impl<'de> ReadContent<'de> for Untyped<'_> {
    fn content<A: MapAccess<'de>>(&mut self, mut map: A) -> Result<Content, A::Error> {
        let (mut content, mut members) = (Content::default(), Map::new());
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "RequestId" => content.request_id = text(map.next_value()?),
                "DeprecatedWarning" => content.warning = text(map.next_value()?),
                other if ErrorMember::is_named(other) && !has_error_member() => {
                    content.set_error(map.next_value()?);
                    members.insert(name, Json::Null);
                }
                _ => drop(members.insert(name, map.next_value::<AnyJson>()?.0)),
            }
        }
        *self.0 = Some(Json::Object(members));
        Ok(content)
    }
}

/// Returns a text, or a number or boolean as text.
fn text(json: AnyJson) -> Option<String> {
    match json.0 {
        Json::String(text) => Some(text),
        Json::Number(_) | Json::Bool(_) => serde_json::to_string(&json.0).ok(),
        _ => None,
    }
}

impl Content {
    /// Stores the member `Error`. If there are several, the first that is not null is kept.
    fn set_error(&mut self, error: &RawValue) {
        // Read from its text, because deserializing untyped JSON would be compiled for every response type.
        self.error = self.error.take().or_else(|| ErrorMember::of(error.get().as_bytes()).map(Box::new));
    }
}

struct EnvelopeVisitor<'a, S>(&'a mut S);

impl<'de, S: ReadContent<'de>> Visitor<'de> for EnvelopeVisitor<'_, S> {
    type Value = Envelope;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a `Response`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut content, mut code, mut message, mut beside) = (None::<Content>, None, None, None);
        while let Some(key) = map.next_key_seed(EnvelopeKeys)? {
            match key {
                EnvelopeKey::Response => {
                    let earlier = content.take().and_then(|content| content.error);
                    let new = content.insert(map.next_value_seed(ContentVisitor(&mut *self.0))?);
                    new.error = earlier.or(new.error.take());
                }
                EnvelopeKey::CodeDesc => code = Some(map.next_value::<&RawValue>()?),
                EnvelopeKey::Message => message = Some(map.next_value::<&RawValue>()?),
                EnvelopeKey::Error => {
                    let raw = map.next_value::<&RawValue>()?;
                    beside = beside.or_else(|| ErrorMember::of(raw.get().as_bytes()));
                }
                EnvelopeKey::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let raw = |raw: &'de RawValue| raw.get().as_bytes();
        Ok(Envelope { content, legacy: code.and_then(|code| legacy(raw(code), message.map(raw))), error: beside })
    }
}

/// Finds the members of an envelope by their names.
struct EnvelopeKeys;

enum EnvelopeKey {
    Response,
    CodeDesc,
    Message,
    Error,
    Other,
}

impl<'de> DeserializeSeed<'de> for EnvelopeKeys {
    type Value = EnvelopeKey;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<EnvelopeKey, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for EnvelopeKeys {
    type Value = EnvelopeKey;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<EnvelopeKey, E> {
        Ok(match name {
            "Response" => EnvelopeKey::Response,
            "codeDesc" => EnvelopeKey::CodeDesc,
            "message" => EnvelopeKey::Message,
            name if ErrorMember::is_named(name) => EnvelopeKey::Error,
            _ => EnvelopeKey::Other,
        })
    }
}

struct ContentVisitor<'a, S>(&'a mut S);

impl<'de, S: ReadContent<'de>> DeserializeSeed<'de> for ContentVisitor<'_, S> {
    type Value = Content;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Content, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, S: ReadContent<'de>> Visitor<'de> for ContentVisitor<'_, S> {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the members of a `Response`")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Content, A::Error> {
        self.0.content(map)
    }
}

/// Reads the members of a `Response` into `value`. Compiled once for all response types.
fn content<'de, A: MapAccess<'de>>(
    value: &mut dyn Fill<'de, A>,
    spec: &'static ModelSpec,
    mut map: A,
) -> Result<Content, A::Error> {
    let mut content = Content::default();
    let mut members = Members::of(spec);
    let mut unknown = None;
    while let Some(key) = map.next_key_seed(ContentKeys(&mut members))? {
        match key {
            ContentKey::Member(index) => value.read(index, &mut map)?,
            ContentKey::RequestId => content.request_id = map.next_value()?,
            ContentKey::Warning => content.warning = map.next_value()?,
            ContentKey::Error => content.set_error(map.next_value()?),
            ContentKey::Other(name) => {
                map.next_value::<IgnoredAny>()?;
                unknown = unknown.or(name);
            }
        }
    }
    if content.error.is_none() {
        if !spec.params.is_empty() && !members.any() {
            content.unknown = unknown;
        }
        // Required members are checked only if the response has members of the action.
        if content.unknown.is_none() && members.any() {
            members.finish().map_err(A::Error::custom)?;
        } else {
            members.note();
        }
    }
    Ok(content)
}

/// Finds the members of a `Response` by their names.
struct ContentKeys<'a>(&'a mut Members);

enum ContentKey {
    Member(usize),
    RequestId,
    Error,
    Warning,
    /// An unknown member, with its name if no known member came before.
    Other(Option<String>),
}

impl<'de> DeserializeSeed<'de> for ContentKeys<'_> {
    type Value = ContentKey;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<ContentKey, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for ContentKeys<'_> {
    type Value = ContentKey;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<ContentKey, E> {
        Ok(match (self.0.find(name), name) {
            (Some(index), _) => ContentKey::Member(index),
            (None, "RequestId") => ContentKey::RequestId,
            (None, "DeprecatedWarning") => ContentKey::Warning,
            (None, name) if ErrorMember::is_named(name) => ContentKey::Error,
            (None, name) => {
                self.0.unknown(name);
                ContentKey::Other((!self.0.any()).then(|| name.to_owned()))
            }
        })
    }
}
