//! The second look at a body that could not be read strictly: rewritten once, by the spec, with every change reported.
//!
//! It works on the text, so that no number passes through a float. One pass over the bytes, and as deep as serde_json
//! reads.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::coercion::{Coercion, Coercions};
use super::scan::{self, Malformed, Scanner, excerpt, is_number, kind};
use super::times;
use crate::model::{Members, is_rounded, needs_time, parse_time};
use crate::spec::{ModelSpec, ParamSpec, Shape, Type};
use crate::text::shown;

/// How many characters of a value a report shows.
const SHOWN: usize = 80;

/// Why a body cannot be rewritten.
pub(super) enum Unbent {
    /// A required member cannot be read.
    Mismatch { path: String, expected: &'static str, found: String },
    /// It is nested more deeply than serde_json reads.
    TooDeep,
    /// It is no JSON.
    Malformed,
}

impl From<Malformed> for Unbent {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

/// Rewrites the members of a `Response` so that they read strictly as `model`, in an envelope of their own.
pub(super) fn bend(content: &[u8], model: &'static ModelSpec) -> Result<(String, Coercions), Unbent> {
    rewrite(content, |bent| bent.object(model, true))
}

/// Rewrites a `Response` that is wanted as JSON so that every number in it is exact and every text readable.
pub(super) fn bend_json(content: &[u8]) -> Result<(String, Coercions), Unbent> {
    // Nobody said what in it is sensitive.
    rewrite(content, |bent| bent.json(true))
}

fn rewrite(
    content: &[u8],
    with: impl FnOnce(&mut Bent<'_>) -> Result<(), Unbent>,
) -> Result<(String, Coercions), Unbent> {
    let mut bent = Bent {
        scanner: Scanner::new(content),
        out: String::with_capacity(content.len() + 16),
        path: String::new(),
        // The envelope's object is one level already.
        depth: 1,
        coercions: Coercions::default(),
    };
    bent.out.push_str("{\"Response\":");
    with(&mut bent)?;
    bent.out.push('}');
    Ok((bent.out, bent.coercions))
}

struct Bent<'a> {
    scanner: Scanner<'a>,
    out: String,
    path: String,
    depth: usize,
    coercions: Coercions,
}

/// What became of a value.
#[derive(PartialEq)]
enum Outcome {
    Written,
    /// Nothing was written: it cannot be read.
    Unreadable,
}

impl Bent<'_> {
    /// An object, whose first byte is next.
    fn object(&mut self, model: &'static ModelSpec, envelope: bool) -> Result<(), Unbent> {
        match self.nested(|bent| bent.members(model, envelope))? {
            None => Ok(()),
            // Of a required time that is absent there is no empty value.
            Some(absent) => Err(self.below(absent.name, |bent| bent.mismatch(absent, expected(absent), b""))),
        }
    }

