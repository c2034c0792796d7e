//! Implements serde's `Serialize`, and a `Debug` that hides sensitive values, for every annotated struct.

use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

use super::value::{iso, members};
use super::{Fields, Value, ValueList};

/// Implements `Serialize` for every annotated struct: its wire form without absent members.
///
/// # Errors
/// The error of the serializer.
pub fn serialize<S: Serializer>(model: &dyn Fields, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for (param, value) in members(model) {
        map.serialize_entry(param.name, &value)?;
    }
    map.end()
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Absent => serializer.serialize_none(),
            Self::Bool(value) => serializer.serialize_bool(value),
            Self::Int(number) => serializer.serialize_i64(number),
            Self::Uint(number) => serializer.serialize_u64(number),
            Self::Float(number) => serializer.serialize_f64(number),
            Self::Float32(number) => serializer.serialize_f32(number),
            Self::Text(text) | Self::Enum(text, _) => serializer.serialize_str(text),
            Self::Time(time) => serializer.serialize_str(&iso(time)),
            Self::Bytes(bytes) => base64(bytes, serializer),
            Self::Upload(upload) => base64(upload.bytes(), serializer),
            Self::Model(model) => serialize(model, serializer),
            Self::Texts(texts) => texts.serialize(serializer),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.count()))?;
                for index in 0..items.count() {
                    list.serialize_element(&items.item(index))?;
                }
                list.end()
            }
            Self::Json(value) => value.serialize(serializer),
        }
    }
}

fn base64<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    use base64::Engine;
    serializer.serialize_str(&base64::engine::general_purpose::STANDARD.encode(bytes))
}

/// Implements `Debug` for annotated structs. Sensitive values are written as `…`.
///
/// # Errors
/// The error of the formatter.
pub fn debug(model: &dyn Fields, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let spec = model.model();
    let mut out = f.debug_struct(spec.name);
    for (index, param) in spec.params.iter().enumerate() {
        match model.member(index) {
            Value::Absent => out.field(param.field, &format_args!("None")),
            _ if param.sensitive => out.field(param.field, &format_args!("…")),
            value => out.field(param.field, &value),
        };
    }
    out.finish()
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Absent => f.write_str("None"),
            Self::Bool(value) => value.fmt(f),
            Self::Int(number) => number.fmt(f),
            Self::Uint(number) => number.fmt(f),
            Self::Float(number) => number.fmt(f),
            Self::Float32(number) => number.fmt(f),
            Self::Text(text) | Self::Enum(text, _) => text.fmt(f),
            Self::Time(time) => f.write_str(&iso(time)),
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
            Self::Upload(upload) => upload.fmt(f),
            Self::Model(model) => debug(model, f),
            Self::Texts(texts) => texts.fmt(f),
            Self::List(items) => f.debug_list().entries(List(items)).finish(),
            Self::Json(value) => value.fmt(f),
        }
    }
}

struct List<'a>(&'a dyn ValueList);

impl<'a> IntoIterator for List<'a> {
    type Item = Value<'a>;
    type IntoIter = Box<dyn Iterator<Item = Value<'a>> + 'a>;

    fn into_iter(self) -> Self::IntoIter {
        Box::new((0..self.0.count()).map(move |index| self.0.item(index)))
    }
}
