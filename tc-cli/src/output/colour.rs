//! Colours on a terminal, none elsewhere.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

/// Whether the output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// With escape codes.
    On,
    /// Without.
    Off,
}

/// What a piece of the output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Name,
    Text,
    Number,
    Word,
    Border,
    Cell,
}

impl Colour {
    /// Coloured if standard output is a terminal, unless `NO_COLOR` or `CLICOLOR` say otherwise.
    pub fn of_stdout() -> Self {
        match anstream::AutoStream::choice(&io::stdout()) {
            anstream::ColorChoice::Never => Self::Off,
            _ => Self::On,
        }
    }

    pub(super) fn write(self, out: &mut dyn Write, piece: Piece, text: &str) -> io::Result<()> {
        if self == Self::Off {
            return out.write_all(text.as_bytes());
        }
        let style = match piece {
            Piece::Name => AnsiColor::Blue.on_default().bold(),
            Piece::Text => AnsiColor::Green.on_default(),
            Piece::Number => AnsiColor::Cyan.on_default(),
            Piece::Word => AnsiColor::Magenta.on_default(),
            Piece::Border => Style::new().dimmed(),
            Piece::Cell => AnsiColor::BrightBlue.on_default(),
        };
        write!(out, "{style}{text}{style:#}")
    }
}
