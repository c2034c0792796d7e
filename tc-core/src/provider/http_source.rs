//! Requests to services that issue credentials, with limits on time and size.

use std::time::Duration;

use bytes::Bytes;
use tokio::runtime::Handle;
use zeroize::Zeroize;

use crate::transport::{BodyLimits, BoxFuture, Transport, TransportError, collect};

/// Sends a request and reads the whole response, within `limit`.
pub(super) fn fetch(
    transport: &dyn Transport,
    request: http::Request<Bytes>,
    limit: Duration,
) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
    Box::pin(async move {
        // A tokio timer panics without a runtime.
        Handle::try_current().map_err(|_| TransportError::no_runtime())?;
        let exchange = async {
            let limits = BodyLimits { bytes: 1 << 20, ..BodyLimits::default() };
            collect(transport.send(request).await?, limits).await
        };
        tokio::time::timeout(limit, exchange)
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

/// A server's text in an error: shortened, and without control characters.
pub(super) fn printable(text: &str) -> String {
    const LONGEST: usize = 512;
    let shown = text.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character });
    let mut shown: String = shown.take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}
