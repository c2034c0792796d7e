//! From status and bytes to a response or the reason why not: strict first, bent once if that fails.

use std::fmt;

use super::Response;
use super::answer::Answer;
use super::api_error::ApiError;
use super::bend::{Mismatch, bend};
use super::envelope::{Content, Envelope};
use crate::spec::{ModelSpec, Type};

/// A body that is no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum DecodeError {
    /// The server refused the request.
    Api(ApiError),
    /// The body could not be read as an answer.
    Body(BodyError),
}

/// Why a body could not be read, with what was seen of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyError {
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    pub(crate) problem: BodyProblem,
    pub(crate) excerpt: Option<String>,
}

/// What is wrong with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyProblem {
    /// There is nothing in it.
    Empty,
    /// It is no JSON, or ends early.
    NotJson {
        /// What the JSON reader says.
        reason: String,
    },
    /// It is JSON without an object called `Response`.
    NoResponse,
    /// It has members, but none of those the action answers with.
    Foreign {
        /// The first of them.
        member: String,
    },
    /// A member is of a shape that cannot be read as the documented one.
    Mismatch {
        /// Where: `PersonSet.0.FaceInfoSet`.
        path: String,
        /// What the documentation says: "a list".
        expected: &'static str,
        /// What arrived, as JSON; only its kind where it is sensitive.
        found: String,
    },
    /// The HTTP status is an error's, and the body says no more.
    Status,
}

impl BodyError {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// What is wrong with the body.
    pub fn problem(&self) -> &BodyProblem {
        &self.problem
    }

    /// The beginning of the body. None where the answer has a sensitive member, or is JSON of an action
    /// nobody modelled.
    pub fn excerpt(&self) -> Option<&str> {
        self.excerpt.as_deref()
    }

