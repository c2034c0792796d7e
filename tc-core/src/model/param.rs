//! The trait of the Rust types that a parameter can have, and the spec of such a parameter.

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, MapAccess};

use super::{BinaryParam, Value};
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
    /// The type of one value.
    const TYPE: Type;
    /// Whether the parameter is optional, and whether it is a list.
    const SHAPE: Shape = Shape::One;

    /// Borrows the value.
    fn value(&self) -> Value<'_>;

    /// Returns the value of an absent member.
    fn empty() -> Self;

    /// Reads the next value of `map` into this.
    ///
    /// # Errors
    /// If the value has another type.
    fn read<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self = map.next_value()?;
        Ok(())
    }

    /// Reads the next value of `map`, which may be null.
    ///
    /// # Errors
    /// If the value has another type.
    fn read_option<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Self>, A::Error> {
        map.next_value()
    }

    /// Reads an item of a list.
    ///
    /// # Errors
    /// If the value has another type.
    fn read_item<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    /// Returns the value of a literal. The compiler has checked the literal; one of another type gives the empty value.
    fn from_literal(literal: Literal<'_>) -> Self {
        let _ = literal;
        Self::empty()
    }

    /// The same as `clone`. Generated code calls the std traits through this trait, so that rustc reports an unsupported type
    /// once, and not for each std trait.
    #[doc(hidden)]
    #[must_use]
    fn duplicate(&self) -> Self {
        self.clone()
    }

    /// The same as `==`.
    #[doc(hidden)]
    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    /// The value for `Debug`.
    #[doc(hidden)]
    fn shown(&self) -> &dyn fmt::Debug {
        self
    }

    /// Borrows a list of this type.
    fn list(list: &Vec<Self>) -> Value<'_> {
        Value::List(list)
    }
}

/// An enum of documented texts. `#[tc_model]` implements it.
pub trait TextEnum: Param + From<String> + for<'a> From<&'a str> {
    /// The documented values.
    const ENUM: &'static EnumSpec;
}

/// Returns the spec of a member of this Rust type: its type and shape.
///
/// ```
/// use tc_core::model::spec_of;
/// let limit = spec_of::<Option<u64>>("Limit", "limit");
/// assert!(!limit.required);
/// ```
pub const fn spec_of<T: Param>(name: &'static str, field: &'static str) -> ParamSpec {
    ParamSpec::new(name, field, T::TYPE, T::SHAPE)
}

/// Returns the spec of a `#[tc(binary)]` member of this Rust type.
pub const fn binary_spec_of<T: BinaryParam>(name: &'static str, field: &'static str) -> ParamSpec {
    ParamSpec::new(name, field, Type::Binary, T::SHAPE)
}
