//! Credentials out of the files of the official command line.

use std::sync::Arc;

use chrono::DateTime;
use serde_json::{Map, Value};

use super::surroundings::{profile_name, read};
use super::{ProvideCredential, ProviderError, Surroundings, checked};
use crate::credential::Credential;
use crate::timestamp::{Clock, SystemClock, Timestamp};
use crate::transport::BoxFuture;

/// `~/.tccli/<profile>.credential`, which `tccli configure`, `tccli auth login` and `tccli sso login` write.
///
/// The profile is `default`, or the one that `TCCLI_PROFILE` or [`named`](Self::named) names. A login that has expired
/// counts as absent; one that asks to assume a role is refused.
///
/// ```
/// use tc_core::Client;
/// use tc_core::provider::TccliProfile;
/// let client = Client::builder().provider(TccliProfile::new().named("work")).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct TccliProfile {
    surroundings: Surroundings,
    name: Option<String>,
    clock: Arc<dyn Clock>,
}

impl TccliProfile {
    /// The profile that this process's variables name.
    pub fn new() -> Self {
        Self::of(Surroundings::of_process())
    }

    /// The profile that the variables of these surroundings name.
    pub fn of(surroundings: Surroundings) -> Self {
        Self { surroundings, name: None, clock: Arc::new(SystemClock) }
    }

    /// The profile of this name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// With another clock to hold expiry against.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    fn look(&self) -> Result<Credential, ProviderError> {
        let name = self.name.clone().or_else(|| self.surroundings.get("TCCLI_PROFILE"));
        let name = name.as_deref().unwrap_or("default");
        profile_name(name).map_err(|reason| ProviderError::failed(format!("tccli profile `{name}`"), reason))?;
        let Some(path) = self.surroundings.in_home(&format!(".tccli/{name}.credential")) else {
            return Err(ProviderError::absent(format!("~/.tccli/{name}.credential"), "has no home directory"));
        };
        let place = path.display().to_string();
        let text = match read(&path) {
            Ok(Some(text)) => text,
            Ok(None) => return Err(ProviderError::absent(place, "is not there")),
            Err(reason) => return Err(ProviderError::failed(place, reason)),
        };
        // The parser's message would name what it found, and that may be a piece of a key.
        match serde_json::from_str(&text) {
            Ok(Value::Object(members)) => self.credential_in(&place, members),
            _ => Err(ProviderError::failed(place, "is no JSON object")),
        }
    }

    fn credential_in(&self, place: &str, mut members: Map<String, Value>) -> Result<Credential, ProviderError> {
        if members.get("type").and_then(Value::as_str) == Some("cvm-role") {
            return Err(ProviderError::absent(place, "says to use the role of the CVM"));
        }
        let expiry = members.get("expiresAt").and_then(Value::as_i64).filter(|seconds| *seconds > 0);
        let mut part = |name: &str| match members.remove(name) {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            _ => None,
        };
        if part("role-arn").is_some() {
            return Err(ProviderError::failed(
                place,
                "asks to assume a role: give the client an AssumeRoleProvider of tc-apis",
            ));
        }
        let (id, key) = match (part("secretId"), part("secretKey")) {
            (Some(id), Some(key)) => (id, key),
            (None, None) => return Err(ProviderError::absent(place, "has no `secretId` and no `secretKey`")),
            (Some(_), None) => return Err(ProviderError::failed(place, "has no `secretKey`")),
            (None, Some(_)) => return Err(ProviderError::failed(place, "has no `secretId`")),
        };
        if expiry.is_some_and(|seconds| Timestamp::from_unix(seconds) <= self.clock.now()) {
            return Err(ProviderError::absent(place, "has expired: log in again with tccli"));
        }
        let expiry = expiry.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        checked(&format!("{place}:"), Credential::of(id, key, part("token"), expiry))
    }
}

impl Default for TccliProfile {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredential for TccliProfile {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(std::future::ready(self.look()))
    }
}
