//! A typed event: the data of a frame, read as the response of the action.

use std::ops::Deref;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::Frame;
use crate::response::{Answer, DecodeError, Response, decode};

/// One event of a streamed answer. It dereferences to its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<T> {
    name: String,
    id: Arc<str>,
    answer: Response<T>,
}

impl<T> Event<T> {
    /// The field `event`; empty where the server sent none.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The field `id`; empty where the server sent none.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The value with what came with it: the request's id, and where the server broke its own schema.
    pub fn answer(&self) -> &Response<T> {
        &self.answer
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.answer.into_inner()
    }
}

/// An answer that came whole: the one event of it.
impl<T> From<Response<T>> for Event<T> {
    fn from(answer: Response<T>) -> Self {
        Self { name: String::new(), id: Arc::default(), answer }
    }
}

impl<T> Deref for Event<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.answer
    }
}

/// Reads the data of `frame`; `request_id` is what the head of the stream said.
///
/// None where there is nothing to read: no data, or `[DONE]`, which some services end with.
pub(crate) fn read<T: Answer>(frame: Frame, request_id: &str) -> Result<Option<Event<T>>, DecodeError> {
    let Frame { event, data, id } = frame;
    let text = data.trim();
    if text.is_empty() || text == "[DONE]" {
        return Ok(None);
    }
    // Events carry the members of `Response` alone. Put into an envelope they are read like every other answer: strict,
    // bent once, errors told apart.
    let body = match serde_json::from_str::<&RawValue>(text) {
        Ok(value) if !is_envelope(text) => format!("{{\"Response\":{value}}}"),
        _ => text.to_owned(),
    };
    let mut answer = decode(200, body.as_bytes())?;
    if answer.request_id.is_empty() {
        request_id.clone_into(&mut answer.request_id);
    }
    Ok(Some(Event { name: event, id, answer }))
}

/// Whether the object begins with a member `Response`: a failure amid the stream may come as on its own.
fn is_envelope(text: &str) -> bool {
    let first = text.strip_prefix('{').map(str::trim_start).and_then(|rest| rest.strip_prefix("\"Response\""));
    first.is_some_and(|rest| rest.trim_start().starts_with(':'))
}
