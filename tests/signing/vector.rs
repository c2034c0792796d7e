//! A captured request, and the steps of its signature computed from its bytes.

use std::collections::BTreeMap;

use serde::Deserialize;
use tc_core::signing::{Authorization, CanonicalRequest, PayloadHash, Scope, Signature, SigningKey, StringToSign};
use tc_core::{Credential, Method, SignatureMethod, Timestamp};
use tc_tests::form;

/// A line of captured.jsonl, with the members that a signature needs.
#[derive(Deserialize, Clone)]
pub(crate) struct Vector {
    pub(crate) id: String,
    pub(crate) class: String,
    pub(crate) service: String,
    pub(crate) secret_id: String,
    pub(crate) secret_key: String,
    pub(crate) http_method: String,
    #[serde(default)]
    pub(crate) notes: Vec<String>,
    pub(crate) expect: Expect,
}

/// The steps that the client logged, and the request that it sent.
#[derive(Deserialize, Clone)]
pub(crate) struct Expect {
    pub(crate) canonical_request: Option<String>,
    pub(crate) string_to_sign: Option<String>,
    pub(crate) signature: Option<String>,
    pub(crate) authorization: Option<String>,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
    pub(crate) body_encoding: String,
}

/// The steps of a signature as text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) canonical_request: Option<String>,
    pub(crate) string_to_sign: Option<String>,
    pub(crate) signature: Option<String>,
    pub(crate) authorization: Option<String>,
}

/// How the signed request of a client differs from the one that it sent. Default: not at all.
#[derive(Default)]
pub(crate) struct Reading {
    pub(crate) host: Option<String>,
    pub(crate) service: Option<String>,
    pub(crate) dots_for_underscores: bool,
}

impl Vector {
    /// The steps that the client logged.
    pub(crate) fn expected(&self) -> Seen {
        let Expect { canonical_request, string_to_sign, signature, authorization, .. } = self.expect.clone();
        Seen { canonical_request, string_to_sign, signature, authorization }
    }

    /// Computes the steps from method, path, query, content type, host, body, key and time.
    pub(crate) fn computed(&self, reading: &Reading) -> Result<Seen, String> {
        match self.header("Authorization") {
            Some("SKIP") => self.skipped(),
            Some(sent) => self.tc3(reading, sent),
            None => self.v1(reading),
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.expect.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub(crate) fn body(&self) -> Result<Vec<u8>, String> {
        use base64::Engine;
        match self.expect.body_encoding.as_str() {
            "utf-8" => Ok(self.expect.body.clone().into_bytes()),
            "base64" => {
                base64::engine::general_purpose::STANDARD.decode(&self.expect.body).map_err(|error| error.to_string())
            }
            other => Err(format!("a body encoding {other:?}")),
        }
    }

    fn method(&self) -> Result<Method, String> {
        match self.http_method.as_str() {
            "GET" => Ok(Method::Get),
            "POST" => Ok(Method::Post),
            other => Err(format!("a method {other:?}")),
        }
    }

    /// A request without a signature and without a credential. (The Node and Go clients send the token; this client does not.)
    fn skipped(&self) -> Result<Seen, String> {
        if self.expect.headers.iter().any(|(_, value)| value.contains(&self.secret_id)) {
            return Err("a SecretId went with Authorization: SKIP".into());
        }
        let authorization = Some(Authorization::skip().to_string());
        Ok(Seen { canonical_request: None, string_to_sign: None, signature: None, authorization })
    }

    fn tc3(&self, reading: &Reading, sent: &str) -> Result<Seen, String> {
        let need = |name: &str| self.header(name).ok_or_else(|| format!("no header {name}"));
        let at = Timestamp::from_unix(need("X-TC-Timestamp")?.parse().map_err(|_| "no timestamp")?);
        let payload = match self.header("X-TC-Content-SHA256") {
            Some("UNSIGNED-PAYLOAD") => PayloadHash::UNSIGNED,
            _ => PayloadHash::of(&self.body()?),
        };
        let names =
            sent.split("SignedHeaders=").nth(1).and_then(|rest| rest.split(',').next()).ok_or("no SignedHeaders")?;
        let mut canonical = CanonicalRequest::new(self.method()?, &self.expect.query, payload);
        for name in names.split(';') {
            let value = if name == "host" { reading.host.as_deref() } else { None };
            canonical = canonical.header(name, value.map_or_else(|| need(name), Ok)?);
        }
        let scope = Scope::new(at.date(), reading.service.as_ref().unwrap_or(&self.service));
        let string = StringToSign::new(at, &scope, &canonical);
        let credential = Credential::new(&self.secret_id, &self.secret_key);
        let signature = SigningKey::of(&credential, &scope).sign(&string);
        let authorization = Authorization::new(&self.secret_id, &scope, &canonical, &signature);
        if self.expect.authorization.as_deref() != Some(sent) {
            return Err("the header Authorization is not the one logged".into());
        }
        Ok(Seen {
            canonical_request: Some(canonical.to_string()),
            string_to_sign: Some(string.exact().to_owned()),
            signature: Some(signature.to_string()),
            authorization: Some(authorization.to_string()),
        })
    }

    fn v1(&self, reading: &Reading) -> Result<Seen, String> {
        let text = match self.method()? {
            Method::Get => self.expect.query.clone(),
            Method::Post => String::from_utf8(self.body()?).map_err(|error| error.to_string())?,
        };
        let mut sent = form::parameters(&text)?;
        let sent_signature = sent.remove("Signature").ok_or("no parameter Signature")?;
        let method = match sent.get("SignatureMethod").map(String::as_str) {
            Some("HmacSHA256") => SignatureMethod::HmacSha256,
            Some("HmacSHA1") | None => SignatureMethod::HmacSha1,
            Some(other) => return Err(format!("a signature method {other:?}")),
        };
        let host = match &reading.host {
            Some(host) => host,
            None => self.header("Host").ok_or("no header Host")?,
        };
        let signed: BTreeMap<String, &str> = sent
            .iter()
            .map(|(name, value)| {
                (if reading.dots_for_underscores { name.replace('_', ".") } else { name.clone() }, value.as_str())
            })
            .collect();
        let pairs = signed.iter().map(|(name, value)| (name.as_str(), *value));
        let string = StringToSign::of_parameters(self.method()?, host, &self.expect.path, pairs);
        let signature = Signature::of_parameters(method, &self.secret_key, &string).to_string();
        if self.expect.signature.as_ref() != Some(&sent_signature) {
            return Err("the parameter Signature is not the one logged".into());
        }
        Ok(Seen {
            canonical_request: None,
            string_to_sign: Some(string.exact().to_owned()),
            signature: Some(signature),
            authorization: None,
        })
    }
}
