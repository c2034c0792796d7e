//! The limit `charset = "A-Za-z0-9-_"`: the accepted characters of a text; its type, check and messages.

use std::fmt;

use crate::{Literal, Message, ParamSpec};

/// The accepted characters of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset {
    /// The characters as written in the attribute: `A-Za-z0-9-%@#&_`.
    pub text: &'static str,
    /// The same as ranges, both ends included.
    pub ranges: &'static [(char, char)],
}

impl Charset {
    /// Returns whether `character` is accepted.
    pub const fn contains(&self, character: char) -> bool {
        let mut ranges = self.ranges;
        while let [(first, last), rest @ ..] = ranges {
            if *first as u32 <= character as u32 && character as u32 <= *last as u32 {
                return true;
            }
            ranges = rest;
        }
        false
    }

    /// Returns whether every character of the text is accepted.
    pub const fn accepts(&self, literal: Literal<'_>) -> bool {
        match literal {
            Literal::Text(text) => self.first_outside(text).is_none(),
            _ => true,
        }
    }

    pub(super) const fn describe(&self, message: Message, param: &ParamSpec, literal: Literal<'_>) -> Message {
        let (text, character) = match literal {
            Literal::Text(text) => (text, self.first_outside(text)),
            _ => return message,
        };
        let message = if param.sensitive {
            message.text("contains a character that is not accepted; accepted characters are ")
        } else {
            let mut utf8 = [0; 4];
            let character: &str = match character {
                Some(character) => character.encode_utf8(&mut utf8),
                None => "",
            };
            message.text("is ").quoted(text).text("; the character `").text(character).text("` is not accepted, only ")
        };
        message.text(self.text)
    }

    /// The first character of `text` that is not accepted.
    const fn first_outside(&self, text: &str) -> Option<char> {
        let bytes = text.as_bytes();
        let (mut at, end) = (0, bytes.len());
        while at < end {
            let (character, width) = decode(bytes, at);
            if !self.contains(character) {
                return Some(character);
            }
            at += width;
        }
        None
    }
}

/// `of A-Za-z0-9`
impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "of {}", self.text)
    }
}

/// The character at `at` and its number of bytes. `str::chars` is not a `const fn`.
const fn decode(bytes: &[u8], at: usize) -> (char, usize) {
    let first = bytes[at] as u32;
    let (mut code, width) = match first {
        0..0x80 => (first, 1),
        0x80..0xE0 => (first & 0x1F, 2),
        0xE0..0xF0 => (first & 0x0F, 3),
        _ => (first & 0x07, 4),
    };
    let mut next = 1;
    while next < width {
        code = code << 6 | (bytes[at + next] as u32 & 0x3F);
        next += 1;
    }
    match char::from_u32(code) {
        Some(character) => (character, width),
        None => (char::REPLACEMENT_CHARACTER, width),
    }
}
