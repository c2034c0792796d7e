//! The parameters that contain others: `Option`, `Box` and `Vec`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::json::grow;
use super::reading::{charge, note_null};
use super::{Param, Value, ValueList};
use crate::spec::{Literal, Shape, Type};

#[diagnostic::do_not_recommend]
impl<T: Param> Param for Option<T> {
    const TYPE: Type = T::TYPE;
    const SHAPE: Shape = match T::SHAPE {
        Shape::One | Shape::Maybe => Shape::Maybe,
        Shape::Many | Shape::MaybeMany => Shape::MaybeMany,
    };

    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Absent, T::value)
    }

    fn empty() -> Self {
        None
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self = T::read_option(map)?;
        Ok(())
    }

    fn from_literal(literal: Literal<'_>) -> Self {
        Some(T::from_literal(literal))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param> Param for Box<T> {
    const TYPE: Type = T::TYPE;
    const SHAPE: Shape = T::SHAPE;

    fn value(&self) -> Value<'_> {
        (**self).value()
    }

    fn empty() -> Self {
        Self::new(T::empty())
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        charge(size_of::<T>())?;
        T::read(&mut **self, map)
    }

    fn read_option<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Self>, A::Error> {
        charge(size_of::<T>())?;
        Ok(T::read_option(map)?.map(Self::new))
    }

    fn read_item<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        charge(size_of::<T>())?;
        T::read_item(deserializer).map(Self::new)
    }

    fn from_literal(literal: Literal<'_>) -> Self {
        Self::new(T::from_literal(literal))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param> Param for Vec<T> {
    const TYPE: Type = T::TYPE;
    const SHAPE: Shape = Shape::Many;

    fn value(&self) -> Value<'_> {
        T::list(self)
    }

    fn empty() -> Self {
        Self::new()
    }

    /// Null is read as an empty list, without a coercion.
    fn read<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        match map.next_value::<Option<Listed<T>>>()? {
            Some(list) => *self = list.0,
            None => {
                note_null();
                *self = Self::new();
            }
        }
        Ok(())
    }

    fn read_option<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Self>, A::Error> {
        Ok(map.next_value::<Option<Listed<T>>>()?.map(|list| list.0))
    }

    fn read_item<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Listed::deserialize(deserializer).map(|list| list.0)
    }

    fn from_literal(literal: Literal<'_>) -> Self {
        match literal {
            Literal::List(items) => items.iter().map(|item| T::from_literal(*item)).collect(),
            _ => Self::new(),
        }
    }
}

/// A list whose memory is counted while it is read.
struct Listed<T>(Vec<T>);

impl<'de, T: Param> Deserialize<'de> for Listed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListVisitor(PhantomData))
    }
}

struct Item<T>(PhantomData<T>);

impl<'de, T: Param> DeserializeSeed<'de> for Item<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read_item(deserializer)
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Param> Visitor<'de> for ListVisitor<T> {
    type Value = Listed<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Listed<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(Item(PhantomData))? {
            grow(&mut items)?;
            items.push(item);
        }
        Ok(Listed(items))
    }
}

impl<T: Param> ValueList for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Value<'_> {
        self[index].value()
    }
}
