//! The values of an annotated struct: one visit out, one reader in, both driven by the spec.

mod binary;
mod document;
mod into_param;
mod json;
mod kind;
mod literal;
mod member;
mod param;
mod reading;
mod refused;
mod serialize;
mod table;
mod time;
mod tree;
mod upload;
mod validate;
mod value;
mod violation;

use serde::de::MapAccess;

pub use binary::BinaryParam;
pub use into_param::{IntoParam, Single};
pub use literal::{Constant, FromLiteral, Kind, kind_of};
pub use member::{Inside, List, Member, Number, PageToken, count, next_token, total};
pub use param::{Param, TextEnum, binary_spec_of, spec_of};
#[doc(hidden)]
pub use refused::Refused;
#[doc(hidden)]
pub use table::{Table, Tabled, tabled};
pub use upload::Upload;
pub use value::{Items, Value};
pub use violation::{Violation, Violations};

pub(crate) use document::{Fill, Members, needs_time};
pub(crate) use json::{AnyJson, is_rounded};
pub(crate) use member::at;
pub(crate) use reading::Reading;
pub(crate) use time::parse as parse_time;
pub(crate) use tree::Tree;
pub(crate) use validate::{validate, validate_after};
pub(crate) use value::{members, rfc3339};

pub use document::{deserialize, deserialize_request};
pub use serialize::{debug, serialize};

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
