//! What a request breaks, found before anything is sent.

use std::fmt;

use crate::spec::{Message, ParamSpec, Problem};

/// One limit that one value breaks.
///
/// ```
/// let violation = tc_core::Violation::new("Names", "is needed where Type is Default");
/// assert_eq!(violation.to_string(), "`Names` is needed where Type is Default");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    path: String,
    message: String,
}

impl Violation {
    /// A violation that spans parameters, for functions named by `check = …`.
    ///
    /// `path` is the parameter's name on the wire, `message` goes on from there: "is needed where Type is Default".
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into() }
    }

    /// A broken limit of `param`, found at `path`.
    pub(crate) fn broken(path: String, param: &ParamSpec, broken: Problem<'_>) -> Self {
        let message = broken.describe(Message::new(), param).to_string();
        Self { path, message }
    }

    /// Where: `PersonIds.3`, `Filters.0.Values`. Empty where a check named no parameter.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong with it, with the limit and the actual value.
    pub fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn below(mut self, prefix: &str) -> Self {
        if !prefix.is_empty() {
            self.path = if self.path.is_empty() { prefix.into() } else { format!("{prefix}.{}", self.path) };
        }
        self
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { f.write_str(&self.message) } else { write!(f, "`{}` {}", self.path, self.message) }
    }
}

impl From<&str> for Violation {
    fn from(message: &str) -> Self {
        Self::new("", message)
    }
}

impl From<String> for Violation {
    fn from(message: String) -> Self {
        Self::new("", message)
    }
}

/// Everything a request breaks, in the order of its parameters. Never empty as an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations {
    model: &'static str,
    list: Vec<Violation>,
}

impl Violations {
    /// No violation yet of the model of this name.
    pub(crate) fn of(model: &'static str) -> Self {
        Self { model, list: Vec::new() }
    }

    pub(crate) fn push(&mut self, violation: Violation) {
        self.list.push(violation);
    }

    pub(crate) fn into_result(self) -> Result<(), Self> {
        if self.list.is_empty() { Ok(()) } else { Err(self) }
    }

    /// The name of the action or model.
    pub fn model(&self) -> &str {
        self.model
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Each of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.list.iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.list.as_slice() {
            [only] => write!(f, "{}: {only}", self.model),
            list => {
                write!(f, "{} breaks {} limits:", self.model, list.len())?;
                list.iter().try_for_each(|violation| write!(f, "\n  {violation}"))
            }
        }
    }
}

impl std::error::Error for Violations {}
