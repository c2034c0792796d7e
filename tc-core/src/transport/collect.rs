//! The whole body of a response, decompressed, up to a maximum size.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use super::{Body, Gunzip, TransportError, TransportErrorKind};

/// The maximum size of a response.
///
/// While a response is read, it takes at most 64 times `bytes` of memory, for any data a server may send: the body, compressed
/// and decompressed, and the value, which may take 32 times the length of the body. Ordinary responses take two to five times
/// the length of their bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyLimits {
    /// The maximum number of bytes of a body, compressed and decompressed. Default: 64 MiB.
    pub bytes: usize,
    /// The maximum ratio of decompressed to compressed bytes, after the first MiB. Default: 200. Text of the cloud has about 10, a
    /// decompression bomb about 1000.
    pub ratio: usize,
}

impl Default for BodyLimits {
    fn default() -> Self {
        Self { bytes: 64 << 20, ratio: 200 }
    }
}

/// Reads a body to its end and decompresses it if its `Content-Encoding` is gzip.
///
/// It has no timeout; the client drops the future, and with it the connection, when the attempt times out.
///
/// ```
/// use tc_core::transport::{Body, BodyLimits, collect};
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let response = http::Response::new(Body::from("{}"));
/// assert_eq!(collect(response, BodyLimits::default()).await.unwrap().body(), "{}");
/// # });
/// ```
///
/// # Errors
/// The body ends early, is larger than the limits, is not valid gzip, or has another encoding.
pub async fn collect(
    mut response: http::Response<Body>,
    limits: BodyLimits,
) -> Result<http::Response<Bytes>, TransportError> {
    let whole = read(&mut response, limits).await?;
    Ok(response.map(|_| whole))
}

/// Reads a body to its end and decompresses it. Takes a reference, because moving a response into a future is costly.
pub(crate) async fn read(response: &mut http::Response<Body>, limits: BodyLimits) -> Result<Bytes, TransportError> {
    let announced =
        response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok()).unwrap_or(0_usize);
    if announced > limits.bytes {
        return Err(limits.exceeded());
    }
    let body = response.body_mut();
    let mut chunks = Chunks::None;
    while let Some(chunk) = body.next().await.transpose()? {
        chunks = chunks.and(chunk, announced);
        if chunks.len() > limits.bytes {
            return Err(limits.exceeded());
        }
    }
    let whole = chunks.join();
    let Some(gunzip) = Gunzip::of(response.headers_mut().remove(CONTENT_ENCODING).as_ref(), limits)? else {
        return Ok(whole);
    };
    response.headers_mut().remove(CONTENT_LENGTH);
    // Boxed, because few responses are compressed and the decompressor is large.
    let (mut gunzip, whole) = Box::pin(unzip(gunzip, whole)).await?;
    // All text is in `whole`; this checks the checksum.
    gunzip.finish()?;
    Ok(whole)
}

/// Decompresses the next part of a body, on another thread if it is long. Returns the decompressor for the part after it.
pub(crate) async fn unzip(mut gunzip: Gunzip, zipped: Bytes) -> Result<(Gunzip, Bytes), TransportError> {
    // Expands to at most 4 MiB, in ten milliseconds.
    const SHORT: usize = 16 << 10;
    // Without a runtime, decompresses here.
    if zipped.len() <= SHORT || Handle::try_current().is_err() {
        let bytes = gunzip.push(&zipped)?;
        return Ok((gunzip, bytes));
    }
    let cancel = CancelOnDrop::default();
    let canceled = Arc::clone(&cancel.0);
    let unzipping = spawn_blocking(move || {
        let bytes = gunzip.push_until(&zipped, || canceled.load(Ordering::Relaxed))?;
        Ok((gunzip, bytes))
    });
    unzipping.await.map_err(|_| {
        TransportError::new(TransportErrorKind::Body, "the runtime shut down while the response was decompressed")
    })?
}

/// Set when the future that waits is dropped, because a blocking task is not canceled with it.
#[derive(Default)]
struct CancelOnDrop(Arc<AtomicBool>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The most memory that is reserved because a server announced a length; longer bodies grow as they arrive.
const RESERVED: usize = 64 << 20;

/// The chunks of a body that have arrived.
enum Chunks {
    None,
    /// Nearly every response is one chunk, which is not copied.
    One(Bytes),
    Many(BytesMut),
}

impl Chunks {
    fn and(self, chunk: Bytes, announced: usize) -> Self {
        let mut whole = match self {
            Self::None => return Self::One(chunk),
            Self::One(first) => {
                let mut whole = BytesMut::with_capacity(announced.min(RESERVED).max(first.len() + chunk.len()));
                whole.extend_from_slice(&first);
                whole
            }
            Self::Many(whole) => whole,
        };
        whole.extend_from_slice(&chunk);
        Self::Many(whole)
    }

    fn len(&self) -> usize {
        match self {
            Self::None => 0,
            Self::One(bytes) => bytes.len(),
            Self::Many(bytes) => bytes.len(),
        }
    }

    fn join(self) -> Bytes {
        match self {
            Self::None => Bytes::new(),
            Self::One(bytes) => bytes,
            Self::Many(bytes) => bytes.freeze(),
        }
    }
}

impl BodyLimits {
    /// The error for a response that is larger.
    pub(super) fn exceeded(self) -> TransportError {
        let Self { bytes, ratio } = self;
        TransportError::new(
            TransportErrorKind::TooLarge,
            format!("the response is larger than {bytes} bytes, or expands more than {ratio} times when decompressed"),
        )
    }
}
