//! Server-sent events: the response of one call as a stream of typed events.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderValue};
use tokio::time::Instant;
use tracing::Span;

use super::attempt::{request_id, request_id_text};
use super::options::CallOptions;
use super::prepare::prepare;
use super::receiver::{LARGE, Received, Receiver, Slot, on_another_thread};
use super::{Client, call_loop};
use crate::call::Call;
use crate::deadline::after;
use crate::error::Error;
use crate::response::sse::{Event, Frame, FrameTooLarge, Framing, begins_like_events, read};
use crate::response::{Answer, Response};
use crate::transport::{
    Body, BodyLimits, BoxFuture, Gunzip, TransportError, TransportErrorKind, runtime, timeout_at, unzip,
};

/// The events of a streamed response, in order, each as soon as it has arrived.
///
/// The call is sent when the first event is awaited. An error ends the stream; an error response before the stream is the first
/// item. A response that is not streamed is one event. Dropping `Events` frees the connection.
///
/// # Limits
/// - Time: the server may send nothing for the time of an [attempt](super::ClientBuilder::attempt_timeout), and may take the time of
///   a [call](super::ClientBuilder::timeout) from one event to the next. Comments (`: ping`) and events without data restart
///   the first timeout, but are not events. The whole stream may take any time, and so may the caller between two events.
/// - Memory: an event, with its name and the current `id`, may have as many bytes as a
///   [response](super::ClientBuilder::response_limits), and a compressed stream may expand to as many times its size.
#[must_use = "a call is sent when its first event is awaited"]
pub struct Events<T> {
    state: State<T>,
    request_id: String,
}

enum State<T> {
    /// The call is in progress, and puts its response into the slot.
    Calling(BoxFuture<'static, Result<(), Error>>, Arc<Slot<EventsResponse<T>>>),
    /// No event is awaited.
    Idle(Box<Streaming>),
    Reading(BoxFuture<'static, (Box<Streaming>, Result<Option<Frame>, TransportError>)>),
    /// A large event is decoded on another thread.
    Decoding(BoxFuture<'static, (Box<Streaming>, DecodedEvent<T>)>),
    Ended,
}

/// The event of a frame; `None` if the frame has no data.
type DecodedEvent<T> = Result<Option<Event<T>>, Error>;

/// A response to a call that accepts events.
pub(super) enum EventsResponse<T> {
    Whole(Response<T>),
    Stream(Box<Streaming>),
}

impl<T: Answer + Send + 'static> Events<T> {
    /// Checks and encodes `call`; the first event sends it.
    pub(super) fn new<C: Call<Response = T>>(client: &Client, call: &C, options: &CallOptions) -> Self {
        let slot = Arc::<Slot<_>>::default();
        let prepared = prepare(&client.settings, call, options);
        let call = call_loop::run(Arc::clone(&client.settings), prepared, slot.clone());
        Self { state: State::Calling(call, slot), request_id: String::new() }
    }

    /// Returns the next event, or `None` after the last.
    ///
    /// # Errors
    /// Those of [`Client::send`](super::Client::send), and an event that cannot be read. Nothing follows an error.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T> Events<T> {
    /// The id of the request, which support asks for. Empty before the first event.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }
}

impl<T: Answer + Send + 'static> Stream for Events<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let state = std::mem::replace(&mut self.state, State::Ended);
        if matches!(state, State::Ended) {
            return Poll::Ready(None);
        }
        if let Err(error) = runtime() {
            return Poll::Ready(Some(Err(error.into())));
        }
        let mut state = state;
        loop {
            let (mut stream, event) = match state {
                State::Ended => return Poll::Ready(None),
                State::Idle(stream) => {
                    state = State::Reading(Box::pin(stream.next()));
                    continue;
                }
                State::Calling(mut call, slot) => match call.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Calling(call, slot);
                        return Poll::Pending;
                    }
                    Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
                    Poll::Ready(Ok(())) => match slot.take() {
                        None => return Poll::Ready(None),
                        Some(EventsResponse::Stream(stream)) => {
                            self.request_id.clone_from(&stream.request_id);
                            state = State::Idle(stream);
                            continue;
                        }
                        Some(EventsResponse::Whole(response)) => {
                            response.request_id().clone_into(&mut self.request_id);
                            return Poll::Ready(Some(Ok(Event::from(response))));
                        }
                    },
                },
                State::Reading(mut reading) => match reading.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Reading(reading);
                        return Poll::Pending;
                    }
                    Poll::Ready((_, Ok(None))) => return Poll::Ready(None),
                    Poll::Ready((stream, Ok(Some(frame)))) if frame.data.len() > LARGE => {
                        state = State::Decoding(Box::pin(stream.decode(frame)));
                        continue;
                    }
                    Poll::Ready((stream, Ok(Some(frame)))) => {
                        let event = read::<T>(frame, &stream.request_id, stream.strict).map_err(Error::from);
                        (stream, event)
                    }
                    Poll::Ready((stream, Err(error))) => (stream, Err(error.into())),
                },
                State::Decoding(mut decoding) => match decoding.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Decoding(decoding);
                        return Poll::Pending;
                    }
                    Poll::Ready(decoded) => decoded,
                },
            };
            match event {
                // A frame without data.
                Ok(None) => state = State::Idle(stream),
                Ok(Some(event)) => {
                    if stream.request_id.is_empty() {
                        event.response().request_id().clone_into(&mut self.request_id);
                    }
                    stream.until = None;
                    self.state = State::Idle(stream);
                    return Poll::Ready(Some(Ok(event)));
                }
                Err(error) => return Poll::Ready(Some(Err(error.with_request_id(&stream.request_id)))),
            }
        }
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("request_id", &self.request_id).finish_non_exhaustive()
    }
}

