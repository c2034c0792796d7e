//! The one reader: any serde document into any annotated struct, member by member, by the facts.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::Model;
use crate::spec::{ModelSpec, ParamSpec, Shape, Type};

/// The body of every annotated struct's `Deserialize`.
///
/// A member that is absent is empty, unknown ones are skipped.
///
/// # Errors
/// What the deserializer says, and an absent required time, which has no empty value.
pub fn deserialize<'de, T: Model, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ModelVisitor(PhantomData))
}

/// Reads a map into a `T`.
pub(crate) struct ModelVisitor<T>(pub(crate) PhantomData<T>);

impl<'de, T: Model> Visitor<'de> for ModelVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::MODEL.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut value = T::empty();
        fill(&mut value, T::MODEL, map)?;
        Ok(value)
    }
}

/// [`Model::read`] without the struct's type, so that walking over a document is compiled once for all structs.
pub(crate) trait Fill<'de, A: MapAccess<'de>> {
    /// Reads the next value of `map` into the member at `index`.
    fn read(&mut self, index: usize, map: &mut A) -> Result<(), A::Error>;
}

impl<'de, T: Model, A: MapAccess<'de>> Fill<'de, A> for T {
    fn read(&mut self, index: usize, map: &mut A) -> Result<(), A::Error> {
        Model::read(self, index, map)
    }
}

fn fill<'de, A: MapAccess<'de>>(
    value: &mut dyn Fill<'de, A>,
    spec: &'static ModelSpec,
    mut map: A,
) -> Result<(), A::Error> {
    let mut members = Members::of(spec);
    while let Some(found) = map.next_key_seed(&mut members)? {
        match found {
            Some(index) => value.read(index, &mut map)?,
            None => drop(map.next_value::<IgnoredAny>()?),
        }
    }
    members.finish().map_err(A::Error::custom)
}

/// Finds members by their wire names, and remembers which were there.
pub(crate) struct Members {
    spec: &'static ModelSpec,
    next: usize,
    // One bit a member; the cloud's largest model has far fewer than 512.
    seen: [u64; 8],
}

impl Members {
    pub(crate) fn of(spec: &'static ModelSpec) -> Self {
        Self { spec, next: 0, seen: [0; 8] }
    }

    /// The index of the member called `name`.
    #[inline]
    pub(crate) fn find(&mut self, name: &str) -> Option<usize> {
        let params = self.spec.params;
        // Servers answer in the order of the documentation, so the next member is nearly always the one.
        let index = match params.get(self.next) {
            Some(param) if param.name == name => self.next,
            _ => params.iter().position(|param| param.name == name)?,
        };
        self.next = index + 1;
        if let Some(word) = self.seen.get_mut(index / 64) {
            *word |= 1 << (index % 64);
        }
        Some(index)
    }

    /// Whether any member was there.
    pub(crate) fn any(&self) -> bool {
        self.seen.iter().any(|word| *word != 0)
    }

    /// Refuses a map without a required time: there is no empty one.
    pub(crate) fn finish(&self) -> Result<(), String> {
        let absent = self.spec.params.iter().enumerate().find(|(index, param)| {
            needs_time(param) && self.seen.get(index / 64).is_some_and(|word| word & (1 << (index % 64)) == 0)
        });
        match absent {
            None => Ok(()),
            Some((_, param)) => Err(format!("the required time in `{}` of {} is missing", param.name, self.spec.name)),
        }
    }
}

fn needs_time(param: &ParamSpec) -> bool {
    param.shape == Shape::One
        && match param.ty {
            Type::Time => true,
            Type::Model(spec) => spec.get().params.iter().any(needs_time),
            _ => false,
        }
}

impl<'de> serde::de::DeserializeSeed<'de> for &mut Members {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut Members {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.find(name))
    }
}
