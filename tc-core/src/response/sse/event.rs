//! A typed event: the data of a frame, decoded as the response of the action.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use super::Frame;
use crate::response::scan::is_json;
use crate::response::{Answer, DecodeError, Response, decode};

/// One event of a streamed response. It dereferences to its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<T> {
    name: String,
    id: Arc<str>,
    response: Response<T>,
}

impl<T> Event<T> {
    /// Returns the field `event`; empty if the server sent none.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the field `id`; empty if the server sent none.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the value with the id of the request and the coercions.
    pub fn response(&self) -> &Response<T> {
        &self.response
    }

    /// Returns the value.
    pub fn into_inner(self) -> T {
        self.response.into_inner()
    }
}

/// The only event of a response that is not a stream.
impl<T> From<Response<T>> for Event<T> {
    fn from(response: Response<T>) -> Self {
        Self { name: String::new(), id: Arc::default(), response }
    }
}

impl<T> Deref for Event<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.response
    }
}

/// Decodes the data of `frame`. `request_id` is that of the headers of the stream.
///
/// Returns `None` if there is no data, or if it is `[DONE]`, which some services send at the end.
pub(crate) fn read<T: Answer>(frame: Frame, request_id: &str) -> Result<Option<Event<T>>, DecodeError> {
    let Frame { event, data, id, invalid } = frame;
    let text = data.trim();
    if text.is_empty() || text == "[DONE]" {
        return Ok(None);
    }
    // Decoding replaces invalid UTF-8 too, and reports it.
    let sent = invalid.as_deref().map_or(text.as_bytes(), <[u8]>::trim_ascii);
    // Events have the members of `Response` without the envelope. It is added, so that they are decoded like other responses.
    let body = if is_json(sent) && !is_envelope(text) {
        Cow::Owned([b"{\"Response\":", sent, b"}"].concat())
    } else {
        Cow::Borrowed(sent)
    };
    let mut response = decode(200, &body)?;
    if response.request_id.is_empty() {
        request_id.clone_into(&mut response.request_id);
    }
    Ok(Some(Event { name: event, id, response }))
}

/// Whether the object begins with a member `Response`. An error in a stream may have its envelope.
fn is_envelope(text: &str) -> bool {
    let first = text.strip_prefix('{').map(str::trim_start).and_then(|rest| rest.strip_prefix("\"Response\""));
    first.is_some_and(|rest| rest.trim_start().starts_with(':'))
}
