//! How an action pages.

use super::frame::{Frame, RawPage};
use crate::format::page;

/// How an action pages: the parameters that select a page, and the members of the response with the items and their total.
///
/// Members of the response are paths of wire names; nested names are separated by dots: `Result.TotalCount`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page<'a> {
    /// The parameters that select a page.
    pub form: PageForm<'a>,
    /// The member of the response with the number of all items.
    pub total: Option<&'a str>,
    /// The member of the response with the list of items.
    pub items: Option<&'a str>,
}

/// The parameters that select a page.
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
    /// A token for the next page, which each response contains.
    Token {
        /// The parameter: `NextToken`.
        token: &'a str,
        /// The member of the response with the token for the next page.
        next: &'a str,
        /// The member of the response that is true if there are more pages.
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
