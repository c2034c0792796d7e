//! The values of an annotated struct, and the functions that describe its fields in a spec.
//!
//! The macros write everything that this module has. A struct that is written by hand needs [`Value`], [`ValueList`] and
//! [`spec_of`], beside [`Fields`], [`Model`] and [`Param`].

pub(crate) mod binary;
mod container_params;
pub(crate) mod document;
pub(crate) mod fields;
pub(crate) mod into_param;
mod json;
mod kind;
pub(crate) mod literal;
pub(crate) mod member;
pub(crate) mod param;
mod path;
mod reading;
pub(crate) mod refused;
mod scalar_params;
pub(crate) mod serialize;
pub(crate) mod table;
mod time;
mod tree;
pub(crate) mod upload;
mod validate;
mod value;
pub(crate) mod violation;

pub use param::{binary_spec_of, spec_of};
pub use value::{Value, ValueList};

pub(crate) use binary::BinaryParam;
#[cfg(any(test, feature = "emulator"))]
pub(crate) use document::deserialize;
pub(crate) use document::{Fill, Members, needs_time};
pub(crate) use fields::{Fields, Model};
pub(crate) use into_param::{IntoParam, Single};
pub(crate) use json::{AnyJson, is_rounded};
pub(crate) use literal::FromLiteral;
pub(crate) use member::at;
pub(crate) use param::{Param, TextEnum};
pub(crate) use path::push_name;
pub(crate) use reading::{Reading, has_error_member};
pub(crate) use time::parse as parse_time;
pub(crate) use tree::{Tree, is_too_deep};
pub(crate) use upload::Upload;
pub(crate) use validate::{validate, validate_after};
#[cfg(feature = "emulator")]
pub(crate) use value::present;
pub(crate) use value::{members, rfc3339};
pub(crate) use violation::{Violation, Violations};
