//! The specs of the actions of Tencent Cloud API 3.0: names, parameters, types, limits, defaults, error codes and paging.
//!
//! The macros of tc-core write specs as constants, and the catalog builds them at run time. The client, the emulator, the
//! documentation and the command line read them. No type here is `#[non_exhaustive]`, so that all code in the workspace
//! that reads specs fails to compile until it handles a new limit or type.

mod action;
mod check;
mod error;
pub mod limit;
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

pub mod compile_time;

pub use action::{ActionSpec, BodyForm, Status, is_read};
pub use check::{check, check_count};

pub use error::{ErrorClass, ErrorSpec};
pub use limit::*;
pub use literal::{ConstValue, Literal};
pub use message::Message;
pub use method::{Method, SignatureMethod, UnknownMethod};
pub use model::{ModelCell, ModelRef, ModelSpec};
pub use page::{FieldPath, PageForm, PageSpec};
pub use param::ParamSpec;
pub use problem::Problem;
pub use types::{EnumSpec, EnumValue, Shape, Type};
