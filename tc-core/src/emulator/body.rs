//! Reads the body of a request, in limited time and up to the size that the gateway accepts.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::time::{Instant, timeout_at};

use super::ErrorResponse;
use super::gateway::TC3_LIMIT;

/// The longest pause before the next bytes of a body.
const SILENCE: Duration = Duration::from_secs(60);

/// The longest time for a whole body.
const WHOLE: Duration = Duration::from_secs(600);

/// How much of a body that is too large is read and dropped: a client that is still sending does not read the error response.
const DRAINED: usize = 64 * 1024 * 1024;

/// A body that was read.
pub(super) struct Body {
    /// The whole body; empty if it is larger than the gateway accepts.
    pub(super) kept: Bytes,
    /// The number of bytes that arrived.
    pub(super) size: usize,
}

/// Reads `body`.
pub(super) async fn read(mut body: Incoming) -> Result<Body, ErrorResponse> {
    let latest = Instant::now() + WHOLE;
    let (mut kept, mut size) = (BytesMut::new(), 0);
    while size <= DRAINED {
        let frame = timeout_at(latest.min(Instant::now() + SILENCE), body.frame()).await;
        let data = match frame {
            Ok(None) => return Ok(Body { kept: kept.freeze(), size }),
            Ok(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
            Ok(Some(Err(_))) => {
                return Err(ErrorResponse::new("InvalidRequest", "The request ended before its body was complete."));
            }
            Err(_) => {
                return Err(ErrorResponse::new("InvalidRequest", "The body of the request did not arrive in time."));
            }
        };
        size += data.len();
        if size <= TC3_LIMIT {
            kept.extend_from_slice(&data);
        } else {
            kept = BytesMut::new();
        }
    }
    Err(ErrorResponse::new("RequestSizeLimitExceeded", "The request is too large."))
}
