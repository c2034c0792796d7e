//! The future of a call.

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::error::Error;
use crate::response::Response;
use crate::transport::BoxFuture;

/// A `Response<T>` whose `T` the core of the client does not know: one core serves a thousand actions.
pub(super) type Decoded = Box<dyn Any + Send>;

/// A call under way. Dropping it abandons the call and frees its connection.
#[must_use = "a call is sent when its future is awaited"]
pub struct Sending<T> {
    core: BoxFuture<'static, Result<Decoded, Error>>,
    answer: PhantomData<fn() -> T>,
}

impl<T: Send + 'static> Sending<T> {
    /// `core` gives a boxed `Response<T>`.
    pub(super) fn new(core: impl Future<Output = Result<Decoded, Error>> + Send + 'static) -> Self {
        Self { core: Box::pin(core), answer: PhantomData }
    }
}

impl<T: Send + 'static> Future for Sending<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.core.as_mut().poll(cx).map(|decoded| match decoded?.downcast::<Response<T>>() {
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
