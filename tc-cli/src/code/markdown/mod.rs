//! Official texts, a mixture of Markdown and HTML, as Markdown for doc comments.

mod html;
#[cfg(test)]
mod tests;
mod tidy;

use std::fmt::Write;

use html::{Tag, attribute, entity, tag};
use tidy::tidy;

/// The text as Markdown. Relative links get `host`.
///
/// Tags of HTML become Markdown or nothing; any other `<` is text. Code never becomes an example that rustdoc runs.
pub(in crate::code) fn markdown(text: &str, host: &str) -> String {
    let mut writer =
        Writer { host, out: String::new(), lists: Vec::new(), links: Vec::new(), rows: None, is_code: false };
    let mut rest = text;
    let mut fenced = false;
    let mut line_starts = true;
    while let Some(letter) = rest.chars().next() {
        if line_starts && rest.trim_start_matches([' ', '\t']).starts_with("```") {
            fenced = !fenced;
        }
        line_starts = letter == '\n';
        // Text between backticks of one line is code, not markup.
        let quoted = writer.in_code_span() && rest.lines().next().is_some_and(|line| line.contains('`'));
        if letter == '<'
            && !fenced
            && !quoted
            && let Some((tag, after)) = tag(rest)
        {
            writer.tag(tag);
            rest = after;
        } else if letter == '&'
            && !fenced
            && let Some((entity, after)) = entity(rest)
        {
            writer.letter(entity);
            rest = after;
        } else {
            if fenced {
                writer.out.push(letter);
            } else {
                writer.letter(letter);
            }
            rest = &rest[letter.len_utf8()..];
        }
    }
    tidy(&writer.out)
}

struct Writer<'h> {
    host: &'h str,
    out: String,
    /// Open lists: the number of the next item of an ordered one.
    lists: Vec<Option<u32>>,
    /// Targets of open links.
    links: Vec<Option<String>>,
    /// How many rows the open table has.
    rows: Option<usize>,
    /// Whether `<pre>` is open.
    is_code: bool,
}

impl Writer<'_> {
    fn letter(&mut self, letter: char) {
        match letter {
            // Nothing of a text is a tag of HTML to rustdoc.
            '<' if !self.is_code && !self.in_code_span() => self.out.push_str("\\<"),
            // Within a table, a row is a line.
            '\n' if self.rows.is_some() => self.out.push(' '),
            _ => self.out.push(letter),
        }
    }

    /// Whether this line has an odd number of backticks.
    fn in_code_span(&self) -> bool {
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        line.bytes().filter(|byte| *byte == b'`').count() % 2 == 1
    }

    fn tag(&mut self, tag: Tag<'_>) {
        let Tag { name, closes, attributes } = tag;
        match name {
            "br" | "p" | "div" | "blockquote" | "section" if self.rows.is_some() => self.out.push(' '),
            "br" | "p" | "div" | "blockquote" | "section" | "hr" => self.out.push_str("\n\n"),
            "b" | "strong" => self.mark("**", closes),
            "i" | "em" => self.mark("*", closes),
            "code" if !self.is_code => self.out.push('`'),
            "pre" => {
                self.is_code = !closes;
                self.out.push_str(if closes { "\n```\n\n" } else { "\n\n```text\n" });
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.out.push_str(if closes { "**\n\n" } else { "\n\n**" }),
            "ul" | "ol" if closes => {
                self.lists.pop();
                self.out.push_str(if self.lists.is_empty() { "\n\n" } else { "\n" });
            }
            "ul" => self.lists.push(None),
            "ol" => self.lists.push(Some(1)),
            "li" if !closes => self.item(),
            "a" if closes => {
                if let Some(Some(target)) = self.links.pop() {
                    // Writing into a String cannot fail.
                    let _ = write!(self.out, "]({target})");
                }
            }
            "a" => {
                let target = attribute(attributes, "href").map(|target| self.absolute(target));
                if target.is_some() {
                    self.out.push('[');
                }
                self.links.push(target);
            }
            "table" => {
                self.rows = (!closes).then_some(0);
                self.out.push_str("\n\n");
            }
            "tr" if closes => self.end_row(),
            "td" | "th" if closes => self.out.push_str(" |"),
            "td" | "th" => self.out.push_str(if self.out.ends_with('|') { " " } else { "| " }),
            _ => {}
        }
    }

    /// Writes a mark of emphasis directly beside a word, not beside a space.
    fn mark(&mut self, mark: &str, closes: bool) {
        if self.is_code || self.in_code_span() {
            return;
        }
        if closes {
            let trimmed = self.out.trim_end().len();
            if self.out.ends_with(mark) && !self.out.ends_with(&format!("{mark}{mark}")) {
                self.out.truncate(self.out.len() - mark.len());
                return;
            }
            self.out.truncate(trimmed);
        }
        self.out.push_str(mark);
    }

    fn item(&mut self) {
        let depth = self.lists.len().saturating_sub(1);
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        if self.rows.is_some() {
            self.out.push(' ');
        } else {
            self.out.push('\n');
            self.out.push_str(&"  ".repeat(depth.min(1)));
        }
        self.out.push_str(&mark);
    }

    /// Ends a row. The first row is followed by the line that makes it a table.
    fn end_row(&mut self) {
        let cells = self.out.rsplit('\n').next().unwrap_or_default().matches('|').count().saturating_sub(1);
        if let Some(rows) = &mut self.rows {
            self.out.push('\n');
            if *rows == 0 {
                self.out.push('|');
                self.out.push_str(&"---|".repeat(cells));
                self.out.push('\n');
            }
            *rows += 1;
        }
    }

    fn absolute(&self, target: &str) -> String {
        let target = target.trim().replace(' ', "%20").replace('(', "%28").replace(')', "%29");
        if target.starts_with('/') && !target.starts_with("//") { format!("{}{target}", self.host) } else { target }
    }
}
