//! From status and bytes to a response or the reason why not: strict first, bent once if that fails.

use std::fmt;

use bytes::Bytes;

use super::answer::Answer;
use super::api_error::ApiError;
use super::bend::{Unbent, bend, bend_json};
use super::coercion::Coercions;
use super::difference::{Differences, Hint};
use super::envelope::{Content, Envelope};
use super::refusal::{Outline, Refusal, outline};
use super::scan::excerpt;
use super::{Response, Source};
use crate::model::Reading;
use crate::spec::{ModelSpec, Type};
use crate::text::{clean, shown};

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
    /// There is an `Error` in it that has no code: the server refused the request, and did not say why in the usual form.
    Refused {
        /// What it is, as JSON.
        error: String,
    },
    /// It is nested more deeply than 127 levels.
    TooDeep,
    /// Its value would take more memory than the length of the body explains.
    Memory,
    /// It differs from its struct, and the client accepts no difference: see
    /// [`strict_answers`](crate::ClientBuilder::strict_answers).
    Differs {
        /// What differs, one sentence each: members that are [missing](Response::missing) or [not read](Response::unread),
        /// [hints](Response::hints), and [coercions](Response::coercions).
        differences: Vec<String>,
    },
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
    pub(crate) fn is_retryable(&self) -> bool {
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
            BodyProblem::Refused { error } => {
                write!(f, "the server answered with an error that has no code: `Error` is {error}")?;
            }
            BodyProblem::TooDeep => f.write_str("the server answered with JSON of more than 127 levels")?,
            BodyProblem::Memory => {
                f.write_str("the value of the answer would take more than 32 times its length in memory")?;
            }
            BodyProblem::Differs { differences } => {
                const SHOWN: usize = 10;
                f.write_str("the answer differs from its struct, and strict answers were asked for: ")?;
                for (index, difference) in differences.iter().take(SHOWN).enumerate() {
                    write!(f, "{}{difference}", if index == 0 { "" } else { "; " })?;
                }
                if differences.len() > SHOWN {
                    write!(f, "; and {} more", differences.len() - SHOWN)?;
                }
            }
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
    decode_and_keep(status, body, &|| Bytes::copy_from_slice(body))
}

/// The same for a body that can be kept without copying it.
pub(crate) fn decode_shared<T: Answer>(status: u16, body: &Bytes) -> Result<Response<T>, DecodeError> {
    decode_and_keep(status, body, &|| body.clone())
}

fn decode_and_keep<T: Answer>(status: u16, body: &[u8], keep: &dyn Fn() -> Bytes) -> Result<Response<T>, DecodeError> {
    let mut value = None;
    let document = Document { status, body: without_mark(body), spec: T::spec(), free: T::FREE };
    let response = document.decode(&mut |text| T::read(text, &mut value), keep)?;
    match value {
        Some(value) => Ok(response.map(|()| value)),
        None => Err(document.problem(BodyProblem::NoResponse, None)),
    }
}

/// The body without a byte order mark.
pub(super) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// How many bytes of memory the value of a body may take. An answer of the cloud takes two to five times its length;
/// `[{},{},…]` for a list of large structs takes hundreds of times as much.
fn allowed(length: usize) -> usize {
    const TIMES: usize = 32;
    const FREE: usize = 4 << 20;
    length.saturating_mul(TIMES).saturating_add(FREE)
}

/// Reads the whole of a text as an envelope.
type Read<'a> = dyn FnMut(&str) -> Result<Envelope, serde_json::Error> + 'a;

struct Document<'a> {
    status: u16,
    body: &'a [u8],
    spec: &'static ModelSpec,
    free: bool,
}

