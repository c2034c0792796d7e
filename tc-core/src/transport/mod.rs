//! A request out, a response in: the one door to the network, which knows no word of Tencent's.

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
mod per_runtime;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod proxies;
mod proxy;
mod replay;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "reqwest")]
mod reqwest_url;
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
pub(crate) use collect::{decoded, read};
pub(crate) use error::NO_RUNTIME;
pub use error::{TransportError, TransportErrorKind};
pub(crate) use gunzip::Gunzip;
pub use options::TransportOptions;
pub use proxy::Proxy;
pub use replay::{Replay, ReplayStep};

/// A boxed future, as object-safe traits return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What carries requests to a server and brings responses back.
///
/// The default is that of the feature `reqwest`; that of `hyper` is leaner; [`Replay`] is for tests. One of your own:
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
/// # What it has to keep
/// - The request goes out exactly as it is: method, query and headers were signed. No redirect is followed, nothing is
///   sent twice once a byte of it may have left.
/// - The body comes back as it was sent, undecoded; [`collect`] undoes its encoding.
/// - Connecting ends within a timeout of its own. The whole attempt is timed by the client, which drops the future
///   (and the body): that must free the connection.
/// - An error tells truly whether the request may have [reached the server](TransportError::sent). In doubt it may.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends a request and waits for the head of its response.
    ///
    /// # Errors
    /// Where no response came back, whatever its status would have been.
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send(request)
    }
}

/// The transport of the features that are on: reqwest before hyper.
///
/// # Errors
/// Where neither feature is on, and where the options cannot be kept: a proxy, in the option or in a variable, that
/// cannot be used or is unknown to the transport; a root certificate that cannot be read.
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
            "tc-core was built without a transport: turn on its feature `reqwest` or `hyper`, or give the client one with transport(..)",
        ))
    }
}
