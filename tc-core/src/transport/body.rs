//! The body of a response, piece by piece as it arrives.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::TransportError;

/// The body of a response: a `Stream` of its pieces, as they arrive. Dropping it frees the connection.
pub struct Body(Pieces);

enum Pieces {
    Whole(Option<Bytes>),
    Stream(Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>),
}

impl Body {
    /// No body.
    pub const fn empty() -> Self {
        Self(Pieces::Whole(None))
    }

    /// A body that arrives in pieces.
    pub fn stream(pieces: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self(Pieces::Stream(Box::pin(pieces)))
    }

    /// How many bytes are left, where that is known.
    #[cfg(feature = "tower")]
    pub(super) fn size_hint_of_bytes(&self) -> Option<u64> {
        match &self.0 {
            Pieces::Whole(bytes) => u64::try_from(bytes.as_ref().map_or(0, Bytes::len)).ok(),
            Pieces::Stream(_) => None,
        }
    }

    /// The next piece, none at the end.
    ///
    /// # Errors
    /// Where the body broke off.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Pieces::Whole(bytes) => Poll::Ready(bytes.take().map(Ok)),
            Pieces::Stream(pieces) => pieces.as_mut().poll_next(context),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            Pieces::Whole(bytes) => (usize::from(bytes.is_some()), Some(usize::from(bytes.is_some()))),
            Pieces::Stream(pieces) => pieces.size_hint(),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Pieces::Whole(Some(bytes)))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

/// Shows no content: an answer can hold what its caller marked as sensitive.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Pieces::Whole(bytes) => write!(f, "Body({} bytes)", bytes.as_ref().map_or(0, Bytes::len)),
            Pieces::Stream(_) => f.write_str("Body(stream)"),
        }
    }
}
