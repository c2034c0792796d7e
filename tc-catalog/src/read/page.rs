//! How an action pages.

use super::frame::{Frame, RawPage};
use crate::format::page;

/// How an action pages: the parameters that ask for a page, and where the answer has the items and their total.
///
/// Members of the answer are paths of wire names, separated by dots where they are nested: `Result.TotalCount`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page<'a> {
    /// The parameters that ask for a page.
    pub form: PageForm<'a>,
    /// The number of all items, in the answer.
    pub total: Option<&'a str>,
    /// The list of items, in the answer.
    pub items: Option<&'a str>,
}

/// The parameters that ask for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageForm<'a> {
    /// How many items to skip, and how many to return.
    Offset {
        /// The number of items to skip: `Offset`.
        offset: &'a str,
        /// The number of items to return: `Limit`.
        limit: &'a str,
    },
    /// The number of a page, and how many items a page has.
    Number {
        /// The number of the page: `PageNumber`.
        number: &'a str,
        /// The number of items of a page: `PageSize`.
        size: &'a str,
        /// The number of the first page: 1, rarely 0.
        first: u64,
    },
    /// A token that each page gives for the next one.
    Token {
        /// The parameter: `NextToken`.
        token: &'a str,
        /// The token for the next page, in the answer.
        next: &'a str,
        /// Whether there are more pages, in the answer.
        more: Option<&'a str>,
        /// The number of items of a page.
        size: Option<&'a str>,
    },
}

impl<'a> Page<'a> {
    /// The paging at `position` of the frame, plus 1; none for 0.
    pub(crate) fn at(frame: &'a Frame, position: u32) -> Option<Self> {
        let RawPage { form, first, names } = *frame.pages.get((position as usize).checked_sub(1)?)?;
        let [a, b, more, size, total, items] = names.map(|name| name.map(|name| name.of(&frame.text)));
        let (a, b) = (a?, b?);
        let form = match form {
            page::OFFSET => PageForm::Offset { offset: a, limit: b },
            page::NUMBER => PageForm::Number { number: a, size: b, first: first.into() },
            _ => PageForm::Token { token: a, next: b, more, size },
        };
        Some(Self { form, total, items })
    }
}
