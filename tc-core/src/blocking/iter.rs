//! Iterators over the streams of the asynchronous client. Each has the name of its stream.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use futures_core::Stream;

use super::runtime::Background;
use crate::action::{Action, Paged};
use crate::client::Events as EventStream;
use crate::error::Error;
use crate::page::{Chunked as ChunkStream, Items as ItemStream, PagedCall, Pages as PageStream};
use crate::response::{Answer, Response};

/// A stream, and the runtime that it needs.
struct BlockingStream<S> {
    runtime: Arc<Background>,
    stream: S,
    /// Whether `next` was called inside async code: the iterator ends after that error.
    failed: bool,
}

impl<S: Stream<Item = Result<I, Error>> + Unpin, I> BlockingStream<S> {
    fn next(&mut self) -> Option<S::Item> {
        if self.failed {
            return None;
        }
        let next = std::future::poll_fn(|context| Pin::new(&mut self.stream).poll_next(context));
        self.runtime.wait(next).unwrap_or_else(|error| {
            self.failed = true;
            Some(Err(error))
        })
    }
}

/// Defines an iterator over a stream, with some of its options.
macro_rules! iterator {
    ($(#[$about:meta])* $name:ident<$param:ident: $($bound:tt),+> of $stream:ident { $($option:ident($argument:ident: $type:ty);)* }) => {
        $(#[$about])*
        ///
        /// Inside async code, the first item is an error, and the iterator ends.
        #[must_use = "nothing is sent until the iterator is used"]
        pub struct $name<$param: $($bound +)+>(BlockingStream<$stream<$param>>);

        impl<$param: $($bound +)+> $name<$param> {
            pub(super) fn new(runtime: &Arc<Background>, stream: $stream<$param>) -> Self {
                Self(BlockingStream { runtime: Arc::clone(runtime), stream, failed: false })
            }

            $(
                #[doc = concat!("As [`", stringify!($name), "::", stringify!($option), "`](super::super::", stringify!($name), "::",
                    stringify!($option), ").")]
                pub fn $option(mut self, $argument: $type) -> Self {
                    self.0.stream = self.0.stream.$option($argument);
                    self
                }
            )*
        }

        impl<$param: $($bound +)+> Iterator for $name<$param> {
            type Item = <$stream<$param> as Stream>::Item;

            fn next(&mut self) -> Option<Self::Item> {
                self.0.next()
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                let (least, most) = self.0.stream.size_hint();
                (least.min(1), most)
            }
        }

        impl<$param: $($bound +)+> fmt::Debug for $name<$param> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.stream.fmt(f)
            }
        }
    };
}

iterator! {
    /// An iterator over the pages of a call, from [`Client::pages`](super::Client::pages). It behaves like
    /// [`tc_core::Pages`](crate::Pages).
    Pages<A: PagedCall> of PageStream {
        read_ahead(pages: usize);
        page_size(items: u64);
        max_items(items: u64);
    }
}

iterator! {
    /// An iterator over the items of all pages, from [`Client::items`](super::Client::items). It behaves like
    /// [`tc_core::Items`](crate::Items).
    Items<A: PagedCall> of ItemStream {
        read_ahead(pages: usize);
        page_size(items: u64);
        max_items(items: u64);
    }
}

iterator! {
    /// An iterator over the events of a streamed response, from [`Client::events`](super::Client::events). It behaves like
    /// [`tc_core::Events`](crate::Events).
    Events<T: Answer, Send, 'static> of EventStream {}
}

iterator! {
    /// An iterator over the responses to the parts of a long list, from [`Client::chunked`](super::Client::chunked). It behaves
    /// like [`tc_core::Chunked`](crate::Chunked).
    Chunked<A: Action, Clone> of ChunkStream {
        read_ahead(calls: usize);
    }
}

impl<A: PagedCall> Pages<A> {
    /// The total number of items, from the last response that contains it.
    pub fn total(&self) -> Option<u64> {
        self.0.stream.total()
    }
}

impl<A: PagedCall> Items<A> {
    /// The total number of items, from the last response that contains it.
    pub fn total(&self) -> Option<u64> {
        self.0.stream.total()
    }
}

impl<T: Answer + Send + 'static> Events<T> {
    /// The RequestId, which the support of the cloud needs; empty before the first event.
    pub fn request_id(&self) -> &str {
        self.0.stream.request_id()
    }
}

impl<A: Action + Clone> Chunked<A> {
    /// Collects all responses in order.
    ///
    /// # Errors
    /// The first error; the responses before it are lost.
    pub fn all(self) -> Result<Vec<Response<A::Response>>, Error> {
        self.collect()
    }

    /// Collects the items of all responses in order.
    ///
    /// # Errors
    /// The first error.
    pub fn items(self) -> Result<Vec<A::Item>, Error>
    where
        A: Paged,
    {
        let mut items = Vec::new();
        for response in self {
            items.extend(A::items(response?.into_inner()));
        }
        Ok(items)
    }
}
