//! Values that did not have their documented type.

use std::fmt;

/// One value that did not have its documented type, and how it was read.
///
/// 128 of the 16,172 official examples contain one, such as `"GroupNum": "1"`. The texts are shortened and their control
/// characters are escaped, so that they can be logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coercion {
    pub(super) path: String,
    pub(super) expected: &'static str,
    pub(super) found: String,
    pub(super) read_as: String,
    /// What to change in the struct, if a name in it is the cause.
    pub(super) hint: Option<String>,
}

impl Coercion {
    /// Returns the path of the member: `PersonGroupInfos.0.GroupId`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the documented type: "an integer".
    pub fn expected(&self) -> &str {
        self.expected
    }

    /// Returns the value in the response, as JSON of at most 80 characters; only its kind if the member is sensitive.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// Returns the value that was read instead, as JSON; "nothing" for an item that was left out of its list.
    pub fn read_as(&self) -> &str {
        &self.read_as
    }
}

impl fmt::Display for Coercion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, expected, found, read_as, hint } = self;
        match hint {
            Some(hint) => write!(f, "`{path}` is absent and was read as {read_as}: {hint}"),
            None => write!(f, "`{path}` is documented as {expected}, but is {found}; it was read as {read_as}"),
        }
    }
}

/// The first hundred coercions of a response, and the number of all. A long list may have one for each item.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Coercions {
    first: Vec<Coercion>,
    count: usize,
}

impl Coercions {
    const KEPT: usize = 100;

    /// Adds a coercion. `coercion` is called only if it is kept.
    pub(super) fn push(&mut self, coercion: impl FnOnce() -> Coercion) {
        self.count += 1;
        if self.first.len() < Self::KEPT {
            self.first.push(coercion());
        }
    }

    pub(super) fn first(&self) -> &[Coercion] {
        &self.first
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Keeps only the first `count`.
    pub(super) fn truncate(&mut self, count: usize) {
        self.first.truncate(count);
        self.count = count;
    }
}
