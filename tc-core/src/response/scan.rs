//! A scanner for JSON text that builds no values and uses no recursion.
//!
//! It accepts texts that serde_json refuses: with half of a surrogate pair, invalid UTF-8, or control characters. [`text`]
//! reports them.

use std::borrow::Cow;

use crate::text::shown;

/// A position in JSON text.
pub(super) struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

/// The text is not JSON.
#[derive(Debug, PartialEq)]
pub(super) struct Malformed;

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0 }
    }

    /// Skips white space, and returns the next byte without consuming it.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.text.get(self.at) {
            self.at += 1;
        }
        self.text.get(self.at).copied()
    }

    /// Returns the position.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Returns the text from `position` to the current position.
    pub(super) fn since(&self, position: usize) -> &'a [u8] {
        &self.text[position..self.at]
    }

    /// Consumes the first byte of an object or a list.
    pub(super) fn enter(&mut self) {
        self.at += 1;
    }

    /// Returns whether the object or list that ends with `close` has another member or item. `first` is true before the first.
    pub(super) fn more(&mut self, first: &mut bool, close: u8) -> Result<bool, Malformed> {
        let was_first = std::mem::replace(first, false);
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            Some(b',') if !was_first => {
                self.at += 1;
                if self.peek() == Some(close) { Err(Malformed) } else { Ok(true) }
            }
            Some(_) if was_first => Ok(true),
            _ => Err(Malformed),
        }
    }

    /// Consumes the name of a member and the colon. Returns the name as it was written, with its quotes.
    pub(super) fn name(&mut self) -> Result<&'a [u8], Malformed> {
        let name = self.string()?;
        if self.peek() != Some(b':') {
            return Err(Malformed);
        }
        self.at += 1;
        Ok(name)
    }

    /// Consumes a value of any depth, and returns its text.
    pub(super) fn value(&mut self) -> Result<&'a [u8], Malformed> {
        self.peek();
        let start = self.at;
        let mut open = Vec::new();
        loop {
            match self.peek().ok_or(Malformed)? {
                bracket @ (b'{' | b'[') => {
                    self.at += 1;
                    open.push(bracket + 2);
                    if self.peek() != Some(bracket + 2) {
                        if bracket == b'{' {
                            self.name()?;
                        }
                        continue;
                    }
                }
                b'"' => {
                    self.string()?;
                }
                _ => self.scalar()?,
            }
            // After a value: the ends of the objects and lists around it, then a comma.
            loop {
                let Some(close) = open.last().copied() else { return Ok(&self.text[start..self.at]) };
                match self.peek() {
                    Some(byte) if byte == close => {
                        self.at += 1;
                        open.pop();
                    }
                    Some(b',') => {
                        self.at += 1;
                        if close == b'}' {
                            self.name()?;
                        }
                        break;
                    }
                    _ => return Err(Malformed),
                }
            }
        }
    }

    /// Checks that only white space follows.
    pub(super) fn end(&mut self) -> Result<(), Malformed> {
        if self.peek().is_none() { Ok(()) } else { Err(Malformed) }
    }

    fn string(&mut self) -> Result<&'a [u8], Malformed> {
        if self.peek() != Some(b'"') {
            return Err(Malformed);
        }
        let start = self.at;
        self.at += 1;
        loop {
            let rest = self.text.get(self.at..).ok_or(Malformed)?;
            let special = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')).ok_or(Malformed)?;
            self.at += special + 1;
            if rest[special] == b'"' {
                return Ok(&self.text[start..self.at]);
            }
            self.at += match rest[special + 1..] {
                [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 1,
                [b'u', a, b, c, d, ..] if [a, b, c, d].iter().all(u8::is_ascii_hexdigit) => 5,
                _ => return Err(Malformed),
            };
        }
    }

    /// Consumes `true`, `false`, `null`, or a number.
    fn scalar(&mut self) -> Result<(), Malformed> {
        let rest = &self.text[self.at..];
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let word = &rest[..rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len())];
        self.at += word.len();
        if matches!(word, b"true" | b"false" | b"null") || is_number(word) { Ok(()) } else { Err(Malformed) }
    }
}

/// Whether a text is JSON, of any depth, also if a text in it is invalid.
pub(super) fn is_json(text: &[u8]) -> bool {
    let mut scanner = Scanner::new(text);
    scanner.value().is_ok() && scanner.end().is_ok()
}

/// Whether a text is a number in JSON.
pub(super) fn is_number(word: &[u8]) -> bool {
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = word.strip_prefix(b"-").unwrap_or(word);
    let whole = digits(rest);
    if whole == 0 || (rest[0] == b'0' && whole > 1) {
        return false;
    }
    let mut rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix(b".") {
        let count = digits(fraction);
        if count == 0 {
            return false;
        }
        rest = &fraction[count..];
    }
    if let Some(exponent) = rest.strip_prefix(b"e").or_else(|| rest.strip_prefix(b"E")) {
        let exponent = exponent.strip_prefix(b"+").or_else(|| exponent.strip_prefix(b"-")).unwrap_or(exponent);
        let count = digits(exponent);
        return count > 0 && count == exponent.len();
    }
    rest.is_empty()
}

