//! Streams as iterators. The names of the types are those of the streams.

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

/// A stream, and the runtime that drives it.
struct BlockingStream<S> {
    runtime: Arc<Background>,
    stream: S,
    /// Whether it was asked inside async code: nothing comes after that error.
    refused: bool,
}

impl<S: Stream<Item = Result<I, Error>> + Unpin, I> BlockingStream<S> {
    fn next(&mut self) -> Option<S::Item> {
        if self.refused {
            return None;
        }
        let next = std::future::poll_fn(|context| Pin::new(&mut self.stream).poll_next(context));
        self.runtime.wait(next).unwrap_or_else(|error| {
            self.refused = true;
            Some(Err(error))
        })
    }
}

/// An iterator over the items of a stream, with some of its options.
macro_rules! iterator {
    ($(#[$about:meta])* $name:ident<$param:ident: $($bound:tt),+> of $stream:ident { $($option:ident($argument:ident: $type:ty);)* }) => {
        $(#[$about])*
        ///
        /// Inside async code the first item is an error, and the last.
        #[must_use = "nothing is sent before the iterator is asked"]
        pub struct $name<$param: $($bound +)+>(BlockingStream<$stream<$param>>);

        impl<$param: $($bound +)+> $name<$param> {
            pub(super) fn new(runtime: &Arc<Background>, stream: $stream<$param>) -> Self {
                Self(BlockingStream { runtime: Arc::clone(runtime), stream, refused: false })
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
    /// The answers of a call that pages, as an iterator; made by [`Client::pages`](super::Client::pages). It behaves as
    /// [`tc_core::Pages`](crate::Pages).
    Pages<A: PagedCall> of PageStream {
        read_ahead(pages: usize);
        page_size(items: u64);
        max_items(items: u64);
    }
}

iterator! {
    /// The items of a call that pages, as an iterator; made by [`Client::items`](super::Client::items). It behaves as
    /// [`tc_core::Items`](crate::Items).
    Items<A: PagedCall> of ItemStream {
        read_ahead(pages: usize);
        page_size(items: u64);
        max_items(items: u64);
    }
}

iterator! {
    /// The events of a streamed answer, as an iterator; made by [`Client::events`](super::Client::events). It behaves as
    /// [`tc_core::Events`](crate::Events).
    Events<T: Answer, Send, 'static> of EventStream {}
}

iterator! {
    /// The answers to the parts of a long list, as an iterator; made by [`Client::chunked`](super::Client::chunked). It behaves
    /// as [`tc_core::Chunked`](crate::Chunked).
    Chunked<A: Action, Clone> of ChunkStream {
        read_ahead(calls: usize);
    }
}

impl<A: PagedCall> Pages<A> {
    /// How many items there are in all, as far as the last answer told.
    pub fn total(&self) -> Option<u64> {
        self.0.stream.total()
    }
}

impl<A: PagedCall> Items<A> {
    /// How many items there are in all, as far as the last answer told.
    pub fn total(&self) -> Option<u64> {
        self.0.stream.total()
    }
}

impl<T: Answer + Send + 'static> Events<T> {
    /// The id of the request, which support asks for; empty before the first event.
    pub fn request_id(&self) -> &str {
        self.0.stream.request_id()
    }
}

impl<A: Action + Clone> Chunked<A> {
    /// All answers in order.
    ///
    /// # Errors
    /// The first error; the answers before it are lost.
    pub fn all(self) -> Result<Vec<Response<A::Response>>, Error> {
        self.collect()
    }

    /// The items of all answers in order.
    ///
    /// # Errors
    /// The first error.
    pub fn items(self) -> Result<Vec<A::Item>, Error>
    where
        A: Paged,
    {
        let mut items = Vec::new();
        for answer in self {
            items.extend(A::items(answer?.into_inner()));
        }
        Ok(items)
    }
}
