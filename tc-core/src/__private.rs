//! All that generated code may call; outside semver.

pub use core;
pub use std::boxed::Box;
pub use std::option::Option;
pub use std::string::String;
pub use std::vec::Vec;

pub use serde;

pub use crate::facts::{accepts, accepts_count, accepts_item, complete};
pub use crate::model::{IntoParam, Single, TextEnum, Value, debug, deserialize, serialize};
