//! `items = 1..=100`: how many items a list may have.

use super::count;
use crate::Message;

/// The accepted numbers of items of a list, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Items {
    /// The least number; 0 where none is documented.
    pub min: usize,
    /// The greatest number.
    pub max: Option<usize>,
}

impl Items {
    /// Whether a list may have `count` items.
    pub const fn accepts(&self, count: usize) -> bool {
        count::within(self.min, self.max, count)
    }

    pub(super) const fn describe(&self, message: Message, count: usize) -> Message {
        count::describe(message, count, "item", self.min, self.max)
    }
}
