//! The checks that generated code runs at compile time.
//!
//! The compiler evaluates them in constants. Each panics at the caller's location with a message for the user if it fails.
//! Only the macros of tc-core call them.

mod declared;
mod field;
mod page;
mod request;

pub use declared::{Declaration, Declared, check_declared, check_declared_default};
pub use field::{check_default, check_limit, check_shape};
pub use page::{check_more, check_next, check_total};
pub use request::{check_constant, check_item, check_item_count, check_item_limits, check_literal, check_required};
