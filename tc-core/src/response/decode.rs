//! Decodes a status and a body: strictly first, and leniently once if that fails.

use std::convert::Infallible;

use bytes::Bytes;

use super::answer::Answer;
use super::api_error::ApiError;
use super::body_error::{BodyError, BodyProblem, DecodeError};
use super::coercion::Coercions;
use super::difference::{Differences, Hint};
use super::envelope::{Content, Envelope};
use super::error_member::{ErrorMember, Outline, outline};
use super::rewrite::{RewriteError, rewrite, rewrite_untyped};
use super::scan::excerpt;
use super::sse::begins_like_events;
use super::{Response, Source};
use crate::cache::Cache;
use crate::model::Reading;
use crate::spec::{ModelRef, ModelSpec, Type};
use crate::text::{clean, shown};

/// Decodes `body`, which came with the HTTP status `status`.
pub(crate) fn decode<T: Answer>(status: u16, body: &[u8]) -> Result<Response<T>, DecodeError> {
    decode_and_keep(status, body, None, &|| Bytes::copy_from_slice(body))
}

/// As [`decode`], without copying the body if the response keeps it. `documented` is the spec of a response that is read as untyped
/// JSON, if the action has one.
pub(crate) fn decode_shared<T: Answer>(
    status: u16,
    body: &Bytes,
    documented: Option<ModelRef>,
) -> Result<Response<T>, DecodeError> {
    decode_and_keep(status, body, documented, &|| body.clone())
}

fn decode_and_keep<T: Answer>(
    status: u16,
    body: &[u8],
    documented: Option<ModelRef>,
    keep: &dyn Fn() -> Bytes,
) -> Result<Response<T>, DecodeError> {
    let mut value = None;
    let spec = T::spec();
    let own_error = if T::UNTYPED { documented.map(ModelRef::get) } else { Some(spec) };
    let own_error = own_error.is_some_and(|spec| spec.param("Error").is_some());
    let document = Document { status, body: without_mark(body), spec, untyped: T::UNTYPED, own_error };
    let response = document.decode(&mut |text| T::read(text, &mut value), keep)?;
    match value {
        Some(value) => Ok(response.map(|()| value)),
        None => Err(document.problem(BodyProblem::NoResponse, None)),
    }
}

/// Removes a byte order mark.
pub(super) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// How many bytes of memory the value of a body of this length may need. A usual response needs two to five times its length;
/// `[{},{},…]` for a list of large structs needs hundreds of times its length.
fn memory_limit(length: usize) -> usize {
    const TIMES: usize = 32;
    const FREE: usize = 4 << 20;
    length.saturating_mul(TIMES).saturating_add(FREE)
}

/// Reads a text as an envelope, and its content as the value of the response.
type ReadEnvelope<'a> = dyn FnMut(&str) -> Result<Envelope, serde_json::Error> + 'a;

struct Document<'a> {
    status: u16,
    body: &'a [u8],
    spec: &'static ModelSpec,
    untyped: bool,
    /// Whether the documented response has a member `Error`, as in lkeap.
    own_error: bool,
}

