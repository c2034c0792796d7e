//! The faults that the emulator injects, and the calls that they apply to.

use std::time::Duration;

/// A failure that the emulator causes on purpose.
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
    /// Resets the connection after accepting it, before the request.
    ResetOnConnect,
    /// Closes the connection after accepting it, before the request.
    CloseOnConnect,
    /// Resets the connection after the headers of the request, before its body.
    ResetInRequest,
    /// Resets the connection after the whole request; the handler has run.
    ResetAfterRequest,
    /// Closes the connection without a response after the whole request; the handler has run.
    CloseAfterRequest,
    /// Sends half of the correct response, then resets the connection.
    ResetInBody,
    /// Sends half of the bytes that Content-Length announces, then closes the connection.
    CloseInBody,
    /// Sends half of a chunked response, then closes the connection without the last chunk.
    CloseInChunks,
    /// Sends the body of the correct response one byte at a time.
    Drip {
        /// The time between two bytes.
        every: Duration,
    },
    /// Sends no response; the connection stays open.
    Silence,
    /// Sends the headers and half of the body of the correct response, then nothing more; the connection stays open.
    SilenceInBody,
    /// Sends the correct response after this time.
    Late(Duration),
    /// Sends an HTML page with this status, as proxies and load balancers do: 200, 500, 502, 503.
    Html(u16),
    /// Sends the correct response with this status.
    Status(u16),
    /// Sends status 200 and an empty body.
    EmptyBody,
    /// Sends the first half of the correct JSON, with the Content-Length of that half.
    TruncatedJson,
    /// Sends the correct response with this Content-Type.
    ContentType(String),
    /// Sends JSON without a `Response` object.
    NoResponse,
    /// Sends the correct response with an additional `Error` of this code.
    ErrorAndData(String),
    /// Sends an error response with this code and without a RequestId; the handler does not run.
    ErrorWithoutRequestId(String),
    /// Sends an error response with this code; the handler does not run, as the cloud does nothing for a rejected call.
    Code(String),
    /// Sends a redirect (307) to this address.
    Redirect(String),
    /// Sends the correct response, compressed with gzip.
    Gzip,
    /// Sends a small gzip body that expands to this many bytes, at most 2^40.
    GzipBomb(u64),
    /// Sends JSON of this many bytes.
    Huge(u64),
    /// Sends 100,000 bytes of headers before the correct response.
    ManyHeaders,
    /// Sends the correct response, then closes the connection without having sent `Connection: close`.
    CloseAfterAnswer,
}

/// The point of a call at which a fault applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Connect,
    Head,
    Answer,
}

impl Fault {
    /// An error response with this code.
    pub fn code(code: impl Into<String>) -> Self {
        Self::Code(code.into())
    }

    /// Applies the fault to the next `times` calls.
    pub fn times(self, times: u32) -> Injection {
        Injection::from(self).times(times)
    }

    /// Applies the fault to every call from now on.
    pub fn always(self) -> Injection {
        Injection::from(self).always()
    }

    /// Applies the fault only to calls of this action.
    pub fn of_action(self, action: impl Into<String>) -> Injection {
        Injection::from(self).of_action(action)
    }

    /// Applies the fault to every call with this probability, between 0 and 1.
    pub fn chance(self, chance: f64) -> Injection {
        Injection::from(self).chance(chance)
    }

    /// Returns whether the handler runs although the fault is injected: unless the call is rejected.
    pub(super) fn runs_handler(&self) -> bool {
        !matches!(self, Self::Code(_) | Self::ErrorWithoutRequestId(_))
    }

    pub(super) fn stage(&self) -> Stage {
        match self {
            Self::ResetOnConnect | Self::CloseOnConnect => Stage::Connect,
            Self::ResetInRequest => Stage::Head,
            _ => Stage::Answer,
        }
    }
}

/// A fault, and the calls that it applies to. Default: the next call.
#[derive(Debug, Clone, PartialEq)]
pub struct Injection {
    pub(super) fault: Fault,
    /// The number of calls left; `None` for all calls.
    pub(super) left: Option<u32>,
    action: Option<String>,
    pub(super) chance: f64,
}

impl Injection {
    /// Applies the fault to the next `times` calls.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.left = Some(times);
        self
    }

    /// Applies the fault to every call from now on.
    #[must_use]
    pub fn always(mut self) -> Self {
        self.left = None;
        self
    }

    /// Applies the fault only to calls of this action. Not usable with faults on connecting: the action is not known then.
    #[must_use]
    pub fn of_action(mut self, action: impl Into<String>) -> Self {
        self.action = Some(action.into());
        self
    }

    /// Applies the fault to every call with this probability, between 0 and 1. With a seed in the builder, every run has the same
    /// random numbers.
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
