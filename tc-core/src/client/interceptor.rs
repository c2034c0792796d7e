//! Code of the user's own around every attempt.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

use crate::error::Error;

/// Code of your own around every attempt of every call; the list of a client is run in its order.
///
/// It must not block: it runs where the call runs. One that counts, and one that sends a trace id:
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use tc_core::{Attempt, Client, Error, Interceptor};
///
/// #[derive(Debug, Default)]
/// struct Errors(AtomicU64);
///
/// impl Interceptor for Errors {
///     fn on_error(&self, _: &Attempt<'_>, _: &Error) {
///         self.0.fetch_add(1, Ordering::Relaxed);
///     }
/// }
///
/// #[derive(Debug)]
/// struct TraceId;
///
/// impl Interceptor for TraceId {
///     fn before_signing(&self, _: &Attempt<'_>, headers: &mut http::HeaderMap) {
///         headers.insert("x-tc-traceid", http::HeaderValue::from_static("8d2c1f1e"));
///     }
/// }
///
/// let client = Client::builder().interceptor(TraceId).interceptor(Errors::default()).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
pub trait Interceptor: fmt::Debug + Send + Sync + 'static {
    /// Before an attempt is signed. The headers put in are sent with it; those that the protocol sets stay as they are.
    fn before_signing(&self, _attempt: &Attempt<'_>, _headers: &mut HeaderMap) {}

    /// After an attempt was signed, right before it is sent. The request holds the signature and, where there is one,
    /// the token: mind where you write it. What is changed in signed parts makes the cloud refuse it.
    fn after_signing(&self, _attempt: &Attempt<'_>, _request: &mut http::Request<Bytes>) {}

    /// After a response came back whole, whatever it says, and before it is decoded.
    fn after_response(&self, _attempt: &Attempt<'_>, _response: &http::Response<Bytes>) {}

    /// After an attempt failed, and before it is decided whether there is another.
    fn on_error(&self, _attempt: &Attempt<'_>, _error: &Error) {}
}

/// Which attempt of which call.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The service: `mps`.
    pub service: &'a str,
    /// The API version: `2019-06-12`.
    pub version: &'a str,
    /// The action: `DescribePersonSamples`.
    pub action: &'a str,
    /// The region, empty where none is sent.
    pub region: &'a str,
    /// The number of the attempt, from 1.
    pub number: u32,
}
