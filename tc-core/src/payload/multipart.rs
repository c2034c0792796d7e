//! `multipart/form-data`: the form of actions with a binary parameter.

use std::borrow::Cow;

use http::HeaderValue;

use super::{Encoded, Params, PayloadError, Problem, each, json, scalar};
use crate::model::Value;

/// Encodes `params` as a form: bytes as files, text and numbers as text, lists and structs as JSON.
///
/// `boundary` separates the parts. It is random, so that no value contains it.
///
/// # Errors
/// A number that a form cannot represent (NaN or an infinity), and a name or a media type that a part cannot have.
pub(crate) fn multipart(params: Params<'_>, boundary: u128) -> Result<Encoded, PayloadError> {
    // Lower-case digits: the header is signed in lower case.
    let boundary = &*format!("{boundary:032x}");
    let content_type = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}"))
        .map_err(|_| PayloadError::new(Problem::MediaType))?;
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
            // No Content-Type, as in the official Python client.
            push(&mut out, &[b"; filename=\"", name.as_bytes(), b"\"\r\n\r\n", bytes]);
        } else if let Value::Upload(upload) = value {
            let file_name = upload.name().map_or(Cow::Borrowed(name), quotable);
            push(&mut out, &[b"; filename=\"", file_name.as_bytes(), b"\""]);
            if let Some(media_type) = upload.media() {
                if !is_media_type(media_type) {
                    return Err(at(Problem::MediaType));
                }
                push(&mut out, &[b"\r\nContent-Type: ", media_type.as_bytes()]);
            }
            push(&mut out, &[b"\r\n\r\n", upload.bytes()]);
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
    Ok(Encoded::body(content_type, out))
}

/// A file name for a quoted string. Quotes, line breaks and NUL are percent-encoded, as in HTML forms.
fn quotable(name: &str) -> Cow<'_, str> {
    if !name.contains(['"', '\r', '\n', '\0']) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A").replace('\0', "%00"))
}

/// Whether it is `type/subtype`, optionally with parameters, in characters that a header accepts.
fn is_media_type(text: &str) -> bool {
    let token = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    let (name, parameters) = text.split_once(';').unwrap_or((text, ""));
    let is_type = name.trim_end().split_once('/').is_some_and(|(kind, subtype)| token(kind) && token(subtype));
    is_type && parameters.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

fn head(out: &mut Vec<u8>, boundary: &str, name: &str) {
    push(out, &[b"--", boundary.as_bytes(), b"\r\nContent-Disposition: form-data; name=\"", name.as_bytes(), b"\""]);
}

fn push(out: &mut Vec<u8>, pieces: &[&[u8]]) {
    for piece in pieces {
        out.extend_from_slice(piece);
    }
}
