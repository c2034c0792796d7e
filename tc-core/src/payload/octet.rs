//! `application/octet-stream`: one parameter is the body, the others are headers.

use super::{Params, PayloadError, Problem, each, scalar};
use crate::model::Value;

/// The body, and the names and values of the headers that the other parameters become.
pub(super) fn encode(params: Params<'_>, service: &str) -> Result<(Vec<u8>, Vec<(String, String)>), PayloadError> {
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
                headers.push((format!("X-{}-{name}", service.to_ascii_uppercase()), text.into_owned()));
            }
        }
        Ok(())
    })?;
    Ok((body.ok_or_else(|| PayloadError::new(Problem::NoBody))?, headers))
}
