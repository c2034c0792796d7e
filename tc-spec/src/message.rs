//! A line of text that a `const fn` can build, so that messages at compile time and at run time are the same.

use std::fmt;

const CAPACITY: usize = 512;

/// Text of at most 512 bytes. Longer text is cut between two characters and ends with `…`.
#[derive(Clone, Copy)]
pub struct Message {
    bytes: [u8; CAPACITY],
    len: usize,
    cut: bool,
}

impl Message {
    /// Creates an empty message.
    pub const fn new() -> Self {
        Self { bytes: [0; CAPACITY], len: 0, cut: false }
    }

    /// Appends `text`.
    #[must_use]
    pub const fn text(mut self, text: &str) -> Self {
        if self.cut {
            return self;
        }
        let bytes = text.as_bytes();
        // `…` takes three bytes.
        let room = CAPACITY - 3 - self.len;
        let mut end = bytes.len();
        if end > room {
            end = room;
            while end > 0 && bytes[end] & 0xC0 == 0x80 {
                end -= 1;
            }
            self.cut = true;
        }
        let mut at = 0;
        while at < end {
            self.bytes[self.len] = bytes[at];
            self.len += 1;
            at += 1;
        }
        if self.cut {
            let mark = "…".as_bytes();
            let mut at = 0;
            while at < mark.len() {
                self.bytes[self.len] = mark[at];
                self.len += 1;
                at += 1;
            }
        }
        self
    }

    /// Appends `text` in double quotes, at most 80 characters of it.
    #[must_use]
    pub const fn quoted(self, text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut end, mut characters) = (0, 0);
        while end < bytes.len() {
            if bytes[end] & 0xC0 != 0x80 {
                if characters == 80 {
                    break;
                }
                characters += 1;
            }
            end += 1;
        }
        let shown = bytes.split_at(end).0;
        let line = match std::str::from_utf8(shown) {
            Ok(shown) => self.text("\"").text(shown),
            Err(_) => self.text("\""),
        };
        if end < bytes.len() { line.text("…\"") } else { line.text("\"") }
    }

    /// Appends `number` in decimal.
    #[must_use]
    pub const fn number(self, number: i128) -> Self {
        let mut digits = [0_u8; 40];
        let mut at = digits.len();
        let mut rest = number.unsigned_abs();
        loop {
            at -= 1;
            // A remainder of ten fits a byte.
            #[allow(clippy::cast_possible_truncation)]
            let digit = (rest % 10) as u8;
            digits[at] = b'0' + digit;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if number < 0 {
            at -= 1;
            digits[at] = b'-';
        }
        match std::str::from_utf8(digits.split_at(at).1) {
            Ok(digits) => self.text(digits),
            Err(_) => self,
        }
    }

    /// Returns the text.
    pub const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

impl Default for Message {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn the_smallest_and_the_largest_number_are_written_exactly() {
        let text = Message::new().number(i128::MIN).text(" ").number(0).text(" ").number(i128::MAX);
        assert_eq!(text.as_str(), format!("{} 0 {}", i128::MIN, i128::MAX));
    }

    #[test]
    fn long_text_is_cut_between_two_characters() {
        let line = Message::new().text(&"é".repeat(400)).text("more");
        assert!(line.as_str().ends_with('…') && line.as_str().len() <= 512);
        assert!(line.as_str().trim_end_matches('…').chars().all(|c| c == 'é'));
        assert_eq!(Message::new().quoted(&"界".repeat(81)).as_str(), format!("\"{}…\"", "界".repeat(80)));
    }
}
