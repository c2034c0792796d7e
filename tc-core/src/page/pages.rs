//! A stream of the pages of a call.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::ordered_calls::OrderedCalls;
use super::paged_call::{Form, PageInfo, PagedCall, Position, at_least};
use super::repeats::Repeats;
use crate::client::{Owned, PendingCall, Sending};
use crate::error::{Error, ErrorKind};
use crate::response::{Coercion, Response};

/// A `Stream` of the pages of a call. [`Client::pages`](crate::Client::pages) creates it.
///
/// - The size of a page is the `Limit` of the action, or else the largest that the documentation allows. The first page begins at
///   the `Offset` of the action. For an action by name without a `Limit`, the server chooses the size.
/// - The total is read from every response, so it may change. If it is absent, [coerced](crate::Response::coercions), or less than
///   the number of items, it is unknown, and the first page that is not full is the last one.
/// - If a page is not full but the total is larger, another call requests the missing items, so no items are lost if the server
///   limits its pages. If a page has more items than requested, the next page begins after its last item.
/// - A page without items is an error if the total is larger and the response has something else in place of the list, or no list.
/// - A page with the same items as an earlier one is an error, for structs also in another order, and so is a token that was
///   received before: the server ignores the parameters, and the pages would repeat or never end. A page by number is also an
///   error if it repeats items that the page before had beyond its size.
/// - The stream ends after an error.
#[must_use = "a stream sends nothing until it is polled"]
pub struct Pages<A: PagedCall> {
    pub(super) call: Owned<A>,
    kind: Kind,
    ahead: usize,
    /// The number of items to request for a page; `None` if the server chooses it.
    size: Option<u64>,
    /// The first item, or the number, of the next page to request.
    next: u64,
    /// The token of the next page.
    token: Option<String>,
    /// The number of items that may still be requested.
    left: u64,
    /// The number of items that were requested and not received yet.
    requested: u64,
    /// The end of the items that were received.
    received: u64,
    total: Option<u64>,
    state: State,
    repeats: Repeats,
    calls: OrderedCalls<Window, A::Response>,
}

/// The most pages that are requested concurrently: the total of a server may be any number.
const MOST_AHEAD: usize = 1000;

/// How a page is chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Offset,
    Number {
        first: u64,
    },
    Token,
    /// It is not known.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    /// There is no response yet: the total and the size of the pages are not known.
    First,
    /// More may follow.
    Open,
    /// No other page is requested.
    Done,
}

/// The items that a call requests.
#[derive(Debug, Clone, Copy)]
struct Window {
    /// The first item, or the number of the page.
    from: u64,
    limit: Option<u64>,
    /// The number of items that was subtracted from `left`.
    counted: u64,
}

impl<A: PagedCall> Pages<A> {
    pub(super) fn new(call: PendingCall<'_, A>) -> Self {
        let call = call.into_owned();
        let (from, limit) = call.action.window();
        let size = limit.filter(|items| *items > 0).or_else(|| call.action.documented_size()).map(|items| items.max(1));
        let kind = match call.action.form() {
            Some(Form::Offset { .. }) => Kind::Offset,
            Some(Form::Number { first, .. }) => Kind::Number { first },
            Some(Form::Token { .. }) => Kind::Token,
            None => Kind::Unknown,
        };
        let (next, received) = match kind {
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
            requested: 0,
            received,
            total: None,
            state: State::First,
            repeats: Repeats::default(),
            calls: OrderedCalls::new(),
        }
    }

    /// Sets how many pages are requested concurrently, after the first response contains the total. Each call still waits for the
    /// rate limiter, and the pages are returned in order. Pages by token are requested one after the other. Default: 1; more
    /// than 1,000 count as 1,000.
    pub fn read_ahead(mut self, pages: usize) -> Self {
        self.ahead = pages.clamp(1, MOST_AHEAD);
        self
    }

    /// Sets the number of items of a page.
    pub fn page_size(mut self, items: u64) -> Self {
        self.size = Some(items.max(1));
        self
    }

    /// Sets the maximum number of items. With an offset and a limit, the last page requests only the remaining items.
    pub fn max_items(mut self, items: u64) -> Self {
        self.left = items;
        self
    }

    /// Returns the total number of items in the last response, if it had one.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Returns the next page, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Response<A::Response>, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The number of items that remain, if there is a total.
    pub(super) fn expected(&self) -> Option<u64> {
        match self.state {
            State::Done => Some(0),
            _ => self
                .total
                .map(|total| total.saturating_sub(self.received).min(self.left.saturating_add(self.requested))),
        }
    }

