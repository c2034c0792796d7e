//! The ways in which a signature can be wrong.

use super::parts::{Form, Parts};
use super::request::SignedRequest;

/// The step that a mistake is in.
pub(super) const CANONICAL: &str = "CanonicalRequest";
pub(super) const STRING: &str = "StringToSign";
pub(super) const KEY: &str = "the signing key";

/// A way in which a signature can be wrong.
pub(super) struct Variant {
    pub(super) step: &'static str,
    pub(super) reason: String,
    pub(super) change: Box<dyn Fn(&mut Parts)>,
}

pub(super) fn variant(step: &'static str, reason: impl Into<String>, change: impl Fn(&mut Parts) + 'static) -> Variant {
    Variant { step, reason: reason.into(), change: Box::new(change) }
}

/// Every way that is known, for this request.
pub(super) fn variants(request: &SignedRequest) -> Vec<Variant> {
    let mut all = hosts(request);
    all.extend(content_types());
    all.extend(super::bodies::bodies(request));
    all.extend(headers(request));
    all.extend(scopes(request));
    all.extend(keys(request));
    all
}

fn hosts(request: &SignedRequest) -> Vec<Variant> {
    let sent = request.header("host").unwrap_or_default().to_lowercase();
    let service = request.service.clone();
    let region = request.header("x-tc-region").unwrap_or_default().to_lowercase();
    let bare = sent.split("://").last().unwrap_or_default().to_owned();
    let mut hosts = vec![
        bare.split(':').next().unwrap_or_default().to_owned(),
        format!("{bare}:443"),
        format!("{bare}:80"),
        format!("https://{bare}"),
        format!("http://{bare}"),
        format!("{service}.tencentcloudapi.com"),
        format!("{service}.{region}.tencentcloudapi.com"),
        format!("{service}.intl.tencentcloudapi.com"),
        format!("{service}.internal.tencentcloudapi.com"),
        "tencentcloudapi.com".to_owned(),
        "localhost".to_owned(),
        "127.0.0.1".to_owned(),
        String::new(),
    ];
    hosts.retain(|host| *host != sent);
    hosts.dedup();
    let variant = |host: String| {
        let reason = format!("the host that was signed is `{host}`, but `{sent}` was sent");
        self::variant(CANONICAL, reason, move |parts| parts.set_header("host", host.clone()))
    };
    hosts.into_iter().map(variant).collect()
}

fn content_types() -> Vec<Variant> {
    let types = [
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=utf-8",
        "application/json; charset=UTF-8",
        "application/x-www-form-urlencoded",
        "application/octet-stream",
        "text/plain",
        "text/plain; charset=utf-8",
        "",
    ];
    let variant = |text: &'static str| {
        let reason = format!("the Content-Type that was signed is `{text}`, but another one was sent");
        self::variant(CANONICAL, reason, move |parts| parts.set_header("content-type", text))
    };
    types.into_iter().map(variant).collect()
}

