//! What is known of an action without running it: `const` tables the macros write and everything else reads.

mod accepts;
mod broken;
mod given;
mod judge;
mod line;
mod spec;
mod violation;

pub use accepts::{accepts, accepts_among, accepts_constant, accepts_count, accepts_item, complete};
pub use broken::Broken;
pub use given::{Given, Known};
pub use judge::{judge, judge_count};
pub use line::Line;
pub(crate) use spec::is_read;
pub use spec::{
    ActionSpec, BodyForm, Charset, Count, EnumSpec, EnumValue, ErrorClass, ErrorSpec, ModelSpec, PageSpec, ParamSpec,
    Range, Shape, Type,
};
pub use violation::{Violation, Violations};
