//! The last line of a call: the response and its coercions, or the error and what to do about it.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Value, json};
use tc_core::Response;

use crate::actions::Target;
use crate::explorer::reference::advice;

/// The largest part of a body that is shown of an answer that is not JSON.
const SHOWN: usize = 4096;

/// The last line of a call that was answered.
pub(super) fn answer(target: &Target, response: &Response<Value>, body: Option<&[u8]>, ms: u64) -> Value {
    let content = body.and_then(content);
    let (coercions, unreadable) = match content {
        Some(content) => match tc_core::__private::read_by_spec(content.get().as_bytes(), target.spec.response.get()) {
            Ok(coercions) => (coercions, None),
            Err(reason) => (Vec::new(), Some(reason)),
        },
        None => (response.coercions().to_vec(), None),
    };
    let mut broken: Vec<String> = coercions.iter().map(ToString::to_string).collect();
    broken.extend(unreadable);
    json!({
        "kind": "answer",
        "text": content.map_or_else(|| (**response).to_string(), |content| content.get().to_owned()),
        "requestId": response.request_id(),
        "attempts": response.attempts(),
        "broken": broken,
        "warning": response.deprecated_warning(),
        "items": target.items(),
        "ms": ms,
    })
}

/// The last line of a call that failed.
pub(super) fn error(error: &tc_core::Error, body: Option<&[u8]>, ms: u64) -> Value {
    let code = error.code().map(tc_core::ErrorCode::as_str);
    let shown = body.map(|body| String::from_utf8_lossy(body.get(..SHOWN).unwrap_or(body)).into_owned());
    json!({
        "kind": "error",
        "message": error.to_string(),
        "code": code,
        "advice": code.map(|code| advice::of(code, error.class()).text),
        "retryable": error.is_retryable(),
        "requestId": error.request_id(),
        "attempts": error.attempts(),
        "body": shown,
        "ms": ms,
    })
}

/// The object `Response` of a body, as it was sent.
fn content(body: &[u8]) -> Option<&RawValue> {
    let whole: BTreeMap<&str, &RawValue> = serde_json::from_slice(body).ok()?;
    whole.get("Response").copied()
}
