//! JSON: indented by four blanks, or on one line.

use std::io::{self, Write};

use serde_json::Value;

use super::colour::{Colour, Piece};
use super::python;

/// Writes `value` with an indent of four blanks and a line feed at the end.
pub(super) fn write(out: &mut dyn Write, value: &Value, colour: Colour) -> io::Result<()> {
    Writer { out, colour, indent: Some(0) }.value(value)?;
    out.write_all(b"\n")
}

/// Writes `value` on one line, with a line feed at the end.
pub(super) fn write_line(out: &mut dyn Write, value: &Value, colour: Colour) -> io::Result<()> {
    Writer { out, colour, indent: None }.value(value)?;
    out.write_all(b"\n")
}

struct Writer<'a> {
    out: &'a mut dyn Write,
    colour: Colour,
    indent: Option<usize>,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value) -> io::Result<()> {
        match value {
            Value::Null => self.piece(Piece::Word, "null"),
            Value::Bool(true) => self.piece(Piece::Word, "true"),
            Value::Bool(false) => self.piece(Piece::Word, "false"),
            Value::Number(number) => self.piece(Piece::Number, &python::number(number)),
            Value::String(text) => self.string(Piece::Text, text),
            Value::Array(items) if items.is_empty() => self.out.write_all(b"[]"),
            Value::Object(members) if members.is_empty() => self.out.write_all(b"{}"),
            Value::Array(items) => {
                self.open(b"[")?;
                for (position, item) in items.iter().enumerate() {
                    self.separate(position)?;
                    self.value(item)?;
                }
                self.close(b"]")
            }
            Value::Object(members) => {
                self.open(b"{")?;
                for (position, (name, value)) in members.iter().enumerate() {
                    self.separate(position)?;
                    self.string(Piece::Name, name)?;
                    self.out.write_all(if self.indent.is_some() { b": " } else { b":" })?;
                    self.value(value)?;
                }
                self.close(b"}")
            }
        }
    }

    fn piece(&mut self, piece: Piece, text: &str) -> io::Result<()> {
        self.colour.write(self.out, piece, text)
    }

    fn string(&mut self, piece: Piece, text: &str) -> io::Result<()> {
        let quoted = serde_json::to_string(text)?;
        self.piece(piece, &quoted)
    }

    fn open(&mut self, bracket: &[u8]) -> io::Result<()> {
        self.indent = self.indent.map(|indent| indent + 1);
        self.out.write_all(bracket)
    }

    fn close(&mut self, bracket: &[u8]) -> io::Result<()> {
        self.indent = self.indent.map(|indent| indent - 1);
        self.new_line()?;
        self.out.write_all(bracket)
    }

    fn separate(&mut self, position: usize) -> io::Result<()> {
        if position > 0 {
            self.out.write_all(b",")?;
        }
        self.new_line()
    }

    fn new_line(&mut self) -> io::Result<()> {
        match self.indent {
            Some(indent) => write!(self.out, "\n{:1$}", "", 4 * indent),
            None => Ok(()),
        }
    }
}
