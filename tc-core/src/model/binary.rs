//! Binary parameters: `#[tc(binary)]`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::de::{Error, MapAccess};

use super::Value;
use crate::spec::Shape;

/// A type for `#[tc(binary)]`: `Vec<u8>`, `bytes::Bytes`, [`Upload`](crate::Upload), or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a binary parameter",
    label = "does not contain bytes",
    note = "a field with #[tc(binary)] has the type Vec<u8>, bytes::Bytes or tc_core::Upload, or an Option of one of them"
)]
pub trait BinaryParam: Sized {
    /// Whether the parameter is optional.
    const SHAPE: Shape;

    /// Borrows the bytes.
    fn value(&self) -> Value<'_>;

    /// Returns the value of an absent parameter.
    fn empty() -> Self;

    /// Creates the parameter from bytes.
    fn from_bytes(bytes: Vec<u8>) -> Self;

    /// Reads the next value of `map`, which is a text in base64.
    ///
    /// # Errors
    /// If the value is not a text in base64.
    fn read<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self = match map.next_value::<Option<String>>()? {
            None => Self::empty(),
            Some(text) => Self::from_bytes(STANDARD.decode(text).map_err(A::Error::custom)?),
        };
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl BinaryParam for Vec<u8> {
    const SHAPE: Shape = Shape::One;

    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }

    fn empty() -> Self {
        Self::new()
    }

    fn from_bytes(bytes: Vec<u8>) -> Self {
        bytes
    }
}

#[diagnostic::do_not_recommend]
impl BinaryParam for Bytes {
    const SHAPE: Shape = Shape::One;

    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }

    fn empty() -> Self {
        Self::new()
    }

    fn from_bytes(bytes: Vec<u8>) -> Self {
        bytes.into()
    }
}

#[diagnostic::do_not_recommend]
impl<T: BinaryParam> BinaryParam for Option<T> {
    const SHAPE: Shape = Shape::Maybe;

    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Absent, T::value)
    }

    fn empty() -> Self {
        None
    }

    fn from_bytes(bytes: Vec<u8>) -> Self {
        Some(T::from_bytes(bytes))
    }
}
