//! The whole body of a response, decoded, and never more than was agreed to.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use super::{Body, Gunzip, TransportError, TransportErrorKind};

/// How much of a response is taken in.
///
/// With the defaults an answer of any kind takes at most 64 times `bytes` of memory while it is read, whatever the server
/// sends: its body as it came and decompressed, and its value, which may take 32 times the length of the body. Ordinary
/// answers take two to five times the length of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyLimits {
    /// The most bytes of a body, as it came and decoded; 64 MiB if never said.
    pub bytes: usize,
    /// How many times its size a compressed body may grow beyond its first MiB; 200 if never said. Text of the cloud
    /// grows tenfold, a bomb a thousandfold.
    pub ratio: usize,
}

impl Default for BodyLimits {
    fn default() -> Self {
        Self { bytes: 64 << 20, ratio: 200 }
    }
}

/// Reads a body to its end and undoes its `Content-Encoding`: gzip, or none.
///
/// The client holds a timeout over it: a body that drips is dropped with its connection.
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
/// A body that breaks off, is larger than the limits, is no gzip though it says so, or has another encoding.
pub async fn collect(
    mut response: http::Response<Body>,
    limits: BodyLimits,
) -> Result<http::Response<Bytes>, TransportError> {
    let whole = read(&mut response, limits).await?;
    decoded(response, whole, limits).await
}

/// Reads a body to its end, as it came. By reference: a response is large, and the futures it goes through hold it twice.
pub(crate) async fn read(response: &mut http::Response<Body>, limits: BodyLimits) -> Result<Bytes, TransportError> {
    let announced =
        response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok()).unwrap_or(0_usize);
    if announced > limits.bytes {
        return Err(limits.exceeded());
    }
    let body = response.body_mut();
    let mut pieces = Pieces::None;
    while let Some(piece) = body.next().await.transpose()? {
        pieces = pieces.and(piece, announced);
        if pieces.len() > limits.bytes {
            return Err(limits.exceeded());
        }
    }
    Ok(pieces.join())
}

/// The response with its body, whose encoding is undone: where it is long, on a thread that may take its time.
pub(crate) async fn decoded(
    response: http::Response<Body>,
    whole: Bytes,
    limits: BodyLimits,
) -> Result<http::Response<Bytes>, TransportError> {
    // Unpacks to 4 MiB at the most, in ten milliseconds.
    const SHORT: usize = 16 << 10;
    let (mut head, _) = response.into_parts();
    let whole = match Gunzip::of(head.headers.remove(CONTENT_ENCODING).as_ref(), limits)? {
        None => whole,
        Some(gunzip) => {
            head.headers.remove(CONTENT_LENGTH);
            // Without a runtime there is no other thread, and none that waits.
            if whole.len() <= SHORT || Handle::try_current().is_err() {
                unzip(gunzip, &whole, || false)?
            } else {
                let asked = Asked::default();
                let stop = Arc::clone(&asked.0);
                let unzipping = spawn_blocking(move || unzip(gunzip, &whole, || stop.load(Ordering::Relaxed)));
                unzipping.await.map_err(|_| {
                    TransportError::new(
                        TransportErrorKind::Body,
                        "the runtime shut down while the response was unpacked",
                    )
                })??
            }
        }
    };
    Ok(http::Response::from_parts(head, whole))
}

/// Whether nobody waits any more: set when the one who asked is dropped, for what runs on another thread goes on.
#[derive(Default)]
struct Asked(Arc<AtomicBool>);

impl Drop for Asked {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What has come of a body. Nearly every answer is one piece: no copy of it is made.
enum Pieces {
    None,
    /// Nearly every answer is one piece: no copy of it is made.
    One(Bytes),
    Many(BytesMut),
}

impl Pieces {
    fn and(self, piece: Bytes, announced: usize) -> Self {
        let mut whole = match self {
            Self::None => return Self::One(piece),
            Self::One(first) => {
                let mut whole = BytesMut::with_capacity(announced.max(first.len() + piece.len()));
                whole.extend_from_slice(&first);
                whole
            }
            Self::Many(whole) => whole,
        };
        whole.extend_from_slice(&piece);
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

fn unzip(mut gunzip: Gunzip, zipped: &[u8], stop: impl Fn() -> bool) -> Result<Bytes, TransportError> {
    let whole = gunzip.push_until(zipped, stop)?;
    // All of it came out with the last piece that was pushed in: what is left is the check of its sum.
    gunzip.finish()?;
    Ok(whole)
}

impl BodyLimits {
    /// What is said of a response that is larger than this.
    pub(super) fn exceeded(self) -> TransportError {
        let Self { bytes, ratio } = self;
        TransportError::new(
            TransportErrorKind::TooLarge,
            format!("the response is larger than {bytes} bytes, or expands more than {ratio} times when decompressed"),
        )
    }
}
