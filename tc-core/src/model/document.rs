//! Reads a serde document into an annotated struct, by its spec.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::Model;
use super::reading::{self, Reading};
use crate::spec::{ModelSpec, ParamSpec, Shape, Type};

/// Implements `Deserialize` for every annotated struct.
///
/// An absent member is empty, and unknown members are skipped.
///
/// # Errors
/// The error of the deserializer, and an absent required time, which has no empty value.
pub fn deserialize<'de, T: Model, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ModelVisitor(PhantomData))
}

/// As [`deserialize`], for the struct of an action: a required parameter that is absent or null is an error, also in nested
/// structs.
///
/// # Errors
/// The error of the deserializer, and the first required parameter that is missing.
pub fn deserialize_request<'de, T: Model, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let _reading = Reading::request();
    deserialize(deserializer)
}

/// Reads a map as a `T`.
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

/// [`Model::read`] as a trait object, so that the loop over a document is compiled once for all structs.
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
    let request = reading::is_request();
    while let Some(found) = map.next_key_seed(&mut members)? {
        match found {
            Some(index) => {
                value.read(index, &mut map)?;
                if request && reading::take_null() {
                    members.remove(index);
                }
            }
            None => drop(map.next_value::<IgnoredAny>()?),
        }
    }
    members.finish().map_err(A::Error::custom)
}

/// Finds members by their names on the wire, and records which ones were present.
pub(crate) struct Members {
    spec: &'static ModelSpec,
    next: usize,
    /// The number of different members that were present.
    found: usize,
    // One bit for each member. The largest model of the cloud has far fewer than 512.
    seen: [u64; 8],
    /// Whether a member was present that the struct does not have.
    unknown: bool,
    /// Whether the name of an unknown member differs from that of a known one only in case.
    misspelt: bool,
}

impl Members {
    pub(crate) fn of(spec: &'static ModelSpec) -> Self {
        Self { spec, next: 0, found: 0, seen: [0; 8], unknown: false, misspelt: false }
    }

    /// Returns the index of the member named `name`, and records it.
    #[inline]
    pub(crate) fn find(&mut self, name: &str) -> Option<usize> {
        let params = self.spec.params;
        // Servers send members in the order of the documentation, so it is nearly always the next one.
        let index = match params.get(self.next) {
            Some(param) if param.name == name => self.next,
            _ => params.iter().position(|param| param.name == name)?,
        };
        self.next = index + 1;
        if let Some(word) = self.seen.get_mut(index / 64) {
            let bit = 1 << (index % 64);
            self.found += usize::from(*word & bit == 0);
            *word |= bit;
        }
        Some(index)
    }

    /// Records a member that the struct does not have.
    #[cold]
    pub(crate) fn unknown(&mut self, name: &str) {
        self.unknown = true;
        self.misspelt = self.misspelt || self.spec.params.iter().any(|param| param.name.eq_ignore_ascii_case(name));
    }

    /// Records the member at `index` as absent.
    fn remove(&mut self, index: usize) {
        if self.has(index)
            && let Some(word) = self.seen.get_mut(index / 64)
        {
            *word &= !(1 << (index % 64));
            self.found -= 1;
        }
    }

    /// Whether the member at `index` was present.
    pub(crate) fn has(&self, index: usize) -> bool {
        // Members beyond the bits count as present.
        self.seen.get(index / 64).is_none_or(|word| word & (1 << (index % 64)) != 0)
    }

    /// Whether any member was present.
    pub(crate) fn any(&self) -> bool {
        self.found > 0
    }

    /// Checks that required times are present, and in a request all required parameters.
    pub(crate) fn finish(&self) -> Result<(), String> {
        if self.found == self.spec.params.len() && !self.unknown { Ok(()) } else { self.finish_incomplete() }
    }

    /// Records whether members are absent or unknown.
    #[cold]
    pub(crate) fn note(&self) {
        if self.unknown || self.found < self.spec.params.len() {
            reading::note_incomplete(self.misspelt && self.found < self.spec.params.len());
        }
    }

    #[cold]
    fn finish_incomplete(&self) -> Result<(), String> {
        self.note();
        if reading::is_request()
            && let Some((_, param)) = self.absent().find(|(_, param)| param.required)
        {
            return Err(format!("the required parameter `{}` of {} is missing", param.name, self.spec.name));
        }
        match self.absent_time() {
            None => Ok(()),
            Some(param) => Err(format!("the required time in `{}` of {} is missing", param.name, self.spec.name)),
        }
    }

    /// Returns the members that were not present.
    pub(crate) fn absent(&self) -> impl Iterator<Item = (usize, &'static ParamSpec)> {
        self.spec.params.iter().enumerate().filter(|(index, _)| !self.has(*index))
    }

    /// Returns the first absent member that has no empty value.
    pub(crate) fn absent_time(&self) -> Option<&'static ParamSpec> {
        self.absent().map(|(_, param)| param).find(|param| needs_time(param))
    }
}

/// Whether a parameter has no empty value: a required time, or a required struct with one.
pub(crate) fn needs_time(param: &ParamSpec) -> bool {
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
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        let found = self.find(name);
        if found.is_none() {
            self.unknown(name);
        }
        Ok(found)
    }
}
