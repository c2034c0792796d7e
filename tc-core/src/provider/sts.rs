//! The Security Token Service, which issues temporary credentials of roles.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::http_source::{fetch, printable, wipe};
use super::role::Role;
use super::{Network, ProviderError, json, seconds, temporary};
use crate::credential::{Credential, wiped};
use crate::endpoint::Endpoint;
use crate::payload::Encoded;
use crate::region::Region;
use crate::request::{RequestHead, Target, UnsignedRequest};
use crate::signing::{Method, SignatureMethod};
use crate::timestamp::{Clock, SystemClock, Timestamp};
use crate::transport::{BoxFuture, TransportOptions, connect};

/// Calls the Security Token Service for a provider.
#[derive(Debug, Clone)]
pub(super) struct Sts {
    /// The endpoint that was set on the provider; it replaces that of the client.
    endpoint: Option<String>,
    network: OnceLock<Network>,
    clock: Arc<dyn Clock>,
}

impl Default for Sts {
    fn default() -> Self {
        Self { endpoint: None, network: OnceLock::new(), clock: Arc::new(SystemClock) }
    }
}

/// One call.
struct Request<'a> {
    /// The start of error messages.
    place: &'a str,
    action: &'static str,
    region: Region,
    body: Bytes,
    credential: Option<&'a Credential>,
}

impl Sts {
    pub(super) fn set_endpoint(&mut self, url: String) {
        self.endpoint = Some(url);
    }

    /// Sets the network of a client, unless one is already set.
    pub(super) fn network(&self, network: &Network) {
        // The transport that was set on the provider, or the network of the first client, is kept.
        let _ = self.network.set(network.clone());
    }

