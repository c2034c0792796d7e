//! Responses: decoding a body, the value and what is reported beside it, and the errors.

mod answer;
mod api_error;
mod body_error;
mod coercion;
mod decode;
mod difference;
mod envelope;
mod error_member;
mod rewrite;
mod scalars;
mod scan;
pub mod sse;
#[cfg(test)]
mod tests;
mod times;

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use zeroize::Zeroizing;

pub use answer::Answer;
pub use api_error::ApiError;
pub(crate) use body_error::DecodeError;
pub use body_error::{BodyError, BodyProblem};
pub use coercion::Coercion;
pub(crate) use decode::{decode, decode_shared, is_sensitive};

use coercion::Coercions;
use decode::without_mark;
use difference::{Differences, Hint};

use crate::spec::ModelSpec;

/// Reads the content of a `Response` by its spec, without a struct. Returns the coercions, or a message about the first
/// required member that cannot be read.
pub(crate) fn read_by_spec(content: &[u8], model: &'static ModelSpec) -> Result<Vec<Coercion>, String> {
    use rewrite::RewriteError;
    match rewrite::rewrite(content, model) {
        Ok((_, coercions)) => Ok(coercions.first().to_vec()),
        Err(RewriteError::Mismatch { path, expected, found }) => {
            Err(format!("`{path}` is {found} instead of {expected}"))
        }
        Err(RewriteError::TooDeep) => Err("it has more than 127 levels".to_owned()),
        Err(RewriteError::Malformed) => Err("it is not JSON".to_owned()),
    }
}

/// Reads untyped JSON that may have invalid texts. The copies of the text are overwritten, because it may contain a secret.
pub(crate) fn read_leniently(text: &[u8]) -> Option<serde_json::Value> {
    if !scan::is_json(text) {
        return None;
    }
    let (rewritten, _) = rewrite::rewrite_untyped(text).ok()?;
    let rewritten = Zeroizing::new(rewritten);
    match serde_json::from_str(&rewritten) {
        Ok(serde_json::Value::Object(mut envelope)) => envelope.remove("Response"),
        _ => None,
    }
}

/// The response of an action: the value, the id of the request, and differences from the documentation.
///
/// It dereferences to the value: `found.total_count` is a member of the response.
///
/// ```
/// use tc_core::Response;
/// let body = br#"{"Response": {"Total": 3, "RequestId": "7d80775f"}}"#;
/// let response = Response::<serde_json::Value>::decode(200, body)?;
/// assert_eq!(response["Total"], 3);
/// assert_eq!(response.request_id(), "7d80775f");
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

/// The body of a response. Kept only if its members differ from those of the struct.
#[derive(Clone)]
struct Source {
    body: Bytes,
    spec: &'static ModelSpec,
}

impl Source {
    /// Compares a body with its spec.
    fn differences(body: &[u8], spec: &'static ModelSpec) -> Differences {
        let outline = error_member::outline(without_mark(body)).unwrap_or_default();
        outline.content.map_or_else(Differences::default, |content| difference::differences(content, spec))
    }
}

impl<T> Response<T> {
    /// Returns the id of the request, which the support of the cloud needs to find it. Empty if the server sent none.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// Creates a response, for tests.
    ///
    /// ```
    /// let response = tc_core::Response::new(serde_json::json!({"Total": 3}), "7d80775f");
    /// assert_eq!(response["Total"], 3);
    /// assert_eq!(response.request_id(), "7d80775f");
    /// ```
    pub fn new(value: T, request_id: impl Into<String>) -> Self {
        let (request_id, coercions) = (request_id.into(), Coercions::default());
        Self { value, request_id, status: 200, attempts: 1, coercions, deprecated_warning: None, source: None }
    }

    /// Returns the value.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Returns the number of attempts; 1 if the first one succeeded.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the first hundred values that did not have their documented type, and how each was read.
    ///
    /// The list also has members that are absent while the response has one whose name differs only in case: the name in the
    /// struct is probably misspelt.
    pub fn coercions(&self) -> &[Coercion] {
        self.coercions.first()
    }

    /// Returns the number of all coercions; [`coercions`](Self::coercions) has only the first hundred.
    pub fn coercion_count(&self) -> usize {
        self.coercions.count()
    }

    /// Returns the paths of the members that the response does not have, and that were read as 0, false, "" or an empty list:
    /// `InstanceSet.0.Cpu`. At most a hundred.
    ///
    /// An absent member is not an error, because the cloud omits empty members. If a member is absent from every response, its
    /// name in the struct is probably misspelt: see [`hints`](Self::hints). Absent `Option`s are not listed, because the value
    /// shows them.
    ///
    /// The function reads the body of the response again. The body is kept if its members differ from those of the struct,
    /// until the response is dropped or consumed by [`into_inner`](Self::into_inner).
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
    /// let response = Response::<Size>::decode(200, br#"{"Response": {"CPU": 4, "Memory": 8, "RequestId": "1"}}"#)?;
    /// assert_eq!((response.cpu, response.memory), (0, 8));
    /// assert_eq!(response.missing(), ["Cpu"]);
    /// assert_eq!(response.unread(), ["CPU"]);
    /// assert_eq!(response.hints(), ["the response has `CPU`, and `cpu` reads `Cpu`: write `#[tc(name = \"CPU\")]`"]);
    /// # Ok::<(), tc_core::Error>(())
    /// ```
    pub fn missing(&self) -> Vec<String> {
        self.differences().missing
    }

    /// Returns the paths of the members that the struct does not have. At most a hundred. Like [`missing`](Self::missing), the
    /// function reads the body again.
    pub fn unread(&self) -> Vec<String> {
        self.differences().unread
    }

    /// Returns what to write in the struct if an absent member and an unread one differ only in case or word separators, such
    /// as `Cpu` and `CPU`.
    pub fn hints(&self) -> Vec<String> {
        self.differences().hints.iter().map(Hint::advice).collect()
    }

    fn differences(&self) -> Differences {
        self.source.as_ref().map_or_else(Differences::default, |source| Source::differences(&source.body, source.spec))
    }

    /// Returns the warning of the server that the action is deprecated.
    pub fn deprecated_warning(&self) -> Option<&str> {
        self.deprecated_warning.as_deref()
    }

    /// Converts the value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        let Self { value, request_id, status, attempts, coercions, deprecated_warning, source } = self;
        Response { value: change(value), request_id, status, attempts, coercions, deprecated_warning, source }
    }

    /// Sets the id of the request, from the headers of the response, if the body had none.
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

/// Compares everything except the body that was kept.
impl<T: PartialEq> PartialEq for Response<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
            && (&self.request_id, self.attempts, &self.coercions, &self.deprecated_warning)
                == (&other.request_id, other.attempts, &other.coercions, &other.deprecated_warning)
    }
}

/// Does not show the body, which may have sensitive members.
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
