//! Credentials from the files of tccli, the official command line.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::DateTime;
use serde_json::{Map, Value};

use super::host_environment::{profile_name, read};
use super::role::{RoleChain, RoleFields, of_environment};
use super::sts::Sts;
use super::{CvmRole, HostEnvironment, Network, ProvideCredential, ProviderError, checked, seconds};
use crate::credential::Credential;
use crate::timestamp::{Clock, SystemClock, Timestamp};
use crate::transport::BoxFuture;

/// `~/.tccli/<profile>.credential`, which `tccli configure`, `tccli auth login` and `tccli sso login` write.
///
/// The name of the profile is set by [`named`](Self::named), `TCCLI_PROFILE` or `TENCENTCLOUD_PROFILE`; the default is `default`. A
/// profile that is named must exist. `TENCENTCLOUD_SHARED_CREDENTIALS_DIR` sets another directory, as for terraform.
/// - A login that has expired is an error: log in again with tccli.
/// - A profile with `role-arn` assumes this role with its own keys, in the session `role-session-name` (default:
///   `tc-core`). Without `named`, `TENCENTCLOUD_ROLE_ARN` sets the role, as for [`Environment`](super::Environment).
/// - A profile of the type `cvm-role` uses the credential of the role of the machine ([`CvmRole`]).
///
/// ```
/// use tc_core::Client;
/// use tc_core::provider::TccliProfile;
/// let client = Client::builder().provider(TccliProfile::new().named("work")).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct TccliProfile {
    environment: HostEnvironment,
    name: Option<String>,
    clock: Arc<dyn Clock>,
    sts: Sts,
    cvm_role: Arc<CvmRole>,
}

/// The keys of a credential, and their names in other files, in lower case without separators.
const MISSPELT: [(&str, &str); 5] = [
    ("secretId", "secretid"),
    ("secretKey", "secretkey"),
    ("token", "token"),
    ("token", "sessiontoken"),
    ("token", "securitytoken"),
];

