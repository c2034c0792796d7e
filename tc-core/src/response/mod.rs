//! What comes back: the envelope, the value in it, and what the server bent on the way.

mod answer;
mod api_error;
mod bend;
mod coercion;
mod decode;
mod difference;
mod envelope;
mod refusal;
mod scan;
pub mod sse;
#[cfg(test)]
mod tests;
mod times;

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;

pub use answer::Answer;
pub use api_error::ApiError;
pub use coercion::Coercion;
pub use decode::{BodyError, BodyProblem};
pub(crate) use decode::{DecodeError, decode, decode_shared};

use coercion::Coercions;
use decode::without_mark;
use difference::{Differences, Hint};

use crate::spec::ModelSpec;

/// Reads the content of a `Response` by its spec alone, for an action that has no struct here: what was coerced, or the
/// first member that cannot be read.
pub(crate) fn read_by_spec(content: &[u8], model: &'static ModelSpec) -> Result<Vec<Coercion>, String> {
    use bend::Unbent;
    match bend::bend(content, model) {
        Ok((_, coercions)) => Ok(coercions.first().to_vec()),
        Err(Unbent::Mismatch { path, expected, found }) => Err(format!("`{path}` is {found} instead of {expected}")),
        Err(Unbent::TooDeep) => Err("it has more than 127 levels".to_owned()),
        Err(Unbent::Malformed) => Err("it is not JSON".to_owned()),
    }
}

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
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    request_id: String,
    status: u16,
    attempts: u32,
    coercions: Coercions,
    deprecated_warning: Option<String>,
    source: Option<Box<Source>>,
}

/// The body that a value was read from. Kept only where the two differ in their members.
#[derive(Clone)]
struct Source {
    body: Bytes,
    spec: &'static ModelSpec,
}

impl Source {
    fn of(body: &[u8], spec: &'static ModelSpec) -> Differences {
        let outline = refusal::outline(without_mark(body)).unwrap_or_default();
        outline.content.map_or_else(Differences::default, |content| difference::differences(content, spec))
    }
}

impl<T> Response<T> {
    /// The id of the request, which support asks for. Empty where the server sent none.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// An answer of this value, as if the server had sent it: for tests.
    ///
    /// ```
    /// let answer = tc_core::Response::new(serde_json::json!({"Total": 3}), "7d80775f");
    /// assert_eq!(answer["Total"], 3);
    /// assert_eq!(answer.request_id(), "7d80775f");
    /// ```
    pub fn new(value: T, request_id: impl Into<String>) -> Self {
        let (request_id, coercions) = (request_id.into(), Coercions::default());
        Self { value, request_id, status: 200, attempts: 1, coercions, deprecated_warning: None, source: None }
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// How many times the call was sent; 1 where the first attempt succeeded.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Where the server broke its own schema and was understood all the same: the first hundred places.
    ///
    /// A member that is absent while one arrived whose name differs only in case is one of them: most probably the struct
    /// spells it wrongly.
    pub fn coercions(&self) -> &[Coercion] {
        self.coercions.first()
    }

    /// How many such places there were.
    pub fn coercion_count(&self) -> usize {
        self.coercions.count()
    }

    /// The paths of the members that the answer lacks and that read as 0, false, "" or an empty list: `InstanceSet.0.Cpu`.
    /// At most a hundred.
    ///
    /// An absent member is no error, since the cloud leaves out what is empty. But if one is absent from every answer, its
    /// name in the struct is probably wrong: see [`hints`](Self::hints). Absent `Option`s are not listed, for the value
    /// itself shows them.
    ///
    /// They are looked for when this is called, in the text of the answer. It is kept for that where the answer and the
    /// struct differ, until the response is dropped or taken apart by [`into_inner`](Self::into_inner).
    ///
    /// ```
    /// use tc_core::{Response, tc_model};
    ///
    /// #[tc_model]
    /// pub struct Size {
    ///     pub cpu: u64, // on the wire: CPU
    ///     pub memory: u64,
    /// }
    ///
    /// let answer = Response::<Size>::decode(200, br#"{"Response": {"CPU": 4, "Memory": 8, "RequestId": "1"}}"#)?;
    /// assert_eq!((answer.cpu, answer.memory), (0, 8));
    /// assert_eq!(answer.missing(), ["Cpu"]);
    /// assert_eq!(answer.unread(), ["CPU"]);
    /// assert_eq!(answer.hints(), ["`CPU` arrived; `cpu` reads `Cpu`: write `#[tc(name = \"CPU\")]`"]);
    /// # Ok::<(), tc_core::Error>(())
    /// ```
    pub fn missing(&self) -> Vec<String> {
        self.differences().missing
    }

    /// The paths of the members that arrived and that the struct does not have. At most a hundred; looked for when this is
    /// called, as [`missing`](Self::missing).
    pub fn unread(&self) -> Vec<String> {
        self.differences().unread
    }

    /// What to write where an absent member and an unread one differ only in case or word breaks, such as `Cpu` and `CPU`.
    pub fn hints(&self) -> Vec<String> {
        self.differences().hints.iter().map(Hint::advice).collect()
    }

    fn differences(&self) -> Differences {
        self.source.as_ref().map_or_else(Differences::default, |source| Source::of(&source.body, source.spec))
    }

    /// The server's word that the action is on its way out.
    pub fn deprecated_warning(&self) -> Option<&str> {
        self.deprecated_warning.as_deref()
    }

    /// The same answer with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        let Self { value, request_id, status, attempts, coercions, deprecated_warning, source } = self;
        Response { value: change(value), request_id, status, attempts, coercions, deprecated_warning, source }
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

/// Two answers are equal where all but the text that they were read from is.
impl<T: PartialEq> PartialEq for Response<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
            && (&self.request_id, self.attempts, &self.coercions, &self.deprecated_warning)
                == (&other.request_id, other.attempts, &other.coercions, &other.deprecated_warning)
    }
}

/// Shows no text of the answer beside its value: what is sensitive would be in it.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("request_id", &self.request_id)
            .field("attempts", &self.attempts)
            .field("coercions", &self.coercions.first())
            .field("deprecated_warning", &self.deprecated_warning)
            .finish_non_exhaustive()
    }
}
