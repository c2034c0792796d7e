//! How many cells of a terminal a text takes.

use unicode_width::UnicodeWidthStr;

/// The number of cells: two for a Chinese character.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// `text`, followed by blanks up to `cells`.
pub fn pad(text: &str, cells: usize) -> String {
    format!("{text}{:1$}", "", cells.saturating_sub(width(text)))
}
