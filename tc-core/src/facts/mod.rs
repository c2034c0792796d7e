//! What is known of an action without running it: `const` tables the macros write and everything else reads.

mod accepts;
mod action_spec;
#[doc(hidden)]
pub mod asked;
mod broken;
mod given;
mod judge;
mod line;
mod param_spec;
mod types;
mod violation;

pub use accepts::{accepts, accepts_among, accepts_constant, accepts_count, accepts_item, complete, has_number};
pub(crate) use action_spec::is_read;
pub use action_spec::{ActionSpec, BodyForm, ErrorClass, ErrorSpec, PageSpec};
pub use broken::Broken;
pub use given::{Given, Known};
pub use judge::{judge, judge_count};
pub use line::Line;
pub use param_spec::{ModelSpec, ParamSpec};
pub use types::{Charset, Count, EnumSpec, EnumValue, Range, Shape, Type};
pub use violation::{Violation, Violations};
