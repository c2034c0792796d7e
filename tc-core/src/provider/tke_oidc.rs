//! Credentials of a pod's service account, from its OIDC token.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

use super::door::Door;
use super::surroundings::read;
use super::{ProvideCredential, ProviderError, Surroundings, json, temporary};
use crate::credential::Credential;
use crate::timestamp::{Clock, SystemClock};
use crate::transport::{BoxFuture, Transport};

const PLACE: &str = "TKE OIDC";
const VARIABLES: [&str; 4] = ["TKE_REGION", "TKE_PROVIDER_ID", "TKE_WEB_IDENTITY_TOKEN_FILE", "TKE_ROLE_ARN"];
const TIMEOUT: Duration = Duration::from_secs(5);

/// The role of a pod in TKE: the four `TKE_…` variables that the cluster sets, and the token file it renews.
///
/// The file is read at each refresh, and exchanged by `sts AssumeRoleWithWebIdentity`. A client keeps what any provider
/// gives; elsewhere put it behind a [`CredentialCache`](super::CredentialCache).
///
/// ```
/// use tc_core::Client;
/// use tc_core::provider::TkeOidc;
/// let inside = TkeOidc::new().endpoint("https://sts.internal.tencentcloudapi.com");
/// let client = Client::builder().provider(inside).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct TkeOidc {
    surroundings: Surroundings,
    endpoint: String,
    door: Door,
    clock: Arc<dyn Clock>,
}

impl TkeOidc {
    /// The role of this pod.
    pub fn new() -> Self {
        Self::of(Surroundings::of_process())
    }

    /// The role that the variables of these surroundings name.
    pub fn of(surroundings: Surroundings) -> Self {
        Self {
            surroundings,
            endpoint: "https://sts.tencentcloudapi.com".into(),
            door: Door::default(),
            clock: Arc::new(SystemClock),
        }
    }

    /// Asks another service: `http://127.0.0.1:8080`, `https://sts.internal.tencentcloudapi.com`.
    #[must_use]
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = url.into();
        self
    }

    /// Asks through this transport.
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.door = Door::through(transport);
        self
    }

    async fn fetch(&self) -> Result<Credential, ProviderError> {
        let found = VARIABLES.map(|name| self.surroundings.get(name));
        let missing: Vec<&str> =
            VARIABLES.iter().zip(&found).filter(|(_, value)| value.is_none()).map(|(name, _)| *name).collect();
        let [Some(region), Some(provider), Some(file), Some(role)] = found else {
            let reason = format!("is not set up: there is no {}", missing.join(", "));
            return Err(if missing.len() == VARIABLES.len() {
                ProviderError::absent(PLACE, reason)
            } else {
                ProviderError::failed(PLACE, reason)
            });
        };
        let token = match read(Path::new(&file)) {
            Ok(Some(token)) => token,
            Ok(None) => return Err(ProviderError::failed(PLACE, format!("cannot be used: {file} is not there"))),
            Err(reason) => return Err(ProviderError::failed(PLACE, format!("cannot be used: {file} {reason}"))),
        };
        let now = self.clock.now();
        let mut body = Map::new();
        body.insert("DurationSeconds".to_owned(), Value::from(7200));
        for (name, value) in [
            ("ProviderId", provider),
            ("WebIdentityToken", token.trim().to_owned()),
            ("RoleArn", role),
            ("RoleSessionName", format!("tc-core-{now}")),
        ] {
            body.insert(name.to_owned(), Value::String(value));
        }
        let mut request = http::Request::post(format!("{}/", self.endpoint.trim_end_matches('/')));
        for (name, value) in [
            ("Content-Type", "application/json"),
            ("Authorization", "SKIP"),
            ("X-TC-Action", "AssumeRoleWithWebIdentity"),
            ("X-TC-Version", "2018-08-13"),
            ("X-TC-Region", &region),
            ("X-TC-Timestamp", &now.to_string()),
        ] {
            request = request.header(name, value);
        }
        let request = request
            .body(serde_json::to_vec(&body).unwrap_or_default().into())
            .map_err(|_| ProviderError::failed(PLACE, "cannot be used: TKE_REGION or the endpoint is none"))?;
        let answer = self.door.ask(request, TIMEOUT).await.map_err(|error| {
            ProviderError::failed(PLACE, format!("cannot be asked: {error}")).passing().with_source(error)
        })?;
        match json(answer.body()).as_mut().and_then(|body| body.get_mut("Response")) {
            Some(Value::Object(members)) => granted(members),
            _ => Err(ProviderError::failed(
                PLACE,
                format!("cannot be read: status {} and no JSON", answer.status().as_u16()),
            )
            .passing()),
        }
    }
}

fn granted(members: &mut Map<String, Value>) -> Result<Credential, ProviderError> {
    if let Some(error) = members.get("Error") {
        let text = |name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default();
        let id = members.get("RequestId").and_then(Value::as_str).unwrap_or("none");
        let reason = format!("is refused: {}: {} (request {id})", text("Code"), text("Message"));
        let refused = ProviderError::failed(PLACE, reason);
        return Err(if text("Code").starts_with("InternalError") { refused.passing() } else { refused });
    }
    let expiry = members.get("ExpiredTime").and_then(Value::as_i64);
    let mut none = Map::new();
    let pair = members.get_mut("Credentials").and_then(Value::as_object_mut).unwrap_or(&mut none);
    temporary(PLACE, "the answer", pair, expiry)
}

impl Default for TkeOidc {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredential for TkeOidc {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(self.fetch())
    }
}