/// A key in lower case without separators.
fn folded(key: &str) -> String {
    key.chars().filter(|letter| !matches!(letter, '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// The source of the credential that a profile selects.
enum Source {
    RoleChain(RoleChain),
    CvmRole,
}

impl TccliProfile {
    /// Uses the profile that the variables of this process name.
    pub fn new() -> Self {
        Self::of(HostEnvironment::of_process())
    }

    /// Uses the profile that the variables of `environment` name.
    pub fn of(environment: HostEnvironment) -> Self {
        let (clock, cvm_role) = (Arc::new(SystemClock), Arc::default());
        Self { environment, name: None, clock, sts: Sts::default(), cvm_role }
    }

    /// Uses the profile of this name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the clock that is compared with expiry times.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sets the endpoint of the service that issues credentials of roles: `https://sts.internal.tencentcloudapi.com`.
    #[must_use]
    pub fn sts_endpoint(mut self, url: impl Into<String>) -> Self {
        self.sts.set_endpoint(url.into());
        self
    }

    /// Sets the provider for profiles of the type `cvm-role`.
    #[must_use]
    pub fn cvm_role(mut self, role: CvmRole) -> Self {
        self.cvm_role = Arc::new(role);
        self
    }

    /// The name of the profile, and the variable that contains it.
    fn profile(&self) -> Result<(String, Option<&'static str>), ProviderError> {
        if let Some(name) = &self.name {
            return Ok((name.clone(), None));
        }
        for variable in ["TCCLI_PROFILE", "TENCENTCLOUD_PROFILE"] {
            let value = self.environment.value(variable);
            if let Some(name) = value.map_err(|reason| ProviderError::failed("environment", reason))? {
                return Ok((name.to_string(), Some(variable)));
            }
        }
        Ok(("default".to_owned(), None))
    }

    fn path(&self, name: &str) -> Result<PathBuf, ProviderError> {
        let directory = self.environment.value("TENCENTCLOUD_SHARED_CREDENTIALS_DIR");
        if let Some(directory) = directory.map_err(|reason| ProviderError::failed("environment", reason))? {
            return Ok(PathBuf::from(directory.as_str()).join(format!("{name}.credential")));
        }
        let path = self.environment.in_home(&format!(".tccli/{name}.credential"));
        path.ok_or_else(|| {
            ProviderError::absent(
                format!("~/.tccli/{name}.credential"),
                "cannot be found: the home directory is not known",
            )
        })
    }

    fn read_profile(&self) -> Result<Source, ProviderError> {
        let (name, variable) = self.profile()?;
        profile_name(&name).map_err(|reason| ProviderError::failed(format!("tccli profile `{name}`"), reason))?;
        self.in_file(&name).map_err(|error| match variable {
            // A profile that is named explicitly must exist: do not continue with another identity.
            Some(variable) if error.is_absent() => {
                ProviderError::failed(error.place(), format!("{}; {variable} names this profile", error.reason()))
            }
            _ => error,
        })
    }

    fn in_file(&self, name: &str) -> Result<Source, ProviderError> {
        let path = self.path(name)?;
        let place = path.display().to_string();
        let text = match read(&path) {
            Ok(Some(text)) => text,
            Ok(None) => return Err(ProviderError::absent(place, "does not exist")),
            Err(reason) => return Err(ProviderError::failed(place, reason)),
        };
        // The message of the parser may contain a part of a key.
        match serde_json::from_str(&text) {
            Ok(Value::Object(members)) => self.source_in(&place, members),
            _ => Err(ProviderError::failed(place, "is not a JSON object")),
        }
    }

    fn source_in(&self, place: &str, mut members: Map<String, Value>) -> Result<Source, ProviderError> {
        let failed = |reason: String| ProviderError::failed(place, reason);
        let names: Vec<String> = members.keys().cloned().collect();
        let mut part = |name: &str| match members.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(failed(format!("has a `{name}` that is not text"))),
        };
        let kind = part("type")?;
        // A misspelt key would be ignored, and the chain would continue with another identity or without the token.
        for (name, written) in MISSPELT {
            if let Some(found) = names.iter().find(|found| folded(found) == written && *found != name) {
                return Err(failed(format!("has `{found}`, which is not read: write `{name}`")));
            }
        }
        if kind.as_deref() == Some("cvm-role") {
            return Ok(Source::CvmRole);
        }
        let role = RoleFields {
            arn: part("role-arn")?.map(|arn| ("`role-arn`", arn)),
            session: part("role-session-name")?.map(|name| ("`role-session-name`", name)),
            ..RoleFields::default()
        };
        let role = role.role("`role-arn`").map_err(failed)?;
        let token = part("token")?;
        let (id, key) = match (part("secretId")?, part("secretKey")?) {
            (Some(id), Some(key)) => (id, key),
            (None, None)
                if role.is_some() || token.is_some() || kind.as_deref().is_some_and(|kind| kind != "default") =>
            {
                return Err(failed("has no `secretId` and no `secretKey`".into()));
            }
            (None, None) => return Err(ProviderError::absent(place, "has no `secretId` and no `secretKey`")),
            (Some(_), None) => return Err(failed("has no `secretKey`".into())),
            (None, Some(_)) => return Err(failed("has no `secretId`".into())),
        };
        let expiry = match members.get("expiresAt") {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) if text.is_empty() => None,
            Some(value) => {
                Some(seconds(value).ok_or_else(|| failed("has an `expiresAt` that is not a number".into()))?)
            }
        };
        let expiry = expiry.filter(|seconds| *seconds > 0);
        if expiry.is_some_and(|seconds| Timestamp::from_unix(seconds) <= self.clock.now()) {
            let login = if kind.as_deref() == Some("sso") { "tccli sso login" } else { "tccli auth login" };
            return Err(failed(format!("has expired: log in again with `{login}`")));
        }
        let expiry = expiry.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        let mut chain = RoleChain::of(checked(&format!("{place}:"), Credential::of(id, key, token, expiry))?);
        chain.roles.extend(match &self.name {
            Some(_) => role,
            None => of_environment(&self.environment)?.or(role),
        });
        Ok(Source::RoleChain(chain))
    }

    async fn fetch(&self) -> Result<Credential, ProviderError> {
        match self.read_profile()? {
            Source::RoleChain(chain) => chain.resolve(&self.sts).await,
            Source::CvmRole => self.cvm_role.credential().await.map_err(|error| {
                // The profile selects this role: do not continue with another identity.
                let reason = format!("{}; the tccli profile selects it", error.reason());
                let failed = ProviderError::failed(error.place(), reason);
                if error.is_retryable() { failed.retryable() } else { failed }
            }),
        }
    }
}

impl Default for TccliProfile {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredential for TccliProfile {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(self.fetch())
    }

    fn network(&self, network: &Network) {
        self.sts.network(network);
    }
}
