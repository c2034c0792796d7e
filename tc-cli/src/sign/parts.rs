//! The parts of a signature, and how they are put together.

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

    pub(super) fn set_header(&mut self, name: &str, value: impl Into<String>) {
        if let Some((_, known)) = self.headers.iter_mut().find(|(known, _)| known == name) {
            *known = value.into();
        }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
