//! The two traits of an annotated struct: its values, and how they are read.

use serde::de::MapAccess;

use super::{Value, Violation};
use crate::spec::ModelSpec;

/// The values of a struct, one by one: what every encoder, check and log walks over.
///
/// `#[tc_action]` and `#[tc_model]` write it. `member(i)` is the value of `model().params[i]`.
pub trait Fields {
    /// The spec of the struct.
    fn model(&self) -> &'static ModelSpec;

    /// The value of the member at `index`, [`Value::Absent`] where there is none.
    fn member(&self, index: usize) -> Value<'_>;

    /// What spans members: calls the function named by `check = …`.
    ///
    /// # Errors
    /// The violation it found.
    fn check(&self) -> Result<(), Violation> {
        Ok(())
    }
}

/// A struct of parameters that can be built from its wire form.
///
/// `#[tc_action]` and `#[tc_model]` write it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a request or response",
    label = "missing #[tc_model]",
    note = "add #[tc_model] to the struct; write `response = ()` if the response has only a RequestId"
)]
pub trait Model: Fields + Sized {
    /// The spec of the struct.
    const MODEL: &'static ModelSpec;

    /// The struct with every member empty: what an answer means that leaves everything out.
    fn empty() -> Self;

    /// Reads the next value of `map` into the member at `index`.
    ///
    /// # Errors
    /// What the deserializer says of a value of another type.
    fn read<'de, A: MapAccess<'de>>(&mut self, index: usize, map: &mut A) -> Result<(), A::Error>;
}

/// The response of the actions that answer with a `RequestId` only.
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
