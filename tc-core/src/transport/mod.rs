//! Transports: they send an HTTP request and return its response. Nothing here is specific to Tencent Cloud.

mod body;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod cause;
mod collect;
mod error;
mod gunzip;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod hyper_body;
mod options;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod peer;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod per_runtime;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod proxies;
mod proxy;
mod replay;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "reqwest")]
mod reqwest_url;
mod runtime;
mod timer;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod tls;
#[cfg(feature = "tower")]
mod tower;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;

#[cfg(feature = "hyper")]
pub use self::hyper::HyperTransport;
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
#[cfg(feature = "tower")]
pub use self::tower::{ServiceTransport, TransportService};
pub use body::Body;
pub use collect::{BodyLimits, collect};
pub(crate) use collect::{read, unzip};
pub use error::{TransportError, TransportErrorKind};
pub(crate) use gunzip::Gunzip;
pub use options::TransportOptions;
pub use proxy::Proxy;
pub use replay::{Replay, ReplayStep};
pub(crate) use runtime::runtime;
pub(crate) use timer::{sleep_until, timeout_at};

/// A boxed future, for object-safe traits.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests and returns responses.
///
/// The default is that of the feature `reqwest`. That of `hyper` is smaller; [`Replay`] is for tests. You can write your own:
///
/// ```
/// use bytes::Bytes;
/// use tc_core::transport::{Body, BoxFuture, Transport, TransportError};
///
/// #[derive(Debug)]
/// struct Teapot;
///
/// impl Transport for Teapot {
///     fn send(&self, _: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
///         let mut response = http::Response::new(Body::from("short and stout"));
///         *response.status_mut() = http::StatusCode::IM_A_TEAPOT;
///         Box::pin(async { Ok(response) })
///     }
/// }
/// ```
///
/// # Requirements for implementations
/// - Send the request unchanged: method, query and headers are signed. Follow no redirect, and send nothing a second time after a
///   byte of it may have left.
/// - Return the body as it arrives, not decompressed; [`collect`] decompresses it.
/// - Use a separate timeout for connecting. The client times the whole attempt, and then drops the future or the body: this must
///   free the connection.
/// - Errors must say whether the request may have [reached the server](TransportError::sent). If in doubt, it may have.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends a request and waits for the head of its response.
    ///
    /// # Errors
    /// No response arrived. A response with an error status is not an error.
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send(request)
    }
}

/// Creates the default transport: that of the feature `reqwest`, or else that of `hyper`.
///
/// # Errors
/// Neither feature is enabled, a proxy is invalid or not supported by the transport, or a root certificate cannot be read.
pub fn connect(options: &TransportOptions) -> Result<Arc<dyn Transport>, TransportError> {
    #[cfg(feature = "reqwest")]
    return Ok(Arc::new(ReqwestTransport::new(options)?));
    #[cfg(all(feature = "hyper", not(feature = "reqwest")))]
    return Ok(Arc::new(HyperTransport::new(options)?));
    #[cfg(not(any(feature = "reqwest", feature = "hyper")))]
    {
        let _ = options;
        Err(TransportError::new(
            TransportErrorKind::Options,
            "tc-core was compiled without a transport: enable its feature `reqwest` or `hyper`, or set one with transport(..)",
        ))
    }
}
