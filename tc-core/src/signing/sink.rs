//! Where the text of a step goes: a formatter, a string, a buffer or a hash.

use std::fmt;

use super::sha256::Hasher;

/// A destination for the text of a [`Step`].
pub(super) trait Sink {
    /// Appends `text`.
    fn put(&mut self, text: &str) -> fmt::Result;

    /// Appends `text` with ASCII letters in lower case.
    fn put_lower(&mut self, text: &str) -> fmt::Result;
}

/// A step of a signature, which writes its text into a sink.
pub(super) trait Step {
    fn write(&self, sink: &mut impl Sink) -> fmt::Result;

    fn to_text(&self) -> String {
        let mut text = String::new();
        let written = self.write(&mut text);
        debug_assert!(written.is_ok(), "a string takes all text");
        text
    }
}

impl Sink for fmt::Formatter<'_> {
    fn put(&mut self, text: &str) -> fmt::Result {
        self.write_str(text)
    }

    fn put_lower(&mut self, text: &str) -> fmt::Result {
        self.write_str(&text.to_ascii_lowercase())
    }
}

impl Sink for String {
    fn put(&mut self, text: &str) -> fmt::Result {
        self.push_str(text);
        Ok(())
    }

    fn put_lower(&mut self, text: &str) -> fmt::Result {
        let start = self.len();
        self.push_str(text);
        self[start..].make_ascii_lowercase();
        Ok(())
    }
}

impl Sink for Vec<u8> {
    fn put(&mut self, text: &str) -> fmt::Result {
        self.extend_from_slice(text.as_bytes());
        Ok(())
    }

    fn put_lower(&mut self, text: &str) -> fmt::Result {
        let start = self.len();
        self.extend_from_slice(text.as_bytes());
        self[start..].make_ascii_lowercase();
        Ok(())
    }
}

impl Sink for Hasher {
    fn put(&mut self, text: &str) -> fmt::Result {
        self.update(text.as_bytes());
        Ok(())
    }

    fn put_lower(&mut self, text: &str) -> fmt::Result {
        for piece in text.as_bytes().chunks(64) {
            let mut lower = [0; 64];
            let lower = &mut lower[..piece.len()];
            lower.copy_from_slice(piece);
            lower.make_ascii_lowercase();
            self.update(lower);
        }
        Ok(())
    }
}
