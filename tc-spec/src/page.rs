//! How an action returns a long list: page by page.

/// A path into a response, by the names of its fields in Rust: `["result", "total_count"]`.
///
/// [`ModelSpec::path`](crate::ModelSpec::path) finds the members along it, with their wire names.
pub type FieldPath = &'static [&'static str];

/// How an action pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSpec {
    /// The parameters that choose a page.
    pub form: PageForm,
    /// Where the response says how many items there are in all, if it does.
    pub total: Option<FieldPath>,
    /// Where the response has the items of the page.
    pub items: FieldPath,
}

impl PageSpec {
    /// The wire name of the parameter that says how many items a page has.
    pub const fn size(&self) -> Option<&'static str> {
        match self.form {
            PageForm::Offset { limit, .. } => Some(limit),
            PageForm::Number { size, .. } => Some(size),
            PageForm::Token { size, .. } => size,
        }
    }
}

/// The parameters that choose a page, by their wire names.
///
/// Whether a number travels as text is said by the type of its parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageForm {
    /// By the number of items to skip.
    Offset {
        /// The number of items to skip: `Offset`.
        offset: &'static str,
        /// The number of items wanted: `Limit`.
        limit: &'static str,
    },
    /// By the number of the page.
    Number {
        /// The number of the page: `PageNumber`.
        number: &'static str,
        /// The number of items wanted: `PageSize`.
        size: &'static str,
        /// The number of the first page: 1, rarely 0.
        first: u64,
    },
    /// By a token out of the page before.
    Token {
        /// The parameter for the token: `NextToken`. The first page is asked for without it.
        token: &'static str,
        /// Where the response has the token of the next page; the last page has none, or an empty one.
        next: FieldPath,
        /// Where the response says whether there is another page, if it does.
        more: Option<FieldPath>,
        /// The number of items wanted, if the action lets it be chosen: `MaxResults`.
        size: Option<&'static str>,
    },
}
