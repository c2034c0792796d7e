//! A typed event: the data of a frame, decoded as the response of the action.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use super::Frame;
use crate::response::api_error::ApiError;
use crate::response::decode::CODE;
use crate::response::error_member::{ErrorMember, Outline, outline};
use crate::response::{Answer, BodyProblem, DecodeError, Response, decode};
use crate::spec::ModelSpec;
use crate::text::clean;

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

/// Decodes the data of `frame`. `request_id` is that of the headers of the stream. `strict` says whether a difference from the struct
/// is an error.
///
/// Returns `None` if there is no data, or if it is `[DONE]`, which some services send at the end.
pub(crate) fn read<T: Answer>(frame: Frame, request_id: &str, strict: bool) -> Result<Option<Event<T>>, DecodeError> {
    let Frame { event, data, id, invalid } = frame;
    let text = data.trim();
    if text.is_empty() || text == "[DONE]" {
        return Ok(None);
    }
    // Decoding replaces invalid UTF-8 too, and reports it.
    let sent = invalid.as_deref().map_or(text.as_bytes(), <[u8]>::trim_ascii);
    // Events have the members of `Response` without the envelope. It is added, so that they are decoded like other responses.
    // The outline also accepts what lenient reading corrects, such as control characters in a text.
    let body = match outline(sent) {
        Ok(found) if !is_envelope(text, &found, T::spec()) => Cow::Owned([b"{\"Response\":", sent, b"}"].concat()),
        _ => Cow::Borrowed(sent),
    };
    let response: Response<T> = decode(200, &body).map_err(|error| bare_error(sent, error))?;
    let mut response = if strict { response.strict()? } else { response };
    if response.request_id.is_empty() {
        request_id.clone_into(&mut response.request_id);
    }
    Ok(Some(Event { name: event, id, response }))
}

/// Returns the error that the data is if it has none of the documented members, but a code and a message: `{"code": …, "message": …}`,
/// without an `Error` around them. Returns `error` otherwise.
fn bare_error(data: &[u8], error: DecodeError) -> DecodeError {
    let DecodeError::Body(body) = &error else { return error };
    if !matches!(body.problem, BodyProblem::NoKnownMember { .. }) {
        return error;
    }
    match ErrorMember::of(data) {
        // Services also send the code 0 for success.
        Some(ErrorMember { code: Some(code), message, .. }) if code != "0" && !message.is_empty() => {
            let request_id = body.request_id.clone();
            DecodeError::Api(ApiError { code: clean(code, CODE).into(), message, request_id, status: body.status })
        }
        _ => error,
    }
}

/// Whether the data is a whole body: an object with a `Response`, which an error in a stream may be, or an error in the older format.
fn is_envelope(text: &str, found: &Outline<'_>, spec: &'static ModelSpec) -> bool {
    if spec.param("Response").is_some() {
        return false;
    }
    let first = text.strip_prefix('{').map(str::trim_start).and_then(|rest| rest.strip_prefix("\"Response\""));
    let begins = first.is_some_and(|rest| rest.trim_start().starts_with(':'));
    let is_response = found.content.is_some() && (found.others == 0 || found.request_id.is_some());
    begins || is_response || found.legacy.is_some()
}
