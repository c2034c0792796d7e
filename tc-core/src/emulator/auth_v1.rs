//! Verifies signature v1 (HmacSHA1 and HmacSHA256) as the gateway does: over the decoded parameters in byte order.

use base64::Engine;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

use super::ErrorResponse;
use super::cloud::Key;
use super::request::{Arrived, Claims};

/// The parameters that belong to the protocol, not to the action. The emulator has its own list: it would not find a mistake in one
/// that it shares with the client.
const COMMON: [&str; 11] = [
    "Action",
    "Language",
    "Nonce",
    "Region",
    "RequestClient",
    "SecretId",
    "Signature",
    "SignatureMethod",
    "Timestamp",
    "Token",
    "Version",
];

/// Reads the common parameters of a v1 request.
pub(super) fn claims(pairs: &[(String, String)]) -> Claims {
    let value = |name| value(pairs, name).unwrap_or_default().to_owned();
    Claims {
        service: String::new(),
        version: value("Version"),
        action: value("Action"),
        region: value("Region"),
        secret_id: value("SecretId"),
        timestamp: value("Timestamp"),
        token: value("Token"),
    }
}

/// The pairs without the common parameters.
pub(super) fn business(pairs: Vec<(String, String)>) -> impl Iterator<Item = (String, String)> {
    pairs.into_iter().filter(|(name, _)| !COMMON.contains(&name.as_str()))
}

/// Verifies the signature in `pairs`, and stores the computed string to sign in `canonical`.
///
/// # Errors
/// `MissingParameter`, `InvalidParameter`, `InvalidParameterValue`, `AuthFailure.SignatureFailure`.
pub(super) fn verify(
    arrived: &Arrived,
    pairs: &[(String, String)],
    key: &Key,
    canonical: &mut Option<String>,
) -> Result<(), ErrorResponse> {
    let given = required(pairs, "Signature")?;
    if required(pairs, "Nonce")?.parse::<u64>().is_err() {
        return Err(ErrorResponse::new("InvalidParameter", "The parameter `Nonce` must be a positive integer."));
    }
    let mut sorted: Vec<_> = pairs.iter().filter(|(name, _)| name != "Signature").collect();
    sorted.sort();
    let joined: Vec<String> = sorted.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let host = arrived.header("host").unwrap_or_default();
    let text = format!("{}{host}{}?{}", arrived.method, arrived.path, joined.join("&"));
    let secret = key.secret.as_bytes();
    let signature = match value(pairs, "SignatureMethod") {
        None | Some("HmacSHA1") => hmac::<Hmac<Sha1>>(secret, text.as_bytes()),
        Some("HmacSHA256") => hmac::<Hmac<Sha256>>(secret, text.as_bytes()),
        Some(other) => {
            return Err(ErrorResponse::new(
                "InvalidParameterValue",
                format!(
                    "The value of parameter `SignatureMethod` is not accepted: it is `{other}`; accepted are HmacSHA1, HmacSHA256."
                ),
            ));
        }
    };
    *canonical = Some(text);
    if base64::engine::general_purpose::STANDARD.encode(signature) == given {
        return Ok(());
    }
    Err(ErrorResponse::new(
        "AuthFailure.SignatureFailure",
        "The provided credentials could not be validated. Please check your signature is correct.",
    ))
}

fn required<'a>(pairs: &'a [(String, String)], name: &str) -> Result<&'a str, ErrorResponse> {
    value(pairs, name).ok_or_else(|| {
        ErrorResponse::new("MissingParameter", format!("The request is missing a required parameter `{name}`."))
    })
}

pub(super) fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn hmac<M: Mac + KeyInit>(key: &[u8], text: &[u8]) -> Vec<u8> {
    // HMAC takes keys of any length.
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(key) else { return Vec::new() };
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}
