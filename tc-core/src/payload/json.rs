//! The body of a POST: compact JSON, written in one visit.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::{Params, PayloadError, Problem};
use crate::model::{Fields, Value, iso, members};

pub(super) fn encode(params: Params<'_>) -> Result<Vec<u8>, PayloadError> {
    // Most requests fit, and one that does not grows twice at the most.
    let mut out = Vec::with_capacity(256);
    match params {
        Params::Model(model) => object(&mut out, model)?,
        Params::Json(json @ serde_json::Value::Object(_)) => write(&mut out, json),
        Params::Json(serde_json::Value::Null) => out.extend_from_slice(b"{}"),
        Params::Json(_) => return Err(PayloadError::new(Problem::NoObject)),
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
        Value::Text(text) | Value::Enum(text, _) => write(out, text),
        Value::Time(time) => write(out, &iso(time)),
        Value::Bytes(bytes) => write(out, &STANDARD.encode(bytes)),
        Value::Model(model) => object(out, model)?,
        Value::Texts(texts) => {
            let mut open = b'[';
            for text in texts {
                out.push(open);
                open = b',';
                write(out, text.as_str());
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
        Value::Json(json) => write(out, json),
    }
    Ok(())
}

fn close(out: &mut Vec<u8>, open: u8) {
    if open == b'[' {
        out.push(b'[');
    }
    out.push(b']');
}

/// Writing text, finite numbers and JSON into memory cannot fail.
fn write<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    let written = serde_json::to_writer(out, value);
    debug_assert!(written.is_ok(), "writing into memory failed: {written:?}");
}
