//! What can go wrong: the faults the emulator injects, and when each strikes.

use std::time::Duration;

/// Something that goes wrong on purpose.
///
/// ```
/// use std::time::Duration;
/// use tc_core::emulator::{Fault, Injection};
/// let once = Injection::from(Fault::Silence);
/// let thrice = Fault::code("RequestLimitExceeded").times(3);
/// let often = Fault::ResetAfterRequest.of_action("DescribePersonSamples").chance(0.05);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The connection is reset as soon as it is there, before a byte of a request.
    ResetOnConnect,
    /// The connection is closed as soon as it is there, before a byte of a request.
    CloseOnConnect,
    /// The connection is reset when the headers have arrived, in the middle of the request.
    ResetInRequest,
    /// The connection is reset when the whole request has arrived; the handler has run.
    ResetAfterRequest,
    /// The connection is closed without an answer when the whole request has arrived; the handler has run.
    CloseAfterRequest,
    /// Half of the right answer, then a reset.
    ResetInBody,
    /// Half of what Content-Length promises, then the end.
    CloseInBody,
    /// Half of a chunked answer, then the end, without the last chunk.
    CloseInChunks,
    /// The right answer, its body one byte at a time.
    Drip {
        /// The time between two bytes.
        every: Duration,
    },
    /// No answer at all; the connection stays open.
    Silence,
    /// The headers of the right answer, half of its body, then nothing; the connection stays open.
    SilenceInBody,
    /// The right answer, but late.
    Late(Duration),
    /// An HTML page with this status, as proxies and load balancers send it: 200, 500, 502, 503.
    Html(u16),
    /// The right answer with this status.
    Status(u16),
    /// Status 200 and no body.
    EmptyBody,
    /// The first half of the right JSON, its length rightly declared.
    TruncatedJson,
    /// The right answer with this Content-Type.
    ContentType(String),
    /// JSON without a `Response` object.
    NoResponse,
    /// The right answer with an `Error` of this code beside the data.
    ErrorAndData(String),
    /// An error envelope of this code without a RequestId.
    ErrorWithoutRequestId(String),
    /// An error envelope of this code.
    Code(String),
    /// A 307 to this address.
    Redirect(String),
    /// The right answer, compressed with gzip.
    Gzip,
    /// A small gzip body that unpacks to this many bytes, at most 2^40.
    GzipBomb(u64),
    /// JSON of this many bytes.
    Huge(u64),
    /// A hundred thousand bytes of headers before the right answer.
    ManyHeaders,
    /// The right answer, then the end of the connection, without a word of it in the answer.
    CloseAfterAnswer,
}

/// The moment a fault strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Connect,
    Head,
    Answer,
}

impl Fault {
    /// An error envelope of this code.
    pub fn code(code: impl Into<String>) -> Self {
        Self::Code(code.into())
    }

    /// For the next `times` calls.
    pub fn times(self, times: u32) -> Injection {
        Injection::from(self).times(times)
    }

    /// For every call from now on.
    pub fn always(self) -> Injection {
        Injection::from(self).always()
    }

    /// For calls of this action only.
    pub fn of_action(self, action: impl Into<String>) -> Injection {
        Injection::from(self).of_action(action)
    }

    /// For every call with this probability, between 0 and 1.
    pub fn chance(self, chance: f64) -> Injection {
        Injection::from(self).chance(chance)
    }

    pub(super) fn stage(&self) -> Stage {
        match self {
            Self::ResetOnConnect | Self::CloseOnConnect => Stage::Connect,
            Self::ResetInRequest => Stage::Head,
            _ => Stage::Answer,
        }
    }
}

/// A fault, and for which calls: the next one, unless said otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Injection {
    pub(super) fault: Fault,
    /// None for ever.
    pub(super) left: Option<u32>,
    action: Option<String>,
    pub(super) chance: f64,
}

impl Injection {
    /// For the next `times` calls.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.left = Some(times);
        self
    }

    /// For every call from now on.
    #[must_use]
    pub fn always(mut self) -> Self {
        self.left = None;
        self
    }

    /// For calls of this action only. A fault on connecting strikes before the action is known, and never then.
    #[must_use]
    pub fn of_action(mut self, action: impl Into<String>) -> Self {
        self.action = Some(action.into());
        self
    }

    /// For every call with this probability, between 0 and 1; a seed given to the builder repeats the dice.
    #[must_use]
    pub fn chance(mut self, chance: f64) -> Self {
        self.chance = chance;
        self.left = None;
        self
    }

    pub(super) fn applies_to(&self, action: &str) -> bool {
        self.left != Some(0) && self.action.as_deref().is_none_or(|wanted| wanted == action)
    }
}

impl From<Fault> for Injection {
    fn from(fault: Fault) -> Self {
        Self { fault, left: Some(1), action: None, chance: 1.0 }
    }
}
