//! A list longer than a call may hold, as several calls.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::ahead::Ahead;
use crate::action::{Action, Paged};
use crate::client::{Owned, PendingCall};
use crate::error::Error;
use crate::model::Fields;
use crate::response::Response;

/// The answers to a call whose list was split, in order, as a `Stream`; made by [`Client::chunked`](crate::Client::chunked).
///
/// After an error it ends, and the parts that follow are not sent. A list that fits is one call, and so is an empty one.
#[must_use = "nothing is sent before the stream is asked"]
pub struct Chunked<A: Action> {
    /// The calls that have not been sent, the last one first.
    parts: Vec<Owned<A>>,
    ahead: usize,
    flights: Ahead<(), A::Response>,
}

impl<A: Action + Clone> Chunked<A> {
    pub(super) fn new<I>(call: PendingCall<'_, A>, list: fn(&mut A) -> &mut Vec<I>) -> Self {
        let mut whole = call.into_owned();
        let filled = counts(&whole.action);
        let mut every = std::mem::take(list(&mut whole.action)).into_iter();
        let emptied = counts(&whole.action);
        // The list is the one that has fewer items now.
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
        Self { parts, ahead: 4, flights: Ahead::new() }
    }

    /// Sends this many calls at once; 4 if never said. Each still waits for its turn within the documented calls per second.
    pub fn read_ahead(mut self, calls: usize) -> Self {
        self.ahead = calls.max(1);
        self
    }

    /// The next answer; none at the end.
    pub async fn next(&mut self) -> Option<Result<Response<A::Response>, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All answers in order.
    ///
    /// # Errors
    /// The first error; the answers before it are lost.
    pub async fn all(mut self) -> Result<Vec<Response<A::Response>>, Error> {
        let mut answers = Vec::with_capacity(self.parts.len());
        while let Some(answer) = self.next().await {
            answers.push(answer?);
        }
        Ok(answers)
    }

    /// The items of all answers in order.
    ///
    /// # Errors
    /// The first error.
    pub async fn items(mut self) -> Result<Vec<A::Item>, Error>
    where
        A: Paged,
    {
        let mut items = Vec::new();
        while let Some(answer) = self.next().await {
            items.extend(A::items(answer?.into_inner()));
        }
        Ok(items)
    }
}

impl<A: Action + Clone> Stream for Chunked<A> {
    type Item = Result<Response<A::Response>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        while this.flights.len() < this.ahead {
            let Some(part) = this.parts.pop() else { break };
            this.flights.push((), part.send());
        }
        let Some(((), answer)) = ready!(this.flights.poll_first(context)) else { return Poll::Ready(None) };
        if answer.is_err() {
            this.parts.clear();
            this.flights.clear();
        }
        Poll::Ready(Some(answer))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.parts.len() + self.flights.len();
        (left.min(1), Some(left))
    }
}

/// It points nowhere into itself.
impl<A: Action> Unpin for Chunked<A> {}

impl<A: Action> fmt::Debug for Chunked<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chunked")
            .field("action", &A::SPEC.name)
            .field("parts_left", &self.parts.len())
            .field("under_way", &self.flights.len())
            .finish_non_exhaustive()
    }
}

fn counts(model: &dyn Fields) -> Vec<Option<usize>> {
    (0..model.model().params.len()).map(|index| model.member(index).count()).collect()
}