impl<T: Answer + Send + 'static> Receiver for Slot<EventsResponse<T>> {
    fn accepts_events(&self) -> bool {
        true
    }

    fn receive(&self, received: Received) -> Result<(), Error> {
        let attempts = received.attempts;
        let response = if (200..300).contains(&received.status) && begins_like_events(&received.body) {
            EventsResponse::Stream(Streaming::of_whole(received))
        } else {
            EventsResponse::Whole(received.decode()?)
        };
        self.put(attempts, response);
        Ok(())
    }

    fn open(
        &self,
        response: http::Response<Body>,
        limits: BodyLimits,
        timeouts: EventTimeouts,
        strict: bool,
    ) -> Result<(), TransportError> {
        self.put(u32::MAX, EventsResponse::Stream(Streaming::open(response, limits, timeouts, strict)?));
        Ok(())
    }

    fn request_id(&self, with: &mut dyn FnMut(&str)) {
        self.with(|response| match response {
            EventsResponse::Whole(response) => with(response.request_id()),
            EventsResponse::Stream(stream) => with(&stream.request_id),
        });
    }
}

/// Whether the response is an event stream, with any charset.
pub(super) fn is_event_stream(response: &http::Response<Body>) -> bool {
    let content_type = response.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let kind = content_type.split(|byte| *byte == b';').next().unwrap_or_default();
    response.status().is_success() && kind.trim_ascii().eq_ignore_ascii_case(b"text/event-stream")
}

/// The timeouts of a stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct EventTimeouts {
    /// How long the server may send nothing.
    pub(super) silence: Duration,
    /// How long the server may take from one event to the next, even if it sends other things.
    pub(super) event: Duration,
}

/// An open stream of events.
pub(super) struct Streaming {
    request_id: String,
    body: Body,
    gunzip: Option<Gunzip>,
    framing: Option<Framing>,
    /// Bytes that have arrived and are not parsed: many small events take more memory than their bytes.
    pending: Bytes,
    ready: VecDeque<Frame>,
    timeouts: EventTimeouts,
    /// Whether a difference between an event and its struct is an error.
    strict: bool,
    /// The deadline of the next event. Set when it is awaited.
    until: Option<Instant>,
}