impl Document<'_> {
    /// Decodes the body. `read` has the type of the response, so that this function is compiled once for all actions.
    fn decode(&self, read: &mut ReadEnvelope<'_>, keep: &dyn Fn() -> Bytes) -> Result<Response<()>, DecodeError> {
        // If the response has a member `Error`, the body is an error response only if it has no other members.
        if self.own_error
            && let Ok(Outline { error: Some(error), others: 0, request_id, .. }) = outline(self.body)
            && error.code.is_some()
        {
            return Err(self.error_response(error, request_id));
        }
        let reading = Reading::response(memory_limit(self.body.len()), self.own_error);
        // Checking UTF-8 once for the whole body takes a tenth of the time of checking it for each string.
        let strict = std::str::from_utf8(self.body).ok().map(&mut *read);
        let (envelope, coercions) = match strict {
            Some(Ok(envelope)) if !reading.rounded() => (envelope, Coercions::default()),
            _ if reading.exhausted() => return Err(self.problem(BodyProblem::Memory, None)),
            Some(Err(error)) if error.is_eof() => return Err(self.not_json(Some(&error))),
            strict => {
                reading.restart(memory_limit(self.body.len()));
                match self.decode_leniently(strict.and_then(Result::err).as_ref(), read) {
                    Err(_) if reading.exhausted() => return Err(self.problem(BodyProblem::Memory, None)),
                    lenient => lenient?,
                }
            }
        };
        let (incomplete, misspelt) = (reading.incomplete(), reading.misspelt());
        drop(reading);
        let mut response = self.response(envelope, coercions)?;
        if misspelt {
            let hints = Source::differences(self.body, self.spec).hints;
            hints.iter().filter_map(Hint::coercion).for_each(|coercion| response.coercions.push(|| coercion));
        }
        if incomplete {
            if tracing::enabled!(tracing::Level::DEBUG) {
                self.log_differences();
            }
            response.source = Some(Box::new(Source { body: keep(), spec: self.spec }));
        }
        Ok(response)
    }

    /// Rewrites the body by the spec and reads it again. `error` is the error of strict reading.
    fn decode_leniently(
        &self,
        error: Option<&serde_json::Error>,
        read: &mut ReadEnvelope<'_>,
    ) -> Result<(Envelope, Coercions), DecodeError> {
        let outline = outline(self.body).map_err(|_| self.not_json(error))?;
        if !self.own_error
            && let Some(error) = outline.error
        {
            return Err(self.error_response(error, outline.request_id));
        }
        let Some(content) = outline.content else {
            return Err(match outline.legacy {
                Some((code, message)) => self.api(code, message, None),
                None => self.problem(BodyProblem::NoResponse, None),
            });
        };
        let rewritten = if self.untyped { rewrite_untyped(content) } else { rewrite(content, self.spec) };
        let (text, coercions) = rewritten.map_err(|problem| match problem {
            RewriteError::Mismatch { path, expected, found } => {
                self.problem(BodyProblem::Mismatch { path, expected, found }, outline.request_id)
            }
            RewriteError::TooDeep => self.problem(BodyProblem::TooDeep, outline.request_id),
            RewriteError::Malformed => self.not_json(error),
        })?;
        let envelope = read(&text).map_err(|error| self.not_json(Some(&error)))?;
        Ok((envelope, coercions))
    }

    /// Returns the response of an envelope, or its error.
    fn response(&self, envelope: Envelope, coercions: Coercions) -> Result<Response<()>, DecodeError> {
        let Envelope { content, legacy, error: beside } = envelope;
        let Content { request_id, error, warning, unknown, .. } = match (content, &beside, &legacy) {
            (Some(content), ..) => content,
            // Without a `Response` the body is an error anyway; the one it contains says more.
            (None, Some(_), _) | (None, _, Some(_)) => Content::default(),
            (None, None, None) => return Err(self.problem(BodyProblem::NoResponse, None)),
        };
        if let Some(error) = error.map(|error| *error).or(beside) {
            return Err(self.error_response(error, request_id));
        }
        if let Some((code, message)) = legacy {
            return Err(self.api(code, message, request_id));
        }
        if !(200..300).contains(&self.status) {
            return Err(self.problem(BodyProblem::Status, request_id));
        }
        if let Some(member) = unknown {
            return Err(self.problem(BodyProblem::NoKnownMember { member: shown(&member, 80) }, request_id));
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

    /// Logs the names of the members that differ, without their values.
    fn log_differences(&self) {
        let Differences { missing, unread, hints } = Source::differences(self.body, self.spec);
        if !missing.is_empty() || !unread.is_empty() || !hints.is_empty() {
            let hints: Vec<String> = hints.iter().map(Hint::advice).collect();
            tracing::debug!(model = self.spec.name, ?missing, ?unread, ?hints, "the response differs from its struct");
        }
    }

    fn error_response(&self, error: ErrorMember, request_id: Option<String>) -> DecodeError {
        match error.code {
            Some(code) => self.api(code, error.message, request_id),
            None => self.problem(BodyProblem::ErrorWithoutCode { error: error.found }, request_id),
        }
    }

    fn api(&self, code: String, message: String, request_id: Option<String>) -> DecodeError {
        let request_id = request_id.map(|id| clean(id, ID));
        DecodeError::Api(ApiError { code: clean(code, CODE).into(), message, request_id, status: self.status })
    }

    /// The problem of a body that is not JSON. `error` is that of the JSON parser, if it ran.
    fn not_json(&self, error: Option<&serde_json::Error>) -> DecodeError {
        if self.body.iter().all(u8::is_ascii_whitespace) {
            return self.problem(BodyProblem::Empty, None);
        }
        if (200..300).contains(&self.status) && begins_like_events(self.body) {
            return self.problem(BodyProblem::EventStream, None);
        }
        // The error may be about a type, and not about the syntax.
        let syntax_error = || serde_json::from_slice::<serde::de::IgnoredAny>(self.body).err();
        let reason = match error.filter(|error| !error.is_data()) {
            Some(error) => error.to_string(),
            None => syntax_error()
                .or_else(|| std::str::from_utf8(self.body).err().map(serde::de::Error::custom))
                .map_or_else(|| error.map_or_else(String::new, ToString::to_string), |error| error.to_string()),
        };
        self.problem(BodyProblem::NotJson { reason: shown(&reason, 200) }, None)
    }

    fn problem(&self, problem: BodyProblem, request_id: Option<String>) -> DecodeError {
        // Without a spec, every member of JSON may be sensitive; HTML has no members.
        let begins_with = |start| self.body.trim_ascii_start().starts_with(start);
        let unknown = self.spec.params.is_empty() && begins_with(b"{");
        let shown = begins_with(b"<") || (!unknown && !is_sensitive(self.spec) && !self.body.is_empty());
        let excerpt = shown.then(|| excerpt(self.body, 200));
        let request_id = request_id.map(|id| clean(id, ID));
        DecodeError::Body(BodyError { status: self.status, request_id, problem, excerpt })
    }
}

/// How many characters of an error code are kept.
pub(super) const CODE: usize = 200;

/// How many characters of a request's id are kept.
const ID: usize = 200;

/// Whether a response type has a sensitive member, at any depth.
pub(crate) fn is_sensitive(model: &'static ModelSpec) -> bool {
    // Every decoded response asks this, so the models of a type are visited only the first time.
    static FOUND: Cache<usize, bool> = Cache::new(256);
    let address = std::ptr::from_ref(model).addr();
    let found =
        FOUND.get(|key| *key == address, || Ok::<_, Infallible>((address, has_sensitive(model, &mut Vec::new()))));
    let Ok(found) = found;
    found
}

/// Models may contain themselves, so `seen` lists those visited.
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
    /// Returns the response if it does not differ from its struct, or else an error that lists the differences.
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
