//! The future of a call.

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::Handle;

use crate::error::Error;
use crate::response::{Answer, Response};
use crate::transport::{BoxFuture, TransportError};

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

/// Decodes status and body into a boxed `Response` that took so many attempts.
pub(super) type Decode = fn(status: u16, body: &[u8], attempts: u32) -> Result<Decoded, Error>;

/// The decoder of answers of type `T`.
pub(super) fn decoder<T: Answer + Send + 'static>() -> Decode {
    |status, body, attempts| Ok(Box::new(Response::<T>::decode(status, body)?.with_attempts(attempts)))
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
