//! The body of the HTTP libraries as ours.

use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::uri::Authority;

use super::cause::{Stage, transport_error};
use super::{Body, TransportError};

/// `asked` is who sends it, for errors to name.
pub(super) fn body<B>(pieces: B, asked: Option<Authority>) -> Body
where
    B: http_body::Body<Data = Bytes> + Send + Unpin + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    Body::stream(Pieces { pieces, asked })
}

struct Pieces<B> {
    pieces: B,
    asked: Option<Authority>,
}

impl<B> Stream for Pieces<B>
where
    B: http_body::Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return Poll::Ready(match ready!(Pin::new(&mut self.pieces).poll_frame(context)) {
                None => None,
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) => Some(Ok(bytes)),
                    // Trailers: nobody asked for them.
                    Err(_) => continue,
                },
                Some(Err(error)) => Some(Err(transport_error(error.into(), self.asked.as_ref(), Stage::Body))),
            });
        }
    }
}