impl Streaming {
    /// Opens the stream of a response.
    fn open(
        response: http::Response<Body>,
        limits: BodyLimits,
        timeouts: EventTimeouts,
        strict: bool,
    ) -> Result<Box<Self>, TransportError> {
        let (head, body) = response.into_parts();
        let gunzip = Gunzip::of(head.headers.get(CONTENT_ENCODING), limits)?;
        let request_id = request_id(&head.headers).to_owned();
        let framing = Some(Framing::new(limits.bytes));
        let (ready, pending) = (VecDeque::new(), Bytes::new());
        Ok(Box::new(Self { request_id, body, gunzip, framing, pending, ready, timeouts, strict, until: None }))
    }

    /// The stream of a body that was read to its end, because its `Content-Type` is not that of a stream.
    fn of_whole(received: Received) -> Box<Self> {
        let request_id = request_id_text(received.request_id.as_ref()).to_owned();
        let timeouts = EventTimeouts { silence: Duration::MAX, event: Duration::MAX };
        let framing = Some(Framing::new(usize::MAX));
        let (body, pending, ready, strict) = (Body::empty(), received.body, VecDeque::new(), received.strict);
        Box::new(Self { request_id, body, gunzip: None, framing, pending, ready, timeouts, strict, until: None })
    }

    /// Decodes a large event on another thread, within the time for an event.
    async fn decode<T: Answer + Send + 'static>(mut self: Box<Self>, frame: Frame) -> (Box<Self>, DecodedEvent<T>) {
        let until = self.until();
        let (request_id, strict) = (self.request_id.clone(), self.strict);
        let span = Span::current();
        let decoding = on_another_thread(&span, move || Ok(read::<T>(frame, &request_id, strict)?));
        let event = timeout_at(until, decoding).await;
        let event = event.unwrap_or_else(|_| Err(self.timeouts.no_event().into()));
        (self, event)
    }

    /// The deadline of the next event.
    fn until(&mut self) -> Instant {
        let timeout = self.timeouts.event;
        *self.until.get_or_insert_with(|| after(Instant::now(), timeout))
    }

    async fn next(mut self: Box<Self>) -> (Box<Self>, Result<Option<Frame>, TransportError>) {
        let frame = self.frame().await;
        (self, frame)
    }

    async fn frame(&mut self) -> Result<Option<Frame>, TransportError> {
        loop {
            if let Some(frame) = self.ready.pop_front() {
                return Ok(Some(frame));
            }
            let until = self.until();
            let Some(framing) = &mut self.framing else { return Ok(None) };
            let now = Instant::now();
            if now >= until {
                return Err(self.timeouts.no_event());
            }
            if !self.pending.is_empty() {
                let some = self.pending.split_to(self.pending.len().min(STEP));
                self.ready.extend(framing.push(&some).map_err(too_large)?);
                // Lets other tasks run even if much data has arrived.
                tokio::task::consume_budget().await;
                continue;
            }
            let silent = after(now, self.timeouts.silence);
            let Ok(piece) = timeout_at(silent.min(until), self.body.next()).await else {
                return Err(if until <= silent { self.timeouts.no_event() } else { self.timeouts.silent() });
            };
            match piece.transpose()? {
                Some(bytes) => {
                    self.pending = match self.gunzip.take() {
                        None => bytes,
                        Some(gunzip) => {
                            let (gunzip, bytes) = unzip(gunzip, bytes).await?;
                            self.gunzip = Some(gunzip);
                            bytes
                        }
                    };
                }
                None => {
                    if let Some(gunzip) = &mut self.gunzip {
                        self.ready.extend(framing.push(&gunzip.finish()?).map_err(too_large)?);
                    }
                    self.ready.extend(self.framing.take().and_then(Framing::finish));
                }
            }
        }
    }
}

impl EventTimeouts {
    fn silent(self) -> TransportError {
        let error = TransportError::timeout("the next event", self.silence);
        error.advice("the server sent nothing; attempt_timeout(..) allows more time without data")
    }

    fn no_event(self) -> TransportError {
        let error = TransportError::timeout("the next event", self.event);
        error.advice("comments and events without data do not count; timeout(..) gives an event more time")
    }
}

/// The number of bytes that are parsed at a time.
const STEP: usize = 16 << 10;

fn too_large(error: FrameTooLarge) -> TransportError {
    TransportError::new(TransportErrorKind::TooLarge, error.to_string())
}
