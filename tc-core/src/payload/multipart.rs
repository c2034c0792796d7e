//! `multipart/form-data`: the form of actions with a binary parameter.

use super::{Params, PayloadError, Problem, each, json, scalar};
use crate::model::Value;

/// The body: bytes as files, text and numbers as they are, lists and structs as JSON.
pub(super) fn encode(params: Params<'_>, boundary: &str) -> Result<Vec<u8>, PayloadError> {
    let mut out = Vec::new();
    each(params, |name, value| {
        let at = |problem| PayloadError::new(problem).below(name);
        if matches!(value, Value::Absent | Value::Json(serde_json::Value::Null)) {
            return Ok(());
        }
        if name.contains(|character: char| character == '"' || character.is_control()) {
            return Err(at(Problem::Name));
        }
        head(&mut out, boundary, name);
        if let Value::Bytes(bytes) = value {
            // No Content-Type: the Python client, which all examples follow, sends none for a file.
            push(&mut out, &[b"; filename=\"", name.as_bytes(), b"\"\r\n\r\n", bytes]);
        } else if let Some(text) = scalar::text(&value).map_err(at)? {
            push(&mut out, &[b"\r\n\r\n", text.as_bytes()]);
        } else {
            out.extend_from_slice(b"\r\nContent-Type: application/json\r\n\r\n");
            json::value(&mut out, value).map_err(|error| error.below(name))?;
        }
        out.extend_from_slice(b"\r\n");
        Ok(())
    })?;
    push(&mut out, &[b"--", boundary.as_bytes(), b"--\r\n"]);
    Ok(out)
}

fn head(out: &mut Vec<u8>, boundary: &str, name: &str) {
    push(out, &[b"--", boundary.as_bytes(), b"\r\nContent-Disposition: form-data; name=\"", name.as_bytes(), b"\""]);
}

fn push(out: &mut Vec<u8>, pieces: &[&[u8]]) {
    for piece in pieces {
        out.extend_from_slice(piece);
    }
}
