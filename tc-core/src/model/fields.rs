//! The two traits of an annotated struct: its values, and how they are read.

use serde::de::MapAccess;

use super::{Value, Violation};
use crate::spec::ModelSpec;

/// Access to the values of a struct, for encoders, checks and logs.
///
/// `#[tc_action]` and `#[tc_model]` implement it. `member(i)` is the value of `model().params[i]`.
pub trait Fields {
    /// Returns the spec of the struct.
    fn model(&self) -> &'static ModelSpec;

    /// Returns the value of the member at `index`, or [`Value::Absent`].
    fn member(&self, index: usize) -> Value<'_>;

    /// Calls the function that `check = …` names, which checks several members together.
    ///
    /// # Errors
    /// The violation that the function returns.
    fn check(&self) -> Result<(), Violation> {
        Ok(())
    }
}

/// A struct that can be decoded from its wire form.
///
/// `#[tc_action]` and `#[tc_model]` implement it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a request or response",
    label = "missing #[tc_model]",
    note = "add #[tc_model] to the struct; write `response = ()` if the response has only a RequestId"
)]
pub trait Model: Fields + Sized {
    /// The spec of the struct.
    const MODEL: &'static ModelSpec;

    /// Returns the struct with all members empty, as of a response without members.
    fn empty() -> Self;

    /// Reads the next value of `map` into the member at `index`.
    ///
    /// # Errors
    /// If the value has another type.
    fn read<'de, A: MapAccess<'de>>(&mut self, index: usize, map: &mut A) -> Result<(), A::Error>;
}

/// The response of actions that return only a `RequestId`.
impl Fields for () {
    fn model(&self) -> &'static ModelSpec {
        Self::MODEL
    }

    fn member(&self, _: usize) -> Value<'_> {
        Value::Absent
    }
}

#[diagnostic::do_not_recommend]
impl Model for () {
    const MODEL: &'static ModelSpec = &ModelSpec::new("()", &[]);

    fn empty() -> Self {}

    fn read<'de, A: MapAccess<'de>>(&mut self, _: usize, map: &mut A) -> Result<(), A::Error> {
        map.next_value::<serde::de::IgnoredAny>().map(drop)
    }
}
