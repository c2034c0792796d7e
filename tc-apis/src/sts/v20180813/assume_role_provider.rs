//! A provider that assumes a role. It needs a client, so it is not in tc-core.

use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tc_core::provider::{ProvideCredential, ProviderError};
use tc_core::transport::BoxFuture;
use tc_core::{Client, Credential, Region, Timestamp};

use super::AssumeRole;

/// Provides the credentials of a role, which a client with other credentials assumes.
///
/// ```no_run
/// use std::time::Duration;
///
/// use tc_apis::sts::AssumeRoleProvider;
/// use tc_core::Client;
///
/// # fn run() -> Result<(), tc_core::Error> {
/// let role = AssumeRoleProvider::new(Client::from_env()?, "qcs::cam::uin/100000000001:roleName/reader")
///     .session_name("nightly-report")
///     .duration(Duration::from_secs(3600));
/// let client = Client::builder().provider(role).build()?;
/// # Ok(())
/// # }
/// ```
///
/// A client caches the credentials, and requests new ones before they expire.
#[derive(Debug, Clone)]
pub struct AssumeRoleProvider {
    client: Client,
    region: Region,
    action: AssumeRole,
}

impl AssumeRoleProvider {
    /// Creates a provider that assumes this role with calls of `client`, in a session named `tc-apis`.
    pub fn new(client: Client, role_arn: impl Into<String>) -> Self {
        Self { client, region: Region::AP_GUANGZHOU, action: AssumeRole::new(role_arn.into(), "tc-apis") }
    }

    /// Sets the name of the session, which the audit log shows: 2 to 128 characters of `A-Za-z0-9_+=,.@-`.
    #[must_use]
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.action.role_session_name = name.into();
        self
    }

    /// Sets how long the credentials are valid, in whole seconds; a fraction is dropped. At most 12 hours are accepted.
    /// Default: 2 hours.
    #[must_use]
    pub fn duration(mut self, duration: Duration) -> Self {
        self.action.duration_seconds = Some(duration.as_secs());
        self
    }

    /// Restricts the role by this policy, which is JSON.
    #[must_use]
    pub fn policy(mut self, json: &str) -> Self {
        // The service expects a percent-encoded text, in addition to the encoding of the request.
        self.action.policy = Some(utf8_percent_encode(json, NON_ALPHANUMERIC).to_string());
        self
    }

    /// Sets the external id that the owner of the role requires of its callers.
    #[must_use]
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.action.external_id = Some(id.into());
        self
    }

    /// Sets the region of the calls. Default: `ap-guangzhou`.
    #[must_use]
    pub fn region(mut self, region: impl Into<Region>) -> Self {
        self.region = region.into();
        self
    }

    async fn assume(&self) -> Result<Credential, ProviderError> {
        let place = || format!("role {}", self.action.role_arn);
        let assumed = self.client.call(&self.action).region(self.region.clone()).send().await.map_err(|error| {
            let failed = ProviderError::failed(place(), format!("cannot be assumed: {error}"));
            let failed = if error.is_retryable() { failed.retryable() } else { failed };
            failed.with_source(error)
        })?;
        let assumed = assumed.into_inner();
        let pair = assumed.credentials;
        // An absent member is read as an empty value, and a temporary key is useless without its token.
        for (name, absent) in [("Token", pair.token.is_empty()), ("ExpiredTime", assumed.expired_time <= 0)] {
            if absent {
                return Err(ProviderError::failed(place(), format!("cannot be assumed: the response has no `{name}`")));
            }
        }
        let credential = Credential::new(pair.tmp_secret_id, pair.tmp_secret_key)
            .with_token(pair.token)
            .with_expiry(Timestamp::from_unix(assumed.expired_time).into());
        match credential.check() {
            Ok(()) => Ok(credential),
            Err(error) => Err(ProviderError::failed(place(), format!("returned an invalid credential: {error}"))),
        }
    }
}

impl ProvideCredential for AssumeRoleProvider {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(self.assume())
    }
}
