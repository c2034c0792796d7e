//! Credentials out of environment variables.

use super::{ProvideCredential, ProviderError, Surroundings, checked};
use crate::credential::Credential;
use crate::transport::BoxFuture;

const ID: &str = "TENCENTCLOUD_SECRET_ID";
const KEY: &str = "TENCENTCLOUD_SECRET_KEY";
/// The Node SDK's spelling, then that of the official command line.
const TOKENS: [&str; 2] = ["TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_TOKEN"];

/// `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY`, and for temporary pairs `TENCENTCLOUD_SESSION_TOKEN` or
/// `TENCENTCLOUD_TOKEN`.
///
/// ```
/// use tc_core::provider::{Environment, ProvideCredential, Surroundings};
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let surroundings = Surroundings::empty().var("TENCENTCLOUD_SECRET_ID", "AKIDEXAMPLE");
/// let error = Environment::of(surroundings).credential().await.unwrap_err();
/// assert_eq!(error.to_string(), "environment has TENCENTCLOUD_SECRET_ID but no TENCENTCLOUD_SECRET_KEY");
/// # });
/// ```
#[derive(Debug, Clone)]
pub struct Environment(Surroundings);

impl Environment {
    /// The environment of this process.
    pub fn new() -> Self {
        Self::of(Surroundings::of_process())
    }

    /// The environment of these surroundings.
    pub fn of(surroundings: Surroundings) -> Self {
        Self(surroundings)
    }

    fn look(&self) -> Result<Credential, ProviderError> {
        let (id, key) = match (self.0.get(ID), self.0.get(KEY)) {
            (Some(id), Some(key)) => (id, key),
            (None, None) => {
                return Err(ProviderError::absent("environment", format!("has no {ID} and no {KEY}")));
            }
            // Half a pair is a mistake to be told, not a reason to call as somebody else.
            (Some(_), None) => return Err(ProviderError::failed("environment", format!("has {ID} but no {KEY}"))),
            (None, Some(_)) => return Err(ProviderError::failed("environment", format!("has {KEY} but no {ID}"))),
        };
        let token = TOKENS.iter().find_map(|name| self.0.get(name));
        checked("environment:", Credential::of(id, key, token, None))
    }
}

impl Default for Environment {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredential for Environment {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(std::future::ready(self.look()))
    }
}
