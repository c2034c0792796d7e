//! Credentials of a pod's service account, from its OIDC token.

use std::path::Path;
use std::time::Duration;

use super::host_environment::read;
use super::sts::Sts;
use super::{HostEnvironment, Network, ProvideCredential, ProviderError};
use crate::credential::Credential;
use crate::region::Region;
use crate::transport::{BoxFuture, Transport};

const PLACE: &str = "TKE OIDC";
const VARIABLES: [&str; 4] = ["TKE_REGION", "TKE_PROVIDER_ID", "TKE_WEB_IDENTITY_TOKEN_FILE", "TKE_ROLE_ARN"];
const TIMEOUT: Duration = Duration::from_secs(5);

/// The role of a pod in TKE, from the four `TKE_…` variables and the token file that the cluster provides.
///
/// At each refresh the file is read, and its token is exchanged with `sts AssumeRoleWithWebIdentity`, through the transport of the
/// client. A client caches the credential of every provider; without a client, use a
/// [`CredentialCache`](super::CredentialCache).
///
/// ```
/// use tc_core::Client;
/// use tc_core::provider::TkeOidc;
/// let provider = TkeOidc::new().endpoint("https://sts.internal.tencentcloudapi.com");
/// let client = Client::builder().provider(provider).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct TkeOidc {
    environment: HostEnvironment,
    sts: Sts,
}

impl TkeOidc {
    /// Uses the variables of this process.
    pub fn new() -> Self {
        Self::of(HostEnvironment::of_process())
    }

    /// Uses the variables of `environment`.
    pub fn of(environment: HostEnvironment) -> Self {
        Self { environment, sts: Sts::default() }
    }

    /// Sets the endpoint of the token service: `https://sts.internal.tencentcloudapi.com`.
    #[must_use]
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.sts.set_endpoint(url.into());
        self
    }

    /// Sets the transport, which replaces that of the client.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.sts.set_network(Network::new(transport).with_timeout(TIMEOUT));
        self
    }

    async fn fetch(&self) -> Result<Credential, ProviderError> {
        let found = VARIABLES.map(|name| self.environment.value(name));
        let mut missing = Vec::new();
        for (name, value) in VARIABLES.iter().zip(&found) {
            match value {
                Ok(Some(_)) => {}
                Ok(None) => missing.push(*name),
                Err(reason) => {
                    return Err(ProviderError::failed(PLACE, format!("cannot be used: the environment {reason}")));
                }
            }
        }
        let [Ok(Some(region)), Ok(Some(provider)), Ok(Some(file)), Ok(Some(role))] = found else {
            let reason = format!("is not configured; not set: {}", missing.join(", "));
            return Err(if missing.len() == VARIABLES.len() {
                ProviderError::absent(PLACE, reason)
            } else {
                ProviderError::failed(PLACE, reason)
            });
        };
        let unusable = |reason: String| ProviderError::failed(PLACE, format!("cannot be used: {reason}"));
        let region = Region::new(region.to_string());
        region.check().map_err(|error| unusable(format!("{}: {error}", VARIABLES[0])))?;
        region.warn_of_zone();
        let token = match read(Path::new(file.as_str())) {
            Ok(Some(token)) => token,
            Ok(None) => return Err(unusable(format!("{} does not exist", *file))),
            Err(reason) => return Err(unusable(format!("{} {reason}", *file))),
        };
        let token = token.trim();
        if token.is_empty() {
            return Err(unusable(format!("{} is empty", *file)));
        }
        let session = format!("tc-core-{}", self.sts.now());
        let parts = [
            ("ProviderId", provider.as_str()),
            ("WebIdentityToken", token),
            ("RoleArn", role.as_str()),
            ("RoleSessionName", session.as_str()),
        ];
        self.sts.exchange(PLACE, region, &parts).await
    }
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

    fn network(&self, network: &Network) {
        self.sts.network(network);
    }
}
