//! A chain of providers.

use std::sync::Arc;

use super::role::WithRole;
use super::{
    CvmRole, Environment, HostEnvironment, Network, Profile, ProvideCredential, ProviderError, TccliProfile, TkeOidc,
};
use crate::credential::Credential;
use crate::transport::BoxFuture;

/// A chain of providers, tried in order until one returns a credential.
///
/// A provider without a credential is skipped. A provider whose credential cannot be used ends the search with an error, because a
/// call with another identity would be worse. The error lists every provider that was tried, with the reason.
///
/// ```
/// use tc_core::provider::{Chain, Environment, ProvideCredential, HostEnvironment};
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let chain = Chain::new().link(Environment::of(HostEnvironment::empty()));
/// assert_eq!(
///     chain.credential().await.unwrap_err().to_string(),
///     "no credential was found; tried:\n  environment has no TENCENTCLOUD_SECRET_ID and no TENCENTCLOUD_SECRET_KEY",
/// );
/// # });
/// ```
#[derive(Debug, Clone, Default)]
pub struct Chain {
    links: Vec<Arc<dyn ProvideCredential>>,
}

impl Chain {
    /// Creates an empty chain.
    pub fn new() -> Self {
        Self::default()
    }

    /// The default chain of a client: [`Environment`], [`Profile`], [`TccliProfile`], [`TkeOidc`], [`CvmRole`].
    pub fn of_process() -> Self {
        Self::of(&HostEnvironment::of_process())
    }

    /// The default chain, with another environment.
    pub fn of(environment: &HostEnvironment) -> Self {
        Self::new()
            .link(Environment::of(environment.clone()))
            .link(Profile::of(environment.clone()))
            .link(TccliProfile::of(environment.clone()))
            .link(WithRole::with(TkeOidc::of(environment.clone()), environment.clone()))
            .link(WithRole::with(CvmRole::new(), environment.clone()))
    }

    /// Only the profile of this name in the credential files: a profile that is named explicitly must exist.
    pub fn profile(environment: &HostEnvironment, name: &str) -> Self {
        Self::new()
            .link(Profile::of(environment.clone()).named(name))
            .link(TccliProfile::of(environment.clone()).named(name))
    }

    /// Adds a provider to the end of the chain.
    #[must_use]
    pub fn link(mut self, provider: impl ProvideCredential) -> Self {
        self.links.push(Arc::new(provider));
        self
    }

    async fn find(&self) -> Result<Credential, ProviderError> {
        let mut tried = Vec::new();
        for link in &self.links {
            match link.credential().await {
                Ok(credential) => return Ok(credential),
                Err(error) if error.is_absent() => tried.push(error),
                Err(error) => return Err(error.after(tried)),
            }
        }
        Err(ProviderError::absent("no credential", "was found; tried:").after(tried))
    }
}

impl ProvideCredential for Chain {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(self.find())
    }

    fn refused(&self, credential: &Credential) {
        self.links.iter().for_each(|link| link.refused(credential));
    }

    fn network(&self, network: &Network) {
        self.links.iter().for_each(|link| link.network(network));
    }
}
