//! Where the server broke its own schema.

use std::fmt;

/// One value that arrived as another type than documented, and how it was read.
///
/// 128 of the 16,172 official examples contain one: `"GroupNum": "1"` is the best known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coercion {
    pub(super) path: String,
    pub(super) expected: &'static str,
    pub(super) found: String,
    pub(super) read_as: String,
}

impl Coercion {
    /// Where: `PersonGroupInfos.0.GroupId`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the documentation says: "an integer".
    pub fn expected(&self) -> &str {
        self.expected
    }

    /// What arrived, as JSON; only its kind where the member is sensitive.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// What it was read as, as JSON.
    pub fn read_as(&self) -> &str {
        &self.read_as
    }
}

impl fmt::Display for Coercion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, expected, found, read_as } = self;
        write!(f, "`{path}` is documented as {expected}, arrived as {found} and was read as {read_as}")
    }
}