    /// Sets the network; a client does not replace it.
    pub(super) fn set_network(&mut self, network: Network) {
        self.network = OnceLock::from(network);
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Assumes `role` with `credential`, and returns the temporary credential.
    pub(super) async fn assume_role(&self, role: &Role, credential: &Credential) -> Result<Credential, ProviderError> {
        let session = role.session.as_deref().unwrap_or("tc-core");
        let duration = role.duration.unwrap_or(7200);
        let mut parts = vec![("RoleArn", role.arn.as_str()), ("RoleSessionName", session)];
        parts.extend(role.external_id.as_ref().map(|id| ("ExternalId", id.as_str())));
        let place = format!("role {}", printable(&role.arn));
        let body = body(&parts, duration);
        let (region, credential) = (Region::AP_GUANGZHOU, Some(credential));
        self.call(Request { place: &place, action: "AssumeRole", region, body, credential }).await
    }

    /// Exchanges an OIDC token for a temporary credential. The request is not signed.
    pub(super) async fn exchange(
        &self,
        place: &str,
        region: Region,
        parts: &[(&str, &str)],
    ) -> Result<Credential, ProviderError> {
        let body = body(parts, 7200);
        let action = "AssumeRoleWithWebIdentity";
        self.call(Request { place, action, region, body, credential: None }).await
    }

    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Credential, ProviderError>> {
        Box::pin(async move {
            let network = self.network_or_default(request.place)?;
            let unsigned = self.request(&network, &request)?;
            let mut at = self.clock.now();
            let mut again = true;
            loop {
                let sent = unsigned
                    .sign(request.credential, at, || u64::from(fastrand::u32(1..=i32::MAX.unsigned_abs())))
                    .map_err(|error| ProviderError::failed(request.place, format!("cannot be fetched: {error}")))?;
                let answer = fetch(&**network.transport(), sent, network.timeout()).await.map_err(|error| {
                    let reason = format!("cannot be fetched: {error}");
                    ProviderError::failed(request.place, reason).retryable().with_source(error)
                })?;
                let status = answer.status().as_u16();
                let server = date(answer.headers());
                let body = answer.into_body();
                let read = json(&body);
                wipe(body);
                let Some(Value::Object(mut members)) =
                    read.and_then(|read| if let Value::Object(mut all) = read { all.remove("Response") } else { None })
                else {
                    let reason =
                        format!("cannot be read: the response of the token service (status {status}) is not JSON");
                    return Err(ProviderError::failed(request.place, reason).retryable());
                };
                match error_response(&members) {
                    // The clock of this machine is wrong; use the time of the server.
                    Some(error) if error.code.starts_with("AuthFailure.SignatureExpire") && again => {
                        let Some(server) = server.filter(|server| server.since(at).abs() > 1) else {
                            return Err(error.into_provider_error(request.place));
                        };
                        (at, again) = (server, false);
                    }
                    Some(error) => return Err(error.into_provider_error(request.place)),
                    None => {
                        let expiry = members.get("ExpiredTime").and_then(seconds);
                        let mut none = Map::new();
                        let pair = members.get_mut("Credentials").and_then(Value::as_object_mut).unwrap_or(&mut none);
                        return temporary(request.place, "the response", pair, expiry);
                    }
                }
            }
        })
    }

    /// The network of the client, or a default one without a client.
    fn network_or_default(&self, place: &str) -> Result<Network, ProviderError> {
        if let Some(network) = self.network.get() {
            return Ok(network.clone());
        }
        let transport = connect(&TransportOptions::default())
            .map_err(|error| ProviderError::failed(place, format!("cannot be fetched: {error}")).with_source(error))?;
        Ok(self.network.get_or_init(|| Network::new(transport)).clone())
    }

    fn request(&self, network: &Network, request: &Request<'_>) -> Result<UnsignedRequest, ProviderError> {
        let failed =
            |error: &dyn std::fmt::Display| ProviderError::failed(request.place, format!("cannot be fetched: {error}"));
        let own = self.endpoint.as_deref().map(Endpoint::parse).transpose().map_err(|error| failed(&error))?;
        let endpoint = own.as_ref().unwrap_or(network.endpoint());
        let head = RequestHead {
            origin: endpoint.origin("sts", Some(&request.region)).map_err(|error| failed(&error))?,
            // An endpoint of the provider's own is also where it connects.
            connect_to: network.connect_to().filter(|_| own.is_none()).cloned(),
            region: Some(request.region.clone()),
            language: None,
            method: Method::Post,
            signature: SignatureMethod::Tc3,
            target: Target {
                skip_sign: request.credential.is_none(),
                ..Target::new("sts", "2018-08-13", request.action)
            },
        };
        request.region.check().map_err(|error| failed(&error))?;
        UnsignedRequest::from_encoded(head, Encoded::json(request.body.clone())).map_err(|error| failed(&error))
    }
}

/// A JSON body that is overwritten when it is dropped, because it may contain a web identity token.
fn body(parts: &[(&str, &str)], duration: u32) -> Bytes {
    let size = parts.iter().map(|(name, value)| name.len() + 6 * value.len() + 6).sum::<usize>();
    let mut out = Zeroizing::new(Vec::with_capacity(size + 64));
    out.extend_from_slice(format!("{{\"DurationSeconds\":{duration}").as_bytes());
    for (name, value) in parts {
        out.push(b',');
        // Writing text as JSON into a vector does not fail.
        let _ = serde_json::to_writer(&mut *out, name);
        out.push(b':');
        let _ = serde_json::to_writer(&mut *out, value);
    }
    out.push(b'}');
    wiped(std::mem::take(&mut *out))
}

/// An error response of the service.
struct ErrorResponse {
    code: String,
    message: String,
    request_id: String,
}

impl ErrorResponse {
    fn into_provider_error(self, place: &str) -> ProviderError {
        let Self { code, message, request_id } = self;
        let failed = ProviderError::failed(place, format!("is refused: {code}: {message} (request {request_id})"));
        let retryable = ["InternalError", "RequestLimitExceeded", "ResourceUnavailable"];
        if retryable.iter().any(|class| code.starts_with(class)) { failed.retryable() } else { failed }
    }
}

/// The error response, if there is one: any `Error` that is not null, in any shape.
fn error_response(members: &Map<String, Value>) -> Option<ErrorResponse> {
    let named = |(name, _): &(&String, &Value)| name.eq_ignore_ascii_case("Error");
    let error = members.iter().filter(named).map(|(_, error)| error).find(|error| !error.is_null())?;
    let text = |value: Option<&Value>| match value {
        Some(Value::String(text)) => Some(printable(text)),
        Some(Value::Null) | None => None,
        Some(other) => Some(printable(&other.to_string())),
    };
    let request_id = text(members.get("RequestId")).unwrap_or_else(|| "none".to_owned());
    let code = text(error.get("Code")).unwrap_or_else(|| "an error without a code".to_owned());
    let message = text(error.get("Message")).or_else(|| text(Some(error))).unwrap_or_default();
    Some(ErrorResponse { code, message, request_id })
}

/// The time of the server, in seconds.
fn date(headers: &http::HeaderMap) -> Option<Timestamp> {
    let text = headers.get(http::header::DATE)?.to_str().ok()?;
    httpdate::parse_http_date(text).ok().map(Timestamp::from)
}

/// A value in an error, shortened and in backticks.
pub(super) fn quoted(value: &str) -> String {
    format!("`{}`", printable(value))
}
