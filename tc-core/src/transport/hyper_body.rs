//! The bodies of the HTTP libraries as [`Body`].

use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::cause::{Stage, transport_error};
use super::peer::Peer;
use super::{Body, TransportError};

/// `peer` is named in errors.
pub(super) fn body<B>(body: B, peer: Peer) -> Body
where
    B: http_body::Body<Data = Bytes> + Send + Unpin + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    Body::stream(Chunks { body, peer })
}

struct Chunks<B> {
    body: B,
    peer: Peer,
}

impl<B> Stream for Chunks<B>
where
    B: http_body::Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return Poll::Ready(match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                None => None,
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) => Some(Ok(bytes)),
                    // Trailers are ignored.
                    Err(_) => continue,
                },
                Some(Err(error)) => Some(Err(transport_error(error.into(), &self.peer, Stage::Body))),
            });
        }
    }
}
