//! What comes back: the envelope, the value in it, and what the server bent on the way.

mod answer;
mod api_error;
mod bend;
mod coercion;
mod decode;
mod envelope;
pub mod sse;
#[cfg(test)]
mod tests;

use std::ops::Deref;

pub use answer::Answer;
pub use api_error::ApiError;
pub use coercion::Coercion;
pub use decode::{BodyError, BodyProblem};
pub(crate) use decode::{DecodeError, decode};

/// The answer of an action: its value, and what came with it.
///
/// It dereferences to the value, so `found.total_count` reads the answer and `found.request_id()` its envelope.
///
/// ```
/// use tc_core::Response;
/// let body = br#"{"Response": {"Total": 3, "RequestId": "7d80775f"}}"#;
/// let answer = Response::<serde_json::Value>::decode(200, body)?;
/// assert_eq!(answer["Total"], 3);
/// assert_eq!(answer.request_id(), "7d80775f");
/// # Ok::<(), tc_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Response<T> {
    value: T,
    request_id: String,
    attempts: u32,
    coercions: Vec<Coercion>,
    deprecated_warning: Option<String>,
}

impl<T> Response<T> {
    /// The id of the request, which support asks for. Empty where the server sent none.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// How many times the call was sent; 1 where the first attempt succeeded.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Where the server broke its own schema and was understood all the same.
    pub fn coercions(&self) -> &[Coercion] {
        &self.coercions
    }

    /// The server's word that the action is on its way out.
    pub fn deprecated_warning(&self) -> Option<&str> {
        self.deprecated_warning.as_deref()
    }

    /// The same answer with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        let Self { value, request_id, attempts, coercions, deprecated_warning } = self;
        Response { value: change(value), request_id, attempts, coercions, deprecated_warning }
    }

    /// Takes over the id of the request from the head of the response, where the body had none.
    pub(crate) fn or_request_id(&mut self, id: &str) {
        if self.request_id.is_empty() {
            id.clone_into(&mut self.request_id);
        }
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
