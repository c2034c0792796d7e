//! Chosen columns of the rows of an answer.

use serde_json::{Map, Value};

use super::filter::{Filter, FilterError};

/// The columns of `--columns InstanceId,Placement.Zone`: a query for each, evaluated on every row.
#[derive(Debug)]
pub struct Columns(Vec<(String, Filter)>);

impl Columns {
    /// Reads names separated by commas; each is a JMESPath expression on a row.
    ///
    /// # Errors
    /// One of them is not a JMESPath expression.
    pub fn new(text: &str) -> Result<Self, FilterError> {
        let names = split(text).into_iter().filter(|name| !name.is_empty());
        names.map(|name| Ok((name.to_owned(), Filter::new(name)?))).collect::<Result<_, _>>().map(Self)
    }

    /// The columns of one row.
    ///
    /// # Errors
    /// A column cannot be evaluated.
    pub fn row(&self, row: &Value) -> Result<Value, FilterError> {
        let cells = self.0.iter().map(|(name, filter)| Ok((name.clone(), filter.search(row)?)));
        cells.collect::<Result<Map<_, _>, _>>().map(Value::Object)
    }

    /// The columns of every row; if the value is not a list, of that value.
    ///
    /// # Errors
    /// A column cannot be evaluated.
    pub fn rows(&self, value: &Value) -> Result<Value, FilterError> {
        match value {
            Value::Array(rows) => rows.iter().map(|row| self.row(row)).collect::<Result<_, _>>().map(Value::Array),
            other => self.row(other),
        }
    }

    /// The names and their queries, in the order given.
    pub(crate) fn filters(&self) -> impl Iterator<Item = (&str, &Filter)> {
        self.0.iter().map(|(name, filter)| (name.as_str(), filter))
    }
}

/// Cuts at commas that are not inside brackets or quotes.
fn split(text: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut start) = (0_usize, None, 0);
    let mut pieces = Vec::new();
    for (position, character) in text.char_indices() {
        match (quote, character) {
            (Some(open), same) if open == same => quote = None,
            (None, '\'' | '"' | '`') => quote = Some(character),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                pieces.push(text[start..position].trim());
                start = position + 1;
            }
            _ => {}
        }
    }
    pieces.push(text[start..].trim());
    pieces
}
