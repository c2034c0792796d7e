//! A stream of the items of all pages.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::{PagedCall, Pages};
use crate::error::Error;

/// A `Stream` of the items of all pages of a call. [`Client::items`](crate::Client::items) creates it.
///
/// It behaves like [`Pages`], and keeps as many pages in memory as are read ahead. Its size hint is computed from the total of the
/// last response. It is good enough for a progress bar, but the total may change.
#[must_use = "a stream sends nothing until it is polled"]
pub struct Items<A: PagedCall> {
    pages: Pages<A>,
    page: std::vec::IntoIter<A::Item>,
    left: u64,
}

impl<A: PagedCall> Items<A> {
    pub(super) fn new(pages: Pages<A>) -> Self {
        Self { pages, page: Vec::new().into_iter(), left: u64::MAX }
    }

    /// As [`Pages::read_ahead`].
    pub fn read_ahead(mut self, pages: usize) -> Self {
        self.pages = self.pages.read_ahead(pages);
        self
    }

    /// As [`Pages::page_size`].
    pub fn page_size(mut self, items: u64) -> Self {
        self.pages = self.pages.page_size(items);
        self
    }

    /// Sets the maximum number of items.
    pub fn max_items(mut self, items: u64) -> Self {
        self.pages = self.pages.max_items(items);
        self.left = items;
        self
    }

    /// Returns the total number of items in the last response, if it had one.
    pub fn total(&self) -> Option<u64> {
        self.pages.total()
    }

    /// Returns the next item, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<A::Item, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<A: PagedCall> Stream for Items<A> {
    type Item = Result<A::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if this.left == 0 {
                return Poll::Ready(None);
            }
            if let Some(item) = this.page.next() {
                this.left -= 1;
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => this.page = this.pages.call.action.items(page.into_inner()).into_iter(),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let here = self.page.len();
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        let rest = self.pages.expected().and_then(|items| usize::try_from(items).ok());
        (here.min(left), rest.map(|rest| here.saturating_add(rest).min(left)))
    }
}

/// The stream is not self-referential.
impl<A: PagedCall> Unpin for Items<A> {}

impl<A: PagedCall> fmt::Debug for Items<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("items_of_page", &self.page.len())
            .finish_non_exhaustive()
    }
}
