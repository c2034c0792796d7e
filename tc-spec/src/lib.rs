//! What is known of an action of Tencent Cloud API 3.0 without calling it: names, parameters, types, limits, defaults,
//! error codes, paging.
//!
//! The macros of tc-core write these tables as constants, the catalog builds them at run time. Client, emulator,
//! documentation and command line read them. No type here is `#[non_exhaustive]`: when a limit or a type is added, every
//! place of the workspace that reads them fails to compile until it handles the new one.

mod action;
mod check;
mod declared;
mod error;
mod limit;
mod literal;
mod message;
mod method;
mod model;
pub mod names;
mod page;
mod param;
mod problem;
pub mod suggest;
mod types;

mod compile_time;
pub mod typed;

pub use action::{ActionSpec, BodyForm, Status, is_read};
pub use check::{check, check_count};
pub use compile_time::{
    check_constant, check_item, check_item_count, check_item_limits, check_literal, check_required,
};
pub use declared::{Declaration, Declared, check_declared, check_declared_default};
pub use error::{ErrorClass, ErrorSpec};
pub use limit::{Charset, Items, Length, Limit, LimitKind, Range, Values};
pub use literal::{ConstValue, Literal};
pub use message::Message;
pub use method::{Method, SignatureMethod, UnknownMethod};
pub use model::{ModelCell, ModelRef, ModelSpec};
pub use page::{FieldPath, PageForm, PageSpec, check_more, check_next, check_total};
pub use param::ParamSpec;
pub use problem::Problem;
pub use types::{EnumSpec, EnumValue, Shape, Type};
