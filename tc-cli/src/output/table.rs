//! Tables in boxes, in the layout of tccli (which took it from version 1 of the AWS command line).
//!
//! tccli counts characters; here cells of the terminal are counted, so that Chinese values line up.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::colour::{Colour, Piece};
use super::{Screen, python, width};

/// Blanks around a value, two on each side.
const PADDING: usize = 4;

pub(super) fn write(out: &mut dyn Write, title: &str, value: &Value, screen: Screen) -> io::Result<()> {
    let mut table = Table::default();
    if value.is_null() {
        return Ok(());
    }
    table.build(Some(title), value, 0);
    table.render(out, screen)
}

#[derive(Default)]
struct Table {
    sections: Vec<Section>,
}

#[derive(Default)]
struct Section {
    title: String,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    indent: usize,
    widths: Vec<usize>,
}

impl Table {
    fn build(&mut self, title: Option<&str>, value: &Value, indent: usize) {
        if let Some(title) = title {
            self.sections.push(Section { title: escaped(title), indent, ..Section::default() });
        }
        match value {
            Value::Null => {}
            Value::Array(items) if items.first().is_some_and(Value::is_object) => self.rows(items, indent, title),
            Value::Array(items) if !items.is_empty() => {
                for item in items {
                    match item {
                        Value::Array(cells) if cells.iter().all(is_scalar) => {
                            self.row(cells.iter().map(text).collect());
                        }
                        Value::Array(_) | Value::Object(_) => self.build(None, item, 0),
                        scalar => self.row(vec![text(scalar)]),
                    }
                }
            }
            Value::Object(members) => self.object(members, indent),
            other => self.row(vec![text(other)]),
        }
    }

    fn object(&mut self, members: &Map<String, Value>, indent: usize) {
        let (headers, nested) = group([members]);
        match headers.as_slice() {
            [] => {}
            [only] => self.row(vec![escaped(only), text(&members[only])]),
            _ => {
                let row = headers.iter().map(|name| text(&members[name])).collect();
                self.header(&headers);
                self.row(row);
            }
        }
        for name in nested {
            self.build(Some(&name), &members[&name], indent + 1);
        }
    }

    fn rows(&mut self, items: &[Value], indent: usize, title: Option<&str>) {
        let (headers, nested) = group(items.iter().filter_map(Value::as_object));
        self.header(&headers);
        for (position, item) in items.iter().enumerate() {
            if position > 0 && !nested.is_empty() {
                self.sections.push(Section { title: escaped(title.unwrap_or_default()), indent, ..Section::default() });
                self.header(&headers);
            }
            self.row(headers.iter().map(|name| item.get(name).map_or_else(String::new, text)).collect());
            for name in &nested {
                match item.get(name) {
                    None | Some(Value::Null) => {}
                    Some(value) => self.build(Some(name), value, indent + 1),
                }
            }
        }
    }

    fn section(&mut self) -> &mut Section {
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        let last = self.sections.len() - 1;
        &mut self.sections[last]
    }

    fn header(&mut self, headers: &[String]) {
        let headers: Vec<String> = headers.iter().map(|name| escaped(name)).collect();
        let section = self.section();
        section.measure(&headers);
        section.headers = headers;
    }

    fn row(&mut self, row: Vec<String>) {
        let section = self.section();
        section.measure(&row);
        section.rows.push(row);
    }

    fn width(&self) -> usize {
        self.sections.iter().map(Section::total).max().unwrap_or_default()
    }

    fn render(mut self, out: &mut dyn Write, screen: Screen) -> io::Result<()> {
        if self.width() > screen.width {
            self.sections.iter_mut().for_each(Section::stand_up);
        }
        let width = self.width();
        writeln!(out, "{}", "-".repeat(width))?;
        self.sections.iter().try_for_each(|section| section.render(out, width, screen.colour))
    }
}

impl Section {
    fn measure(&mut self, row: &[String]) {
        self.widths.resize(self.widths.len().max(row.len()), 0);
        for (widest, cell) in self.widths.iter_mut().zip(row) {
            *widest = (*widest).max(width(cell));
        }
    }

    fn total(&self) -> usize {
        let cells: usize = self.widths.iter().map(|width| width + PADDING).sum();
        let around = 2 + 2 * self.indent;
        (width(&self.title) + around).max(cells + around)
    }

    /// A section of one row becomes a column of names and a column of values.
    fn stand_up(&mut self) {
        if self.rows.len() != 1 || self.headers.is_empty() {
            return;
        }
        let headers = std::mem::take(&mut self.headers);
        let row = self.rows.remove(0);
        self.widths.clear();
        for (header, cell) in headers.into_iter().zip(row) {
            let pair = vec![header, cell];
            self.measure(&pair);
            self.rows.push(pair);
        }
    }

