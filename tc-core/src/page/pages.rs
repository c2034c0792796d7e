//! The answers of a call that pages, as a stream.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::ahead::Ahead;
use super::known::Known;
use super::paged_call::{Form, Look, PagedCall, Position, at_least};
use crate::client::{Owned, PendingCall, Sending};
use crate::error::{Error, ErrorKind};
use crate::response::Response;

/// The answers of a call that pages, as a `Stream`; made by [`Client::pages`](crate::Client::pages).
///
/// - Pages are as large as the documentation allows, or as the action's own `Limit` says; the first begins at its `Offset`.
///   An action by its name leaves the size to the server where it has no `Limit`.
/// - The total is read anew from every answer, so it may grow and shrink meanwhile. One that is missing, that had to be
///   [coerced](crate::Response::coercions), or that the items contradict counts as unknown: then the first page that is
///   not full is the last.
/// - A page that is not full though the total says that more follows is completed by another call, so a server that caps
///   its pages loses nothing. After one with more items than were asked for, the next begins behind its last item.
/// - A page with the same items as an earlier one is an error, and so is a token that came before: the server ignores what
///   it was asked for, and the pages would repeat or never end.
/// - After an error the stream ends.
#[must_use = "nothing is sent before the stream is asked"]
pub struct Pages<A: PagedCall> {
    pub(super) call: Owned<A>,
    kind: Kind,
    ahead: usize,
    /// How many items a page is asked for; none where the server decides.
    size: Option<u64>,
    /// Where the next page to ask for begins: an item, or the number of the page.
    next: u64,
    /// The token of the next page.
    token: Option<String>,
    /// How many more items may be asked for.
    left: u64,
    /// How many items pages under way were asked for.
    asked: u64,
    /// Up to where the pages that came reach.
    read: u64,
    total: Option<u64>,
    state: State,
    known: Known,
    flights: Ahead<Window, A::Response>,
}

/// What chooses a page.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Offset,
    Number {
        first: u64,
    },
    Token,
    /// Nobody said.
    Unknown,
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
    /// An item, or the number of a page.
    from: u64,
    limit: Option<u64>,
    /// How much of it was taken from what may be asked for.
    counted: u64,
}

impl<A: PagedCall> Pages<A> {
    pub(super) fn new(call: PendingCall<'_, A>) -> Self {
        let call = call.into_owned();
        let (from, limit) = call.action.window();
        let size = limit.filter(|items| *items > 0).or_else(|| call.action.documented()).map(|items| items.max(1));
        let kind = match call.action.form() {
            Some(Form::Offset { .. }) => Kind::Offset,
            Some(Form::Number { first, .. }) => Kind::Number { first },
            Some(Form::Token { .. }) => Kind::Token,
            None => Kind::Unknown,
        };
        let (next, read) = match kind {
            Kind::Number { first } => {
                let next = from.unwrap_or(first);
                (next, next.saturating_sub(first).saturating_mul(size.unwrap_or(0)))
            }
            _ => (from.unwrap_or(0), from.unwrap_or(0)),
        };
        Self {
            call,
            kind,
            ahead: 1,
            size,
            next,
            token: None,
            left: u64::MAX,
            asked: 0,
            read,
            total: None,
            state: State::First,
            known: Known::default(),
            flights: Ahead::new(),
        }
    }

    /// Asks for this many pages at once, once the first has told how much there is. Each still waits for its turn within
    /// the documented calls per second, and pages come in order. Pages by token come one after the other.
    pub fn read_ahead(mut self, pages: usize) -> Self {
        self.ahead = pages.max(1);
        self
    }

    /// Asks for pages of this many items.
    pub fn page_size(mut self, items: u64) -> Self {
        self.size = Some(items.max(1));
        self
    }

