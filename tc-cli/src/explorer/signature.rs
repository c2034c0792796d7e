//! The exact request and its signature step by step, and another signature compared with it.

use std::fmt::Write;

use serde_json::{Value, json};
use tc_core::{Clock, SystemClock, Timestamp};

use super::destination::Destination;
use super::input::{Refused, text};
use super::{paste, target};
use crate::sign::{SignedRequest, compare};

/// The time that the member `at` of an input names, or now.
fn at(input: &Value) -> Result<Timestamp, Refused> {
    match text(input, "at").trim() {
        "" => Ok(SystemClock.now()),
        given => given
            .parse()
            .map(Timestamp::from_unix)
            .map_err(|_| Refused::bad(format!("the time `{given}` is not a number of seconds since 1970"))),
    }
}

/// The request as it is sent, with its token hidden, and the steps of its signature.
///
/// # Errors
/// The input names no action, or nothing can be signed.
pub(super) fn steps(input: &Value) -> Result<Value, Refused> {
    let target = target::target(input)?;
    let params = target::params(input)?;
    let action = target::action(&target, &params)?;
    let at = at(input)?;
    let client = Destination::of(input)?.signer(&target)?.build().map_err(|error| Refused::bad(error.to_string()))?;
    let failed = |error: tc_core::Error| Refused::bad(error.to_string());
    let steps = client.sign(&action, at).map_err(failed)?;
    let request = tc_core::__private::request(&client, &action, at, true).map_err(failed)?;
    let (service, date) = (target.spec.service, at.date());
    let steps = [
        (
            "CanonicalRequest",
            steps.canonical_request().map(ToString::to_string),
            "Method, path, query, the signed headers, their names, and the SHA-256 of the body, a line each."
                .to_owned(),
        ),
        (
            "StringToSign",
            steps.string_to_sign().map(ToString::to_string),
            format!(
                "The algorithm, the time, the scope {date}/{service}/tc3_request, and the SHA-256 of the CanonicalRequest."
            ),
        ),
        (
            "Signing key",
            Some(format!("HMAC(HMAC(HMAC(\"TC3\" + SecretKey, \"{date}\"), \"{service}\"), \"tc3_request\")")),
            "HMAC-SHA256 three times, from the SecretKey. The key is not shown.".to_owned(),
        ),
        (
            "Signature",
            steps.signature().map(ToString::to_string),
            "HMAC-SHA256 of the StringToSign with the signing key, in lower-case hexadecimal.".to_owned(),
        ),
        ("Authorization", steps.authorization().map(ToString::to_string), "The header that is sent.".to_owned()),
    ];
    let steps =
        steps.into_iter().filter_map(|(name, text, how)| Some(json!({"name": name, "text": text?, "how": how})));
    Ok(json!({"at": at.as_unix(), "request": written(&request), "steps": steps.collect::<Vec<_>>()}))
}

/// The request as text.
fn written(request: &http::Request<tc_core::bytes::Bytes>) -> String {
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    let mut text = format!("{} {target} HTTP/1.1\n", request.method());
    if !request.headers().contains_key("host") {
        let host = request.uri().authority().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(text, "Host: {host}");
    }
    for (name, value) in request.headers() {
        let value = match name.as_str() {
            "x-tc-token" => "…".into(),
            _ => String::from_utf8_lossy(value.as_bytes()),
        };
        let _ = writeln!(text, "{}: {value}", title(name.as_str()));
    }
    text.push('\n');
    match std::str::from_utf8(request.body()) {
        Ok(body) => text.push_str(body),
        Err(_) => text.push_str("(bytes that are not text)"),
    }
    text
}

/// `x-tc-action` as `X-TC-Action`.
fn title(name: &str) -> String {
    let word = |word: &str| match word {
        "tc" => "TC".to_owned(),
        word => word
            .chars()
            .next()
            .map(|first| first.to_ascii_uppercase())
            .into_iter()
            .chain(word.chars().skip(1))
            .collect(),
    };
    name.split('-').map(word).collect::<Vec<_>>().join("-")
}

/// Compares the signature of the request in the member `mine` with the one that the key of the destination gives.
///
/// # Errors
/// The text is not a signed request.
pub(super) fn compared(input: &Value) -> Result<Value, Refused> {
    let given = text(input, "mine");
    let http = paste::as_http(given).unwrap_or_else(|| given.to_owned());
    let request: SignedRequest =
        http.parse().map_err(|error: crate::sign::ParseRequestError| Refused::bad(error.to_string()))?;
    let (secret_id, secret_key, _) = Destination::of(input)?.key()?;
    let comparison = compare(&request, &secret_id, &secret_key, SystemClock.now().as_unix());
    Ok(json!({
        "right": comparison.right,
        "step": comparison.step,
        "reasons": comparison.reasons,
        "warnings": comparison.warnings,
        "steps": [
            {"name": "CanonicalRequest", "text": comparison.canonical_request},
            {"name": "StringToSign", "text": comparison.string_to_sign},
            {"name": "Signature", "text": comparison.signature},
        ],
    }))
}
