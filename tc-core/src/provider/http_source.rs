//! One request to a service that credentials come from: bounded in time and size.

use std::time::Duration;

use bytes::Bytes;
use tokio::runtime::Handle;
use zeroize::Zeroize;

use crate::transport::{BodyLimits, BoxFuture, Transport, TransportError, collect};

/// Sends a request and reads its whole answer, within `limit`.
pub(super) fn ask(
    transport: &dyn Transport,
    request: http::Request<Bytes>,
    limit: Duration,
) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
    Box::pin(async move {
        // Without a runtime a timer panics.
        Handle::try_current().map_err(|_| TransportError::no_runtime())?;
        let answered = async {
            let limits = BodyLimits { bytes: 1 << 20, ..BodyLimits::default() };
            collect(transport.send(request).await?, limits).await
        };
        tokio::time::timeout(limit, answered)
            .await
            .unwrap_or_else(|_| Err(TransportError::timeout("the answer", limit)))
    })
}

/// Overwrites bytes that hold a secret, unless something else holds them too.
pub(super) fn wipe(bytes: Bytes) {
    if let Ok(mut bytes) = bytes.try_into_mut() {
        bytes.as_mut().zeroize();
    }
}

/// A server's text in an error: bounded, and without characters that a terminal or a log takes for commands.
pub(super) fn printable(text: &str) -> String {
    const MOST: usize = 512;
    let shown = text.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character });
    let mut shown: String = shown.take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}
