//! Credentials from the profile file of the official SDKs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::host_environment::{profile_name, read_lossy};
use super::ini::Section;
use super::role::{RoleChain, RoleFields, check_cycle, of_environment};
use super::sts::Sts;
use super::{HostEnvironment, Network, ProvideCredential, ProviderError, checked, ini};
use crate::credential::Credential;
use crate::transport::BoxFuture;

/// A profile of `~/.tencentcloud/credentials` or, if it is not found there, of `/etc/tencentcloud/credentials`.
///
/// ```ini
/// [default]
/// secret_id = AKID…
/// secret_key = …
/// token = …                ; only for a temporary credential
///
/// [reader]
/// role_arn = qcs::cam::uin/100000000001:roleName/reader
/// source_profile = default
/// role_session_name = nightly-report
/// ```
///
/// The format is that of Python's `configparser`: `=` or `:`, keys in any case, comments, `[DEFAULT]`. Mistakes in other sections
/// are ignored. A file with values but without a section is an error, and so is another name for the token, such as
/// `session_token`.
///
/// A profile with a `role_arn` assumes this role with the credential of its `source_profile`, or with its own keys. Optional:
/// `role_session_name` (default: `tc-core`), `duration_seconds`, `external_id`.
///
/// `TENCENTCLOUD_CREDENTIALS_FILE` sets the path of another file, which must exist. The name of the profile is set by
/// [`named`](Self::named) or `TENCENTCLOUD_PROFILE`; the default is `default`. Without `named`, `TENCENTCLOUD_ROLE_ARN` sets the role,
/// as for [`Environment`](super::Environment).
///
/// ```
/// use tc_core::Client;
/// use tc_core::provider::Profile;
/// let client = Client::builder().provider(Profile::new().named("work")).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Profile {
    environment: HostEnvironment,
    name: Option<String>,
    sts: Sts,
}

impl Profile {
    /// Uses the profile that the variables of this process name.
    pub fn new() -> Self {
        Self::of(HostEnvironment::of_process())
    }

    /// Uses the profile that the variables of `environment` name.
    pub fn of(environment: HostEnvironment) -> Self {
        Self { environment, name: None, sts: Sts::default() }
    }

    /// Uses the profile of this name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the endpoint of the service that issues credentials of roles: `https://sts.internal.tencentcloudapi.com`.
    #[must_use]
    pub fn sts_endpoint(mut self, url: impl Into<String>) -> Self {
        self.sts.set_endpoint(url.into());
        self
    }

    fn read(&self) -> Result<RoleChain, ProviderError> {
        let variable = |name| self.environment.value(name).map_err(|why| ProviderError::failed("environment", why));
        let name = match &self.name {
            Some(name) => name.clone(),
            None => variable("TENCENTCLOUD_PROFILE")?.map_or_else(|| "default".to_owned(), |name| name.to_string()),
        };
        profile_name(&name).map_err(|reason| ProviderError::failed(format!("profile `{name}`"), reason))?;
        let mut chain = match variable("TENCENTCLOUD_CREDENTIALS_FILE")? {
            Some(path) => match in_file(Path::new(path.as_str()), &name) {
                Err(error) if error.is_absent() => Err(ProviderError::failed(error.place(), error.reason())),
                found => found,
            },
            None => self.search(&name),
        }?;
        // A profile that is named explicitly keeps its own role.
        if self.name.is_none()
            && let Some(role) = of_environment(&self.environment)?
        {
            chain.roles.pop();
            chain.roles.push(role);
        }
        Ok(chain)
    }

