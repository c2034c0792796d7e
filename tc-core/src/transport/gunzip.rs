//! gzip undone as it arrives, and never more of it than was agreed to.

use std::io::Write;

use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use http::HeaderValue;

use super::{TransportError, TransportErrorKind};

/// What undoes the gzip of a body.
pub(crate) struct Gunzip(MultiGzDecoder<Vec<u8>>);

impl Gunzip {
    /// What undoes this `Content-Encoding`; none where nothing is to be undone.
    ///
    /// # Errors
    /// Any encoding but gzip.
    pub(crate) fn of(encoding: Option<&HeaderValue>) -> Result<Option<Self>, TransportError> {
        match encoding.map(HeaderValue::as_bytes).unwrap_or_default().to_ascii_lowercase().as_slice() {
            b"" | b"identity" => Ok(None),
            b"gzip" | b"x-gzip" => Ok(Some(Self(MultiGzDecoder::new(Vec::new())))),
            _ => Err(TransportError::new(
                TransportErrorKind::Body,
                "the response has an encoding that was not asked for",
            )),
        }
    }

    /// What `zipped` unpacks to; none as soon as that is more than `most` bytes: a bomb is let in a step at a time.
    ///
    /// # Errors
    /// What is no gzip.
    pub(crate) fn push(&mut self, zipped: &[u8], most: usize) -> Result<Option<Bytes>, TransportError> {
        const STEP: usize = 4 << 10;
        for step in zipped.chunks(STEP) {
            self.0.write_all(step).map_err(no_gzip)?;
            if self.0.get_ref().len() > most {
                return Ok(None);
            }
        }
        self.0.flush().map_err(no_gzip)?;
        Ok(Some(std::mem::take(self.0.get_mut()).into()).filter(|whole: &Bytes| whole.len() <= most))
    }

    /// What is left at the end.
    ///
    /// # Errors
    /// An end in its midst.
    pub(crate) fn finish(&mut self) -> Result<Bytes, TransportError> {
        self.0.try_finish().map_err(no_gzip)?;
        Ok(std::mem::take(self.0.get_mut()).into())
    }
}

fn no_gzip(error: std::io::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Body, "the response says it is gzip, and is not, or ends early")
        .with_source(error)
}