    /// The widths of the columns, stretched so that they fill the table.
    fn columns(&self, width: usize) -> Vec<usize> {
        let natural: Vec<usize> = self.widths.iter().map(|column| column + PADDING).collect();
        let sum: usize = natural.iter().sum();
        if sum == 0 {
            return natural;
        }
        // Widths of tables are far below 2^52, and never negative.
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let mut columns: Vec<usize> = natural
            .iter()
            .map(|column| (width as f64 / sum as f64 * *column as f64).round_ties_even() as usize)
            .collect();
        while columns.iter().sum::<usize>() > width {
            for position in 0..columns.len() {
                if columns.iter().sum::<usize>() == width {
                    break;
                }
                columns[position] = columns[position].saturating_sub(1);
            }
        }
        while columns.iter().sum::<usize>() < width {
            for position in (0..columns.len()).rev() {
                if columns.iter().sum::<usize>() == width {
                    break;
                }
                columns[position] += 1;
            }
        }
        columns
    }

    fn render(&self, out: &mut dyn Write, width: usize, colour: Colour) -> io::Result<()> {
        let inner = width.saturating_sub(2 * self.indent);
        let columns = self.columns(inner);
        if !self.title.is_empty() {
            self.line(out, colour, &[(Piece::Name, centred(&self.title, inner, "|"))])?;
            if self.headers.is_empty() && self.rows.is_empty() {
                self.line(out, colour, &[(Piece::Border, format!("+{}+", "-".repeat(inner.saturating_sub(2))))])?;
            }
        }
        if !self.headers.is_empty() {
            self.rule(out, colour, &columns)?;
            let cells = self.headers.iter().zip(&columns).enumerate();
            let cells = cells.map(|(position, (text, width))| (Piece::Name, centred(text, *width, edge(position))));
            self.line(out, colour, &cells.collect::<Vec<_>>())?;
        }
        if self.rows.is_empty() || columns.is_empty() {
            return Ok(());
        }
        self.rule(out, colour, &columns)?;
        for row in &self.rows {
            let cells = columns.iter().enumerate().map(|(position, width)| {
                (Piece::Cell, left(row.get(position).map_or("", String::as_str), *width, edge(position)))
            });
            self.line(out, colour, &cells.collect::<Vec<_>>())?;
        }
        self.rule(out, colour, &columns)
    }

    fn rule(&self, out: &mut dyn Write, colour: Colour, columns: &[usize]) -> io::Result<()> {
        let rule = columns.iter().enumerate().map(|(position, width)| match position {
            0 => format!("+{}+", "-".repeat(width.saturating_sub(2))),
            _ => format!("{}+", "-".repeat(width.saturating_sub(1))),
        });
        self.line(out, colour, &[(Piece::Border, rule.collect())])
    }

    fn line(&self, out: &mut dyn Write, colour: Colour, pieces: &[(Piece, String)]) -> io::Result<()> {
        let around = "|".repeat(self.indent);
        if self.indent > 0 {
            colour.write(out, Piece::Border, &around)?;
        }
        for (piece, text) in pieces {
            colour.write(out, *piece, text)?;
        }
        if self.indent > 0 {
            colour.write(out, Piece::Border, &around)?;
        }
        out.write_all(b"\n")
    }
}

/// Only the first cell of a row has an edge on its left.
fn edge(position: usize) -> &'static str {
    if position == 0 { "|" } else { "" }
}

fn centred(text: &str, cells: usize, left: &str) -> String {
    let before = (cells / 2).saturating_sub(width(text) / 2).saturating_sub(1);
    let used = left.len() + before + width(text);
    format!("{left}{:before$}{text}{:after$}|", "", "", after = cells.saturating_sub(used + 1))
}

fn left(text: &str, cells: usize, left: &str) -> String {
    let needed = width(text) + 2 + left.len() + 1;
    let before = if cells >= needed { 2 } else { 0 };
    let used = left.len() + before + width(text);
    format!("{left}{:before$}{text}{:after$}|", "", "", after = cells.saturating_sub(used + 1))
}

/// A value as tccli writes it, on one line: control characters, such as a line feed, are escaped. tccli writes them unchanged,
/// which breaks the frame.
fn text(value: &Value) -> String {
    escaped(&python::text(value))
}

fn escaped(text: &str) -> String {
    let breaks = |letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
    if !text.contains(breaks) {
        return text.to_owned();
    }
    let escape = |letter: char| if breaks(letter) { letter.escape_default().to_string() } else { letter.to_string() };
    text.chars().map(escape).collect()
}

/// The names of scalar members, and of the others, each sorted.
fn group<'a>(objects: impl IntoIterator<Item = &'a Map<String, Value>>) -> (Vec<String>, Vec<String>) {
    let (mut scalars, mut nested) = (Vec::new(), Vec::new());
    for (name, value) in objects.into_iter().flatten() {
        if is_scalar(value) { scalars.push(name.clone()) } else { nested.push(name.clone()) }
    }
    for names in [&mut scalars, &mut nested] {
        names.sort_unstable();
        names.dedup();
    }
    (scalars, nested)
}

fn is_scalar(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}