    /// The members of an object; the first that must be there and is not.
    fn members(&mut self, model: &'static ModelSpec, envelope: bool) -> Result<Option<&'static ParamSpec>, Unbent> {
        self.scanner.enter();
        self.out.push('{');
        let mut members = Members::of(model);
        let (mut first, mut written) = (true, false);
        while self.scanner.more(&mut first, b'}')? {
            let (name, _) = scan::text(self.scanner.name()?);
            let found = members.find(&name);
            let common = envelope && matches!(&*name, "RequestId" | "DeprecatedWarning");
            if found.is_none() && !envelope {
                self.scanner.value()?;
                continue;
            }
            if std::mem::replace(&mut written, true) {
                self.out.push(',');
            }
            self.out.push_str(&quoted(&name));
            self.out.push(':');
            match found {
                Some(index) => self.below(&name, |bent| bent.member(&model.params[index]))?,
                None if common => self.below(&name, Self::common)?,
                // That one was there lets the envelope tell an answer from something else.
                None => {
                    self.scanner.value()?;
                    self.out.push_str("null");
                }
            }
        }
        self.out.push('}');
        // An answer that is none of this action's need not be whole.
        Ok(if envelope && !members.any() { None } else { members.absent_time() })
    }

    fn member(&mut self, param: &'static ParamSpec) -> Result<(), Unbent> {
        let next = self.scanner.peek();
        if param.is_list() && next == Some(b'[') {
            return self.nested(|bent| bent.items(param));
        }
        let start = self.out.len();
        let (count, empty) = (self.coercions.count(), if param.shape == Shape::Many { "[]" } else { "null" });
        let optional = if param.is_list() { !param.required } else { param.shape == Shape::Maybe };
        let from = self.scanner.place();
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

    /// The items of a list. One that cannot be read is left out, unless the list is required.
    fn items(&mut self, param: &'static ParamSpec) -> Result<(), Unbent> {
        self.scanner.enter();
        self.out.push('[');
        let (mut first, mut written, mut index) = (true, false, 0_usize);
        while self.scanner.more(&mut first, b']')? {
            let (start, count) = (self.out.len(), self.coercions.count());
            if written {
                self.out.push(',');
            }
            self.below(itoa::Buffer::new().format(index), |bent| {
                bent.scanner.peek();
                let from = bent.scanner.place();
                if bent.one(param, false)? == Outcome::Written {
                    written = true;
                    return Ok(());
                }
                let raw = bent.scanner.since(from);
                if param.required {
                    return Err(bent.mismatch(param, expected(param), raw));
                }
                bent.out.truncate(start);
                bent.coercions.truncate(count);
                bent.report(expected(param), raw, "nothing", param.sensitive);
                Ok(())
            })?;
            index += 1;
        }
        self.out.push(']');
        Ok(())
    }

    /// One value that is no list.
    fn one(&mut self, param: &'static ParamSpec, optional: bool) -> Result<Outcome, Unbent> {
        let next = self.scanner.peek();
        if matches!(param.ty, Type::Json) {
            return self.json(param.sensitive).map(|()| Outcome::Written);
        }
        if let (Type::Model(nested), Some(b'{')) = (param.ty, next) {
            return match self.nested(|bent| bent.members(nested.get(), false))? {
                None => Ok(Outcome::Written),
                Some(_) if optional => Ok(Outcome::Unreadable),
                Some(absent) => Err(self.below(absent.name, |bent| bent.mismatch(absent, expected(absent), b""))),
            };
        }
        let raw = self.scanner.value()?;
        if raw == b"null" && optional {
            self.out.push_str("null");
            return Ok(Outcome::Written);
        }
        let read = match param.ty {
            Type::Model(nested) if raw == b"null" && !nested.get().params.iter().any(needs_time) => {
                Read::Bent("{}".to_owned())
            }
            Type::Model(_) => Read::Not,
            _ => read(param.ty, raw, optional),
        };
        match read {
            Read::AsIs => self.verbatim(raw, param.sensitive),
            Read::Bent(bent) => self.coerced(expected(param), raw, &bent, param.sensitive),
            Read::Not => return Ok(Outcome::Unreadable),
        }
        Ok(Outcome::Written)
    }

    /// `RequestId` and `DeprecatedWarning`, which are text.
    fn common(&mut self) -> Result<(), Unbent> {
        let raw = self.scanner.value()?;
        match read(Type::String, raw, true) {
            Read::Bent(bent) => self.coerced("text", raw, &bent, false),
            Read::AsIs => self.verbatim(raw, false),
            Read::Not => self.out.push_str("null"),
        }
        Ok(())
    }

    /// Any JSON: as it is, but for texts that cannot be read and numbers that no integer type holds, which become text.
    fn json(&mut self, sensitive: bool) -> Result<(), Unbent> {
        match self.scanner.peek() {
            Some(b'{') => self.nested(|bent| {
                bent.scanner.enter();
                bent.out.push('{');
                let (mut first, mut written) = (true, false);
                while bent.scanner.more(&mut first, b'}')? {
                    let (name, _) = scan::text(bent.scanner.name()?);
                    if std::mem::replace(&mut written, true) {
                        bent.out.push(',');
                    }
                    bent.out.push_str(&quoted(&name));
                    bent.out.push(':');
                    bent.below(&shown(&name, SHOWN), |bent| bent.json(sensitive))?;
                }
                bent.out.push('}');
                Ok(())
            }),
            Some(b'[') => self.nested(|bent| {
                bent.scanner.enter();
                bent.out.push('[');
                let (mut first, mut index) = (true, 0_usize);
                while bent.scanner.more(&mut first, b']')? {
                    if index > 0 {
                        bent.out.push(',');
                    }
                    bent.below(itoa::Buffer::new().format(index), |bent| bent.json(sensitive))?;
                    index += 1;
                }
                bent.out.push(']');
                Ok(())
            }),
            _ => {
                let raw = self.scanner.value()?;
                if is_number(raw) && !is_exact(raw) {
                    let text = quoted(&String::from_utf8_lossy(raw));
                    self.coerced("a number of 64 bits", raw, &text, sensitive);
                } else {
                    self.verbatim(raw, sensitive);
                }
                Ok(())
            }
        }
    }

    /// A value that is of the right type.
    fn verbatim(&mut self, raw: &[u8], sensitive: bool) {
        if raw.first() != Some(&b'"') {
            self.out.push_str(&String::from_utf8_lossy(raw));
            return;
        }
        let (text, exact) = scan::text(raw);
        if exact && let Ok(raw) = std::str::from_utf8(raw) {
            self.out.push_str(raw);
        } else {
            let bent = quoted(&text);
            self.coerced("text", raw, &bent, sensitive);
        }
    }

    fn coerced(&mut self, expected: &'static str, raw: &[u8], bent: &str, sensitive: bool) {
        self.report(expected, raw, bent, sensitive);
        self.out.push_str(bent);
    }

    fn report(&mut self, expected: &'static str, raw: &[u8], bent: &str, sensitive: bool) {
        let path = &self.path;
        self.coercions.push(|| {
            let show = |raw: &[u8]| if sensitive { kind(raw).to_owned() } else { excerpt(raw, SHOWN) };
            let read_as = if bent == "nothing" { bent.to_owned() } else { show(bent.as_bytes()) };
            Coercion { path: path.clone(), expected, found: show(raw), read_as, hint: None }
        });
    }

    fn mismatch(&self, param: &ParamSpec, expected: &'static str, raw: &[u8]) -> Unbent {
        let found = if param.sensitive || raw.is_empty() { kind(raw).to_owned() } else { excerpt(raw, SHOWN) };
        Unbent::Mismatch { path: self.path.clone(), expected, found }
    }

    fn below<T>(&mut self, name: &str, inside: impl FnOnce(&mut Self) -> T) -> T {
        let len = self.path.len();
        if len > 0 {
            self.path.push('.');
        }
        self.path.push_str(name);
        let result = inside(self);
        self.path.truncate(len);
        result
    }

    fn nested<T>(&mut self, inside: impl FnOnce(&mut Self) -> Result<T, Unbent>) -> Result<T, Unbent> {
        // serde_json reads 127 levels.
        if self.depth == 127 {
            return Err(Unbent::TooDeep);
        }
        self.depth += 1;
        let result = inside(self);
        self.depth -= 1;
        result
    }
}

/// How a value of some type is read from what arrived.
enum Read {
    AsIs,
    Bent(String),
    Not,
}

impl Read {
    fn some(bent: Option<String>) -> Self {
        bent.map_or(Self::Not, Self::Bent)
    }
}

fn read(ty: Type, raw: &[u8], optional: bool) -> Read {
    // Only texts can hold anything but ASCII, and they are read by themselves.
    let word = std::str::from_utf8(raw).unwrap_or_default();
    let text = (raw.first() == Some(&b'"')).then(|| scan::text(raw).0);
    let text = text.as_deref().map(str::trim);
    let nothing = raw == b"null" || text == Some("");
    let empty = |empty: &str| Read::Bent(if optional { "null" } else { empty }.to_owned());
    match ty {
        Type::Binary if text.is_some_and(|text| STANDARD.decode(text).is_err()) => Read::Not,
        Type::String | Type::Date | Type::DateTime | Type::Enum(_) | Type::Binary => match raw.first() {
            Some(b'"') => Read::AsIs,
            Some(b'n') => Read::Bent("\"\"".to_owned()),
            Some(b'{' | b'[') | None => Read::Not,
            // The text of the number as it was written, so that none of its digits is lost.
            Some(_) => Read::Bent(quoted(word)),
        },
        Type::Integer { min, max } => {
            let whole = |text: &str| integer(text).filter(|number| (min..=max).contains(number));
            match word {
                _ if nothing => empty("0"),
                "true" => Read::Bent("1".to_owned()),
                "false" => Read::Bent("0".to_owned()),
                _ if word.parse().is_ok_and(|number: i128| (min..=max).contains(&number)) => Read::AsIs,
                _ => Read::some(whole(text.unwrap_or(word)).map(|number| number.to_string())),
            }
        }
        Type::Float => match word {
            _ if nothing => empty("0.0"),
            "true" => Read::Bent("1.0".to_owned()),
            "false" => Read::Bent("0.0".to_owned()),
            _ if is_float(word) => Read::AsIs,
            _ => Read::some(text.filter(|text| is_float(text)).map(str::to_owned)),
        },
        Type::Boolean => match word {
            "true" | "false" => Read::AsIs,
            _ if nothing => empty("false"),
            _ => Read::some(match text.unwrap_or(word) {
                "true" | "True" | "TRUE" | "1" => Some("true".to_owned()),
                "false" | "False" | "FALSE" | "0" => Some("false".to_owned()),
                _ => None,
            }),
        },
        Type::Time => match text {
            Some(text) if parse_time(text).is_ok() && scan::text(raw).0 == text => Read::AsIs,
            _ => Read::some(times::read(text.unwrap_or(word)).map(|time| quoted(&time.to_rfc3339()))),
        },
        Type::Model(_) => Read::Not,
        Type::Json => Read::AsIs,
    }
}

/// A whole number, written with or without a fraction of zeros or an exponent that leaves it whole.
fn integer(text: &str) -> Option<i128> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    if let Some((whole, zeros)) = text.split_once('.')
        && !zeros.is_empty()
        && zeros.bytes().all(|digit| digit == b'0')
    {
        return whole.parse().ok();
    }
    let (digits, exponent) = text.split_once(['e', 'E'])?;
    let exponent: u32 = exponent.trim_start_matches('+').parse().ok().filter(|exponent| *exponent <= 38)?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let missing = exponent.checked_sub(u32::try_from(fraction.len()).ok()?)?;
    format!("{whole}{fraction}").parse::<i128>().ok()?.checked_mul(10_i128.checked_pow(missing)?)
}

/// A number of JSON that a float can hold.
fn is_float(text: &str) -> bool {
    is_number(text.as_bytes()) && serde_json::from_str::<f64>(text).is_ok_and(f64::is_finite)
}

/// Whether JSON's reader keeps all that this number says: it is no float, or one that is written in the same way again.
fn is_exact(raw: &[u8]) -> bool {
    // `1e+20` and `1e20` are one.
    let unsigned =
        |text: &[u8]| text.iter().filter(|byte| **byte != b'+').map(u8::to_ascii_lowercase).collect::<Vec<u8>>();
    match serde_json::from_slice::<serde_json::Number>(raw) {
        Ok(number) => {
            !is_rounded(&number) || serde_json::to_vec(&number).is_ok_and(|again| unsigned(&again) == unsigned(raw))
        }
        Err(_) => false,
    }
}

fn quoted(text: &str) -> String {
    // Text is always written.
    serde_json::to_string(text).unwrap_or_default()
}

fn expected(param: &ParamSpec) -> &'static str {
    match param.ty {
        Type::String | Type::Date | Type::DateTime | Type::Enum(_) => "text",
        Type::Integer { .. } => "an integer",
        Type::Float => "a number",
        Type::Boolean => "a boolean",
        Type::Time => "a time",
        Type::Binary => "bytes in base64",
        Type::Model(_) => "a struct",
        Type::Json => "JSON",
    }
}
