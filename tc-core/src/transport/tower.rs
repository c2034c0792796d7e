//! Adapters for layers of tower: a transport as a service, and a service as a transport (feature `tower`).

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::Frame;
use tower_service::Service;

use super::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A transport as a `tower::Service`, so that layers can be added to it. Each call of the service is one attempt.
///
/// ```
/// use tc_core::Client;
/// use tc_core::transport::{Replay, ServiceTransport, TransportService};
///
/// let service = TransportService::new(Replay::new(["{}"]));
/// // let service = tower::ServiceBuilder::new().layer(..).service(service);
/// let client = Client::builder().transport(ServiceTransport::new(service)).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
pub struct TransportService<T: ?Sized>(Arc<T>);

impl<T: Transport> TransportService<T> {
    /// Creates a service that sends with `transport`.
    pub fn new(transport: T) -> Self {
        Self(Arc::new(transport))
    }
}

impl<T, B> Service<http::Request<B>> for TransportService<T>
where
    T: Transport + ?Sized,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = http::Response<Body>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let transport = Arc::clone(&self.0);
        let (head, body) = request.into_parts();
        let mut chunks = Chunks(Box::pin(body));
        Box::pin(async move {
            let mut whole = BytesMut::new();
            while let Some(chunk) = std::future::poll_fn(|context| Pin::new(&mut chunks).poll_next(context)).await {
                let chunk = chunk.map_err(TransportError::unsent)?;
                whole.extend_from_slice(&chunk);
            }
            transport.send(http::Request::from_parts(head, whole.freeze())).await
        })
    }
}

impl<T: ?Sized> Clone for TransportService<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Transport + ?Sized> fmt::Debug for TransportService<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TransportService").field(&self.0).finish()
    }
}

/// A `tower::Service` as a transport. Each attempt waits until a clone of the service is ready, and calls it. The body of the
/// response may have any type.
///
/// After an error that is not a [`TransportError`], the request may have reached the server.
///
/// The requirements are those of [`Transport`]: layers must not change signed parts, follow redirects, or retry.
pub struct ServiceTransport<S>(Mutex<S>);

impl<S> ServiceTransport<S> {
    /// Creates a transport that sends with `service`.
    pub fn new(service: S) -> Self {
        Self(Mutex::new(service))
    }
}

impl<S, B> Transport for ServiceTransport<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send + 'static,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut service = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move {
            let is_ready = std::future::poll_fn(|context| service.poll_ready(context)).await;
            is_ready.map_err(|error| {
                transport_error(error.into(), "a layer around the transport was not ready").unsent()
            })?;
            let response = service.call(request.map(Body::from)).await;
            let response =
                response.map_err(|error| transport_error(error.into(), "a layer around the transport failed"))?;
            Ok(response.map(|body| Body::stream(Chunks(Box::pin(body)))))
        })
    }
}

impl<S> fmt::Debug for ServiceTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceTransport").finish_non_exhaustive()
    }
}

/// Returns `error` if it is a transport error, or else a transport error with `otherwise` as its message.
fn transport_error(error: BoxError, otherwise: &str) -> TransportError {
    match error.downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => {
            let message = format!("{otherwise}: {error}");
            TransportError::new(TransportErrorKind::Other, message).with_source(error)
        }
    }
}

/// The chunks of a body.
struct Chunks<B>(Pin<Box<B>>);

impl<B> Stream for Chunks<B>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(self.0.as_mut().poll_frame(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(transport_error(error.into(), "a layer around the body failed"))));
                }
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.poll_next(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.size_hint_of_bytes() == Some(0)
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.size_hint_of_bytes().map_or_else(http_body::SizeHint::default, http_body::SizeHint::with_exact)
    }
}