    fn search(&self, name: &str) -> Result<RoleChain, ProviderError> {
        let places: [Option<PathBuf>; 2] = [
            self.environment.in_home(".tencentcloud/credentials"),
            self.environment.in_etc("tencentcloud/credentials"),
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
        Err(absent.unwrap_or_else(|| {
            ProviderError::absent("~/.tencentcloud/credentials", "cannot be found: the home directory is not known")
        }))
    }
}

fn in_file(path: &Path, profile: &str) -> Result<RoleChain, ProviderError> {
    let place = path.display().to_string();
    let text = match read_lossy(path) {
        Ok(Some(text)) => text,
        Ok(None) => return Err(ProviderError::absent(place, "does not exist")),
        Err(reason) => return Err(ProviderError::failed(place, reason)),
    };
    let mut seen = BTreeSet::new();
    let mut roles = Vec::new();
    let mut name = profile.to_owned();
    loop {
        check_cycle(&mut seen, &name).map_err(|reason| ProviderError::failed(&place, reason))?;
        let section = match ini::section(&text, &name) {
            Ok(Some(section)) => section,
            // The values belong to no profile, but they are probably meant as a credential: do not continue with another identity.
            Ok(None) if ini::has_only_values(&text) => {
                let reason = format!("has values but no section: write `[{name}]` in the line above them");
                return Err(ProviderError::failed(place, reason));
            }
            Ok(None) if name == profile => {
                return Err(ProviderError::absent(place, format!("has no section `[{name}]`")));
            }
            Ok(None) => {
                let reason = format!("has no section `[{name}]`, but another profile has `source_profile = {name}`");
                return Err(ProviderError::failed(place, reason));
            }
            Err(reason) => return Err(ProviderError::failed(place, reason)),
        };
        let failed = |reason: String| ProviderError::failed(format!("{place}, section `[{name}]`:"), reason);
        let source = section.value("source_profile").map_err(failed)?.map(str::to_owned);
        let role = role_fields(&section).and_then(|fields| fields.role("role_arn")).map_err(failed)?;
        match (role, source) {
            (None, Some(_)) => return Err(failed("has source_profile but no role_arn".into())),
            (Some(role), Some(source)) if source != name => {
                roles.push(role);
                name = source;
            }
            (role, _) => {
                roles.extend(role);
                roles.reverse();
                return Ok(RoleChain { base: section_credential(&place, &section, &name)?, roles });
            }
        }
    }
}

/// Names that other programs use for the token.
const OTHER_TOKENS: [&str; 4] = ["session_token", "security_token", "secret_token", "sessiontoken"];

/// The credential in the section itself.
fn section_credential(place: &str, section: &Section<'_>, name: &str) -> Result<Credential, ProviderError> {
    let failed = |reason: String| ProviderError::failed(format!("{place}, section `[{name}]`:"), reason);
    let part = |key: &str| section.value(key).map_err(failed);
    let (id, key, token) = (part("secret_id")?, part("secret_key")?, part("token")?);
    // The cloud refuses a temporary key without its token.
    if let Some(other) = section.keys().find(|key| OTHER_TOKENS.iter().any(|other| key.eq_ignore_ascii_case(other))) {
        return Err(failed(format!("has `{other}`, which is not read: write `token`")));
    }
    let (Some(id), Some(key)) = (id, key) else {
        let missing = if id.is_none() { "secret_id" } else { "secret_key" };
        return Err(failed(format!("has no `{missing}`")));
    };
    let credential = Credential::of(id.to_owned(), key.to_owned(), token.map(str::to_owned), None);
    checked(&format!("{place}, section `[{name}]`:"), credential)
}

fn role_fields<'a>(section: &Section<'_>) -> Result<RoleFields<'a>, String> {
    let part = |key: &'static str| section.value(key).map(|value| value.map(|value| (key, value.to_owned())));
    Ok(RoleFields {
        arn: part("role_arn")?,
        session: part("role_session_name")?,
        duration: part("duration_seconds")?,
        external_id: part("external_id")?,
    })
}

impl Default for Profile {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredential for Profile {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(async { self.read()?.resolve(&self.sts).await })
    }

    fn network(&self, network: &Network) {
        self.sts.network(network);
    }
}
