//! Decompresses gzip as it arrives, up to the limits.

use std::io::Write;

use bytes::Bytes;
use flate2::write::GzDecoder;
use http::HeaderValue;

use super::{BodyLimits, TransportError, TransportErrorKind};

/// Decompresses the body of a response.
pub(crate) struct Gunzip {
    /// The current gzip member; a body may consist of several.
    member: GzDecoder<Vec<u8>>,
    limits: BodyLimits,
    /// The number of compressed bytes.
    input: usize,
    /// The number of decompressed bytes returned so far.
    output: usize,
    members: usize,
}

impl Gunzip {
    /// Creates the decompressor for this `Content-Encoding`. `None` if the body is not compressed.
    ///
    /// # Errors
    /// The encoding is not gzip.
    pub(crate) fn of(encoding: Option<&HeaderValue>, limits: BodyLimits) -> Result<Option<Self>, TransportError> {
        match encoding.map(HeaderValue::as_bytes).unwrap_or_default().to_ascii_lowercase().as_slice() {
            b"" | b"identity" => Ok(None),
            b"gzip" | b"x-gzip" => {
                let member = GzDecoder::new(Vec::new());
                Ok(Some(Self { member, limits, input: 0, output: 0, members: 1 }))
            }
            _ => Err(TransportError::new(
                TransportErrorKind::Body,
                "the response has a Content-Encoding other than gzip",
            )),
        }
    }

    /// Decompresses `zipped` in small steps, so that a decompression bomb is stopped early.
    ///
    /// # Errors
    /// The data is not gzip, expands beyond the limits, or has too many members for its content.
    pub(crate) fn push(&mut self, zipped: &[u8]) -> Result<Bytes, TransportError> {
        self.push_until(zipped, || false)
    }

    /// Same as [`push`](Self::push), but stops when `canceled` returns true.
    pub(crate) fn push_until(&mut self, zipped: &[u8], canceled: impl Fn() -> bool) -> Result<Bytes, TransportError> {
        const STEP: usize = 4 << 10;
        for step in zipped.chunks(STEP) {
            self.step(step)?;
            self.input += step.len();
            self.check()?;
            if canceled() {
                return Err(TransportError::new(TransportErrorKind::Body, "the call was dropped"));
            }
        }
        self.member.flush().map_err(not_gzip)?;
        self.check()?;
        Ok(self.take())
    }

    /// Returns the rest at the end of the body.
    ///
    /// # Errors
    /// The data ends in the middle of a member.
    pub(crate) fn finish(&mut self) -> Result<Bytes, TransportError> {
        self.member.try_finish().map_err(not_gzip)?;
        Ok(self.take())
    }

    fn step(&mut self, mut zipped: &[u8]) -> Result<(), TransportError> {
        while !zipped.is_empty() {
            match self.member.write(zipped).map_err(not_gzip)? {
                // The member has ended; another one starts.
                0 => {
                    self.members += 1;
                    self.check()?;
                    let ended = std::mem::replace(&mut self.member, GzDecoder::new(Vec::new()));
                    *self.member.get_mut() = ended.finish().map_err(not_gzip)?;
                }
                written => zipped = &zipped[written..],
            }
        }
        Ok(())
    }

    fn take(&mut self) -> Bytes {
        let whole = std::mem::take(self.member.get_mut());
        self.output += whole.len();
        whole.into()
    }

    fn check(&self) -> Result<(), TransportError> {
        // Not limited in the first MiB: a short body of spaces has a high ratio too.
        const FREE: usize = 1 << 20;
        // Starting a member takes as long as decompressing a few KB.
        const FREE_MEMBERS: usize = 64;
        const BYTES_PER_MEMBER: usize = 16;
        let BodyLimits { bytes, ratio } = self.limits;
        let now = self.member.get_ref().len();
        let output = self.output + now;
        if now > bytes || output > self.input.saturating_mul(ratio).saturating_add(FREE) {
            return Err(self.limits.exceeded());
        }
        if self.members > FREE_MEMBERS + output / BYTES_PER_MEMBER {
            let message = "the response is gzip with too many empty members";
            return Err(TransportError::new(TransportErrorKind::TooLarge, message));
        }
        Ok(())
    }
}

fn not_gzip(error: std::io::Error) -> TransportError {
    TransportError::new(
        TransportErrorKind::Body,
        "the response has Content-Encoding gzip, but its body is not valid gzip or ends early",
    )
    .with_source(error)
}
