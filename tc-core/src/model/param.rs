//! Which Rust types a parameter may have, and what each is on the wire.

use std::fmt;
use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use serde::de::{Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::json::{AnyJson, grow};
use super::reading::{charge, note_null};
use super::time::Time;
use super::{BinaryParam, Value, ValueList};
use crate::spec::{EnumSpec, Literal, ParamSpec, Shape, Type};

/// A type that a parameter can have.
///
/// `String`, `bool`, `i32`, `i64`, `u32`, `u64`, `f32`, `f64`,
/// `chrono::DateTime<Utc>`, `serde_json::Value`, every `#[tc_model]`, and `Option`, `Vec`, `Box` and `Option<Vec>`
/// of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a parameter",
    label = "unsupported type",
    note = "add #[tc_model] to a struct or enum of your crate",
    note = "other supported types: String, bool, i32, i64, u32, u64, f32, f64, DateTime<Utc>, serde_json::Value, and Option, Vec or Box of one of them"
)]
pub trait Param: Sized + DeserializeOwned + Clone + PartialEq + fmt::Debug {
    /// What one value is.
    const TYPE: Type;
    /// How often it may occur.
    const SHAPE: Shape = Shape::One;

    /// The value, borrowed.
    fn value(&self) -> Value<'_>;

    /// What an absent value means.
    fn empty() -> Self;

    /// Reads the next value of `map` into this.
    ///
    /// # Errors
    /// What the deserializer says of a value of another type.
    fn read<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self = map.next_value()?;
        Ok(())
    }

    /// Reads the next value of `map`, which may be null.
    ///
    /// # Errors
    /// What the deserializer says of a value of another type.
    fn read_option<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Self>, A::Error> {
        map.next_value()
    }

    /// Reads an item of a list.
    ///
    /// # Errors
    /// What the deserializer says of a value of another type.
    fn read_item<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    /// The value of a literal. The compiler has checked it before; a literal of another type gives
    /// the empty value, and has been refused.
    fn from_literal(literal: Literal<'_>) -> Self {
        let _ = literal;
        Self::empty()
    }

    /// As `clone`. Generated code calls the std traits by way of this one, so that a type that is no parameter is
    /// reported once, and not for each of them.
    #[doc(hidden)]
    #[must_use]
    fn duplicate(&self) -> Self {
        self.clone()
    }

    /// As `==`.
    #[doc(hidden)]
    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    /// As itself, to be printed.
    #[doc(hidden)]
    fn shown(&self) -> &dyn fmt::Debug {
        self
    }

    /// A list of this type, borrowed.
    fn list(list: &Vec<Self>) -> Value<'_> {
        Value::List(list)
    }
}

macro_rules! integers {
    ($($int:ident $kind:ident $wide:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Param for $int {
            const TYPE: Type = Type::Integer { min: $int::MIN as i128, max: $int::MAX as i128 };
            const SHAPE: Shape = Shape::One;

            fn value(&self) -> Value<'_> {
                Value::$kind($wide::from(*self))
            }

            fn empty() -> Self {
                0
            }

            fn from_literal(literal: Literal<'_>) -> Self {
                match literal {
                    Literal::Int(number) => number.try_into().unwrap_or_default(),
                    _ => 0,
                }
            }
        }
    )*};
}

// No u8: a `Vec<u8>` is far more often bytes whose `#[tc(binary)]` was forgotten than a list of small numbers.
integers!(i32 Int i64, i64 Int i64, u32 Uint u64, u64 Uint u64);

#[diagnostic::do_not_recommend]
impl Param for f64 {
    const TYPE: Type = Type::Float;
    const SHAPE: Shape = Shape::One;

    fn value(&self) -> Value<'_> {
        Value::Float(*self)
    }

    fn empty() -> Self {
        0.0
    }

    fn from_literal(literal: Literal<'_>) -> Self {
        match literal {
            Literal::Float(number, _) => number,
            // As `5 as f64` would be: a literal beyond 2^53 is rounded where it is written.
            #[allow(clippy::cast_precision_loss)]
            Literal::Int(number) => number as Self,
            _ => 0.0,
        }
    }
}

#[diagnostic::do_not_recommend]
impl Param for f32 {
    const TYPE: Type = Type::Float;
    const SHAPE: Shape = Shape::One;

