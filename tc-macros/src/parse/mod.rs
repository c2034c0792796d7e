//! Parses the arguments of the attributes. Checks only the names of keys and the syntax of values.

mod action_args;
mod entry;
mod field_args;
mod key;
mod number;
mod suggest;
mod verify_args;

pub(crate) use action_args::{ActionArgs, PageArgs};
pub(crate) use entry::{Entry, Keyed, entries, set_once};
pub(crate) use field_args::{DefaultArg, DefaultForm, FieldArgs, VariantArgs};
pub(crate) use key::{Key, key, set};
pub(crate) use number::{RangeArg, number};
pub(crate) use suggest::{Place, instead, nearest_or_all, plain};
#[allow(unused_imports, reason = "used by `verify`, which needs the feature `catalog`")]
pub(crate) use verify_args::VerifyArgs;
