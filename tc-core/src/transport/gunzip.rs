//! gzip undone as it arrives, and never more of it than was agreed to.

use std::io::Write;

use bytes::Bytes;
use flate2::write::GzDecoder;
use http::HeaderValue;

use super::{BodyLimits, TransportError, TransportErrorKind};

/// What undoes the gzip of a body.
pub(crate) struct Gunzip {
    /// The member under way; a body can be several of them, one behind the other.
    member: GzDecoder<Vec<u8>>,
    limits: BodyLimits,
    /// How many bytes went in, how many came out, and of how many members.
    taken: usize,
    given: usize,
    members: usize,
}

impl Gunzip {
    /// What undoes this `Content-Encoding`; none where nothing is to be undone.
    ///
    /// # Errors
    /// Any encoding but gzip.
    pub(crate) fn of(encoding: Option<&HeaderValue>, limits: BodyLimits) -> Result<Option<Self>, TransportError> {
        match encoding.map(HeaderValue::as_bytes).unwrap_or_default().to_ascii_lowercase().as_slice() {
            b"" | b"identity" => Ok(None),
            b"gzip" | b"x-gzip" => {
                let member = GzDecoder::new(Vec::new());
                Ok(Some(Self { member, limits, taken: 0, given: 0, members: 1 }))
            }
            _ => Err(TransportError::new(
                TransportErrorKind::Body,
                "the response has an encoding that was not asked for",
            )),
        }
    }

    /// What `zipped` unpacks to. A bomb is let in a step at a time.
    ///
    /// # Errors
    /// What is no gzip; what unpacks to more bytes at once, or more times its size, than the limits allow; more members
    /// than their contents explain.
    pub(crate) fn push(&mut self, zipped: &[u8]) -> Result<Bytes, TransportError> {
        self.push_until(zipped, || false)
    }

    /// The same, given up as soon as `stop` says so.
    pub(crate) fn push_until(&mut self, zipped: &[u8], stop: impl Fn() -> bool) -> Result<Bytes, TransportError> {
        const STEP: usize = 4 << 10;
        for step in zipped.chunks(STEP) {
            self.step(step)?;
            self.taken += step.len();
            self.check()?;
            if stop() {
                return Err(TransportError::new(TransportErrorKind::Body, "nobody waits for the response any more"));
            }
        }
        self.member.flush().map_err(no_gzip)?;
        self.check()?;
        Ok(self.take())
    }

    /// What is left at the end.
    ///
    /// # Errors
    /// An end in its midst.
    pub(crate) fn finish(&mut self) -> Result<Bytes, TransportError> {
        self.member.try_finish().map_err(no_gzip)?;
        Ok(self.take())
    }

    fn step(&mut self, mut zipped: &[u8]) -> Result<(), TransportError> {
        while !zipped.is_empty() {
            match self.member.write(zipped).map_err(no_gzip)? {
                // The member has ended, and another begins.
                0 => {
                    self.members += 1;
                    self.check()?;
                    let ended = std::mem::replace(&mut self.member, GzDecoder::new(Vec::new()));
                    *self.member.get_mut() = ended.finish().map_err(no_gzip)?;
                }
                taken => zipped = &zipped[taken..],
            }
        }
        Ok(())
    }

    fn take(&mut self) -> Bytes {
        let whole = std::mem::take(self.member.get_mut());
        self.given += whole.len();
        whole.into()
    }

    fn check(&self) -> Result<(), TransportError> {
        // The first MiB is free, or a short body of spaces would be a bomb.
        const FREE: usize = 1 << 20;
        // To begin a member costs as much as to unpack a few KB.
        const FREE_MEMBERS: usize = 64;
        const OF_A_MEMBER: usize = 16;
        let BodyLimits { bytes, ratio } = self.limits;
        let now = self.member.get_ref().len();
        let given = self.given + now;
        if now > bytes || given > self.taken.saturating_mul(ratio).saturating_add(FREE) {
            return Err(self.limits.exceeded());
        }
        if self.members > FREE_MEMBERS + given / OF_A_MEMBER {
            let message = "the response is gzip of too many empty members";
            return Err(TransportError::new(TransportErrorKind::TooLarge, message));
        }
        Ok(())
    }
}

fn no_gzip(error: std::io::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Body, "the response says it is gzip, and is not, or ends early")
        .with_source(error)
}