impl Document<'_> {
    /// Without the type of the answer, which `read` knows: one decoder serves a thousand actions.
    fn decode(&self, read: &mut Read<'_>, keep: &dyn Fn() -> Bytes) -> Result<Response<()>, DecodeError> {
        // lkeap's answers have a member called `Error`; only a look at the whole tells which it is.
        let own_error = !self.free && self.spec.param("Error").is_some();
        if own_error
            && let Ok(Outline { error: Some(refusal), others: 0, request_id, .. }) = outline(self.body)
            && refusal.code.is_some()
        {
            return Err(self.refused(refusal, request_id));
        }
        let reading = Reading::answer(allowed(self.body.len()));
        // JSON is UTF-8. Asked of the whole, that costs a tenth of what it costs string by string.
        let strict = std::str::from_utf8(self.body).ok().map(&mut *read);
        let (envelope, coercions) = match strict {
            Some(Ok(envelope)) if !reading.rounded() => (envelope, Coercions::default()),
            _ if reading.exhausted() => return Err(self.problem(BodyProblem::Memory, None)),
            Some(Err(error)) if error.is_eof() => return Err(self.not_json(Some(&error))),
            strict => {
                reading.again(allowed(self.body.len()));
                match self.second_look(own_error, strict.and_then(Result::err).as_ref(), read) {
                    Err(_) if reading.exhausted() => return Err(self.problem(BodyProblem::Memory, None)),
                    second => second?,
                }
            }
        };
        let (incomplete, near) = (reading.incomplete(), reading.near());
        drop(reading);
        let mut response = self.judge(envelope, coercions)?;
        if near {
            let hints = Source::of(self.body, self.spec).hints;
            hints.iter().filter_map(Hint::coercion).for_each(|coercion| response.coercions.push(|| coercion));
        }
        if incomplete {
            if tracing::enabled!(tracing::Level::DEBUG) {
                self.tell();
            }
            response.source = Some(Box::new(Source { body: keep(), spec: self.spec }));
        }
        Ok(response)
    }

    /// Rewrites the body by the spec and reads it again. `error` is what strict reading said.
    fn second_look(
        &self,
        own_error: bool,
        error: Option<&serde_json::Error>,
        read: &mut Read<'_>,
    ) -> Result<(Envelope, Coercions), DecodeError> {
        let outline = outline(self.body).map_err(|_| self.not_json(error))?;
        if !own_error && let Some(refusal) = outline.error {
            return Err(self.refused(refusal, outline.request_id));
        }
        let Some(content) = outline.content else {
            return Err(match outline.legacy {
                Some((code, message)) => self.api(code, message, None),
                None => self.problem(BodyProblem::NoResponse, None),
            });
        };
        let bent = if self.free { bend_json(content) } else { bend(content, self.spec) };
        let (text, coercions) = bent.map_err(|unbent| match unbent {
            Unbent::Mismatch { path, expected, found } => {
                self.problem(BodyProblem::Mismatch { path, expected, found }, outline.request_id)
            }
            Unbent::TooDeep => self.problem(BodyProblem::TooDeep, outline.request_id),
            Unbent::Malformed => self.not_json(error),
        })?;
        let envelope = read(&text).map_err(|error| self.not_json(Some(&error)))?;
        Ok((envelope, coercions))
    }

    fn judge(&self, envelope: Envelope, coercions: Coercions) -> Result<Response<()>, DecodeError> {
        let Some(content) = envelope.content else {
            return Err(match envelope.legacy {
                Some((code, message)) => self.api(code, message, None),
                None => self.problem(BodyProblem::NoResponse, None),
            });
        };
        let Content { request_id, error, warning, foreign, .. } = content;
        if let Some(refusal) = error {
            return Err(self.refused(*refusal, request_id));
        }
        if !(200..300).contains(&self.status) {
            return Err(self.problem(BodyProblem::Status, request_id));
        }
        if let Some(member) = foreign {
            return Err(self.problem(BodyProblem::Foreign { member: shown(&member, 80) }, request_id));
        }
        Ok(Response {
            value: (),
            request_id: clean(request_id.unwrap_or_default(), ID),
            status: self.status,
            attempts: 1,
            coercions,
            deprecated_warning: warning.map(|warning| clean(warning, 1000)),
            source: None,
        })
    }

    /// Says in the log which members differ: their names, never a value.
    fn tell(&self) {
        let Differences { missing, unread, hints } = Source::of(self.body, self.spec);
        if !missing.is_empty() || !unread.is_empty() || !hints.is_empty() {
            let hints: Vec<String> = hints.iter().map(Hint::advice).collect();
            tracing::debug!(model = self.spec.name, ?missing, ?unread, ?hints, "the answer differs from its struct");
        }
    }

    fn refused(&self, refusal: Refusal, request_id: Option<String>) -> DecodeError {
        match refusal.code {
            Some(code) => self.api(code, refusal.message, request_id),
            None => self.problem(BodyProblem::Refused { error: refusal.found }, request_id),
        }
    }

    fn api(&self, code: String, message: String, request_id: Option<String>) -> DecodeError {
        let request_id = request_id.map(|id| clean(id, ID));
        DecodeError::Api(ApiError { code: clean(code, CODE).into(), message, request_id, status: self.status })
    }

    /// `error` is what the JSON reader said, if it was asked.
    fn not_json(&self, error: Option<&serde_json::Error>) -> DecodeError {
        if self.body.iter().all(u8::is_ascii_whitespace) {
            return self.problem(BodyProblem::Empty, None);
        }
        // It was content with the syntax as far as it came, or it was not asked.
        let again = || serde_json::from_slice::<serde::de::IgnoredAny>(self.body).err();
        let reason = match error.filter(|error| !error.is_data()) {
            Some(error) => error.to_string(),
            None => again()
                .or_else(|| std::str::from_utf8(self.body).err().map(serde::de::Error::custom))
                .map_or_else(|| error.map_or_else(String::new, ToString::to_string), |error| error.to_string()),
        };
        self.problem(BodyProblem::NotJson { reason: shown(&reason, 200) }, None)
    }

    fn problem(&self, problem: BodyProblem, request_id: Option<String>) -> DecodeError {
        // Of an action nobody modelled nobody said what is sensitive: a page of HTML is shown, JSON is not.
        let unknown = self.spec.params.is_empty() && self.body.trim_ascii_start().starts_with(b"{");
        let shown = !unknown && !has_sensitive(self.spec, &mut Vec::new()) && !self.body.is_empty();
        let excerpt = shown.then(|| excerpt(self.body, 200));
        let request_id = request_id.map(|id| clean(id, ID));
        DecodeError::Body(BodyError { status: self.status, request_id, problem, excerpt })
    }
}

