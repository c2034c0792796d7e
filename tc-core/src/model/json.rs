//! Reads untyped JSON, counts its memory, and finds numbers that lose digits.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value as Json};

use super::reading::{charge, is_half_used, note_rounded};

/// Any JSON value. Unlike serde_json's `Value`, it records numbers beyond `u64` and `i64`, which become floats.
pub(crate) struct AnyJson(pub(crate) Json);

impl<'de> Deserialize<'de> for AnyJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Reader.deserialize(deserializer).map(Self)
    }
}

struct Reader;

impl<'de> DeserializeSeed<'de> for Reader {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// With the feature `arbitrary_precision`, serde_json deserializes a number as a map with this name.
const EXACT_NUMBER: &str = "$serde_json::private::Number";

/// The smallest float that may have been a whole number beyond 64 bits.
const BEYOND: f64 = 9_223_372_036_854_775_808.0;

/// Whether a number in JSON may have been rounded.
pub(crate) fn is_rounded(number: &Number) -> bool {
    number.is_f64() && number.as_f64().is_none_or(|float| float.abs() >= BEYOND)
}

// A node of the map in which serde_json stores members has space for eleven.
const FIRST_MEMBER: usize = 11 * (size_of::<String>() + size_of::<Json>()) + 24;
const MEMBER: usize = 2 * (size_of::<String>() + size_of::<Json>());

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        if number.abs() >= BEYOND {
            note_rounded();
        }
        Ok(number.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Json, E> {
        Ok(text.into())
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_none<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(Self)? {
            grow(&mut items)?;
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            if members.is_empty() && name == EXACT_NUMBER {
                let text: String = map.next_value()?;
                return text.parse().map(Json::Number).map_err(A::Error::custom);
            }
            charge(if members.is_empty() { FIRST_MEMBER } else { MEMBER })?;
            members.insert(name, map.next_value_seed(Self)?);
        }
        Ok(Json::Object(members))
    }
}

/// Reserves space for one more item if the list is full, and counts the memory.
#[inline]
pub(super) fn grow<T, E: Error>(items: &mut Vec<T>) -> Result<(), E> {
    const SMALL: usize = 64;
    if items.len() < items.capacity() {
        return Ok(());
    }
    let more = match items.capacity() {
        // The initial capacity of a `Vec`. If memory is nearly used up, lists of one large item get no unused space.
        0 if size_of::<T>() < SMALL || !is_half_used() => 4,
        0 => 1,
        capacity => capacity.max(3),
    };
    charge(more.saturating_mul(size_of::<T>()))?;
    if more == 1 {
        items.reserve_exact(1);
    }
    Ok(())
}
