//! Several places, asked in order.

use std::sync::Arc;

use super::role::Assuming;
use super::{
    CvmRole, Environment, Network, Profile, ProvideCredential, ProviderError, Surroundings, TccliProfile, TkeOidc,
};
use crate::credential::Credential;
use crate::transport::BoxFuture;

/// Several places, asked in order until one has a credential.
///
/// A place that has none is passed over; one that has a credential which cannot be used ends the search, since calling
/// as somebody else would be worse. The error lists every place and what it said.
///
/// ```
/// use tc_core::provider::{Chain, Environment, ProvideCredential, Surroundings};
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let chain = Chain::new().link(Environment::of(Surroundings::empty()));
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
        Self::of(&Surroundings::of_process())
    }

    /// The same, looking at other surroundings.
    pub fn of(surroundings: &Surroundings) -> Self {
        Self::new()
            .link(Environment::of(surroundings.clone()))
            .link(Profile::of(surroundings.clone()))
            .link(TccliProfile::of(surroundings.clone()))
            .link(Assuming::with(TkeOidc::of(surroundings.clone()), surroundings.clone()))
            .link(Assuming::with(CvmRole::new(), surroundings.clone()))
    }

    /// The files' profile of this name, and nothing else: who names a profile means it.
    pub fn profile(surroundings: &Surroundings, name: &str) -> Self {
        Self::new()
            .link(Profile::of(surroundings.clone()).named(name))
            .link(TccliProfile::of(surroundings.clone()).named(name))
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
