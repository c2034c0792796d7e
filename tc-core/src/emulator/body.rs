//! Reading a request's body: in limited time, and no more of it kept than the gateway accepts.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::time::{Instant, timeout_at};

use super::ErrorResponse;
use super::gateway::TC3_LIMIT;

/// How long a client may leave the next bytes of a body out.
const SILENCE: Duration = Duration::from_secs(60);

/// How long a whole body may take.
const WHOLE: Duration = Duration::from_secs(600);

/// How much of a body that is too large is read all the same: a client that still sends does not see the refusal.
const DRAINED: usize = 64 * 1024 * 1024;

/// A body as far as it was kept.
pub(super) struct Body {
    /// The whole body, or nothing where it is larger than the gateway accepts.
    pub(super) kept: Bytes,
    /// How many bytes arrived.
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
            Ok(Some(Err(_))) => return Err(ErrorResponse::new("InvalidRequest", "The request broke off.")),
            Err(_) => {
                return Err(ErrorResponse::new("InvalidRequest", "The rest of the request did not arrive in time."));
            }
        };
        size += data.len();
        if size <= TC3_LIMIT {
            kept.extend_from_slice(&data);
        } else {
            kept = BytesMut::new();
        }
    }
    Err(ErrorResponse::new("RequestSizeLimitExceeded", "The request is far too large."))
}
