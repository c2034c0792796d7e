//! How an action returns a long list page by page.

/// A path into a response as the names of Rust fields: `["result", "total_count"]`.
///
/// [`ModelSpec::path`](crate::ModelSpec::path) returns the members on the path, with their wire names.
pub type FieldPath = &'static [&'static str];

/// The parameters that select a page, and the places of the items and their total in the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSpec {
    /// The parameters that select a page.
    pub form: PageForm,
    /// The field of the response with the total number of items. `None` if the response has no such field.
    pub total: Option<FieldPath>,
    /// The field of the response with the items of the page.
    pub items: FieldPath,
}

impl PageSpec {
    /// Returns the wire name of the parameter for the number of items in a page.
    pub const fn size(&self) -> Option<&'static str> {
        match self.form {
            PageForm::Offset { limit, .. } => Some(limit),
            PageForm::Number { size, .. } => Some(size),
            PageForm::Token { size, .. } => size,
        }
    }
}

/// The parameters that select a page, as wire names.
///
/// Some actions send these numbers as text; the type of the parameter decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageForm {
    /// The number of items to skip.
    Offset {
        /// The number of items to skip: `Offset`.
        offset: &'static str,
        /// The maximum number of items in a page: `Limit`.
        limit: &'static str,
    },
    /// The number of the page.
    Number {
        /// The number of the page: `PageNumber`.
        number: &'static str,
        /// The maximum number of items in a page: `PageSize`.
        size: &'static str,
        /// The number of the first page: usually 1, rarely 0.
        first: u64,
    },
    /// A token from the previous page.
    Token {
        /// The parameter for the token: `NextToken`. The request for the first page does not have it.
        token: &'static str,
        /// The field of the response with the token of the next page; absent or empty in the last page.
        next: FieldPath,
        /// The field of the response that is true if there is another page. `None` if the response has no such field.
        more: Option<FieldPath>,
        /// The maximum number of items in a page: `MaxResults`. `None` if the action has no such parameter.
        size: Option<&'static str>,
    },
}
