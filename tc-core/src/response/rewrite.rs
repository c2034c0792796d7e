//! Lenient reading: rewrites a body that could not be read strictly, by the spec, and reports every change.
//!
//! The text is rewritten in one pass, so that no number is converted to a float. Deeper nesting than serde_json accepts is an
//! error.

use super::coercion::{Coercion, Coercions};
use super::scalars::{self, Scalar, expected, is_exact, quoted, range};
use super::scan::{self, Malformed, Scanner, excerpt, is_number, kind};
use crate::model::{Members, needs_time, push_name};
use crate::spec::{ModelSpec, ParamSpec, Shape, Type};
use crate::text::shown;

/// How many characters of a value a coercion shows.
const SHOWN: usize = 80;

/// What [`Coercion::read_as`] returns for an item that was left out.
const NOTHING: &str = "nothing";

/// Why a body cannot be rewritten.
pub(super) enum RewriteError {
    /// A required member cannot be read.
    Mismatch { path: String, expected: &'static str, found: String },
    /// It is nested more deeply than serde_json reads.
    TooDeep,
    /// It is not JSON.
    Malformed,
}

impl From<Malformed> for RewriteError {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

/// Rewrites the content of a `Response` so that it can be read strictly as `model`. The result is a complete body.
pub(super) fn rewrite(content: &[u8], model: &'static ModelSpec) -> Result<(String, Coercions), RewriteError> {
    rewrite_with(content, |rewriter| rewriter.object(model, true))
}

/// Rewrites the content of a `Response` that is read as untyped JSON, so that no number is rounded and every text is valid.
pub(super) fn rewrite_untyped(content: &[u8]) -> Result<(String, Coercions), RewriteError> {
    // Without a spec, every member may be sensitive.
    rewrite_with(content, |rewriter| rewriter.json(true))
}

fn rewrite_with(
    content: &[u8],
    write: impl FnOnce(&mut Rewriter<'_>) -> Result<(), RewriteError>,
) -> Result<(String, Coercions), RewriteError> {
    let mut rewriter = Rewriter {
        scanner: Scanner::new(content),
        out: String::with_capacity(content.len() + 16),
        path: String::new(),
        // The object of the envelope is the first level.
        depth: 1,
        coercions: Coercions::default(),
    };
    rewriter.out.push_str("{\"Response\":");
    write(&mut rewriter)?;
    rewriter.out.push('}');
    Ok((rewriter.out, rewriter.coercions))
}

struct Rewriter<'a> {
    scanner: Scanner<'a>,
    out: String,
    path: String,
    depth: usize,
    coercions: Coercions,
}

/// Whether a value was written.
#[derive(PartialEq)]
enum Outcome {
    Written,
    /// It cannot be read.
    Unreadable,
}

impl Rewriter<'_> {
    /// Rewrites an object, whose first byte is next.
    fn object(&mut self, model: &'static ModelSpec, envelope: bool) -> Result<(), RewriteError> {
        match self.nested(|rewriter| rewriter.members(model, envelope))? {
            None => Ok(()),
            // A required time has no empty value.
            Some(absent) => Err(self.below(absent.name, |rewriter| rewriter.mismatch(absent, expected(absent), b""))),
        }
    }

    /// Rewrites the members of an object, and returns the first absent member that has no empty value.
    fn members(
        &mut self,
        model: &'static ModelSpec,
        envelope: bool,
    ) -> Result<Option<&'static ParamSpec>, RewriteError> {
        self.scanner.enter();
        self.out.push('{');
        let mut members = Members::of(model);
        let (mut first, mut written) = (true, false);
        while self.scanner.more(&mut first, b'}')? {
            let (name, _) = scan::text(self.scanner.name()?);
            let found = members.find(&name);
            let common = envelope && matches!(&*name, "RequestId" | "DeprecatedWarning");
            if found.is_none() && !envelope {
                members.unknown(&name);
                self.scanner.value()?;
                continue;
            }
            if std::mem::replace(&mut written, true) {
                self.out.push(',');
            }
            self.out.push_str(&quoted(&name));
            self.out.push(':');
            match found {
                Some(index) => self.below(&name, |rewriter| rewriter.member(&model.params[index]))?,
                None if common => self.below(&name, Self::common)?,
                // The envelope must see that there is another member, but not its value.
                None => {
                    self.scanner.value()?;
                    self.out.push_str("null");
                }
            }
        }
        self.out.push('}');
        // The reader of the rewritten text cannot see that an unknown member was left out.
        members.note();
        // A response with none of the action's members is reported by the envelope.
        Ok(if envelope && !members.any() { None } else { members.absent_time() })
    }

