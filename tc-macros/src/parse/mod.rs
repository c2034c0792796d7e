//! Tokens to what was written; checks nothing but spelling.

mod action_args;
mod entry;
mod field_args;
mod key;
mod number;
mod suggest;
mod verify_args;

pub(crate) use action_args::{ActionArgs, PageArgs};
pub(crate) use entry::{Entry, Keyed, entries, set_once};
pub(crate) use field_args::{DefaultArg, FieldArgs, VariantArgs, Written};
pub(crate) use key::{Key, set};
pub(crate) use number::{RangeArg, number};
pub(crate) use suggest::{Place, instead, nearest_or_all, plain};
#[allow(unused_imports, reason = "named by `verify`, which comes with the feature `catalog`")]
pub(crate) use verify_args::VerifyArgs;
