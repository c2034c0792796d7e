//! The future of a call.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use super::options::CallOptions;
use super::prepare::prepare;
use super::receiver::Slot;
use super::{Client, call_loop};
use crate::call::Call;
use crate::error::Error;
use crate::response::{Answer, Response};
use crate::transport::{BoxFuture, TransportError, TransportErrorKind, runtime};

/// The future of a call. Dropping it cancels the call and frees its connection.
#[must_use = "a call is sent when its future is awaited"]
pub struct Sending<T> {
    /// Puts the response into `slot`.
    call: BoxFuture<'static, Result<(), Error>>,
    slot: Arc<Slot<Response<T>>>,
}

impl<T: Answer + Send + 'static> Sending<T> {
    /// Checks and encodes `call`; polling the future sends it.
    pub(super) fn new<C: Call<Response = T>>(client: &Client, call: &C, options: &CallOptions) -> Self {
        let slot = Arc::<Slot<_>>::default();
        let prepared = prepare(&client.settings, call, options);
        let call = call_loop::run(Arc::clone(&client.settings), prepared, slot.clone());
        Self { call, slot }
    }
}

#[cfg(test)]
impl<T: Send + 'static> Sending<T> {
    /// A call that ends like `response`, for the tests of other modules.
    pub(crate) fn test(response: BoxFuture<'static, Result<Response<T>, Error>>) -> Self {
        let slot = Arc::<Slot<_>>::default();
        let shared = Arc::clone(&slot);
        let call = async move {
            shared.put(1, response.await?);
            Ok(())
        };
        Self { call: Box::pin(call), slot }
    }
}

impl<T: Send + 'static> Future for Sending<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        runtime()?;
        ready!(self.call.as_mut().poll(context))?;
        let missing = || TransportError::new(TransportErrorKind::Other, "the response of this call was taken before");
        Poll::Ready(self.slot.take().ok_or_else(|| missing().into()))
    }
}

impl<T> fmt::Debug for Sending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}
