//! Where the server broke its own schema.

use std::fmt;

/// One value that did not arrive as documented, and how it was read.
///
/// 128 of the 16,172 official examples contain one: `"GroupNum": "1"` is the best known. The texts are cut and their
/// control characters escaped, so that they can be logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coercion {
    pub(super) path: String,
    pub(super) expected: &'static str,
    pub(super) found: String,
    pub(super) read_as: String,
    /// What to change in the struct, where a name is the cause.
    pub(super) hint: Option<String>,
}

impl Coercion {
    /// The path of the member: `PersonGroupInfos.0.GroupId`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the documentation says: "an integer".
    pub fn expected(&self) -> &str {
        self.expected
    }

    /// What arrived, as JSON; only its kind where the member is sensitive. At most 80 characters.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// What it was read as, as JSON; "nothing" for an item that was left out of its list.
    pub fn read_as(&self) -> &str {
        &self.read_as
    }
}

impl fmt::Display for Coercion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, expected, found, read_as, hint } = self;
        match hint {
            Some(hint) => write!(f, "`{path}` is absent and was read as {read_as}: {hint}"),
            None => write!(f, "`{path}` is documented as {expected}, arrived as {found} and was read as {read_as}"),
        }
    }
}

/// The coercions of one answer: the first hundred, and how many there were. Every zero of a long list could be one.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Coercions {
    first: Vec<Coercion>,
    count: usize,
}

impl Coercions {
    const KEPT: usize = 100;

    /// Counts one; `coercion` is asked for it only where it is kept.
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

    /// Forgets all but the earliest `count`.
    pub(super) fn truncate(&mut self, count: usize) {
        self.first.truncate(count);
        self.count = count;
    }
}
