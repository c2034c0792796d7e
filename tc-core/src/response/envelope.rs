//! `{"Response": {…}}`, read in one pass: success, error, or neither.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};

use super::refusal::{Refusal, legacy};
use crate::model::{AnyJson, Fill, Members, Model};
use crate::spec::ModelSpec;

/// What a body holds beside the value of the answer. `content` is none where there is no `Response` in it.
pub(crate) struct Envelope {
    pub(crate) content: Option<Content>,
    /// The gateway's form of old: `code`, `message`, `codeDesc` beside no `Response`.
    pub(crate) legacy: Option<(String, String)>,
}

#[derive(Default)]
pub(crate) struct Content {
    pub(crate) request_id: Option<String>,
    pub(crate) error: Option<Box<Refusal>>,
    pub(crate) warning: Option<String>,
    /// The first member that the response does not have, where it has none of its own.
    pub(crate) foreign: Option<String>,
}

/// Reads the envelope of an answer, and the answer into what `into` fills.
pub(super) fn read<S: for<'de> Target<'de>>(text: &str, mut into: S) -> Result<Envelope, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let envelope = deserializer.deserialize_map(EnvelopeVisitor(&mut into))?;
    deserializer.end()?;
    Ok(envelope)
}

/// Where the members of a `Response` go.
pub(super) trait Target<'de> {
    fn content<A: MapAccess<'de>>(&mut self, map: A) -> Result<Content, A::Error>;
}

/// A typed answer.
pub(super) struct Typed<'a, T>(pub(super) &'a mut Option<T>);

impl<'de, T: Model> Target<'de> for Typed<'_, T> {
    fn content<A: MapAccess<'de>>(&mut self, map: A) -> Result<Content, A::Error> {
        let value = self.0.insert(T::empty());
        content(value, T::MODEL, map)
    }
}

/// An answer that is wanted as JSON.
pub(super) struct Free<'a>(pub(super) &'a mut Option<Json>);

impl<'de> Target<'de> for Free<'_> {
    fn content<A: MapAccess<'de>>(&mut self, mut map: A) -> Result<Content, A::Error> {
        let (mut content, mut members) = (Content::default(), Map::new());
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "RequestId" => content.request_id = map.next_value::<Option<AnyJson>>()?.map(text),
                "DeprecatedWarning" => content.warning = map.next_value::<Option<AnyJson>>()?.map(text),
                "Error" => {
                    content.refused(map.next_value()?);
                    members.insert(name, Json::Null);
                }
                _ => drop(members.insert(name, map.next_value::<AnyJson>()?.0)),
            }
        }
        *self.0 = Some(Json::Object(members));
        Ok(content)
    }
}

fn text(json: AnyJson) -> String {
    match json.0 {
        Json::String(text) => text,
        // Not by its Display: that would be a second writer of JSON in every program.
        other => serde_json::to_string(&other).unwrap_or_default(),
    }
}

impl Content {
    /// Takes the member `Error`. The first that is not null counts, should there be several.
    fn refused(&mut self, error: &RawValue) {
        // Taken as it was written and read by hand: the reader of any JSON would else be part of every type's.
        self.error = self.error.take().or_else(|| Refusal::of(error.get().as_bytes()).map(Box::new));
    }
}

struct EnvelopeVisitor<'a, S>(&'a mut S);

impl<'de, S: Target<'de>> Visitor<'de> for EnvelopeVisitor<'_, S> {
    type Value = Envelope;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a `Response`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut content, mut code, mut message) = (None::<Content>, None, None);
        while let Some(key) = map.next_key_seed(Outer)? {
            match key {
                OuterKey::Response => {
                    let earlier = content.take().and_then(|content| content.error);
                    let new = content.insert(map.next_value_seed(ContentVisitor(&mut *self.0))?);
                    new.error = earlier.or(new.error.take());
                }
                OuterKey::CodeDesc => code = Some(map.next_value::<&RawValue>()?),
                OuterKey::Message => message = Some(map.next_value::<&RawValue>()?),
                OuterKey::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let raw = |raw: &'de RawValue| raw.get().as_bytes();
        Ok(Envelope { content, legacy: code.and_then(|code| legacy(raw(code), message.map(raw))) })
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

struct ContentVisitor<'a, S>(&'a mut S);

impl<'de, S: Target<'de>> DeserializeSeed<'de> for ContentVisitor<'_, S> {
    type Value = Content;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Content, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, S: Target<'de>> Visitor<'de> for ContentVisitor<'_, S> {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the members of a `Response`")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Content, A::Error> {
        self.0.content(map)
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
            InnerKey::Error => content.refused(map.next_value()?),
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
        } else {
            members.note();
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
            (None, name) => {
                self.0.unknown(name);
                InnerKey::Other((!self.0.any()).then(|| name.to_owned()))
            }
        })
    }
}
