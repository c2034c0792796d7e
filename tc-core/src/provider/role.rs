//! Roles to assume, and the credentials that assume them.

use std::collections::BTreeSet;
use std::fmt;

use zeroize::Zeroizing;

use super::sts::{Sts, quoted};
use super::{BoxFuture, HostEnvironment, Network, ProvideCredential, ProviderError};
use crate::credential::Credential;

/// The names of the command line and of terraform.
const ARN: [&str; 2] = ["TENCENTCLOUD_ROLE_ARN", "TENCENTCLOUD_ASSUME_ROLE_ARN"];
const SESSION: [&str; 2] = ["TENCENTCLOUD_ROLE_SESSION_NAME", "TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME"];
const DURATION: [&str; 1] = ["TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION"];
const EXTERNAL: [&str; 1] = ["TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID"];

/// A role to assume.
#[derive(Clone)]
pub(super) struct Role {
    pub(super) arn: String,
    pub(super) session: Option<String>,
    pub(super) duration: Option<u32>,
    pub(super) external_id: Option<Zeroizing<String>>,
}

/// The fields of a role as text, each with the name of its variable or key.
#[derive(Default)]
pub(super) struct RoleFields<'a> {
    pub(super) arn: Option<(&'a str, String)>,
    pub(super) session: Option<(&'a str, String)>,
    pub(super) duration: Option<(&'a str, String)>,
    pub(super) external_id: Option<(&'a str, String)>,
}

impl RoleFields<'_> {
    /// Checks the fields and returns the role; `None` if no field is set.
    ///
    /// # Errors
    /// If a field is invalid, or set without the role. The error contains its name. `arn` is the name of the role's own field.
    pub(super) fn role(self, arn: &str) -> Result<Option<Role>, String> {
        let Some((name, role)) = self.arn else {
            let alone = [self.session, self.duration, self.external_id].into_iter().flatten().next();
            return alone.map_or(Ok(None), |(name, _)| Err(format!("has {name} but no {arn}")));
        };
        if role.is_empty() || role.chars().any(|character| character.is_control() || character.is_whitespace()) {
            return Err(format!(
                "has {name}, whose value is not a role: write qcs::cam::uin/100000000001:roleName/reader"
            ));
        }
        if let Some((name, session)) = &self.session {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
            if !(2..=128).contains(&session.len()) || !session.bytes().all(plain) {
                return Err(format!(
                    "has {name} = {}: 2 to 128 characters of A-Za-z0-9_+=,.@- are accepted",
                    quoted(session)
                ));
            }
        }
        let duration = match &self.duration {
            None => None,
            Some((name, text)) => {
                let seconds = text.trim().parse().ok().filter(|seconds| (1..=43200).contains(seconds));
                let refused = || format!("has {name} = {}: 1 to 43200 seconds are accepted", quoted(text));
                Some(seconds.ok_or_else(refused)?)
            }
        };
        Ok(Some(Role {
            arn: role,
            session: self.session.map(|(_, session)| session),
            duration,
            external_id: self.external_id.map(|(_, id)| Zeroizing::new(id)),
        }))
    }
}

/// The role that environment variables name.
pub(super) fn of_environment(environment: &HostEnvironment) -> Result<Option<Role>, ProviderError> {
    let failed = |reason| ProviderError::failed("environment", reason);
    let part = |names: &[&'static str]| match environment.part(names) {
        Ok(found) => Ok(found.map(|found| (found.name, found.into_value()))),
        Err(reason) => Err(failed(reason)),
    };
    let fields = RoleFields {
        arn: part(&ARN)?,
        session: part(&SESSION)?,
        duration: part(&DURATION)?,
        external_id: part(&EXTERNAL)?,
    };
    fields.role(ARN[0]).map_err(failed)
}

/// A credential, and the roles to assume with it, in order.
pub(super) struct RoleChain {
    pub(super) base: Credential,
    pub(super) roles: Vec<Role>,
}

impl RoleChain {
    /// A credential without roles.
    pub(super) fn of(base: Credential) -> Self {
        Self { base, roles: Vec::new() }
    }

    /// Assumes the roles and returns the credential of the last.
    pub(super) fn resolve(self, sts: &Sts) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(async move {
            let mut credential = self.base;
            for role in &self.roles {
                credential = sts.assume_role(role, &credential).await?;
            }
            Ok(credential)
        })
    }
}

/// Rejects cycles and long chains of `source_profile`.
pub(super) fn check_cycle(seen: &mut BTreeSet<String>, profile: &str) -> Result<(), String> {
    if seen.len() >= 8 {
        return Err("has a chain of more than eight profiles with `source_profile`".into());
    }
    if seen.insert(profile.to_owned()) {
        Ok(())
    } else {
        Err(format!("has a profile `{profile}` that is its own `source_profile`, directly or through other profiles"))
    }
}

/// Assumes the role that environment variables name, if any, with the credential of another provider.
pub(super) struct WithRole<P> {
    provider: P,
    environment: HostEnvironment,
    sts: Sts,
}

impl<P> WithRole<P> {
    pub(super) fn with(provider: P, environment: HostEnvironment) -> Self {
        Self { provider, environment, sts: Sts::default() }
    }
}

/// Shows only the provider: the role is read at each call.
impl<P: fmt::Debug> fmt::Debug for WithRole<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.provider.fmt(f)
    }
}

impl<P: ProvideCredential> ProvideCredential for WithRole<P> {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(async {
            let base = self.provider.credential().await?;
            let roles = of_environment(&self.environment)?.into_iter().collect();
            RoleChain { base, roles }.resolve(&self.sts).await
        })
    }

    fn refused(&self, credential: &Credential) {
        self.provider.refused(credential);
    }

    fn network(&self, network: &Network) {
        self.provider.network(network);
        self.sts.network(network);
    }
}