/// Decodes a JSON string. The second value is false if a part of it is invalid, which is replaced by U+FFFD.
pub(super) fn text(raw: &[u8]) -> (Cow<'_, str>, bool) {
    let content = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
    if !content.contains(&b'\\') {
        let (text, whole) = lossy(content);
        return (text, whole);
    }
    let (mut out, mut exact, mut rest) = (String::with_capacity(content.len()), true, content);
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        let (text, whole) = lossy(&rest[..at]);
        out.push_str(&text);
        exact &= whole;
        let (character, length) = escape(&rest[at..]);
        exact &= character.is_some();
        out.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
        rest = &rest[at + length..];
    }
    let (text, whole) = lossy(rest);
    out.push_str(&text);
    (Cow::Owned(out), exact && whole)
}

fn lossy(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    let text = String::from_utf8_lossy(bytes);
    let whole = matches!(text, Cow::Borrowed(_)) && bytes.iter().all(|byte| *byte >= b' ');
    (text, whole)
}

/// Decodes the escape at the beginning of `text`. Returns its character, `None` for half of a surrogate pair, and its length.
fn escape(text: &[u8]) -> (Option<char>, usize) {
    let character = match text.get(1) {
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'u') => {
            let Some(first) = unit(text) else { return (None, 6.min(text.len())) };
            if let Some(second) = text.get(6..).and_then(unit)
                && let Some(Ok(pair)) = char::decode_utf16([first, second]).next()
                && pair.len_utf16() == 2
            {
                return (Some(pair), 12);
            }
            return (char::from_u32(first.into()), 6);
        }
        Some(other) => char::from(*other),
        None => return (None, 1),
    };
    (Some(character), 2)
}

/// Decodes the number of an escape `\uXXXX`.
fn unit(text: &[u8]) -> Option<u16> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Returns the beginning of `raw`, with control characters escaped.
pub(super) fn excerpt(raw: &[u8], most: usize) -> String {
    let cut = raw.len().min(4 * most);
    let text = String::from_utf8_lossy(&raw[..cut]);
    let mut shown = shown(&text, most);
    if cut < raw.len() && !shown.ends_with('…') {
        shown.push('…');
    }
    shown
}

/// Returns the kind of a JSON value, for messages that must not show the value.
pub(super) fn kind(raw: &[u8]) -> &'static str {
    match raw.first() {
        Some(b'"') => "text",
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        Some(_) => "a number",
        None => "nothing",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scanner_accepts_what_serde_json_accepts() {
        for valid in [
            "{}",
            "[]",
            "[[],{}]",
            r#"{"a":[1,{"b":null}],"c":"\u00e4\"\\"}"#,
            " [ 1 , -0.5e+3 , true ] ",
            "0",
            "-0",
            r#""\ud83d\ude00""#,
            "1E5",
        ] {
            let mut scanner = Scanner::new(valid.as_bytes());
            assert!(scanner.value().is_ok() && scanner.end().is_ok(), "{valid}");
            assert!(serde_json::from_str::<serde::de::IgnoredAny>(valid).is_ok(), "{valid}");
        }
        for invalid in [
            "",
            "{",
            "[1,]",
            "[,1]",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            "{1:2}",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "-",
            "tru",
            "nulll",
            r#""\x41""#,
            r#""\u12""#,
            r#""a"#,
            "[1 2]",
            "[}",
            "{]",
            "1 1",
            "[1]]",
            r#"{"a":1 "b":2}"#,
            "\"\\",
        ] {
            let mut scanner = Scanner::new(invalid.as_bytes());
            assert!(scanner.value().is_err() || scanner.end().is_err(), "{invalid}");
            assert!(serde_json::from_str::<serde::de::IgnoredAny>(invalid).is_err(), "{invalid}");
        }
    }

    #[test]
    fn a_value_of_any_depth_is_skipped_without_recursion() {
        let deep = format!("{}1{}", "[{\"a\":".repeat(200_000), "}]".repeat(200_000));
        assert_eq!(Scanner::new(deep.as_bytes()).value().map(<[u8]>::len), Ok(deep.len()));
    }

    #[test]
    fn an_invalid_part_of_a_text_is_replaced() {
        for (raw, expected, exact) in [
            (&br#""a\n\u00e4\ud83d\ude00""#[..], "a\nä😀", true),
            (br#""\ud83d""#, "\u{fffd}", false),
            (br#""\ude00\ud83d""#, "\u{fffd}\u{fffd}", false),
            (br#""\ud83dx""#, "\u{fffd}x", false),
            (br#""\ud83d\n""#, "\u{fffd}\n", false),
            (br#""\ud83d\ud83d\ude00""#, "\u{fffd}😀", false),
            (b"\"a\xFFb\"", "a\u{fffd}b", false),
            (b"\"a\tb\\n\"", "a\tb\n", false),
            (b"\"\"", "", true),
        ] {
            assert_eq!(text(raw), (Cow::Borrowed(expected), exact), "{}", String::from_utf8_lossy(raw));
        }
    }
}
