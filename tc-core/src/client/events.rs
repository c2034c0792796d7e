//! Server-sent events: the answer of one call as a stream of typed events.

use std::any::Any;
use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use tokio::time::{Instant, timeout_at};

use super::attempt::request_id;
use super::sending::{Decoded, Envelope, runtime};
use crate::deadline::after;
use crate::error::Error;
use crate::response::sse::{Event, Frame, FrameTooLarge, Framing, read};
use crate::response::{Answer, Response};
use crate::transport::{Body, BodyLimits, BoxFuture, Gunzip, TransportError, TransportErrorKind};

/// The events of a streamed answer, in order, each as soon as it has arrived.
///
/// The call is sent when the first is asked for. An error ends the stream; what the cloud refuses before it begins to
/// stream is the first item. An answer that is not streamed is one event. Dropping it frees the connection.
///
/// # Limits
/// - Time: the server may be silent for the time of an [attempt](super::ClientBuilder::attempt_timeout), and from one event to
///   the next it may take the time of a [call](super::ClientBuilder::timeout). Comments (`: ping`) and events without data end
///   the silence, and are no events. The stream as a whole may take any time, and so may the caller between two events.
/// - Memory: an event, with its name and the `id` that is in force, may have as many bytes as a
///   [response](super::ClientBuilder::response_limits), and what is compressed may unpack to as many times its size.
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
            Piece::Frame(frame) => {
                read(frame, &self.request_id).map_err(|error| Error::from(error).with_request_id(&self.request_id))
            }
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
            let (piece, mut source) = match reading.as_mut().poll(context) {
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
                    if let Source::Stream(stream) = &mut source {
                        stream.until = None;
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
            Self::Stream(mut stream) => match stream.next().await {
                Ok(Some(frame)) => Ok((Piece::Frame(frame), Self::Stream(stream))),
                Ok(None) => Ok((Piece::End, Self::End)),
                Err(error) => Err(Error::from(error).with_request_id(&stream.request_id)),
            },
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
pub(super) type Open = fn(http::Response<Body>, BodyLimits, Patience) -> Result<Decoded, TransportError>;

/// How long is waited for a stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// How long the server may be silent.
    pub(super) silence: Duration,
    /// How long it may take from one event to the next, whatever else it sends.
    pub(super) event: Duration,
}

/// A stream under way.
pub(super) struct Streaming {
    request_id: String,
    body: Body,
    unzip: Option<Gunzip>,
    framing: Option<Framing>,
    /// What has come and is not looked at yet: many small events take more memory than their bytes.
    pending: Bytes,
    ready: VecDeque<Frame>,
    patience: Patience,
    /// By when the next event has to come; from when on it is waited for.
    until: Option<Instant>,
}

impl Envelope for Streaming {
    fn request_id(&self) -> &str {
        &self.request_id
    }

    fn or_request_id(&mut self, _: &str) {}
}

impl Streaming {
    /// Opens the stream of a response.
    pub(super) fn open(
        response: http::Response<Body>,
        limits: BodyLimits,
        patience: Patience,
    ) -> Result<Decoded, TransportError> {
        let (head, body) = response.into_parts();
        let unzip = Gunzip::of(head.headers.get(CONTENT_ENCODING), limits)?;
        let request_id = request_id(&head.headers).to_owned();
        let framing = Some(Framing::new(limits.bytes));
        let (ready, pending) = (VecDeque::new(), Bytes::new());
        Ok(Box::new(Self { request_id, body, unzip, framing, pending, ready, patience, until: None }))
    }

    async fn next(&mut self) -> Result<Option<Frame>, TransportError> {
        loop {
            if let Some(frame) = self.ready.pop_front() {
                return Ok(Some(frame));
            }
            let Some(framing) = &mut self.framing else { return Ok(None) };
            let now = Instant::now();
            let until = *self.until.get_or_insert_with(|| after(now, self.patience.event));
            if now >= until {
                return Err(self.patience.no_event());
            }
            if !self.pending.is_empty() {
                let some = self.pending.split_to(self.pending.len().min(STEP));
                self.ready.extend(framing.push(&some).map_err(too_large)?);
                // What is there already is no reason to hold the thread.
                tokio::task::consume_budget().await;
                continue;
            }
            let silent = after(now, self.patience.silence);
            let Ok(piece) = timeout_at(silent.min(until), self.body.next()).await else {
                return Err(if until <= silent { self.patience.no_event() } else { self.patience.silent() });
            };
            match piece.transpose()? {
                Some(bytes) => {
                    self.pending = match &mut self.unzip {
                        None => bytes,
                        Some(unzip) => unzip.push(&bytes)?,
                    };
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

impl Patience {
    fn silent(self) -> TransportError {
        let error = TransportError::timeout("the next event", self.silence);
        error.advice("the server sent nothing at all; attempt_timeout(..) lets it be silent for longer")
    }

    fn no_event(self) -> TransportError {
        let error = TransportError::timeout("the next event", self.event);
        error.advice("comments and events without data do not count; timeout(..) gives an event more time")
    }
}

/// How many bytes are looked at for events at once.
const STEP: usize = 16 << 10;

fn too_large(error: FrameTooLarge) -> TransportError {
    TransportError::new(TransportErrorKind::TooLarge, error.to_string())
}
