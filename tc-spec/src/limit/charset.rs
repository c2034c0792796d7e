//! `charset = "A-Za-z0-9-_"`: which characters a text may have.

use crate::{Literal, Message, ParamSpec};

/// The accepted characters of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset {
    /// As it is written: `A-Za-z0-9-%@#&_`.
    pub text: &'static str,
    /// The same as ranges, both ends included.
    pub ranges: &'static [(char, char)],
}

impl Charset {
    /// Whether a text may have `character`.
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

    /// Whether every character of `literal` is accepted.
    pub const fn accepts(&self, literal: Literal<'_>) -> bool {
        match literal {
            Literal::Text(text) => self.foreign(text).is_none(),
            _ => true,
        }
    }

    pub(super) const fn describe(&self, message: Message, param: &ParamSpec, literal: Literal<'_>) -> Message {
        let (text, character) = match literal {
            Literal::Text(text) => (text, self.foreign(text)),
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
    const fn foreign(&self, text: &str) -> Option<char> {
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

/// The character at `at`, and its width. `str::chars` is no `const fn`.
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