    fn value(&self) -> Value<'_> {
        Value::Float32(*self)
    }

    fn empty() -> Self {
        0.0
    }

    fn from_literal(literal: Literal<'_>) -> Self {
        // The literal was written for this type.
        #[allow(clippy::cast_possible_truncation)]
        let number = f64::from_literal(literal) as Self;
        number
    }
}

#[diagnostic::do_not_recommend]
impl Param for bool {
    const TYPE: Type = Type::Boolean;
    const SHAPE: Shape = Shape::One;

    fn value(&self) -> Value<'_> {
        Value::Bool(*self)
    }

    fn empty() -> Self {
        false
    }

    fn from_literal(literal: Literal<'_>) -> Self {
        matches!(literal, Literal::Bool(true))
    }
}

#[diagnostic::do_not_recommend]
impl Param for String {
    const TYPE: Type = Type::String;
    const SHAPE: Shape = Shape::One;

    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }

    fn empty() -> Self {
        Self::new()
    }

    fn from_literal(literal: Literal<'_>) -> Self {
        match literal {
            Literal::Text(text) => text.into(),
            _ => Self::new(),
        }
    }

    fn list(list: &Vec<Self>) -> Value<'_> {
        Value::Texts(list)
    }
}

/// An absent required time has no empty value: the reader refuses the answer before this one is seen.
#[diagnostic::do_not_recommend]
impl Param for DateTime<Utc> {
    const TYPE: Type = Type::Time;
    const SHAPE: Shape = Shape::One;

    fn value(&self) -> Value<'_> {
        Value::Time(*self)
    }

    fn empty() -> Self {
        Self::UNIX_EPOCH
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self = map.next_value::<Time>()?.0;
        Ok(())
    }

    fn read_option<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Self>, A::Error> {
        Ok(map.next_value::<Option<Time>>()?.map(|time| time.0))
    }

    fn read_item<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Time::deserialize(deserializer).map(|time| time.0)
    }

    fn from_literal(_: Literal<'_>) -> Self {
        Self::UNIX_EPOCH
    }
}

#[diagnostic::do_not_recommend]
impl Param for serde_json::Value {
    const TYPE: Type = Type::Json;
    const SHAPE: Shape = Shape::One;

    fn value(&self) -> Value<'_> {
        Value::Json(self)
    }

    fn empty() -> Self {
        Self::Null
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self = map.next_value::<AnyJson>()?.0;
        Ok(())
    }

    fn read_option<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Self>, A::Error> {
        Ok(map.next_value::<Option<AnyJson>>()?.map(|json| json.0))
    }

    fn read_item<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        AnyJson::deserialize(deserializer).map(|json| json.0)
    }

    fn from_literal(literal: Literal<'_>) -> Self {
        match literal {
            Literal::Int(number) => match (u64::try_from(number), i64::try_from(number)) {
                (Ok(number), _) => number.into(),
                (_, Ok(number)) => number.into(),
                _ => Self::Null,
            },
            Literal::Float(number, _) => number.into(),
            Literal::Bool(value) => value.into(),
            Literal::Text(text) => text.into(),
            Literal::List(items) => items.iter().map(|item| Self::from_literal(*item)).collect(),
            Literal::Unknown => Self::Null,
        }
    }
}

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

    /// A null list is an empty one, and no fault of the server's.
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

/// A list on its way in, its memory counted.
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

/// An enum of documented texts, written by `#[tc_model]`.
pub trait TextEnum: Param + From<String> + for<'a> From<&'a str> {
    /// The documented values.
    const ENUM: &'static EnumSpec;
}

/// The spec of a member of this Rust type: its type and shape.
///
/// ```
/// use tc_core::model::spec_of;
/// let limit = spec_of::<Option<u64>>("Limit", "limit");
/// assert!(!limit.required);
/// ```
pub const fn spec_of<T: Param>(name: &'static str, field: &'static str) -> ParamSpec {
    ParamSpec::new(name, field, T::TYPE, T::SHAPE)
}

/// The spec of a `#[tc(binary)]` member of this Rust type.
pub const fn binary_spec_of<T: BinaryParam>(name: &'static str, field: &'static str) -> ParamSpec {
    ParamSpec::new(name, field, Type::Binary, T::SHAPE)
}
