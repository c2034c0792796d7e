//! Requests to services that issue credentials, with limits on time and size.

use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;
use zeroize::Zeroize;

use crate::deadline::after;
use crate::text::shown;
use crate::transport::{BodyLimits, BoxFuture, Transport, TransportError, collect, runtime, timeout_at};

/// Sends a request and reads the whole response, within `limit`.
pub(super) fn fetch(
    transport: &dyn Transport,
    request: http::Request<Bytes>,
    limit: Duration,
) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
    Box::pin(async move {
        // A timer panics without a runtime.
        runtime()?;
        let exchange = async {
            let limits = BodyLimits { bytes: 1 << 20, ..BodyLimits::default() };
            collect(transport.send(request).await?, limits).await
        };
        timeout_at(after(Instant::now(), limit), exchange)
            .await
            .unwrap_or_else(|_| Err(TransportError::timeout("the response", limit)))
    })
}

/// Overwrites bytes that contain a secret, if they are not shared.
pub(super) fn wipe(bytes: Bytes) {
    if let Ok(mut bytes) = bytes.try_into_mut() {
        bytes.as_mut().zeroize();
    }
}

/// A server's text in an error: shortened, and with control characters and invisible characters escaped.
pub(super) fn printable(text: &str) -> String {
    const LONGEST: usize = 512;
    shown(text, LONGEST)
}
