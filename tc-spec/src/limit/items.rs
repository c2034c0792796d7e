//! The limit `items = 1..=100`: the accepted number of items of a list; its type, check and messages.

use std::fmt;

use super::{count, range};
use crate::Message;

/// The accepted number of items of a list, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Items {
    /// The minimum; 0 if the documentation has none.
    pub min: usize,
    /// The maximum.
    pub max: Option<usize>,
}

impl Items {
    /// Returns whether a list can have `count` items.
    pub const fn accepts(&self, count: usize) -> bool {
        count::within(self.min, self.max, count)
    }

    pub(super) const fn describe(&self, message: Message, count: usize) -> Message {
        count::describe(message, count, "item", self.min, self.max)
    }
}

/// `1 to 20 items`
impl fmt::Display for Items {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        range::ends((self.min > 0).then_some(self.min), self.max, f)?;
        f.write_str(" items")
    }
}
