//! A request with signature v1: the common parameters and the signature are parameters too.

use bytes::Bytes;
use http::Request;
use http::header::{CONTENT_TYPE, HOST, HeaderMap};
use zeroize::Zeroizing;

use super::common_params as common;
use super::unsigned::{MAX_GET, MAX_V1, RequestHead, check_size};
use super::{Language, RequestError};
use crate::credential::{Credential, wiped};
use crate::endpoint::Hold;
use crate::payload::{FORM, join};
use crate::region::Region;
use crate::signing::{Method, Signature, StringToSign};
use crate::spec::COMMON_PARAMETERS;
use crate::timestamp::Timestamp;

/// Checks that no parameter has a name that signature v1 uses itself.
pub(super) fn without_reserved(pairs: Vec<(String, String)>) -> Result<Vec<(String, String)>, RequestError> {
    match pairs.iter().find(|(name, _)| COMMON_PARAMETERS.contains(&name.as_str())) {
        Some((name, _)) => Err(RequestError::NameTaken { name: name.clone() }),
        None => Ok(pairs),
    }
}

pub(super) fn sign(
    head: &RequestHead,
    pairs: &[(String, String)],
    credential: Option<&Credential>,
    at: Timestamp,
    nonce: u64,
) -> Result<Request<Bytes>, RequestError> {
    let (timestamp, nonce) = numbers(at, nonce);
    let mut pairs = with_common(head, pairs, credential, &timestamp, &nonce);
    let signature = credential.map(|credential| signature(head, &pairs, credential).1);
    if let Some(signature) = &signature {
        pairs.push(("Signature", signature.as_str()));
        pairs.sort_unstable();
    }
    // It holds the session token.
    let mut text = Zeroizing::new(join(&pairs));
    let hold: Hold =
        if credential.is_some_and(|credential| credential.token().is_some()) { wiped } else { Bytes::from };
    let mut headers = HeaderMap::with_capacity(4);
    headers.insert(HOST, head.origin.host().clone());
    headers.insert(CONTENT_TYPE, FORM);
    match head.method {
        Method::Get => {
            check_size("the query of a GET", text.len(), MAX_GET)?;
            Ok(head.request(head.url(&text, hold)?, headers, Bytes::new()))
        }
        Method::Post => {
            check_size("the form", text.len(), MAX_V1)?;
            let body = hold(std::mem::take(&mut *text).into_bytes());
            Ok(head.request(head.url("", hold)?, headers, body))
        }
    }
}

pub(super) fn steps(
    head: &RequestHead,
    pairs: &[(String, String)],
    credential: &Credential,
    at: Timestamp,
    nonce: u64,
) -> (StringToSign, Signature) {
    let (timestamp, nonce) = numbers(at, nonce);
    signature(head, &with_common(head, pairs, Some(credential), &timestamp, &nonce), credential)
}

/// The parameters and the common parameters, sorted. All are borrowed, so the token is not copied.
fn with_common<'a>(
    head: &'a RequestHead,
    pairs: &'a [(String, String)],
    credential: Option<&'a Credential>,
    timestamp: &'a str,
    nonce: &'a str,
) -> Vec<(&'a str, &'a str)> {
    let common = [
        ("Action", Some(&*head.target.action)),
        ("Version", Some(&*head.target.version)),
        ("Timestamp", Some(timestamp)),
        ("Nonce", Some(nonce)),
        ("RequestClient", Some(common::CLIENT)),
        ("Region", head.region.as_ref().map(Region::as_str)),
        ("Language", head.language.map(Language::as_str)),
        ("SecretId", credential.map(Credential::secret_id)),
        ("SignatureMethod", credential.map(|_| head.signature.as_str())),
        ("Token", credential.and_then(Credential::token)),
    ];
    let given = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let mut all = Vec::with_capacity(pairs.len() + common.len() + 1);
    all.extend(given.chain(common.into_iter().filter_map(|(name, value)| Some((name, value?)))));
    all.sort_unstable();
    all
}

fn signature(head: &RequestHead, pairs: &[(&str, &str)], credential: &Credential) -> (StringToSign, Signature) {
    let string = StringToSign::of_sorted(head.method, head.origin.host_text(), "/", pairs.iter().copied());
    let signature = Signature::of_parameters(head.signature, credential.secret_key(), &string);
    (string, signature)
}

/// The texts of time and nonce.
fn numbers(at: Timestamp, nonce: u64) -> (String, String) {
    (at.as_unix().to_string(), nonce.max(1).to_string())
}
