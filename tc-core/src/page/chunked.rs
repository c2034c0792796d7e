//! Sends a list that is longer than the limit of an action in several calls.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::ordered_calls::OrderedCalls;
use crate::action::{Action, Paged};
use crate::client::{Owned, PendingCall};
use crate::error::Error;
use crate::model::Fields;
use crate::response::Response;

/// A `Stream` of the responses to a call whose list is split, in order. [`Client::chunked`](crate::Client::chunked) creates it.
///
/// The stream ends after an error, and the remaining parts are not sent. A list within the limit is sent in one call, and so is
/// an empty list.
#[must_use = "a stream sends nothing until it is polled"]
pub struct Chunked<A: Action> {
    /// The calls that have not been sent, in reverse order.
    parts: Vec<Owned<A>>,
    ahead: usize,
    calls: OrderedCalls<(), A::Response>,
}

impl<A: Action + Clone> Chunked<A> {
    pub(super) fn new<I>(call: PendingCall<'_, A>, list: fn(&mut A) -> &mut Vec<I>) -> Self {
        let mut whole = call.into_owned();
        let filled = counts(&whole.action);
        let mut every = std::mem::take(list(&mut whole.action)).into_iter();
        let emptied = counts(&whole.action);
        // The parameter whose number of items has changed is the list.
        let param = filled.iter().zip(&emptied).position(|(before, after)| before != after);
        let most = param.and_then(|index| A::MODEL.params.get(index)?.items()?.max).unwrap_or(usize::MAX).max(1);
        let mut parts = Vec::new();
        loop {
            let mut part = whole.clone();
            *list(&mut part.action) = every.by_ref().take(most).collect();
            parts.push(part);
            if every.len() == 0 {
                break;
            }
        }
        parts.reverse();
        Self { parts, ahead: 4, calls: OrderedCalls::new() }
    }

    /// Sets how many calls are sent concurrently. Each of them still waits for the rate limiter. Default: 4.
    pub fn read_ahead(mut self, calls: usize) -> Self {
        self.ahead = calls.max(1);
        self
    }

    /// Returns the next response, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Response<A::Response>, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns all responses in order.
    ///
    /// # Errors
    /// The first error. The responses before it are lost.
    pub async fn all(mut self) -> Result<Vec<Response<A::Response>>, Error> {
        let mut responses = Vec::with_capacity(self.parts.len());
        while let Some(response) = self.next().await {
            responses.push(response?);
        }
        Ok(responses)
    }

    /// Returns the items of all responses in order.
    ///
    /// # Errors
    /// The first error.
    pub async fn items(mut self) -> Result<Vec<A::Item>, Error>
    where
        A: Paged,
    {
        let mut items = Vec::new();
        while let Some(response) = self.next().await {
            items.extend(A::items(response?.into_inner()));
        }
        Ok(items)
    }
}

impl<A: Action + Clone> Stream for Chunked<A> {
    type Item = Result<Response<A::Response>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        while this.calls.len() < this.ahead {
            let Some(part) = this.parts.pop() else { break };
            this.calls.push((), part.send());
        }
        let Some(((), result)) = ready!(this.calls.poll_first(context)) else { return Poll::Ready(None) };
        if result.is_err() {
            this.parts.clear();
            this.calls.clear();
        }
        Poll::Ready(Some(result))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.parts.len() + self.calls.len();
        (left.min(1), Some(left))
    }
}

/// The stream is not self-referential.
impl<A: Action> Unpin for Chunked<A> {}

impl<A: Action> fmt::Debug for Chunked<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chunked")
            .field("action", &A::SPEC.name)
            .field("parts_left", &self.parts.len())
            .field("in_progress", &self.calls.len())
            .finish_non_exhaustive()
    }
}

fn counts(model: &dyn Fields) -> Vec<Option<usize>> {
    (0..model.model().params.len()).map(|index| model.member(index).count()).collect()
}
