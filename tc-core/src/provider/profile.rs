//! Credentials out of the profile file that the official SDKs share.

use std::path::{Path, PathBuf};

use super::surroundings::{profile_name, read};
use super::{ProvideCredential, ProviderError, Surroundings, checked, ini};
use crate::credential::Credential;
use crate::transport::BoxFuture;

/// A profile of `~/.tencentcloud/credentials`, or else of `/etc/tencentcloud/credentials`.
///
/// ```ini
/// [default]
/// secret_id = AKID…
/// secret_key = …
/// token = …
/// ```
///
/// `TENCENTCLOUD_CREDENTIALS_FILE` names another file, which then has to be there. The profile is `default`, or the one
/// that `TENCENTCLOUD_PROFILE` or [`named`](Self::named) names.
///
/// ```
/// use tc_core::Client;
/// use tc_core::provider::Profile;
/// let client = Client::builder().provider(Profile::new().named("work")).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Profile {
    surroundings: Surroundings,
    name: Option<String>,
}

impl Profile {
    /// The profile that this process's variables name.
    pub fn new() -> Self {
        Self::of(Surroundings::of_process())
    }

    /// The profile that the variables of these surroundings name.
    pub fn of(surroundings: Surroundings) -> Self {
        Self { surroundings, name: None }
    }

    /// The profile of this name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    fn look(&self) -> Result<Credential, ProviderError> {
        let name = self.name.clone().or_else(|| self.surroundings.get("TENCENTCLOUD_PROFILE"));
        let name = name.as_deref().unwrap_or("default");
        profile_name(name).map_err(|reason| ProviderError::failed(format!("profile `{name}`"), reason))?;
        if let Some(path) = self.surroundings.get("TENCENTCLOUD_CREDENTIALS_FILE") {
            return match in_file(Path::new(&path), name) {
                Err(error) if error.is_absent() => Err(ProviderError::failed(error.place(), error.reason())),
                found => found,
            };
        }
        let places: [Option<PathBuf>; 2] = [
            self.surroundings.in_home(".tencentcloud/credentials"),
            self.surroundings.in_etc("tencentcloud/credentials"),
        ];
        let mut absent: Option<ProviderError> = None;
        for path in places.into_iter().flatten() {
            match in_file(&path, name) {
                Err(error) if error.is_absent() => {
                    absent = Some(match absent {
                        None => error,
                        Some(before) => ProviderError::absent(before.to_string(), format!("and {error}")),
                    });
                }
                found => return found,
            }
        }
        Err(absent.unwrap_or_else(|| ProviderError::absent("~/.tencentcloud/credentials", "has no home directory")))
    }
}

fn in_file(path: &Path, profile: &str) -> Result<Credential, ProviderError> {
    let place = path.display().to_string();
    let text = match read(path) {
        Ok(Some(text)) => text,
        Ok(None) => return Err(ProviderError::absent(place, "is not there")),
        Err(reason) => return Err(ProviderError::failed(place, reason)),
    };
    let pairs = match ini::section(&text, profile) {
        Ok(Some(pairs)) => pairs,
        Ok(None) => return Err(ProviderError::absent(place, format!("has no section `[{profile}]`"))),
        Err(reason) => return Err(ProviderError::failed(place, reason)),
    };
    let part = |key: &str| ini::value(&pairs, key).filter(|value| !value.is_empty());
    let (Some(id), Some(key)) = (part("secret_id"), part("secret_key")) else {
        let missing = if part("secret_id").is_none() { "secret_id" } else { "secret_key" };
        return Err(ProviderError::failed(place, format!("has no `{missing}` in section `[{profile}]`")));
    };
    let token = part("token").map(str::to_owned);
    let credential = Credential::of(id.to_owned(), key.to_owned(), token, None);
    checked(&format!("{place}, section `[{profile}]`:"), credential)
}

impl Default for Profile {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredential for Profile {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(std::future::ready(self.look()))
    }
}