    /// Sends calls for the next pages.
    fn request_pages(&mut self) {
        while self.state != State::Done && self.left > 0 && self.calls.len() < self.concurrency() {
            let is_enough = |total: u64| self.reached().is_some_and(|reached| reached >= total);
            // A page by number cannot be completed. If the requested pages have fewer items than the total, others follow.
            if self.total.is_some_and(|total| is_enough(total) && (self.calls.len() > 0 || self.received >= total)) {
                return;
            }
            let limit = match self.kind {
                // The remaining items may be fewer than the action accepts as a limit.
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
            self.requested = self.requested.saturating_add(counted);
            let call = self.send(window);
            self.calls.push(window, call);
        }
    }

    /// The end of the items that were requested.
    fn reached(&self) -> Option<u64> {
        match self.kind {
            Kind::Offset => Some(self.next),
            Kind::Number { first } => Some(self.next.saturating_sub(first).saturating_mul(self.size?)),
            Kind::Token | Kind::Unknown => None,
        }
    }

    /// The number of concurrent calls. Without a total, a call might request a page after the last one.
    fn concurrency(&self) -> usize {
        let known = self.state == State::Open && self.total.is_some() && self.size.is_some();
        if known && self.kind != Kind::Token { self.ahead } else { 1 }
    }

    fn send(&mut self, window: Window) -> Sending<A::Response> {
        let position = match self.kind {
            Kind::Token => Position::Token(self.token.as_deref()),
            _ => Position::At(window.from),
        };
        self.call.action.set_page(position, window.limit);
        self.call.send()
    }

    /// Reads the total from a response, and decides whether another page follows.
    fn update(&mut self, window: Window, response: &Response<A::Response>) -> Result<(), Error> {
        let PageInfo { count, total, next, no_list } = self.call.action.page_info(response);
        // The server counts the items that could not be read, too.
        let received = count.saturating_add(self.left_out(response));
        if let Some(no_list) = no_list {
            return Err(self.error(&no_list, response.request_id()));
        }
        let end = match self.kind {
            Kind::Offset => window.from.saturating_add(received),
            _ => self.received.saturating_add(received),
        };
        if received == 0
            && let Some(expected) = total.filter(|total| *total > end)
            && let Some(unread) = self.unread_list(response)
        {
            let why = format!("{unread}; the total is {expected}, so items are missing");
            return Err(self.error(&why, response.request_id()));
        }
        let full = window.limit.map_or(received > 0, |limit| received >= limit);
        // If not all coercions are kept, the total may have been coerced.
        let coerced = response.coercion_count() > response.coercions().len()
            || response.coercions().iter().any(|coercion| !is_in_list(coercion.path()));
        let known = total.filter(|total| !coerced && (*total >= end || !full));
        // An absent total is read as 0, which is not valid if there are items.
        let total = known.filter(|total| *total > 0 || received == 0);
        let more = match (self.kind, total) {
            (Kind::Token, _) => next.is_some(),
            (_, Some(total)) => end < total && received > 0,
            (_, None) => full,
        };
        let repeated = if received == 0 {
            if more { self.repeats.empty() } else { None }
        } else if more || self.state != State::First {
            let fingerprint = self.call.action.fingerprint(response, window.limit);
            if matches!(self.kind, Kind::Number { .. })
                && let Some(overlap) = self.repeats.overlap(fingerprint)
            {
                return Err(self.error(overlap, response.request_id()));
            }
            self.repeats.page(fingerprint, total.is_some() && total == self.total)
        } else {
            None
        };
        let repeated = repeated.or_else(|| next.as_deref().and_then(|token| self.repeats.token(token)));
        if let Some(repeated) = repeated {
            return Err(self.repeated(repeated, response.request_id()));
        }
        self.requested = self.requested.saturating_sub(window.counted);
        self.left = self.left.saturating_sub(received.saturating_sub(window.counted));
        (self.received, self.total, self.token) = (end, total, next);
        let first = std::mem::replace(&mut self.state, if more { State::Open } else { State::Done }) == State::First;
        if !more {
            self.calls.clear();
        } else if self.kind == Kind::Offset {
            self.continue_after(window, received, end, first);
        }
        Ok(())
    }

    /// Continues after the last item of a page that has another size than requested.
    fn continue_after(&mut self, window: Window, received: u64, end: u64, first: bool) {
        let Some(limit) = window.limit.filter(|limit| received <= *limit) else {
            // Pages that were already requested would repeat the last items of this page.
            self.left = self.left.saturating_add(self.requested);
            (self.requested, self.next, self.ahead) = (0, end, 1);
            self.calls.clear();
            return;
        };
        let missing = limit - received;
        if missing == 0 {
            return;
        }
        if first {
            // The server limits its pages, so the same size is used for the others.
            self.left = self.left.saturating_add(missing);
            (self.size, self.next) = (Some(received), end);
        } else {
            self.requested = self.requested.saturating_add(missing);
            let window = Window { from: end, limit: Some(missing), counted: missing };
            let call = self.send(window);
            self.calls.push_first(window, call);
        }
    }

    /// Returns the number of items of the list that could not be read and were left out.
    fn left_out(&self, response: &Response<A::Response>) -> u64 {
        let left_out = response.coercions().iter().filter(|coercion| coercion.read_as() == "nothing");
        let mut paths = left_out.map(Coercion::path).peekable();
        let Some(list) = paths.peek().and_then(|_| self.call.action.list_path()) else { return 0 };
        let is_item = |path: &str| {
            path.strip_prefix(&*list).and_then(|rest| rest.strip_prefix('.')).is_some_and(|rest| !rest.contains('.'))
        };
        u64::try_from(paths.filter(|path| is_item(path)).count()).unwrap_or(u64::MAX)
    }

    /// Returns the reason why the list of a response was read as empty although the response has something else in its place.
    fn unread_list(&self, response: &Response<A::Response>) -> Option<String> {
        let list = self.call.action.list_path()?;
        let is_of_list =
            |path: &str| list.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        if let Some(coercion) = response.coercions().iter().find(|coercion| is_of_list(coercion.path())) {
            return Some(coercion.to_string());
        }
        let is_missing = response.missing().iter().any(|path| is_of_list(path));
        is_missing.then(|| match response.unread() {
            unread if unread.is_empty() => format!("the response has no list `{list}`"),
            mut unread => {
                unread.truncate(10);
                format!(
                    "the response has no list `{list}`; it has these members, which the struct does not have: `{}`",
                    unread.join("`, `")
                )
            }
        })
    }

    /// Returns the error for a page.
    fn error(&self, why: &str, request_id: &str) -> Error {
        let name = self.call.action.target().action;
        Error::new(ErrorKind::Paging(format!("{name}: {why}"))).with_request_id(request_id)
    }

    /// Returns the error for pages that would repeat or never end.
    fn repeated(&self, why: &str, request_id: &str) -> Error {
        let ignored = match self.call.action.form() {
            Some(Form::Offset { offset: name } | Form::Number { number: name, .. } | Form::Token { token: name }) => {
                name
            }
            None => "",
        };
        match self.state {
            State::First => self.error(why, request_id),
            _ => self.error(&format!("{why}. It seems to ignore the parameter `{ignored}`"), request_id),
        }
    }
}

impl<A: PagedCall> Stream for Pages<A> {
    type Item = Result<Response<A::Response>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.kind == Kind::Unknown && std::mem::replace(&mut this.state, State::Done) == State::First {
            let name = this.call.action.target().action;
            let message = format!("the pages of {name} are not known: name the list of the response with page(\"…\")");
            return Poll::Ready(Some(Err(Error::configuration(message))));
        }
        this.request_pages();
        let Some((window, result)) = ready!(this.calls.poll_first(context)) else { return Poll::Ready(None) };
        let result = result.and_then(|response| this.update(window, &response).map(|()| response));
        if result.is_ok() {
            // The next pages are requested before the caller has processed this one.
            this.request_pages();
        } else {
            this.state = State::Done;
            this.calls.clear();
        }
        Poll::Ready(Some(result))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let pages = self.expected().and_then(|items| Some(items.div_ceil(self.size.filter(|size| *size > 0)?)));
        (0, pages.and_then(|pages| usize::try_from(pages).ok()))
    }
}

/// The stream is not self-referential.
impl<A: PagedCall> Unpin for Pages<A> {}

impl<A: PagedCall> fmt::Debug for Pages<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("action", &self.call.action.target().action)
            .field("next", &self.next)
            .field("size", &self.size)
            .field("total", &self.total)
            .field("in_progress", &self.calls.len())
            .finish_non_exhaustive()
    }
}

/// Whether a path such as `PersonGroupInfos.0.GroupId` has the index of a list.
fn is_in_list(path: &str) -> bool {
    path.split('.').any(|step| step.bytes().all(|byte| byte.is_ascii_digit()))
}
