//! The JSON body of a POST: compact, written in one pass over the values.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::{Encoded, Params, PayloadError, Problem, each, exact, time};
use crate::model::{Fields, Value, members};

/// Encodes `params` as a JSON body.
///
/// # Errors
/// Those of [`json_text`].
pub(crate) fn json(params: Params<'_>) -> Result<Encoded, PayloadError> {
    Ok(Encoded::json(json_text(params)?))
}

/// Encodes `params` as compact UTF-8 JSON without absent members.
///
/// # Errors
/// A value that JSON cannot represent: NaN, an infinity, a time after the year 9999; a whole number in free JSON that was
/// rounded when it was parsed.
pub(crate) fn json_text(params: Params<'_>) -> Result<Vec<u8>, PayloadError> {
    // Most requests fit.
    let mut out = Vec::with_capacity(256);
    match params {
        Params::Model(model) => object(&mut out, model)?,
        Params::Json(json @ serde_json::Value::Object(_)) => {
            exact(json)?;
            write(&mut out, json);
        }
        Params::Json(serde_json::Value::Null) => out.extend_from_slice(b"{}"),
        Params::Json(_) => return Err(PayloadError::new(Problem::NoObject)),
        Params::Files(..) => {
            let mut open = b'{';
            each(params, |name, member| {
                out.push(std::mem::replace(&mut open, b','));
                text(&mut out, name);
                out.push(b':');
                value(&mut out, member).map_err(|error| error.below(name))
            })?;
            out.push(b'}');
        }
    }
    Ok(out)
}

fn object(out: &mut Vec<u8>, model: &dyn Fields) -> Result<(), PayloadError> {
    let mut open = b'{';
    for (param, member) in members(model) {
        out.push(open);
        open = b',';
        // Wire names are checked by the macro: letters, digits, `_`, `-` and `.`, so nothing needs escaping.
        out.push(b'"');
        out.extend_from_slice(param.name.as_bytes());
        out.extend_from_slice(b"\":");
        value(out, member).map_err(|error| error.below(param.name))?;
    }
    if open == b'{' {
        out.push(b'{');
    }
    out.push(b'}');
    Ok(())
}

pub(super) fn value(out: &mut Vec<u8>, value: Value<'_>) -> Result<(), PayloadError> {
    match value {
        Value::Absent => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Int(number) => out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes()),
        Value::Uint(number) => out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes()),
        Value::Float(number) if number.is_finite() => write(out, &number),
        Value::Float32(number) if number.is_finite() => write(out, &number),
        Value::Float(_) | Value::Float32(_) => return Err(PayloadError::new(Problem::NotFinite)),
        Value::Text(text) | Value::Enum(text, _) => self::text(out, text),
        Value::Time(time) => write(out, &self::time(time).map_err(PayloadError::new)?),
        Value::Bytes(bytes) => write(out, &STANDARD.encode(bytes)),
        Value::Upload(upload) => write(out, &STANDARD.encode(upload.bytes())),
        Value::Model(model) => object(out, model)?,
        Value::Texts(texts) => {
            // With room for the members after the list, which would otherwise be copied again.
            out.reserve(texts.iter().map(|text| text.len() + 3).sum::<usize>() + 128);
            let mut open = b'[';
            for text in texts {
                out.push(open);
                open = b',';
                self::text(out, text);
            }
            close(out, open);
        }
        Value::List(items) => {
            let mut open = b'[';
            for index in 0..items.count() {
                out.push(open);
                open = b',';
                self::value(out, items.item(index)).map_err(|error| error.below(index))?;
            }
            close(out, open);
        }
        Value::Json(json) => {
            exact(json)?;
            write(out, json);
        }
    }
    Ok(())
}

fn close(out: &mut Vec<u8>, open: u8) {
    if open == b'[' {
        out.push(b'[');
    }
    out.push(b']');
}

/// Writes text between quotes. Text without a character to escape is copied.
fn text(out: &mut Vec<u8>, text: &str) {
    if escapes(text.as_bytes()) {
        return write(out, text);
    }
    out.reserve(text.len() + 2);
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

/// Whether JSON escapes any of these bytes. Reads eight bytes at a time; the last eight may overlap with those before.
fn escapes(bytes: &[u8]) -> bool {
    if let Some(last) = bytes.last_chunk() {
        let (words, _) = bytes.as_chunks();
        return words.iter().fold(escapes_of(*last), |found, word| found | escapes_of(*word)) != 0;
    }
    if let (Some([a, b, c, d]), Some([e, f, g, h])) = (bytes.first_chunk(), bytes.last_chunk()) {
        return escapes_of([*a, *b, *c, *d, *e, *f, *g, *h]) != 0;
    }
    bytes.iter().any(|&byte| byte < b' ' || byte == b'"' || byte == b'\\')
}

/// Returns a number that is not 0 if one of these bytes needs an escape.
fn escapes_of(word: [u8; 8]) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    let word = u64::from_le_bytes(word);
    // Subtracting `least` sets the highest bit of a byte that is less; bytes beyond ASCII are masked, as their bit is set before.
    let below = |bytes: u64, least: u8| bytes.wrapping_sub(EACH * u64::from(least)) & !bytes;
    let is = |byte: u8| below(word ^ (EACH * u64::from(byte)), 1);
    (below(word, b' ') | is(b'"') | is(b'\\')) & (EACH * 0x80)
}

/// Writes text, a finite number or JSON, which cannot fail in memory.
fn write<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    let written = serde_json::to_writer(out, value);
    debug_assert!(written.is_ok(), "writing into memory failed: {written:?}");
}
