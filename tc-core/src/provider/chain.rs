//! Several places, asked in order.

use std::sync::Arc;

use super::role::WithRole;
use super::{
    CvmRole, Environment, HostEnvironment, Network, Profile, ProvideCredential, ProviderError, TccliProfile, TkeOidc,
};
use crate::credential::Credential;
use crate::transport::BoxFuture;

/// Several places, asked in order until one has a credential.
///
/// A place that has none is passed over; one that has a credential which cannot be used ends the search, since calling
/// as somebody else would be worse. The error lists every place and what it said.
///
/// ```
/// use tc_core::provider::{Chain, Environment, ProvideCredential, HostEnvironment};
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let chain = Chain::new().link(Environment::of(HostEnvironment::empty()));
/// assert_eq!(
///     chain.credential().await.unwrap_err().to_string(),
///     "no credential was found; asked were:\n  environment has no TENCENTCLOUD_SECRET_ID and no TENCENTCLOUD_SECRET_KEY",
/// );
/// # });
/// ```
#[derive(Debug, Clone, Default)]
pub struct Chain {
    links: Vec<Arc<dyn ProvideCredential>>,
}

impl Chain {
    /// No place yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The places that clients ask if nothing is said: [`Environment`], [`Profile`], [`TccliProfile`], [`TkeOidc`],
    /// [`CvmRole`].
    pub fn of_process() -> Self {
        Self::of(&HostEnvironment::of_process())
    }

    /// The same, looking at another environment.
    pub fn of(environment: &HostEnvironment) -> Self {
        Self::new()
            .link(Environment::of(environment.clone()))
            .link(Profile::of(environment.clone()))
            .link(TccliProfile::of(environment.clone()))
            .link(WithRole::with(TkeOidc::of(environment.clone()), environment.clone()))
            .link(WithRole::with(CvmRole::new(), environment.clone()))
    }

    /// The files' profile of this name, and nothing else: who names a profile means it.
    pub fn profile(environment: &HostEnvironment, name: &str) -> Self {
        Self::new()
            .link(Profile::of(environment.clone()).named(name))
            .link(TccliProfile::of(environment.clone()).named(name))
    }

    /// One place more, asked after the others.
    #[must_use]
    pub fn link(mut self, provider: impl ProvideCredential) -> Self {
        self.links.push(Arc::new(provider));
        self
    }

    async fn ask(&self) -> Result<Credential, ProviderError> {
        let mut tried = Vec::new();
        for link in &self.links {
            match link.credential().await {
                Ok(credential) => return Ok(credential),
                Err(error) if error.is_absent() => tried.push(error),
                Err(error) => return Err(error.after(tried)),
            }
        }
        Err(ProviderError::absent("no credential", "was found; asked were:").after(tried))
    }
}

impl ProvideCredential for Chain {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(self.ask())
    }

    fn refused(&self, credential: &Credential) {
        self.links.iter().for_each(|link| link.refused(credential));
    }

    fn network(&self, network: &Network) {
        self.links.iter().for_each(|link| link.network(network));
    }
}
