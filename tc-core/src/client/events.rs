//! Server-sent events: the answer of one call as a stream of typed events.

use std::any::Any;
use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use tokio::time::timeout;

use super::sending::{Decoded, Envelope, runtime};
use crate::error::Error;
use crate::response::sse::{Event, Frame, FrameTooLarge, Framing, read};
use crate::response::{Answer, Response};
use crate::transport::{Body, BodyLimits, BoxFuture, Gunzip, TransportError, TransportErrorKind};

/// The events of a streamed answer, in order, each as soon as it has arrived.
///
/// The call is sent when the first is asked for. An error ends the stream; what the cloud refuses before it begins to
/// stream is the first item. An answer that is not streamed is one event. Dropping it frees the connection.
#[must_use = "a call is sent when its first event is asked for"]
pub struct Events<T> {
    state: State,
    request_id: String,
    answer: PhantomData<fn() -> T>,
}

enum State {
    Reading(BoxFuture<'static, Result<(Piece, Source), Error>>),
    Waiting(Source),
    Ended,
}

/// What the network gave.
enum Piece {
    Frame(Frame),
    /// An answer that is no stream, decoded.
    Whole(Decoded),
    End,
}

/// Where the next piece comes from.
enum Source {
    Call(BoxFuture<'static, Result<Decoded, Error>>),
    Stream(Box<Streaming>),
    End,
}

impl<T: Answer + Send + 'static> Events<T> {
    /// `call` gives an opened stream, or a boxed `Response<T>`.
    pub(super) fn new(call: BoxFuture<'static, Result<Decoded, Error>>) -> Self {
        let state = State::Waiting(Source::Call(call));
        Self { state, request_id: String::new(), answer: PhantomData }
    }

    /// The next event, none after the last.
    ///
    /// # Errors
    /// As [`Client::send`](super::Client::send), and an event that cannot be read. Nothing comes after an error.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn event(&self, piece: Piece) -> Result<Option<Event<T>>, Error> {
        match piece {
            Piece::Frame(frame) => Ok(read(frame, &self.request_id)?),
            Piece::Whole(decoded) => match (decoded as Box<dyn Any>).downcast::<Response<T>>() {
                Ok(response) => Ok(Some(Event::from(*response))),
                Err(_) => unreachable!("the decoder was made for this very type"),
            },
            Piece::End => Ok(None),
        }
    }
}

impl<T> Events<T> {
    /// The id of the request, which support asks for; empty before the first event.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }
}

impl<T: Answer + Send + 'static> Stream for Events<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Err(error) = runtime() {
            let ended = matches!(std::mem::replace(&mut self.state, State::Ended), State::Ended);
            return Poll::Ready(if ended { None } else { Some(Err(error)) });
        }
        loop {
            let mut reading = match std::mem::replace(&mut self.state, State::Ended) {
                State::Reading(reading) => reading,
                State::Waiting(source) => Box::pin(source.next()),
                State::Ended => return Poll::Ready(None),
            };
            let (piece, source) = match reading.as_mut().poll(context) {
                Poll::Pending => {
                    self.state = State::Reading(reading);
                    return Poll::Pending;
                }
                Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(Ok((Piece::End, _))) => return Poll::Ready(None),
                Poll::Ready(Ok(read)) => read,
            };
            if let Source::Stream(stream) = &source {
                self.request_id.clone_from(&stream.request_id);
            }
            match self.event(piece) {
                Ok(None) => self.state = State::Waiting(source),
                Ok(Some(event)) => {
                    if self.request_id.is_empty() {
                        event.answer().request_id().clone_into(&mut self.request_id);
                    }
                    self.state = State::Waiting(source);
                    return Poll::Ready(Some(Ok(event)));
                }
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("request_id", &self.request_id).finish_non_exhaustive()
    }
}

impl Source {
    async fn next(self) -> Result<(Piece, Self), Error> {
        match self {
            Self::Call(call) => {
                let decoded = call.await?;
                if !(&*decoded as &dyn Any).is::<Streaming>() {
                    return Ok((Piece::Whole(decoded), Self::End));
                }
                let stream = (decoded as Box<dyn Any>).downcast().map_or(Self::End, Self::Stream);
                Box::pin(stream.next()).await
            }
            Self::Stream(mut stream) => Ok(match stream.next().await? {
                Some(frame) => (Piece::Frame(frame), Self::Stream(stream)),
                None => (Piece::End, Self::End),
            }),
            Self::End => Ok((Piece::End, Self::End)),
        }
    }
}

/// Whether it is an event stream, with whatever charset.
pub(super) fn is_event_stream(response: &http::Response<Body>) -> bool {
    let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = content_type.split(';').next().unwrap_or_default();
    response.status().is_success() && kind.trim().eq_ignore_ascii_case("text/event-stream")
}

/// Opens a stream. A function that is handed over, so that who never asks for events need not carry their code.
pub(super) type Open = fn(http::Response<Body>, BodyLimits, Duration) -> Result<Decoded, TransportError>;

/// A stream under way.
pub(super) struct Streaming {
    request_id: String,
    body: Body,
    unzip: Option<Gunzip>,
    framing: Option<Framing>,
    /// How many bytes are taken in at once, decompressed.
    most: usize,
    ready: VecDeque<Frame>,
    /// How long the server may be silent.
    silence: Duration,
}

impl Envelope for Streaming {
    fn request_id(&self) -> &str {
        &self.request_id
    }

    fn or_request_id(&mut self, _: &str) {}
}

impl Streaming {
    /// Opens the stream of a response; the server may be silent for so long.
    pub(super) fn open(
        response: http::Response<Body>,
        limits: BodyLimits,
        silence: Duration,
    ) -> Result<Decoded, TransportError> {
        let (head, body) = response.into_parts();
        let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let unzip = Gunzip::of(head.headers.get(CONTENT_ENCODING))?;
        let request_id = header("X-TC-RequestId").to_owned();
        let framing = Some(Framing::new(limits.bytes));
        let (most, ready) = (limits.bytes, VecDeque::new());
        Ok(Box::new(Self { request_id, body, unzip, framing, most, ready, silence }))
    }

    async fn next(&mut self) -> Result<Option<Frame>, TransportError> {
        loop {
            if let Some(frame) = self.ready.pop_front() {
                return Ok(Some(frame));
            }
            let Some(framing) = &mut self.framing else { return Ok(None) };
            let Ok(piece) = timeout(self.silence, self.body.next()).await else {
                return Err(TransportError::timeout("the next event", self.silence));
            };
            match piece.transpose()? {
                Some(bytes) => {
                    let bytes = match &mut self.unzip {
                        None => bytes,
                        Some(unzip) => unzip.push(&bytes, self.most)?.ok_or_else(|| bomb(self.most))?,
                    };
                    self.ready.extend(framing.push(&bytes).map_err(too_large)?);
                }
                None => {
                    if let Some(unzip) = &mut self.unzip {
                        self.ready.extend(framing.push(&unzip.finish()?).map_err(too_large)?);
                    }
                    self.ready.extend(self.framing.take().and_then(Framing::finish));
                }
            }
        }
    }
}

fn bomb(most: usize) -> TransportError {
    let message = format!("the stream unpacks to more than {most} bytes at once");
    TransportError::new(TransportErrorKind::TooLarge, message)
}

fn too_large(error: FrameTooLarge) -> TransportError {
    TransportError::new(TransportErrorKind::TooLarge, error.to_string())
}
