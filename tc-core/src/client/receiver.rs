//! What a call does with its response. Its type is known only here: the call loop is compiled once for all actions.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::HeaderValue;
use tokio::task::spawn_blocking;
use tracing::{Span, dispatcher};

use super::events::EventTimeouts;
use crate::credential::wiped;
use crate::error::Error;
use crate::response::{Answer, Response, decode_shared, is_sensitive};
use crate::spec::ModelRef;
use crate::transport::{Body, BodyLimits, TransportError, TransportErrorKind};

/// Decodes the response of a call and keeps it in a [`Slot`], from which the future of the call takes it.
///
/// `Slot<Response<T>>` accepts a whole response, `Slot<EventsResponse<T>>` also a stream of events. The code for streams is
/// linked only into programs that use the second type.
pub(super) trait Receiver: Send + Sync {
    /// Whether [`open`](Self::open) accepts streams.
    fn accepts_events(&self) -> bool;

    /// Decodes and keeps a whole response.
    fn receive(&self, received: Received) -> Result<(), Error>;

    /// Keeps a response whose body is a stream of events. `strict` says whether a difference between an event and its struct is an
    /// error.
    fn open(
        &self,
        response: http::Response<Body>,
        limits: BodyLimits,
        timeouts: EventTimeouts,
        strict: bool,
    ) -> Result<(), TransportError>;

    /// Calls `with` with the id of the request, which may be empty.
    fn request_id(&self, with: &mut dyn FnMut(&str));
}

/// A whole response.
#[derive(Clone)]
pub(super) struct Received {
    pub(super) status: u16,
    pub(super) body: Bytes,
    /// The id of the request in the headers.
    pub(super) request_id: Option<HeaderValue>,
    /// The number of the attempt.
    pub(super) attempts: u32,
    /// Whether a difference between the response and its struct is an error.
    pub(super) strict: bool,
    /// The documented response of an action without a struct.
    pub(super) documented: Option<ModelRef>,
}

impl Received {
    pub(super) fn decode<T: Answer>(self) -> Result<Response<T>, Error> {
        // The body of temporary credentials, for example, is overwritten when the response is dropped.
        let body = if is_sensitive(T::spec()) { wiped(self.body.into()) } else { self.body };
        let response = decode_shared::<T>(self.status, &body, self.documented)?.with_attempts(self.attempts);
        let mut response = if self.strict { response.strict()? } else { response };
        response.or_request_id(super::attempt::request_id_text(self.request_id.as_ref()));
        Ok(response)
    }
}

/// The number of bytes above which a body or an event is decoded on another thread: 1 MB takes a few milliseconds.
pub(super) const LARGE: usize = 256 << 10;

/// Decodes a large response on another thread.
pub(super) async fn decode_large(receiver: &Arc<dyn Receiver>, whole: Received, span: &Span) -> Result<(), Error> {
    let receiver = Arc::clone(receiver);
    on_another_thread(span, move || receiver.receive(whole)).await
}

/// Runs `decoding` on another thread. Its log events belong to `span`.
pub(super) async fn on_another_thread<R: Send + 'static>(
    span: &Span,
    decoding: impl FnOnce() -> Result<R, Error> + Send + 'static,
) -> Result<R, Error> {
    let (span, dispatch) = (span.clone(), dispatcher::get_default(Clone::clone));
    match spawn_blocking(move || dispatcher::with_default(&dispatch, || span.in_scope(decoding))).await {
        Ok(decoded) => decoded,
        Err(error) => match error.try_into_panic() {
            // A panic in the code of a user's type.
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(TransportError::new(
                TransportErrorKind::Body,
                "the runtime shut down while the response was decoded",
            )
            .into()),
        },
    }
}

/// A place for the response of a call, shared by its future and its call loop.
pub(super) struct Slot<V>(Mutex<Option<(u32, V)>>);

impl<V> Default for Slot<V> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<V> Slot<V> {
    /// Keeps `value`, unless there is one of a later attempt: an attempt that timed out may still be decoding.
    pub(super) fn put(&self, attempt: u32, value: V) {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if slot.as_ref().is_none_or(|(other, _)| *other <= attempt) {
            *slot = Some((attempt, value));
        }
    }

    pub(super) fn take(&self) -> Option<V> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().map(|(_, value)| value)
    }

    /// Calls `with` with the value.
    pub(super) fn with(&self, with: impl FnOnce(&V)) {
        if let Some((_, value)) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            with(value);
        }
    }
}

impl<T: Answer + Send + 'static> Receiver for Slot<Response<T>> {
    fn accepts_events(&self) -> bool {
        false
    }

    fn receive(&self, received: Received) -> Result<(), Error> {
        self.put(received.attempts, received.decode()?);
        Ok(())
    }

    fn open(&self, _: http::Response<Body>, _: BodyLimits, _: EventTimeouts, _: bool) -> Result<(), TransportError> {
        Err(TransportError::new(TransportErrorKind::EventStream, "the response is a stream of events"))
    }

    fn request_id(&self, with: &mut dyn FnMut(&str)) {
        self.with(|response| with(response.request_id()));
    }
}