    /// Rewrites the value of a member. An optional one that cannot be read becomes absent or empty.
    fn member(&mut self, param: &'static ParamSpec) -> Result<(), RewriteError> {
        let next = self.scanner.peek();
        if param.is_list() && next == Some(b'[') {
            return self.nested(|rewriter| rewriter.items(param));
        }
        let start = self.out.len();
        let (count, empty) = (self.coercions.count(), if param.shape == Shape::Many { "[]" } else { "null" });
        let optional = if param.is_list() { !param.required } else { param.shape == Shape::Maybe };
        let from = self.scanner.position();
        if param.is_list() {
            if self.scanner.value()? == b"null" {
                self.out.push_str("null");
                return Ok(());
            }
        } else if self.one(param, optional)? == Outcome::Written {
            return Ok(());
        }
        let raw = self.scanner.since(from);
        if !optional {
            let expected = if param.is_list() { "a list" } else { expected(param) };
            return Err(self.mismatch(param, expected, raw));
        }
        self.out.truncate(start);
        self.coercions.truncate(count);
        self.out.push_str(empty);
        self.report(if param.is_list() { "a list" } else { expected(param) }, raw, empty, param.sensitive);
        Ok(())
    }

    /// Rewrites the items of a list. An item that cannot be read is left out, unless the list is required.
    fn items(&mut self, param: &'static ParamSpec) -> Result<(), RewriteError> {
        self.scanner.enter();
        self.out.push('[');
        let (mut first, mut written, mut index) = (true, false, 0_usize);
        while self.scanner.more(&mut first, b']')? {
            let (start, count) = (self.out.len(), self.coercions.count());
            if written {
                self.out.push(',');
            }
            self.below(itoa::Buffer::new().format(index), |rewriter| {
                rewriter.scanner.peek();
                let from = rewriter.scanner.position();
                if rewriter.one(param, false)? == Outcome::Written {
                    written = true;
                    return Ok(());
                }
                let raw = rewriter.scanner.since(from);
                if param.required {
                    return Err(rewriter.mismatch(param, expected(param), raw));
                }
                rewriter.out.truncate(start);
                rewriter.coercions.truncate(count);
                rewriter.report(expected(param), raw, NOTHING, param.sensitive);
                Ok(())
            })?;
            index += 1;
        }
        self.out.push(']');
        Ok(())
    }

    /// Rewrites a value that is not a list.
    fn one(&mut self, param: &'static ParamSpec, optional: bool) -> Result<Outcome, RewriteError> {
        let next = self.scanner.peek();
        if matches!(param.ty, Type::Json) {
            return self.json(param.sensitive).map(|()| Outcome::Written);
        }
        if let (Type::Model(nested), Some(b'{')) = (param.ty, next) {
            return match self.nested(|rewriter| rewriter.members(nested.get(), false))? {
                None => Ok(Outcome::Written),
                Some(_) if optional => Ok(Outcome::Unreadable),
                Some(absent) => {
                    Err(self.below(absent.name, |rewriter| rewriter.mismatch(absent, expected(absent), b"")))
                }
            };
        }
        let raw = self.scanner.value()?;
        if raw == b"null" && optional {
            self.out.push_str("null");
            return Ok(Outcome::Written);
        }
        let read = match param.ty {
            Type::Model(nested) if raw == b"null" && !nested.get().params.iter().any(needs_time) => {
                Scalar::Coerced("{}".to_owned())
            }
            Type::Model(_) => Scalar::Unreadable,
            _ => scalars::read(param.ty, raw, optional),
        };
        match read {
            Scalar::Unchanged => self.unchanged(raw, param.sensitive),
            Scalar::Coerced(json) => self.coerced(expected(param), raw, &json, param.sensitive),
            Scalar::Unreadable => return Ok(Outcome::Unreadable),
        }
        Ok(Outcome::Written)
    }

    /// Rewrites `RequestId` or `DeprecatedWarning`, which are texts.
    fn common(&mut self) -> Result<(), RewriteError> {
        let raw = self.scanner.value()?;
        match scalars::read(Type::String, raw, true) {
            Scalar::Coerced(json) => self.coerced("text", raw, &json, false),
            Scalar::Unchanged => self.unchanged(raw, false),
            Scalar::Unreadable => self.out.push_str("null"),
        }
        Ok(())
    }

