//! Parses server-sent events from chunks of bytes, as section 9.2.6 of the HTML standard defines them.

use std::fmt;
use std::mem::take;
use std::sync::Arc;

/// One event whose data is not decoded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Frame {
    /// The field `event`; empty if the server sent none.
    pub event: String,
    /// The lines of `data`, joined by line feeds. Invalid UTF-8 is replaced by U+FFFD.
    pub data: String,
    /// The last field `id` of the stream so far, which is valid for all events until the next `id`; empty if the server sent none.
    pub id: Arc<str>,
    /// The data as it was sent, if it is not valid UTF-8.
    pub(super) invalid: Option<Vec<u8>>,
}

/// Parses the events of a stream, whose bytes may be split at any position. It does no I/O.
///
/// It accepts all three kinds of line ends, a byte order mark, comments, and fields without a colon. The field `retry` is
/// ignored, because a call is not sent again after its stream has begun.
///
/// ```
/// use tc_core::sse::Framing;
/// let mut framing = Framing::new(1 << 20);
/// assert_eq!(framing.push(b"data: {\"A\"")?, []);
/// let events = framing.push(b":1}\r\ndata: x\r\n\r\n: still here\n")?;
/// assert_eq!(events[0].data, "{\"A\":1}\nx");
/// assert!(framing.finish().is_none());
/// # Ok::<(), tc_core::sse::FrameTooLarge>(())
/// ```
#[derive(Debug)]
pub struct Framing {
    limit: usize,
    /// The current line, so far.
    line: Vec<u8>,
    /// Whether a carriage return ended the last line: a line feed that follows belongs to it.
    after_return: bool,
    /// Whether this is the first line, which may begin with a byte order mark.
    first: bool,
    event: String,
    data: Option<Vec<u8>>,
    id: Arc<str>,
}

impl Framing {
    /// Creates a parser for events of at most `limit` bytes: data, name, id and the current line together.
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            line: Vec::new(),
            after_return: false,
            first: true,
            event: String::new(),
            data: None,
            id: Arc::default(),
        }
    }

    /// Parses the next bytes, and returns the events that they complete.
    ///
    /// # Errors
    /// If an event is larger than the limit. The parser must not be used after that.
    pub fn push(&mut self, mut bytes: &[u8]) -> Result<Vec<Frame>, FrameTooLarge> {
        let mut complete = Vec::new();
        if self.after_return && !bytes.is_empty() {
            bytes = bytes.strip_prefix(b"\n").unwrap_or(bytes);
            self.after_return = false;
        }
        while let Some(end) = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            self.grow(&bytes[..end])?;
            complete.extend(self.end_line());
            let rest = &bytes[end + 1..];
            bytes = match (bytes[end], rest) {
                (b'\r', []) => {
                    self.after_return = true;
                    rest
                }
                (b'\r', rest) => rest.strip_prefix(b"\n").unwrap_or(rest),
                _ => rest,
            };
        }
        self.grow(bytes)?;
        Ok(complete)
    }

    /// Ends the stream. Returns the last event if no blank line followed it.
    pub fn finish(mut self) -> Option<Frame> {
        let mut last = None;
        if !self.line.is_empty() {
            last = self.end_line();
        }
        last.or_else(|| self.dispatch())
    }

    fn grow(&mut self, bytes: &[u8]) -> Result<(), FrameTooLarge> {
        let held = self.line.len() + self.event.len() + self.data.as_ref().map_or(0, Vec::len) + self.id.len();
        if bytes.len() > self.limit.saturating_sub(held) {
            return Err(FrameTooLarge { limit: self.limit });
        }
        self.line.extend_from_slice(bytes);
        Ok(())
    }

    fn end_line(&mut self) -> Option<Frame> {
        let line = take(&mut self.line);
        let mut text = line.as_slice();
        if take(&mut self.first) {
            text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        }
        if text.is_empty() {
            return self.dispatch();
        }
        let (name, value) = match text.iter().position(|byte| *byte == b':') {
            None => (text, &b""[..]),
            Some(colon) => (&text[..colon], &text[colon + 1..]),
        };
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match name {
            b"data" => match &mut self.data {
                None => self.data = Some(value.to_vec()),
                Some(data) => {
                    data.push(b'\n');
                    data.extend_from_slice(value);
                }
            },
            b"event" => self.event = String::from_utf8_lossy(value).into_owned(),
            b"id" if !value.contains(&0) => self.id = String::from_utf8_lossy(value).into(),
            // A comment, `retry`, or an unknown field.
            _ => {}
        }
        None
    }

    /// Returns the event of the fields so far, if it has data.
    fn dispatch(&mut self) -> Option<Frame> {
        let event = take(&mut self.event);
        let (data, invalid) = match String::from_utf8(self.data.take()?) {
            Ok(data) => (data, None),
            Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(error.into_bytes())),
        };
        Some(Frame { event, data, id: Arc::clone(&self.id), invalid })
    }
}

/// Whether a body begins like a stream of events: its first line is a comment or has a field. A server may send a stream with
/// another `Content-Type`.
pub(crate) fn begins_like_events(body: &[u8]) -> bool {
    let text = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).trim_ascii_start();
    ["", "data", "event", "id", "retry"].iter().any(|field| {
        let rest = text.strip_prefix(field.as_bytes());
        rest.is_some_and(|rest| rest.starts_with(b":"))
    })
}

/// The error for an event that is larger than the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameTooLarge {
    limit: usize,
}

impl fmt::Display for FrameTooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an event of the stream is larger than {} bytes", self.limit)
    }
}

impl std::error::Error for FrameTooLarge {}
