//! A provider that assumes a role; it needs a client, so it lives here and not in tc-core.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tc_core::provider::{ProvideCredential, ProviderError};
use tc_core::transport::BoxFuture;
use tc_core::{Client, Credential, Region, Timestamp};

use super::AssumeRole;

/// Credentials of a role, assumed by a client with other credentials.
///
/// ```no_run
/// use tc_apis::sts::AssumeRoleProvider;
/// use tc_core::Client;
///
/// # fn run() -> Result<(), tc_core::Error> {
/// let role = AssumeRoleProvider::new(Client::from_env()?, "qcs::cam::uin/100000000001:roleName/reader")
///     .session_name("nightly-report")
///     .duration(3600);
/// let client = Client::builder().provider(role).build()?;
/// # Ok(())
/// # }
/// ```
///
/// The client keeps what it gives, and asks again ahead of the expiry.
#[derive(Debug, Clone)]
pub struct AssumeRoleProvider {
    client: Client,
    region: Region,
    action: AssumeRole,
}

impl AssumeRoleProvider {
    /// The credentials of this role, assumed by this client; in a session called `tc-apis`, for the two hours that the
    /// service gives if nothing is said.
    pub fn new(client: Client, role_arn: impl Into<String>) -> Self {
        Self { client, region: Region::AP_GUANGZHOU, action: AssumeRole::new(role_arn.into(), "tc-apis") }
    }

    /// In a session of this name, which the audit log shows: 2 to 128 of `A-Za-z0-9_+=,.@-`.
    #[must_use]
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.action.role_session_name = name.into();
        self
    }

    /// For this many seconds, 43200 at most.
    #[must_use]
    pub fn duration(mut self, seconds: u64) -> Self {
        self.action.duration_seconds = Some(seconds);
        self
    }

    /// Narrowed by this policy, in JSON.
    #[must_use]
    pub fn policy(mut self, json: &str) -> Self {
        // The service wants the text percent-encoded, whatever the request does to it.
        self.action.policy = Some(utf8_percent_encode(json, NON_ALPHANUMERIC).to_string());
        self
    }

    /// With what the owner of the role has agreed on with its caller.
    #[must_use]
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.action.external_id = Some(id.into());
        self
    }

    /// Asked of this region instead of `ap-guangzhou`.
    #[must_use]
    pub fn region(mut self, region: impl Into<Region>) -> Self {
        self.region = region.into();
        self
    }

    async fn assume(&self) -> Result<Credential, ProviderError> {
        let place = || format!("role {}", self.action.role_arn);
        let assumed = self.client.call(&self.action).region(self.region.clone()).send().await.map_err(|error| {
            let failed = ProviderError::failed(place(), format!("was not assumed: {error}"));
            let failed = if error.is_retryable() { failed.retryable() } else { failed };
            failed.with_source(error)
        })?;
        let assumed = assumed.into_inner();
        let pair = assumed.credentials;
        let credential = Credential::new(pair.tmp_secret_id, pair.tmp_secret_key)
            .with_token(pair.token)
            .with_expiry(Timestamp::from_unix(assumed.expired_time).into());
        match credential.check() {
            Ok(()) => Ok(credential),
            Err(error) => Err(ProviderError::failed(place(), format!("gave what cannot be used: {error}"))),
        }
    }
}

impl ProvideCredential for AssumeRoleProvider {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(self.assume())
    }
}
