//! Signatures printed in the official documentation, and records of the API Explorer.

use std::collections::BTreeMap;

use serde::Deserialize;
use tc_core::signing::{Authorization, CanonicalRequest, PayloadHash, Scope, Signature, SigningKey, StringToSign, Tc3};
use tc_core::{Credential, Method, SignatureMethod, Timestamp};

#[derive(Deserialize)]
struct Documented {
    tc3: Vec<Header>,
    v1: Vec<Parameters>,
}

/// A TC3 signature.
#[derive(Deserialize)]
struct Header {
    name: String,
    secret_id: String,
    secret_key: String,
    method: String,
    service: String,
    timestamp: i64,
    payload: String,
    #[serde(default)]
    query: String,
    signed_headers: Vec<(String, String)>,
    documented: Printed,
    computed: Steps,
    reproduces: bool,
}

/// A signature v1.
#[derive(Deserialize)]
struct Parameters {
    name: String,
    secret_key: String,
    algorithm: String,
    method: String,
    host: String,
    #[serde(default = "root")]
    path: String,
    params: BTreeMap<String, String>,
    documented: Printed,
    computed: Steps,
    reproduces: bool,
}

/// The steps that a page shows.
#[derive(Deserialize)]
struct Printed {
    signature: String,
    hashed_payload: Option<String>,
    hashed_canonical_request: Option<String>,
}

/// The steps computed from the page by another program.
#[derive(Deserialize)]
struct Steps {
    canonical_request: Option<String>,
    string_to_sign: String,
    signature: String,
    authorization: Option<String>,
}

fn root() -> String {
    "/".into()
}

fn method(name: &str) -> Method {
    if name == "GET" { Method::Get } else { Method::Post }
}

/// Checks that each step equals the one computed by another program, and that the signature equals the printed one exactly if it is
/// marked so.
pub(crate) fn verify_all() -> String {
    let text = include_str!("vectors/documented.json");
    let Documented { tc3, v1 } = serde_json::from_str(text).expect("documented.json");
    let all = tc3.len() + v1.len();
    let reproduced =
        tc3.iter().filter(|vector| header(vector)).count() + v1.iter().filter(|vector| form(vector)).count();
    assert!(reproduced > 0 && reproduced < all, "{reproduced} of {all} reproduce");
    format!("{reproduced} documented signatures reproduced, {} rightly do not", all - reproduced)
}

fn header(vector: &Header) -> bool {
    let name = &vector.name;
    let payload = PayloadHash::of(vector.payload.as_bytes());
    let mut canonical = CanonicalRequest::new(method(&vector.method), &vector.query, payload);
    for (name, value) in &vector.signed_headers {
        canonical = canonical.header(name, value);
    }
    let at = Timestamp::from_unix(vector.timestamp);
    let scope = Scope::new(at.date(), &vector.service);
    let string = StringToSign::new(at, &scope, &canonical);
    let credential = Credential::new(&vector.secret_id, &vector.secret_key);
    let signature = SigningKey::of(&credential, &scope).sign(&string);
    let authorization = Authorization::new(&vector.secret_id, &scope, &canonical, &signature);
    assert_eq!(Some(canonical.to_string()), vector.computed.canonical_request, "{name}");
    assert_eq!(string.to_string(), vector.computed.string_to_sign, "{name}");
    assert_eq!(signature.as_str(), vector.computed.signature, "{name}");
    assert_eq!(Some(authorization.to_string()), vector.computed.authorization, "{name}");

    // For the headers that a call signs, `authorize` must write what the documentation prints.
    if let [(_, content_type), (_, host), (_, action)] = vector.signed_headers.as_slice() {
        let (method, query, service) = (method(&vector.method), vector.query.as_str(), vector.service.as_str());
        let mut header = Vec::new();
        Tc3 { method, query, content_type, host, action, payload, service, at }.authorize(&credential, &mut header);
        assert_eq!(String::from_utf8_lossy(&header), authorization.as_str(), "{name}");
    }

    let printed = &vector.documented;
    let same = printed.signature == signature.as_str()
        && printed.hashed_payload.as_ref().is_none_or(|hash| *hash == payload.to_string())
        && printed.hashed_canonical_request.as_ref().is_none_or(|hash| string.to_string().ends_with(hash));
    assert_eq!(same, vector.reproduces, "{name}: whether it reproduces");
    same
}

fn form(vector: &Parameters) -> bool {
    let name = &vector.name;
    let pairs = vector.params.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let string = StringToSign::of_parameters(method(&vector.method), &vector.host, &vector.path, pairs);
    let algorithm = match vector.algorithm.as_str() {
        "HmacSHA1" => SignatureMethod::HmacSha1,
        "HmacSHA256" => SignatureMethod::HmacSha256,
        other => panic!("{name}: {other}"),
    };
    let signature = Signature::of_parameters(algorithm, &vector.secret_key, &string);
    assert_eq!(string.to_string(), vector.computed.string_to_sign, "{name}");
    assert_eq!(signature.as_str(), vector.computed.signature, "{name}");
    let same = vector.documented.signature == signature.as_str();
    assert_eq!(same, vector.reproduces, "{name}: whether it reproduces");
    same
}