    /// Whether another attempt may bring a better body: the server failed, or the body ended early.
    pub(crate) fn is_transient(&self) -> bool {
        match self.status {
            429 | 500.. => true,
            // A redirect has no body to be cut off; whoever sent it will send it again.
            300.. => false,
            _ => matches!(self.problem, BodyProblem::Empty | BodyProblem::NotJson { .. }),
        }
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.problem {
            BodyProblem::Empty | BodyProblem::NotJson { .. } if (300..400).contains(&self.status) => {
                f.write_str("the server redirects elsewhere, and no redirect is followed: check the endpoint")?;
            }
            BodyProblem::Empty => f.write_str("the server answered with an empty body")?,
            BodyProblem::NotJson { reason } => write!(f, "the server answered with a body that is no JSON ({reason})")?,
            BodyProblem::NoResponse => f.write_str("the server answered with JSON that has no `Response`")?,
            BodyProblem::Foreign { member } => {
                write!(f, "the server answered with `{member}`, and with no member of this action's response")?;
            }
            BodyProblem::Mismatch { path, expected, found } => {
                write!(f, "`{path}` of the answer is documented as {expected}, and arrived as {found}")?;
            }
            BodyProblem::Status => f.write_str("the server answered with an HTTP error")?,
        }
        write!(f, "; HTTP status {}", self.status)?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {id}")?;
        }
        match &self.excerpt {
            Some(excerpt) => write!(f, ", body: {excerpt}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for BodyError {}

/// Decodes `body`, which came with the HTTP status `status`.
pub(crate) fn decode<T: Answer>(status: u16, body: &[u8]) -> Result<Response<T>, DecodeError> {
    let mut value = None;
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let reading = Reading { status, body, facts: T::facts() };
    let response = reading.decode(&mut |text| T::read(text, &mut value))?;
    match value {
        Some(value) => Ok(response.map(|()| value)),
        None => Err(reading.problem(BodyProblem::NoResponse, None)),
    }
}

struct Reading<'a> {
    status: u16,
    body: &'a [u8],
    facts: &'static ModelSpec,
}

impl Reading<'_> {
    /// Without the type of the answer, which `read` knows: one decoder serves a thousand actions.
    fn decode(
        &self,
        read: &mut dyn FnMut(&str) -> Result<Envelope, serde_json::Error>,
    ) -> Result<Response<()>, DecodeError> {
        // JSON is UTF-8. Asked of the whole, that costs a tenth of what it costs string by string.
        let text = std::str::from_utf8(self.body)
            .map_err(|error| self.problem(BodyProblem::NotJson { reason: error.to_string() }, None))?;
        // lkeap's answers have a member called `Error`; only a look at the whole tells which it is.
        let own_error = self.facts.param("Error").is_some();
        if own_error && let Some(error) = self.error(text, |members| members == 1) {
            return Err(error);
        }
        match read(text) {
            Ok(envelope) => self.judge(envelope, Vec::new()),
            Err(error) if error.is_data() => {
                if !own_error && let Some(error) = self.error(text, |_| true) {
                    return Err(error);
                }
                let (bent, coercions) = bend(text, self.facts).map_err(|mismatch| self.mismatch(mismatch))?;
                let envelope = read(&bent).map_err(|error| self.not_read(&error))?;
                self.judge(envelope, coercions)
            }
            Err(error) => Err(self.not_read(&error)),
        }
    }

    fn judge(&self, envelope: Envelope, coercions: Vec<super::Coercion>) -> Result<Response<()>, DecodeError> {
        let Some(content) = envelope.content else {
            return Err(match envelope.legacy {
                Some((code, message)) => self.api(code, message, None),
                None => self.problem(BodyProblem::NoResponse, None),
            });
        };
        let Content { request_id, error, warning, foreign, .. } = content;
        if let Some((code, message)) = error {
            return Err(self.api(code, message, request_id));
        }
        if !(200..300).contains(&self.status) {
            return Err(self.problem(BodyProblem::Status, request_id));
        }
        if let Some(member) = foreign {
            return Err(self.problem(BodyProblem::Foreign { member }, request_id));
        }
        Ok(Response {
            value: (),
            request_id: request_id.unwrap_or_default(),
            attempts: 1,
            coercions,
            deprecated_warning: warning,
        })
    }

    /// The error in a body, whatever the type of the answer, where the number of members beside `RequestId` allows.
    fn error(&self, text: &str, allows: fn(usize) -> bool) -> Option<DecodeError> {
        let envelope = <serde_json::Value as Answer>::read(text, &mut None).ok()?;
        let content = envelope.content?;
        let (code, message) = content.error?;
        allows(content.members).then(|| self.api(code, message, content.request_id))
    }

    fn api(&self, code: String, message: String, request_id: Option<String>) -> DecodeError {
        DecodeError::Api(ApiError { code: code.into(), message, request_id, status: self.status })
    }

    fn mismatch(&self, mismatch: Mismatch) -> DecodeError {
        let Mismatch { path, expected, found, request_id } = mismatch;
        if path.is_empty() {
            return self.problem(BodyProblem::NoResponse, request_id);
        }
        self.problem(BodyProblem::Mismatch { path, expected, found }, request_id)
    }

    fn not_read(&self, error: &serde_json::Error) -> DecodeError {
        let problem = if self.body.iter().all(u8::is_ascii_whitespace) {
            BodyProblem::Empty
        } else if error.is_data() && self.facts.name != "()" {
            // Bent, and still not readable: a required time that is not there at all.
            BodyProblem::Mismatch { path: self.facts.name.to_owned(), expected: "complete", found: error.to_string() }
        } else {
            BodyProblem::NotJson { reason: error.to_string() }
        };
        self.problem(problem, None)
    }

    fn problem(&self, problem: BodyProblem, request_id: Option<String>) -> DecodeError {
        // Of an action nobody modelled nobody said what is sensitive: a page of HTML is shown, JSON is not.
        let unknown = self.facts.params.is_empty() && self.body.trim_ascii_start().starts_with(b"{");
        let shown = !unknown && !has_sensitive(self.facts, 0) && !self.body.is_empty();
        let excerpt = shown.then(|| excerpt(self.body));
        DecodeError::Body(BodyError { status: self.status, request_id, problem, excerpt })
    }
}

/// The beginning of a body, fit to be printed on one line.
fn excerpt(body: &[u8]) -> String {
    const SHOWN: usize = 200;
    let text = String::from_utf8_lossy(&body[..body.len().min(4 * SHOWN)]);
    let mut shown: String = text.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    if shown.len() < body.len() {
        shown.push('…');
    }
    shown
}

/// Whether any member below is sensitive. Models contain themselves, so the look has a depth.
fn has_sensitive(model: &ModelSpec, depth: usize) -> bool {
    model.params.iter().any(|param| {
        param.sensitive
            || match param.ty {
                Type::Model(nested) if depth < 6 => has_sensitive(nested.get(), depth + 1),
                _ => false,
            }
    })
}