    /// Ends after this many items; by offset and limit the last page is asked for what is left of them.
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
            let is_enough = |total: u64| self.reached().is_some_and(|reached| reached >= total);
            // A page by its number cannot be completed: where those asked for hold less than the total, others follow.
            if self.total.is_some_and(|total| is_enough(total) && (self.flights.len() > 0 || self.read >= total)) {
                return;
            }
            let limit = match self.kind {
                // What is left may be fewer items than the action accepts.
                Kind::Offset => self.size.map(|size| match self.call.action.size_spec() {
                    Some(spec) if self.left < size => at_least(spec, self.left).min(size),
                    _ => size.min(self.left),
                }),
                _ => self.size,
            };
            let counted = limit.unwrap_or(0).min(self.left);
            let window = Window { from: self.next, limit, counted };
            self.next = match self.kind {
                Kind::Offset => self.next.saturating_add(counted),
                Kind::Number { .. } => self.next.saturating_add(1),
                Kind::Token | Kind::Unknown => self.next,
            };
            self.left -= counted;
            self.asked = self.asked.saturating_add(counted);
            let call = self.send(window);
            self.flights.push(window, call);
        }
    }

    /// Up to which item the pages reach that were asked for.
    fn reached(&self) -> Option<u64> {
        match self.kind {
            Kind::Offset => Some(self.next),
            Kind::Number { first } => Some(self.next.saturating_sub(first).saturating_mul(self.size?)),
            Kind::Token | Kind::Unknown => None,
        }
    }

    /// How many pages may be under way: without a total, a page past the end would be asked for in vain.
    fn abreast(&self) -> usize {
        let known = self.state == State::Open && self.total.is_some() && self.size.is_some();
        if known && self.kind != Kind::Token { self.ahead } else { 1 }
    }

    fn send(&mut self, window: Window) -> Sending<A::Response> {
        let position = match self.kind {
            Kind::Token => Position::Token(self.token.as_deref()),
            _ => Position::To(window.from),
        };
        self.call.action.set_page(position, window.limit);
        self.call.send()
    }

    /// Learns from an answer how much there is, and whether anything follows.
    fn learn(&mut self, window: Window, response: &Response<A::Response>) -> Result<(), Error> {
        let Look { count: received, total, next, no_list } = self.call.action.look(response);
        let wrong = |why: &str| self.wrong(why, response.request_id());
        if let Some(no_list) = no_list {
            return Err(wrong(&no_list));
        }
        let end = match self.kind {
            Kind::Offset => window.from.saturating_add(received),
            _ => self.read.saturating_add(received),
        };
        let full = window.limit.map_or(received > 0, |limit| received >= limit);
        // Of more than are kept, one may be the total's.
        let bent = response.coercion_count() > response.coercions().len()
            || response.coercions().iter().any(|coercion| !is_in_list(coercion.path()));
        let known = total.filter(|total| !bent && (*total >= end || !full));
        // An absent total reads as 0, and means nothing beside items.
        let total = known.filter(|total| *total > 0 || received == 0);
        let more = match (self.kind, total) {
            (Kind::Token, _) => next.is_some(),
            (_, Some(total)) => end < total && received > 0,
            (_, None) => full,
        };
        let repeated = if received == 0 {
            if more { self.known.empty() } else { None }
        } else if more || self.state != State::First {
            self.known.page(self.call.action.print(response), total.is_some() && total == self.total)
        } else {
            None
        };
        let repeated = repeated.or_else(|| next.as_deref().and_then(|token| self.known.token(token)));
        if let Some(repeated) = repeated {
            return Err(self.wrong(repeated, response.request_id()));
        }
        self.asked = self.asked.saturating_sub(window.counted);
        self.left = self.left.saturating_sub(received.saturating_sub(window.counted));
        (self.read, self.total, self.token) = (end, total, next);
        let first = std::mem::replace(&mut self.state, if more { State::Open } else { State::Over }) == State::First;
        if !more {
            self.flights.clear();
        } else if self.kind == Kind::Offset {
            self.follow(window, received, end, first);
        }
        Ok(())
    }

    /// Goes on behind the last item of a page that was not as large as it was asked for.
    fn follow(&mut self, window: Window, received: u64, end: u64, first: bool) {
        let Some(limit) = window.limit.filter(|limit| received <= *limit) else {
            // The pages that were asked for already would repeat its last items, and so would those read ahead.
            self.left = self.left.saturating_add(self.asked);
            (self.asked, self.next, self.ahead) = (0, end, 1);
            self.flights.clear();
            return;
        };
        let missing = limit - received;
        if missing == 0 {
            return;
        }
        if first {
            // The server's pages are smaller than asked for; so will be ours.
            self.left = self.left.saturating_add(missing);
            (self.size, self.next) = (Some(received), end);
        } else {
            self.asked = self.asked.saturating_add(missing);
            let window = Window { from: end, limit: Some(missing), counted: missing };
            let call = self.send(window);
            self.flights.push_first(window, call);
        }
    }

    /// The error that ends pages which would repeat or never end.
    fn wrong(&self, why: &str, request_id: &str) -> Error {
        let ignored = match self.call.action.form() {
            Some(Form::Offset { offset: name } | Form::Number { number: name, .. } | Form::Token { token: name }) => {
                name
            }
            None => "",
        };
        let name = self.call.action.target().action;
        let kind = match self.state {
            State::First => ErrorKind::Paging(format!("{name}: {why}")),
            _ => ErrorKind::Paging(format!("{name}: {why}; it seems to ignore `{ignored}`, so the pages end here")),
        };
        Error::new(kind).with_request_id(request_id)
    }
}

impl<A: PagedCall> Stream for Pages<A> {
    type Item = Result<Response<A::Response>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.kind == Kind::Unknown && std::mem::replace(&mut this.state, State::Over) == State::First {
            let name = this.call.action.target().action;
            let message = format!("{name} was not told how it pages: name the list of its answer with page(\"…\")");
            return Poll::Ready(Some(Err(Error::configuration(message))));
        }
        this.ask();
        let Some((window, answer)) = ready!(this.flights.poll_first(context)) else { return Poll::Ready(None) };
        let answer = answer.and_then(|response| this.learn(window, &response).map(|()| response));
        if answer.is_ok() {
            // The pages ahead set out now, not when this one has been worked off.
            this.ask();
        } else {
            this.state = State::Over;
            this.flights.clear();
        }
        Poll::Ready(Some(answer))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let pages = self.expected().and_then(|items| Some(items.div_ceil(self.size.filter(|size| *size > 0)?)));
        (0, pages.and_then(|pages| usize::try_from(pages).ok()))
    }
}

/// It points nowhere into itself.
impl<A: PagedCall> Unpin for Pages<A> {}

impl<A: PagedCall> fmt::Debug for Pages<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("action", &self.call.action.target().action)
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
