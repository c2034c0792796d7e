//! Verifies TC3-HMAC-SHA256 as the gateway does: from the received bytes and the headers listed in SignedHeaders.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::ErrorResponse;
use super::cloud::Key;
use super::request::Arrived;

/// A parsed `Authorization` header.
#[derive(Debug)]
pub(super) struct Authorization {
    pub(super) secret_id: String,
    date: String,
    pub(super) service: String,
    signed_headers: Vec<String>,
    signature: String,
}

impl Authorization {
    /// Parses `header`: `TC3-HMAC-SHA256 Credential=…/2019-02-25/cvm/tc3_request, SignedHeaders=…, Signature=…`.
    ///
    /// # Errors
    /// `AuthFailure.InvalidAuthorization`, with the reason.
    pub(super) fn parse(header: &str) -> Result<Self, ErrorResponse> {
        let fields = header
            .strip_prefix("TC3-HMAC-SHA256 ")
            .ok_or_else(|| malformed("it does not begin with `TC3-HMAC-SHA256 `"))?;
        let field = |name: &str| {
            let mut found = fields.split(',').filter_map(|field| field.trim().strip_prefix(name)?.strip_prefix('='));
            match (found.next(), found.next()) {
                (Some(value), None) => Ok(value),
                (Some(_), Some(_)) => Err(malformed(&format!("`{name}` is given twice"))),
                (None, _) => Err(malformed(&format!("`{name}` is missing"))),
            }
        };
        let credential: Vec<&str> = field("Credential")?.split('/').collect();
        let [secret_id, date, service, "tc3_request"] = credential[..] else {
            return Err(malformed("its Credential is not of the form SecretId/date/service/tc3_request"));
        };
        let signed_headers: Vec<String> = field("SignedHeaders")?.split(';').map(str::to_owned).collect();
        if let Some(needed) =
            ["content-type", "host"].iter().find(|needed| signed_headers.iter().all(|it| it != *needed))
        {
            return Err(malformed(&format!("its SignedHeaders lack `{needed}`")));
        }
        if !signed_headers.is_sorted() {
            return Err(malformed("its SignedHeaders are not sorted"));
        }
        let signature = field("Signature")?;
        if signature.len() != 64 || !signature.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(malformed("its Signature is not 64 hex digits in lower case"));
        }
        let [secret_id, date, service, signature] = [secret_id, date, service, signature].map(str::to_owned);
        Ok(Self { secret_id, date, service, signed_headers, signature })
    }

    /// Verifies the signature of `arrived`, and stores the computed canonical request in `canonical`.
    ///
    /// # Errors
    /// `AuthFailure.SignatureFailure`.
    pub(super) fn verify(
        &self,
        arrived: &Arrived,
        timestamp: i64,
        key: &Key,
        canonical: &mut Option<String>,
    ) -> Result<(), ErrorResponse> {
        let date = chrono::DateTime::from_timestamp(timestamp, 0).map(|at| at.format("%Y-%m-%d").to_string());
        if date.as_deref() != Some(self.date.as_str()) {
            return Err(failure(&format!(
                "the date `{}` in Credential is not the date of X-TC-Timestamp in UTC",
                self.date
            )));
        }
        if let Some(absent) = self.signed_headers.iter().find(|name| arrived.header(name).is_none()) {
            return Err(failure(&format!("the signed header `{absent}` is missing")));
        }
        // By the documentation, values are signed in lower case; the official SDKs sign them unchanged.
        for lower in [true, false] {
            let request = self.canonical_request(arrived, lower);
            let right = self.signature(&request, timestamp, key) == self.signature;
            if lower || right {
                *canonical = Some(request);
            }
            if right {
                return Ok(());
            }
        }
        Err(failure("the signature does not match the received request"))
    }

    fn canonical_request(&self, arrived: &Arrived, lower: bool) -> String {
        let header = |name: &String| {
            let value = arrived.header(name).unwrap_or_default();
            if lower { format!("{name}:{}\n", value.to_lowercase()) } else { format!("{name}:{value}\n") }
        };
        let headers: Vec<String> = self.signed_headers.iter().map(header).collect();
        let unsigned = arrived.header("x-tc-content-sha256") == Some("UNSIGNED-PAYLOAD");
        let payload: &[u8] = if unsigned { b"UNSIGNED-PAYLOAD" } else { &arrived.body };
        let Arrived { method, path, query, .. } = arrived;
        let (headers, names) = (headers.concat(), self.signed_headers.join(";"));
        format!("{method}\n{path}\n{query}\n{headers}\n{names}\n{}", hex(&Sha256::digest(payload)))
    }

    fn signature(&self, canonical_request: &str, timestamp: i64, key: &Key) -> String {
        let Self { date, service, .. } = self;
        let hash = hex(&Sha256::digest(canonical_request));
        let text = format!("TC3-HMAC-SHA256\n{timestamp}\n{date}/{service}/tc3_request\n{hash}");
        let mut signing = format!("TC3{}", key.secret).into_bytes();
        for step in [date.as_str(), service, "tc3_request", &text] {
            signing = hmac(&signing, step.as_bytes());
        }
        hex(&signing)
    }
}

fn malformed(how: &str) -> ErrorResponse {
    ErrorResponse::new("AuthFailure.InvalidAuthorization", format!("The Authorization header is malformed: {how}."))
}

fn failure(how: &str) -> ErrorResponse {
    ErrorResponse::new(
        "AuthFailure.SignatureFailure",
        format!("The provided credentials could not be validated. Please check your signature is correct: {how}."),
    )
}

fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
