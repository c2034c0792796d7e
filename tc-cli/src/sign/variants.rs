//! A signature computed from its parts, each of which can be another than it should be.

use super::hash::{hex, hmac, sha256};
use super::request::SignedRequest;

/// Everything that goes into a signature.
#[derive(Clone)]
pub(super) struct Parts {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: String,
    /// Signed headers with their values, as signed.
    pub(super) headers: Vec<(String, String)>,
    pub(super) payload_hash: String,
    pub(super) timestamp: String,
    pub(super) date: String,
    pub(super) service: String,
    pub(super) key: String,
    pub(super) form: Form,
}

/// How the parts are put together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As documented.
    Right,
    /// Without the empty line between headers and their names.
    NoEmptyLine,
    /// The key without `TC3` before it.
    PlainKey,
    /// The canonical request itself in place of its hash.
    NotHashed,
    /// The signature in upper case.
    UpperCase,
}

impl Parts {
    /// As documented, from the request as it was sent.
    pub(super) fn of(request: &SignedRequest, key: &str) -> Self {
        let header = |name: &String| (name.clone(), request.header(name).unwrap_or_default().to_lowercase());
        let unsigned = request.header("x-tc-content-sha256") == Some("UNSIGNED-PAYLOAD");
        Self {
            method: request.method.clone(),
            path: "/".to_owned(),
            query: request.query.clone(),
            headers: request.signed_headers.iter().map(header).collect(),
            payload_hash: sha256(if unsigned { b"UNSIGNED-PAYLOAD" } else { request.body.as_bytes() }),
            timestamp: request.header("x-tc-timestamp").unwrap_or_default().to_owned(),
            date: request.date.clone(),
            service: request.service.clone(),
            key: key.to_owned(),
            form: Form::Right,
        }
    }

    pub(super) fn canonical_request(&self) -> String {
        let headers: String = self.headers.iter().flat_map(|(name, value)| [name, ":", value, "\n"]).collect();
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        let empty = if self.form == Form::NoEmptyLine { "" } else { "\n" };
        let Self { method, path, query, payload_hash, .. } = self;
        format!("{method}\n{path}\n{query}\n{headers}{empty}{}\n{payload_hash}", names.join(";"))
    }

    pub(super) fn string_to_sign(&self) -> String {
        let request = self.canonical_request();
        let request = if self.form == Form::NotHashed { request } else { sha256(request.as_bytes()) };
        let Self { timestamp, date, service, .. } = self;
        format!("TC3-HMAC-SHA256\n{timestamp}\n{date}/{service}/tc3_request\n{request}")
    }

    pub(super) fn signature(&self) -> String {
        let prefix = if self.form == Form::PlainKey { "" } else { "TC3" };
        let date = hmac(format!("{prefix}{}", self.key).as_bytes(), self.date.as_bytes());
        let service = hmac(&date, self.service.as_bytes());
        let signing = hmac(&service, b"tc3_request");
        let signature = hex(&hmac(&signing, self.string_to_sign().as_bytes()));
        if self.form == Form::UpperCase { signature.to_uppercase() } else { signature }
    }

    fn set_header(&mut self, name: &str, value: impl Into<String>) {
        if let Some((_, known)) = self.headers.iter_mut().find(|(known, _)| known == name) {
            *known = value.into();
        }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

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

fn variant(step: &'static str, reason: impl Into<String>, change: impl Fn(&mut Parts) + 'static) -> Variant {
    Variant { step, reason: reason.into(), change: Box::new(change) }
}

/// Every way that is known, for this request.
pub(super) fn variants(request: &SignedRequest) -> Vec<Variant> {
    let mut all = hosts(request);
    all.extend(content_types());
    all.extend(bodies(request));
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
        let reason = format!("the host that was signed is `{host}`, and the one that was sent is `{sent}`");
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
        let reason = format!("the Content-Type that was signed is `{text}`, and another one was sent");
        self::variant(CANONICAL, reason, move |parts| parts.set_header("content-type", text))
    };
    types.into_iter().map(variant).collect()
}

fn bodies(request: &SignedRequest) -> Vec<Variant> {
    let body = &request.body;
    let hashed = |reason: &str, signed: &str| {
        let hash = sha256(signed.as_bytes());
        variant(CANONICAL, format!("the body that was signed {reason}"), move |parts| {
            parts.payload_hash.clone_from(&hash);
        })
    };
    let mut all = vec![
        hashed("is empty, and one was sent", ""),
        hashed("is `{}`", "{}"),
        hashed("ends with a line feed that was not sent", &format!("{body}\n")),
        hashed("has other line ends (\\r\\n)", &body.replace("\r\n", "\n").replace('\n', "\r\n")),
        hashed("has other line ends (\\n)", &body.replace("\r\n", "\n")),
        hashed("has no blanks around it", body.trim()),
        hashed("begins with a byte order mark", &format!("\u{feff}{body}")),
        hashed("is the text `UNSIGNED-PAYLOAD`, without the header X-TC-Content-SHA256", "UNSIGNED-PAYLOAD"),
        hashed("is itself, in place of its hash", body),
        hashed("is in quotes", &serde_json::to_string(body).unwrap_or_default()),
    ];
    if let Some(last) = all.get_mut(8) {
        let body = body.clone();
        last.change = Box::new(move |parts| parts.payload_hash.clone_from(&body));
    }
    let upper = sha256(body.as_bytes()).to_uppercase();
    all.push(variant(CANONICAL, "the hash of the body is in upper case", move |parts| {
        parts.payload_hash.clone_from(&upper);
    }));
    if let Ok(value) = serde_json::from_str::<serde_json::Value>(body) {
        let compact = value.to_string();
        let mut sorted = value.clone();
        sorted.sort_all_objects();
        all.extend([
            hashed("is the same JSON without blanks", &compact),
            hashed(
                "is the same JSON with a blank after each comma and colon (Python's json.dumps)",
                &spaced(&value, false),
            ),
            hashed(
                "is the same JSON as Python's json.dumps writes it: blanks, and \\u for what is not ASCII",
                &spaced(&value, true),
            ),
            hashed("is the same JSON with \\u for what is not ASCII", &escaped(&compact)),
            hashed("is the same JSON with sorted members", &sorted.to_string()),
            hashed(
                "is the same JSON indented by two blanks",
                &serde_json::to_string_pretty(&value).unwrap_or_default(),
            ),
        ]);
    }
    all
}

/// JSON with a blank after each comma and colon.
fn spaced(value: &serde_json::Value, ascii: bool) -> String {
    use serde_json::Value;
    let text = match value {
        Value::Array(items) => {
            format!("[{}]", items.iter().map(|item| spaced(item, ascii)).collect::<Vec<_>>().join(", "))
        }
        Value::Object(members) => {
            let members =
                members.iter().map(|(name, value)| format!("{}: {}", Value::from(name.as_str()), spaced(value, ascii)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    };
    if ascii { escaped(&text) } else { text }
}

fn escaped(text: &str) -> String {
    let mut ascii = String::new();
    for character in text.chars() {
        if character.is_ascii() {
            ascii.push(character);
        } else {
            let mut units = [0; 2];
            let units = character.encode_utf16(&mut units).iter();
            ascii.extend(units.flat_map(|unit| format!("\\u{unit:04x}").into_bytes()).map(char::from));
        }
    }
    ascii
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
                "the date that was signed is {date}, and the Credential says {} (dates are in UTC)",
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
                format!("the service that was signed is `{service}`, and the Credential says `{}`", request.service);
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
