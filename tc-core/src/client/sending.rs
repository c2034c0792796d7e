//! The future of a call.

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;
use tracing::{Span, dispatcher};

use crate::error::Error;
use crate::response::{Answer, Response, decode_shared};
use crate::transport::{BoxFuture, TransportError, TransportErrorKind};

/// A `Response<T>` whose `T` the core of the client does not know: one core serves a thousand actions.
pub(super) type Decoded = Box<dyn Envelope>;

/// What the core does know of it.
pub(super) trait Envelope: Any + Send {
    fn request_id(&self) -> &str;

    /// Takes over the id that the head of the response has, where the body had none.
    fn or_request_id(&mut self, id: &str);
}

impl<T: Send + 'static> Envelope for Response<T> {
    fn request_id(&self) -> &str {
        Self::request_id(self)
    }

    fn or_request_id(&mut self, id: &str) {
        Self::or_request_id(self, id);
    }
}

/// What was received, and how it is to be decoded.
#[derive(Clone)]
pub(super) struct Received {
    pub(super) status: u16,
    pub(super) body: Bytes,
    /// How many attempts it took.
    pub(super) attempts: u32,
    /// Whether a difference from the struct is an error.
    pub(super) strict: bool,
}

/// Decodes what was received into a boxed `Response`.
pub(super) type Decode = fn(&Received) -> Result<Decoded, Error>;

/// The decoder of answers of type `T`.
pub(super) fn decoder<T: Answer + Send + 'static>() -> Decode {
    |received| {
        let response = decode_shared::<T>(received.status, &received.body)?.with_attempts(received.attempts);
        Ok(Box::new(if received.strict { response.strict()? } else { response }))
    }
}

/// Decodes a large body on a thread that may take its time: 1 MB takes a few milliseconds.
pub(super) async fn decoded(decode: Decode, received: Received, span: &Span) -> Result<Decoded, Error> {
    const LARGE: usize = 256 << 10;
    // What is logged there belongs to this attempt.
    if received.body.len() <= LARGE {
        return span.in_scope(|| decode(&received));
    }
    let (span, dispatch) = (span.clone(), dispatcher::get_default(Clone::clone));
    let decoding = move || dispatcher::with_default(&dispatch, || span.in_scope(|| decode(&received)));
    match spawn_blocking(decoding).await {
        Ok(decoded) => decoded,
        Err(error) => match error.try_into_panic() {
            // Of a type's own reader.
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(TransportError::new(
                TransportErrorKind::Body,
                "the runtime shut down while the response was decoded",
            )
            .into()),
        },
    }
}

/// Whether there is a tokio runtime to run on: its timers would panic without one.
pub(super) fn runtime() -> Result<(), Error> {
    Handle::try_current().map(drop).map_err(|_| TransportError::no_runtime().into())
}

/// A call under way. Dropping it abandons the call and frees its connection.
#[must_use = "a call is sent when its future is awaited"]
pub struct Sending<T> {
    core: BoxFuture<'static, Result<Decoded, Error>>,
    answer: PhantomData<fn() -> T>,
}

impl<T: Send + 'static> Sending<T> {
    /// `core` gives a boxed `Response<T>`.
    pub(super) fn new(core: BoxFuture<'static, Result<Decoded, Error>>) -> Self {
        Self { core, answer: PhantomData }
    }
}

#[cfg(test)]
impl<T: Send + 'static> Sending<T> {
    /// A call that ends as `core` does, for tests of those who hold calls.
    pub(crate) fn test(core: BoxFuture<'static, Result<Response<T>, Error>>) -> Self {
        Self::new(Box::pin(async { core.await.map(|response| Box::new(response) as Decoded) }))
    }
}

impl<T: Send + 'static> Future for Sending<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        runtime()?;
        self.core.as_mut().poll(cx).map(|decoded| match (decoded? as Box<dyn Any>).downcast::<Response<T>>() {
            Ok(response) => Ok(*response),
            Err(_) => unreachable!("the decoder was made for this very type"),
        })
    }
}

impl<T> fmt::Debug for Sending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}
