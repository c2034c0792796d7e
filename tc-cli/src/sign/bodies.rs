//! Signatures of another body than the one that was sent.

use super::hash::sha256;
use super::request::SignedRequest;
use super::variants::{CANONICAL, Variant, variant};

/// Every way in which the body can differ.
pub(super) fn bodies(request: &SignedRequest) -> Vec<Variant> {
    let body = &request.body;
    let hashed = |reason: &str, signed: &str| {
        let hash = sha256(signed.as_bytes());
        variant(CANONICAL, format!("the body that was signed {reason}"), move |parts| {
            parts.payload_hash.clone_from(&hash);
        })
    };
    let mut all = vec![
        hashed("is empty, but a body was sent", ""),
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
