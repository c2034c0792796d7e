//! `application/octet-stream`: one parameter is the body, the others are headers.

use bytes::Bytes;
use http::HeaderValue;
use http::header::HeaderName;

use super::{Encoded, Params, PayloadError, Problem, each, scalar};
use crate::model::Value;

const OCTET_STREAM: HeaderValue = HeaderValue::from_static("application/octet-stream");

/// Encodes the binary parameter as the body, and each other one as a header `X-CLS-Name` with the name of `service`.
///
/// # Errors
/// No binary parameter or two of them, and a value or a name that a header cannot hold: a list, a struct, a control character,
/// NaN.
pub(crate) fn octet_stream(params: Params<'_>, service: &str) -> Result<Encoded, PayloadError> {
    let (mut body, mut headers) = (None, Vec::new());
    each(params, |name, value| {
        let at = |problem| PayloadError::new(problem).below(name);
        match value {
            Value::Absent => {}
            Value::Bytes(_) | Value::Upload(_) if body.is_some() => return Err(at(Problem::SecondBody)),
            Value::Bytes(bytes) => body = Some(bytes.to_vec()),
            Value::Upload(upload) => body = Some(upload.bytes().to_vec()),
            value => {
                let text = scalar::text(&value).map_err(at)?.ok_or_else(|| at(Problem::HeaderShape))?;
                if text.chars().any(char::is_control) {
                    return Err(at(Problem::HeaderText));
                }
                let header = format!("X-{}-{name}", service.to_ascii_uppercase());
                let header = HeaderName::from_bytes(header.as_bytes()).map_err(|_| at(Problem::HeaderName))?;
                let text = HeaderValue::from_maybe_shared(Bytes::from(text.into_owned()))
                    .map_err(|_| at(Problem::HeaderText))?;
                headers.push((header, text));
            }
        }
        Ok(())
    })?;
    let body = body.ok_or_else(|| PayloadError::new(Problem::NoBody))?;
    Ok(Encoded { headers, ..Encoded::body(OCTET_STREAM, body) })
}
