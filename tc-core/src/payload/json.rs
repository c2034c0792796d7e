//! The body of a POST: compact JSON, written in one visit.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::{Params, PayloadError, Problem, each, exact, time};
use crate::model::{Fields, Value, members};

pub(super) fn encode(params: Params<'_>) -> Result<Vec<u8>, PayloadError> {
    // Most requests fit, and one that does not grows twice at the most.
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
            // With room for what follows the list, or that would move it all once more.
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

/// Text between quotes, as it is wherever nothing in it needs an escape.
fn text(out: &mut Vec<u8>, text: &str) {
    if escapes(text.as_bytes()) {
        return write(out, text);
    }
    out.reserve(text.len() + 2);
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

/// Whether JSON writes any of these bytes in another way. Eight are looked at together, the last of them perhaps twice.
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

/// A bit for the first byte that needs an escape, and perhaps more above it.
fn escapes_of(word: [u8; 8]) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    let word = u64::from_le_bytes(word);
    // Taking `least` from a byte sets its highest bit where the byte is less; bytes beyond ASCII have it set before.
    let below = |bytes: u64, least: u8| bytes.wrapping_sub(EACH * u64::from(least)) & !bytes;
    let is = |byte: u8| below(word ^ (EACH * u64::from(byte)), 1);
    (below(word, b' ') | is(b'"') | is(b'\\')) & (EACH * 0x80)
}

/// Writing text, finite numbers and JSON into memory cannot fail.
fn write<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    let written = serde_json::to_writer(out, value);
    debug_assert!(written.is_ok(), "writing into memory failed: {written:?}");
}
