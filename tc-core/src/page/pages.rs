//! The answers of an action that pages, as a stream.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::ahead::Ahead;
use crate::action::Paged;
use crate::client::{Owned, PendingCall, Sending};
use crate::error::Error;
use crate::response::Response;
use crate::spec::{Literal, Range};

/// The answers of an action that pages, as a `Stream`; made by [`Client::pages`](crate::Client::pages).
///
/// - Pages are as large as the documentation allows, or as the action's own `Limit` says; the first begins at its `Offset`.
/// - The total is read anew from every answer, so it may grow and shrink meanwhile. One that is missing, that had to be
///   [coerced](crate::Response::coercions), or that the items contradict counts as unknown: then the first page that is
///   not full is the last.
/// - A page that is not full though the total says that more follows is completed by another call, so a server that caps
///   its pages loses nothing.
/// - After an error the stream ends.
#[must_use = "nothing is sent before the stream is asked"]
pub struct Pages<A: Paged> {
    call: Owned<A>,
    ahead: usize,
    /// How many items a page is asked for.
    size: u64,
    /// Where the next page to ask for begins.
    next: u64,
    /// How many more items may be asked for.
    left: u64,
    /// How many items pages under way were asked for.
    asked: u64,
    /// Up to where the pages that came reach.
    read: u64,
    total: Option<u64>,
    state: State,
    flights: Ahead<Window, A::Response>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    /// No answer yet: how much there is, and how large a page may be, are unknown.
    First,
    /// More may follow.
    Open,
    /// No further page is asked for.
    Over,
}

#[derive(Debug, Clone, Copy)]
struct Window {
    offset: u64,
    limit: u64,
}

impl<A: Paged + Clone> Pages<A> {
    pub(super) fn new(call: PendingCall<'_, A>) -> Self {
        let call = call.into_owned();
        let (offset, limit) = call.action.window();
        Self {
            size: limit.filter(|items| *items > 0).or_else(documented::<A>).unwrap_or(100).max(1),
            next: offset.unwrap_or(0),
            call,
            ahead: 1,
            left: u64::MAX,
            asked: 0,
            read: offset.unwrap_or(0),
            total: None,
            state: State::First,
            flights: Ahead::new(),
        }
    }

    /// Asks for this many pages at once, once the first has told how much there is. Each still waits for its turn within
    /// the documented calls per second, and pages come in order.
    pub fn read_ahead(mut self, pages: usize) -> Self {
        self.ahead = pages.max(1);
        self
    }

    /// Asks for pages of this many items.
    pub fn page_size(mut self, items: u64) -> Self {
        self.size = items.max(1);
        self
    }

    /// Ends after this many items; the last page is asked for what is left of them.
    pub fn max_items(mut self, items: u64) -> Self {
        self.left = items;
        self
    }

    /// How many items there are in all, as far as the last answer told.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// The next page; none at the end.
    pub async fn next(&mut self) -> Option<Result<Response<A::Response>, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// How many items are still to come, as far as the total tells.
    pub(super) fn expected(&self) -> Option<u64> {
        match self.state {
            State::Over => Some(0),
            _ => self.total.map(|total| total.saturating_sub(self.read).min(self.left.saturating_add(self.asked))),
        }
    }

    fn ask(&mut self) {
        while self.state != State::Over && self.left > 0 && self.flights.len() < self.abreast() {
            if self.total.is_some_and(|total| self.next >= total) {
                return;
            }
            let window = Window { offset: self.next, limit: self.size.min(self.left) };
            self.next = self.next.saturating_add(window.limit);
            self.left -= window.limit;
            self.asked = self.asked.saturating_add(window.limit);
            let call = self.send(window);
            self.flights.push(window, call);
        }
    }

    /// How many pages may be under way: without a total, a page past the end would be asked for in vain.
    fn abreast(&self) -> usize {
        if self.state == State::Open && self.total.is_some() { self.ahead } else { 1 }
    }

    fn send(&mut self, window: Window) -> Sending<A::Response> {
        self.call.action.turn(window.offset, window.limit);
        self.call.send()
    }

    /// Learns from an answer how much there is, and whether anything follows.
    fn learn(&mut self, window: Window, response: &Response<A::Response>) {
        let received = u64::try_from(A::count(response)).unwrap_or(u64::MAX);
        let end = window.offset.saturating_add(received);
        self.asked = self.asked.saturating_sub(window.limit);
        self.read = end;
        let bent = response.coercions().iter().any(|coercion| !is_in_list(coercion.path()));
        let known = A::total(response).filter(|total| !bent && (*total >= end || received < window.limit));
        // An absent total reads as 0, and means nothing beside items.
        self.total = known.filter(|total| *total > 0 || received == 0);
        let first = self.state == State::First;
        let full = received >= window.limit;
        let more = match self.total {
            Some(total) => end < total && received > 0,
            None => full,
        };
        if !more {
            self.state = State::Over;
            self.flights.clear();
            return;
        }
        self.state = State::Open;
        if full {
            return;
        }
        let missing = Window { offset: end, limit: window.limit - received };
        if first {
            // The server's pages are smaller than asked for; so will be ours.
            self.left = self.left.saturating_add(missing.limit);
            (self.size, self.next) = (received, end);
        } else {
            self.asked = self.asked.saturating_add(missing.limit);
            let call = self.send(missing);
            self.flights.push_first(missing, call);
        }
    }
}

impl<A: Paged + Clone> Stream for Pages<A> {
    type Item = Result<Response<A::Response>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        this.ask();
        let Some((window, answer)) = ready!(this.flights.poll_first(context)) else { return Poll::Ready(None) };
        if let Ok(response) = &answer {
            this.learn(window, response);
            // The pages ahead set out now, not when this one has been worked off.
            this.ask();
        } else {
            this.state = State::Over;
            this.flights.clear();
        }
        Poll::Ready(Some(answer))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let pages = self.expected().map(|items| items.div_ceil(self.size));
        (0, pages.and_then(|pages| usize::try_from(pages).ok()))
    }
}

/// It points nowhere into itself.
impl<A: Paged> Unpin for Pages<A> {}

impl<A: Paged> fmt::Debug for Pages<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("action", &A::SPEC.name)
            .field("next", &self.next)
            .field("size", &self.size)
            .field("total", &self.total)
            .field("under_way", &self.flights.len())
            .finish_non_exhaustive()
    }
}

/// Whether a path like `PersonGroupInfos.0.GroupId` leads through a list.
fn is_in_list(path: &str) -> bool {
    path.split('.').any(|step| step.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The documented greatest page, or else the documented usual one.
fn documented<A: Paged>() -> Option<u64> {
    let limit = A::SPEC.request.param(A::SPEC.page?.size()?)?;
    let most = match (limit.range(), limit.default) {
        (Some(Range::Int { max: Some(max), .. }), _) => max,
        (_, Some(Literal::Int(usual))) => usual,
        _ => return None,
    };
    u64::try_from(most).ok()
}
