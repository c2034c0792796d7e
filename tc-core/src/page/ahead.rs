//! Calls under way, their answers taken in the order in which they were sent.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::client::Sending;
use crate::error::Error;
use crate::response::Response;

/// Calls under way, each with what is known of it.
pub(super) struct Ahead<K, T>(VecDeque<(K, Flight<T>)>);

/// The outcome of a call.
pub(super) type Answer<T> = Result<Response<T>, Error>;

enum Flight<T> {
    Under(Sending<T>),
    Landed(Answer<T>),
}

impl<K, T: Send + 'static> Ahead<K, T> {
    pub(super) fn new() -> Self {
        Self(VecDeque::new())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn push(&mut self, about: K, call: Sending<T>) {
        self.0.push_back((about, Flight::Under(call)));
    }

    /// Puts a call before all the others.
    pub(super) fn push_first(&mut self, about: K, call: Sending<T>) {
        self.0.push_front((about, Flight::Under(call)));
    }

    /// Gives up all calls.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The answer of the first call; none where there is no call.
    pub(super) fn poll_first(&mut self, context: &mut Context<'_>) -> Poll<Option<(K, Answer<T>)>> {
        for (_, flight) in &mut self.0 {
            if let Flight::Under(call) = flight
                && let Poll::Ready(answer) = Pin::new(call).poll(context)
            {
                *flight = Flight::Landed(answer);
            }
        }
        match self.0.pop_front() {
            None => Poll::Ready(None),
            Some((about, Flight::Landed(answer))) => Poll::Ready(Some((about, answer))),
            Some(under) => {
                self.0.push_front(under);
                Poll::Pending
            }
        }
    }
}
