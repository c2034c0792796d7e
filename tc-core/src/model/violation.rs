//! The violations of limits, which are found before a request is sent.

use std::fmt;

use crate::spec::{Message, ParamSpec, Problem};

/// One limit that one value does not meet.
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
    /// Creates a violation, for functions that `check = …` names.
    ///
    /// `path` is the name of the parameter on the wire. `message` continues the sentence: "is needed where Type is Default".
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into() }
    }

    /// Creates the violation for a problem of `param` at `path`.
    pub(crate) fn of_problem(path: String, param: &ParamSpec, problem: Problem<'_>) -> Self {
        let message = problem.describe(Message::new(), param).to_string();
        Self { path, message }
    }

    /// Returns the path of the parameter: `PersonIds.3`, `Filters.0.Values`. Empty if a check named no parameter.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what is wrong, with the limit and the actual value.
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

/// All violations of a request, in the order of its parameters. As an error it is never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations {
    model: &'static str,
    list: Vec<Violation>,
}

impl Violations {
    /// Creates an empty list for the model of this name.
    pub(crate) fn of(model: &'static str) -> Self {
        Self { model, list: Vec::new() }
    }

    pub(crate) fn push(&mut self, violation: Violation) {
        self.list.push(violation);
    }

    pub(crate) fn into_result(self) -> Result<(), Self> {
        if self.list.is_empty() { Ok(()) } else { Err(self) }
    }

    /// Returns the name of the action or model.
    pub fn model(&self) -> &str {
        self.model
    }

    /// Returns the number of violations.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns an iterator over the violations.
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
                write!(f, "{} has {} violations:", self.model, list.len())?;
                list.iter().try_for_each(|violation| write!(f, "\n  {violation}"))
            }
        }
    }
}

impl std::error::Error for Violations {}
