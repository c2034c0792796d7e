//! The parameters that are one number, boolean, text, time, or JSON value.

use chrono::{DateTime, Utc};
use serde::de::{Deserialize, Deserializer, MapAccess};

use super::json::AnyJson;
use super::time::Time;
use super::{Param, Value};
use crate::spec::{Literal, Shape, Type};

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

// Not u8: a `Vec<u8>` without `#[tc(binary)]` is more often a mistake than a list of small numbers.
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
            // A literal beyond 2^53 is rounded, as by `as f64`.
            #[allow(clippy::cast_precision_loss)]
            Literal::Int(number) => number as Self,
            _ => 0.0,
        }
    }
}

#[diagnostic::do_not_recommend]
impl Param for f32 {
    const TYPE: Type = Type::Float32;
    const SHAPE: Shape = Shape::One;

    fn value(&self) -> Value<'_> {
        Value::Float32(*self)
    }

    fn empty() -> Self {
        0.0
    }

    fn from_literal(literal: Literal<'_>) -> Self {
        // The literal was written for an f32.
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

/// A required time has no empty value. If it is absent, decoding fails, so `empty()` is never visible.
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
