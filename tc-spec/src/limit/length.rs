//! `length = 1..=64`: how many characters a text may have.

use super::count;
use crate::{Literal, Message};

/// The accepted numbers of characters of a text, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// The least number; 0 where none is documented.
    pub min: usize,
    /// The greatest number.
    pub max: Option<usize>,
}

impl Length {
    /// Whether a text may have as many characters as `literal`.
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

// Here and in the other limits, loops take slices apart instead of counting: run by the compiler, each call of `len()`
// costs more than all the rest of a turn.
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