/// How many characters of an error code are kept.
const CODE: usize = 200;

/// How many characters of a request's id are kept.
const ID: usize = 200;

/// Whether any member below is sensitive. Models contain themselves, so those seen are remembered.
fn has_sensitive(model: &'static ModelSpec, seen: &mut Vec<*const ModelSpec>) -> bool {
    if seen.len() == 1000 || seen.contains(&std::ptr::from_ref(model)) {
        return false;
    }
    seen.push(model);
    model.params.iter().any(|param| {
        param.sensitive
            || match param.ty {
                Type::Model(nested) => has_sensitive(nested.get(), seen),
                _ => false,
            }
    })
}

impl<T> Response<T> {
    /// This answer, where nothing in it differs from its struct.
    pub(crate) fn strict(self) -> Result<Self, DecodeError> {
        let Differences { missing, unread, hints } = self.differences();
        let missing = missing.iter().map(|path| format!("`{path}` is missing"));
        let unread = unread.iter().map(|path| format!("`{path}` is not read"));
        let coercions = self.coercions().iter().filter(|coercion| coercion.hint.is_none()).map(ToString::to_string);
        let differences: Vec<String> =
            missing.chain(unread).chain(hints.iter().map(Hint::advice)).chain(coercions).collect();
        if differences.is_empty() {
            return Ok(self);
        }
        Err(DecodeError::Body(BodyError {
            status: self.status,
            request_id: Some(self.request_id).filter(|id| !id.is_empty()),
            problem: BodyProblem::Differs { differences },
            excerpt: None,
        }))
    }
}