    /// Rewrites untyped JSON: an invalid text is corrected, and a number beyond 64 bits becomes a text.
    fn json(&mut self, sensitive: bool) -> Result<(), RewriteError> {
        match self.scanner.peek() {
            Some(b'{') => self.nested(|rewriter| {
                rewriter.scanner.enter();
                rewriter.out.push('{');
                let (mut first, mut written) = (true, false);
                while rewriter.scanner.more(&mut first, b'}')? {
                    let (name, _) = scan::text(rewriter.scanner.name()?);
                    if std::mem::replace(&mut written, true) {
                        rewriter.out.push(',');
                    }
                    rewriter.out.push_str(&quoted(&name));
                    rewriter.out.push(':');
                    rewriter.below(&shown(&name, SHOWN), |rewriter| rewriter.json(sensitive))?;
                }
                rewriter.out.push('}');
                Ok(())
            }),
            Some(b'[') => self.nested(|rewriter| {
                rewriter.scanner.enter();
                rewriter.out.push('[');
                let (mut first, mut index) = (true, 0_usize);
                while rewriter.scanner.more(&mut first, b']')? {
                    if index > 0 {
                        rewriter.out.push(',');
                    }
                    rewriter.below(itoa::Buffer::new().format(index), |rewriter| rewriter.json(sensitive))?;
                    index += 1;
                }
                rewriter.out.push(']');
                Ok(())
            }),
            _ => {
                let raw = self.scanner.value()?;
                if is_number(raw) && !is_exact(raw) {
                    let text = quoted(&String::from_utf8_lossy(raw));
                    self.coerced("a number of 64 bits", raw, &text, sensitive);
                } else {
                    self.unchanged(raw, sensitive);
                }
                Ok(())
            }
        }
    }

    /// Writes a value that has the documented type. Invalid characters of a text are replaced.
    fn unchanged(&mut self, raw: &[u8], sensitive: bool) {
        if raw.first() != Some(&b'"') {
            self.out.push_str(&String::from_utf8_lossy(raw));
            return;
        }
        let (text, exact) = scan::text(raw);
        if exact && let Ok(raw) = std::str::from_utf8(raw) {
            self.out.push_str(raw);
        } else {
            let json = quoted(&text);
            self.coerced("text", raw, &json, sensitive);
        }
    }

    /// Writes `json` in place of `raw`, and reports it.
    fn coerced(&mut self, expected: &'static str, raw: &[u8], json: &str, sensitive: bool) {
        self.report(expected, raw, json, sensitive);
        self.out.push_str(json);
    }

    fn report(&mut self, expected: &'static str, raw: &[u8], json: &str, sensitive: bool) {
        let path = &self.path;
        self.coercions.push(|| {
            let show = |raw: &[u8]| if sensitive { kind(raw).to_owned() } else { excerpt(raw, SHOWN) };
            let read_as = if json == NOTHING { json.to_owned() } else { show(json.as_bytes()) };
            Coercion { path: path.clone(), expected, found: show(raw), read_as, hint: None }
        });
    }

    fn mismatch(&self, param: &ParamSpec, expected: &'static str, raw: &[u8]) -> RewriteError {
        let found = if param.sensitive || raw.is_empty() { kind(raw).to_owned() } else { excerpt(raw, SHOWN) };
        let expected = if param.is_list() { expected } else { range(param, raw).unwrap_or(expected) };
        RewriteError::Mismatch { path: self.path.clone(), expected, found }
    }

    /// Calls `inside` with `name` at the end of the path.
    fn below<T>(&mut self, name: &str, inside: impl FnOnce(&mut Self) -> T) -> T {
        let len = push_name(&mut self.path, name);
        let result = inside(self);
        self.path.truncate(len);
        result
    }

    /// Calls `inside` one level deeper.
    fn nested<T>(&mut self, inside: impl FnOnce(&mut Self) -> Result<T, RewriteError>) -> Result<T, RewriteError> {
        // serde_json accepts 127 levels.
        if self.depth == 127 {
            return Err(RewriteError::TooDeep);
        }
        self.depth += 1;
        let result = inside(self);
        self.depth -= 1;
        result
    }
}
