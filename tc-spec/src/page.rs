//! How an action returns a long list: page by page.

/// How an action pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSpec {
    /// The wire name of the number of items to skip: `Offset`.
    pub offset: &'static str,
    /// The wire name of the number of items wanted: `Limit`.
    pub limit: &'static str,
}