fn headers(request: &SignedRequest) -> Vec<Variant> {
    let as_sent = request.clone();
    let other_method = if request.method == "GET" { "POST" } else { "GET" };
    let action = request.header("x-tc-action").unwrap_or_default().to_owned();
    let (path, query) = (request.path.clone(), request.query.clone());
    let mut sorted: Vec<&str> = query.split('&').collect();
    sorted.sort_unstable();
    let sorted = sorted.join("&");
    let plus = query.replace("%20", "+");
    vec![
        variant(
            CANONICAL,
            "the values of the headers are signed as they were sent; the documentation signs them in lower case",
            move |parts| {
                for (name, value) in &mut parts.headers {
                    as_sent.header(name).unwrap_or_default().clone_into(value);
                }
            },
        ),
        variant(
            CANONICAL,
            format!("the value of x-tc-action that was signed is `{action}`; the documentation signs it in lower case"),
            move |parts| {
                parts.set_header("x-tc-action", action.clone());
            },
        ),
        variant(CANONICAL, format!("the method that was signed is {other_method}"), move |parts| {
            other_method.clone_into(&mut parts.method);
        }),
        variant(CANONICAL, "the method is signed in lower case", |parts| parts.method = parts.method.to_lowercase()),
        variant(CANONICAL, "the path that was sent is signed; it is always `/`", move |parts| {
            parts.path.clone_from(&path);
        }),
        variant(CANONICAL, "the path is left empty; it is always `/`", |parts| parts.path.clear()),
        variant(CANONICAL, "the query is not signed", |parts| parts.query.clear()),
        variant(CANONICAL, "the query is signed in another order than it was sent", move |parts| {
            parts.query.clone_from(&sorted);
        }),
        variant(CANONICAL, "blanks in the query are signed as `+` and sent as `%20`", move |parts| {
            parts.query.clone_from(&plus);
        }),
        variant(CANONICAL, "the headers are signed in another order than SignedHeaders names them", |parts| {
            parts.headers.reverse();
        }),
        variant(CANONICAL, "the empty line between the headers and their names is missing", |parts| {
            parts.form = Form::NoEmptyLine;
        }),
        variant(CANONICAL, "only content-type and host are signed, though SignedHeaders names more", |parts| {
            parts.headers.retain(|(name, _)| name == "content-type" || name == "host");
        }),
        variant(CANONICAL, "the header values have a blank after the colon", |parts| {
            for (_, value) in &mut parts.headers {
                value.insert(0, ' ');
            }
        }),
    ]
}

fn scopes(request: &SignedRequest) -> Vec<Variant> {
    let mut all = Vec::new();
    let timestamp = request.header("x-tc-timestamp").and_then(|text| text.parse::<i64>().ok()).unwrap_or_default();
    for days in [-1, 1, 0] {
        let date = date_of(timestamp.saturating_add(days * 86_400));
        if date != request.date {
            let reason = format!(
                "the date that was signed is {date}, but the Credential has {} (dates are in UTC)",
                request.date
            );
            all.push(variant(STRING, reason, move |parts| parts.date.clone_from(&date)));
        }
    }
    let host = request.header("host").unwrap_or_default();
    let label = host.split("://").last().unwrap_or_default().split(['.', ':']).next().unwrap_or_default().to_owned();
    for service in [label, request.service.to_uppercase(), request.service.to_lowercase(), String::new()] {
        if service != request.service {
            let reason =
                format!("the service that was signed is `{service}`, but the Credential has `{}`", request.service);
            all.push(variant(STRING, reason, move |parts| parts.service.clone_from(&service)));
        }
    }
    let millis = format!("{timestamp}000");
    all.push(variant(STRING, "the timestamp that was signed is in milliseconds", move |parts| {
        parts.timestamp.clone_from(&millis);
    }));
    all.push(variant(STRING, "the CanonicalRequest itself is signed in place of its hash", |parts| {
        parts.form = Form::NotHashed;
    }));
    all
}

fn keys(request: &SignedRequest) -> Vec<Variant> {
    let id = request.secret_id.clone();
    vec![
        variant(KEY, "the SecretId was used in place of the SecretKey", move |parts| parts.key.clone_from(&id)),
        variant(KEY, "the key was used without `TC3` before it", |parts| parts.form = Form::PlainKey),
        variant(KEY, "the key was used with a line feed at its end", |parts| parts.key.push('\n')),
        variant(KEY, "the key was used with a carriage return at its end", |parts| parts.key.push('\r')),
        variant(KEY, "the key was used with a blank at its end", |parts| parts.key.push(' ')),
        variant(KEY, "the key was used with a blank before it", |parts| parts.key.insert(0, ' ')),
        variant(KEY, "the key was used in quotes", |parts| parts.key = format!("\"{}\"", parts.key)),
        variant("Signature", "the signature is in upper case", |parts| parts.form = Form::UpperCase),
    ]
}

/// The date in UTC of an instant in seconds since 1970.
pub(super) fn date_of(seconds: i64) -> String {
    tc_core::chrono::DateTime::from_timestamp(seconds, 0)
        .map_or_else(String::new, |at| at.format("%Y-%m-%d").to_string())
}

/// Whether the headers of these parts have this one.
pub(super) fn signs(parts: &Parts, name: &str) -> bool {
    parts.header(name).is_some()
}
