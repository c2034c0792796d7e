//! Credentials from environment variables.

use super::host_environment::Variable;
use super::role::{RoleChain, of_environment};
use super::sts::Sts;
use super::{HostEnvironment, Network, ProvideCredential, ProviderError};
use crate::credential::{Credential, CredentialError};
use crate::transport::BoxFuture;

const PLACE: &str = "environment";

/// The names that the official clients use for each part. The first name is used by the SDKs, the command line and terraform, the
/// second by cloud functions.
const ID: &[&str] = &["TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRETID"];
const KEY: &[&str] = &["TENCENTCLOUD_SECRET_KEY", "TENCENTCLOUD_SECRETKEY"];
/// Used by the Node SDK, the command line, terraform, and cloud functions.
const TOKEN: &[&str] =
    &["TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SECURITY_TOKEN", "TENCENTCLOUD_SESSIONTOKEN"];

/// A credential in environment variables, under the names of the official SDKs, the command line, terraform and cloud
/// functions.
///
/// | Part | Variables |
/// |---|---|
/// | SecretId | `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRETID` |
/// | SecretKey | `TENCENTCLOUD_SECRET_KEY`, `TENCENTCLOUD_SECRETKEY` |
/// | token, for temporary credentials | `TENCENTCLOUD_SESSION_TOKEN`, `TENCENTCLOUD_TOKEN`, `TENCENTCLOUD_SECURITY_TOKEN`, `TENCENTCLOUD_SESSIONTOKEN` |
///
/// Each part may be set by any of its names. An empty variable counts as not set. An error names the variable if two names of one
/// part have different values, if only some of the parts are set, or if a value is blank or invalid.
///
/// If `TENCENTCLOUD_ROLE_ARN` is set, this role is assumed with the credential, in the session
/// `TENCENTCLOUD_ROLE_SESSION_NAME` (default: `tc-core`). The names of terraform are also read:
/// `TENCENTCLOUD_ASSUME_ROLE_ARN`, `…_SESSION_NAME`, `…_SESSION_DURATION` and `…_EXTERNAL_ID`.
///
/// ```
/// use tc_core::provider::{Environment, ProvideCredential, HostEnvironment};
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let environment = HostEnvironment::empty().var("TENCENTCLOUD_SECRET_ID", "AKIDEXAMPLE");
/// let error = Environment::of(environment).credential().await.unwrap_err();
/// assert_eq!(error.to_string(), "environment has TENCENTCLOUD_SECRET_ID but no TENCENTCLOUD_SECRET_KEY");
/// # });
/// ```
#[derive(Debug, Clone)]
pub struct Environment {
    environment: HostEnvironment,
    sts: Sts,
}

impl Environment {
    /// Reads the variables of this process.
    pub fn new() -> Self {
        Self::of(HostEnvironment::of_process())
    }

    /// Reads the variables of `environment`.
    pub fn of(environment: HostEnvironment) -> Self {
        Self { environment, sts: Sts::default() }
    }

    /// Sets the endpoint of the service that issues credentials of roles: `https://sts.internal.tencentcloudapi.com`.
    #[must_use]
    pub fn sts_endpoint(mut self, url: impl Into<String>) -> Self {
        self.sts.set_endpoint(url.into());
        self
    }

    fn read(&self) -> Result<RoleChain, ProviderError> {
        let Some(base) = read(&self.environment)? else {
            return Err(ProviderError::absent(PLACE, format!("has no {} and no {}", ID[0], KEY[0])));
        };
        Ok(RoleChain { base, roles: of_environment(&self.environment)?.into_iter().collect() })
    }
}

/// Reads the credential in the variables; `None` if no part is set.
pub(super) fn read(environment: &HostEnvironment) -> Result<Option<Credential>, ProviderError> {
    let failed = |reason| ProviderError::failed(PLACE, reason);
    let part = |names| environment.part(names).map_err(failed);
    let (id, key, token) = (part(ID)?, part(KEY)?, part(TOKEN)?);
    let incomplete = |has: &Variable, missing: &str| failed(format!("has {} but no {missing}", has.name));
    let (id, key) = match (id, key, &token) {
        (Some(id), Some(key), _) => (id, key),
        // An incomplete credential is an error: do not continue with another identity.
        (Some(id), None, _) => return Err(incomplete(&id, KEY[0])),
        (None, Some(key), _) => return Err(incomplete(&key, ID[0])),
        (None, None, Some(token)) => return Err(incomplete(token, &format!("{} and no {}", ID[0], KEY[0]))),
        (None, None, None) => return Ok(None),
    };
    let names = [id.name, key.name, token.as_ref().map_or("", |token| token.name)];
    let credential = Credential::of(id.into_value(), key.into_value(), token.map(Variable::into_value), None);
    match credential.check() {
        Ok(()) => Ok(Some(credential)),
        Err(error) => Err(ProviderError::failed(format!("{PLACE}:"), error.of_name(named(&error, names)))),
    }
}

/// The variable that contains the invalid part.
fn named(error: &CredentialError, [id, key, token]: [&'static str; 3]) -> &'static str {
    match error.part() {
        "SecretId" => id,
        "SecretKey" => key,
        _ => token,
    }
}

impl Default for Environment {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredential for Environment {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(async { self.read()?.resolve(&self.sts).await })
    }

    fn network(&self, network: &Network) {
        self.sts.network(network);
    }
}
