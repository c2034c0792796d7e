//! The limit `length = 1..=64`: the accepted number of characters of a text; its type, check and messages.

use std::fmt;

use super::{count, range};
use crate::{Literal, Message};

/// The accepted number of characters of a text, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// The minimum; 0 if the documentation has none.
    pub min: usize,
    /// The maximum.
    pub max: Option<usize>,
}

impl Length {
    /// Returns whether the number of characters of the text is accepted.
    pub const fn accepts(&self, literal: Literal<'_>) -> bool {
        match literal {
            Literal::Text(text) => count::within(self.min, self.max, characters(text)),
            _ => true,
        }
    }

    pub(super) const fn describe(&self, message: Message, literal: Literal<'_>) -> Message {
        match literal {
            Literal::Text(text) => count::describe(message, characters(text), "character", self.min, self.max),
            _ => message,
        }
    }
}

/// `at most 60 characters`
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        range::ends((self.min > 0).then_some(self.min), self.max, f)?;
        f.write_str(" characters")
    }
}

// This and other loops over slices split the slice with a pattern and use no index: when the compiler evaluates them, a
// call of `len()` costs more than the rest of an iteration.
const fn characters(text: &str) -> usize {
    let (mut bytes, mut count) = (text.as_bytes(), 0);
    while let [byte, rest @ ..] = bytes {
        if *byte & 0xC0 != 0x80 {
            count += 1;
        }
        bytes = rest;
    }
    count
}
