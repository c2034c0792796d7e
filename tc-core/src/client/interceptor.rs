//! Code of the user that runs around every attempt.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

use crate::error::Error;

/// Your code around every attempt of every call. The interceptors of a client run in the order in which they were added.
///
/// They run on the thread of the call, so they must not block. An example that counts errors, and one that sends a trace id:
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
    /// Runs before an attempt is signed. Headers added here are sent; headers that the protocol sets are not replaced.
    fn before_signing(&self, _attempt: &Attempt<'_>, _headers: &mut HeaderMap) {}

    /// Runs after an attempt was signed, right before it is sent. The request contains the signature and the session token, if
    /// there is one: keep it out of logs. If signed parts are changed, the cloud rejects the request.
    fn after_signing(&self, _attempt: &Attempt<'_>, _request: &mut http::Request<Bytes>) {}

    /// Runs after a whole response arrived, whether success or error, and before it is decoded.
    fn after_response(&self, _attempt: &Attempt<'_>, _response: &http::Response<Bytes>) {}

    /// Runs after an attempt failed, before the client decides whether to retry.
    fn on_error(&self, _attempt: &Attempt<'_>, _error: &Error) {}
}

/// The attempt that an interceptor runs for.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The service: `mps`.
    pub service: &'a str,
    /// The API version: `2019-06-12`.
    pub version: &'a str,
    /// The action: `DescribePersonSamples`.
    pub action: &'a str,
    /// The region. Empty if none is sent.
    pub region: &'a str,
    /// The number of the attempt, from 1.
    pub number: u32,
}
