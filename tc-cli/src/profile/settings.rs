//! What a call takes from options, environment and profile, in the order in which tccli looks.

use std::fmt;

use tc_core::Credential;
use tc_core::provider::HostEnvironment;

use super::files::Profile;
use crate::args::{Options, parse_literal};
use crate::error::{Error, Kind, arguments, configuration};
use crate::output::Format;
use crate::region::{DEFAULT_REGION, RegionSource};

/// Where the credential of a call comes from.
#[derive(Clone, PartialEq, Eq)]
pub enum Keys {
    /// A key, and the role to assume with it, if any: its ARN and the name of the session.
    Static {
        /// The SecretId.
        secret_id: String,
        /// The SecretKey.
        secret_key: String,
        /// The token of a temporary key.
        token: Option<String>,
        /// ARN and session name.
        role: Option<(String, String)>,
    },
    /// The role of this machine.
    CvmRole,
    /// The role of this pod.
    TkeOidc,
    /// The profile of this name.
    Profile(String),
    /// The first source of the library's chain that has one.
    Chain,
}

/// Shows the source only.
impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Static { role: None, .. } => "Static",
            Self::Static { role: Some(_), .. } => "Static with a role",
            Self::CvmRole => "CvmRole",
            Self::TkeOidc => "TkeOidc",
            Self::Profile(_) => "Profile",
            Self::Chain => "Chain",
        })
    }
}

/// The settings of a command.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The profile.
    pub profile: Profile,
    /// Whether `--profile` named it. Then the environment is ignored.
    pub explicit: bool,
}

impl Settings {
    /// Reads the profile that `--profile`, `TCCLI_PROFILE` or nothing names.
    ///
    /// # Errors
    /// A file of the profile cannot be read, or `--profile` names one that does not exist. If the options contain a credential, the
    /// profile need not exist, as in tccli.
    pub fn load(options: &Options) -> Result<Self, Error> {
        let settings = Self::load_new(options)?;
        let has_credential = options.has("use-cvm-role") || (options.has("secretId") && options.has("secretKey"));
        if settings.explicit && !has_credential {
            settings.must_exist("")?;
        }
        Ok(settings)
    }

    /// Reads the same profile, which need not exist.
    ///
    /// # Errors
    /// A file of the profile cannot be read.
    pub(crate) fn load_new(options: &Options) -> Result<Self, Error> {
        Ok(Self { profile: Profile::load(&Self::profile_name(options))?, explicit: options.has("profile") })
    }

    /// The name of the profile that `--profile` or `TCCLI_PROFILE` names, or `default`.
    pub(crate) fn profile_name(options: &Options) -> String {
        let named = options.get("profile").map(str::to_owned).or_else(|| variable("TCCLI_PROFILE"));
        named.unwrap_or_else(|| "default".to_owned())
    }

    /// Whether the profile is in no file that a call reads.
    pub(crate) fn is_missing(&self) -> bool {
        self.must_exist("").is_err()
    }

    /// Checks that a file contains the profile.
    ///
    /// # Errors
    /// None does; the message lists the profiles that exist.
    fn must_exist(&self, named_by: &str) -> Result<(), Error> {
        let name = self.profile.name();
        if self.profile.exists() {
            return Ok(());
        }
        let all = super::names::all();
        if all.iter().any(|existing| existing == name) {
            return Ok(());
        }
        let existing = if all.is_empty() {
            "no profile exists: `tcapi configure` creates one".to_owned()
        } else {
            format!("there are: {}", all.join(", "))
        };
        let near = crate::args::did_you_mean(name, all.iter().map(String::as_str));
        Err(configuration(format!("there is no profile `{name}`{named_by}; {existing}{near}")))
    }

    fn environment(&self, name: &str) -> Option<String> {
        if self.explicit { None } else { variable(name) }
    }

    /// The region: of the option, the environment or the profile, or `ap-guangzhou` if nothing names one.
    pub fn region(&self, options: &Options) -> String {
        self.region_and_source(options).0
    }

    /// The region, and what names it.
    pub(crate) fn region_and_source(&self, options: &Options) -> (String, RegionSource) {
        let option = options.get("region").map(|region| (region.to_owned(), RegionSource::Option));
        option
            .or_else(|| Some((self.environment("TENCENTCLOUD_REGION")?, RegionSource::Environment)))
            .or_else(|| Some((self.profile.system("region")?, RegionSource::Profile)))
            .unwrap_or_else(|| (DEFAULT_REGION.to_owned(), RegionSource::Default))
    }

    /// The output format.
    ///
    /// # Errors
    /// The profile names one that does not exist.
    pub fn output(&self, options: &Options) -> Result<Format, Error> {
        match options.get("output") {
            Some(name) => name.parse().map_err(|error: crate::output::ParseFormatError| arguments(error.to_string())),
            None => match self.profile.system("output") {
                None => Ok(Format::Json),
                Some(name) => {
                    name.parse().map_err(|error| configuration(format!("profile {}: {error}", self.profile.name())))
                }
            },
        }
    }

    /// A setting that an option of the same name overrides: `language`, `request-client`.
    pub fn system(&self, options: &Options, key: &str) -> Option<String> {
        options.get(key).map(str::to_owned).or_else(|| self.profile.system(key))
    }

    /// The version of a service, if an option or the profile names one.
    pub fn version(&self, options: &Options, service: &str) -> Option<String> {
        options.get("version").map(str::to_owned).or_else(|| self.profile.service(service, "version"))
    }

    /// The host or URL of a service, if an option or the profile names one.
    pub fn endpoint(&self, options: &Options, service: &str) -> Option<String> {
        options.get("endpoint").map(str::to_owned).or_else(|| self.profile.service(service, "endpoint"))
    }

    /// The time and the interval of waiting: of `--waiter` itself, the profile, or tccli's defaults.
    pub fn waiter(&self, key: &str, default: f64) -> f64 {
        let section = self.profile.configure.get("waiter").and_then(|section| section.get(key));
        section.and_then(|value| value.as_f64().or_else(|| value.as_str()?.parse().ok())).unwrap_or(default)
    }

    /// Whether the credential is that of the profile's file.
    pub fn uses_file(&self, options: &Options) -> bool {
        let elsewhere = self.uses_environment() || options.has("secretKey");
        !elsewhere && self.profile.secret("secretKey").is_some()
    }

    fn uses_environment(&self) -> bool {
        self.credential_of_environment().is_ok_and(|found| found.is_some())
    }

    /// The credential in the environment, unless `--profile` is given.
    fn credential_of_environment(&self) -> Result<Option<Credential>, Error> {
        if self.explicit {
            return Ok(None);
        }
        HostEnvironment::of_process().credential().map_err(|error| Error::new(Kind::Credential, error.to_string()))
    }

    /// The value of a setting of the environment that has two names.
    fn one_of(&self, names: [&str; 2]) -> Result<Option<String>, Error> {
        match names.map(|name| self.environment(name)) {
            [Some(one), Some(other)] if one != other => Err(configuration(format!(
                "the environment has different values in {} and {}: unset one of them",
                names[0], names[1]
            ))),
            [one, other] => Ok(one.or(other)),
        }
    }

    /// A description of where the key comes from.
    pub fn source(&self, options: &Options) -> String {
        if options.has("secretId") {
            "the options".to_owned()
        } else if self.uses_environment() {
            "the environment".to_owned()
        } else {
            self.profile.credential_path().display().to_string()
        }
    }

    /// The role to assume, and the name of its session.
    ///
    /// # Errors
    /// A session is named, but no role.
    fn role(&self, options: &Options) -> Result<Option<(String, String)>, Error> {
        let option = |name: &str| options.get(name).map(str::to_owned);
        let (arn, session) = match self.one_of(ROLE_ARN)? {
            Some(arn) => (Some(arn), self.one_of(ROLE_SESSION)?),
            None => {
                let session = self.one_of(ROLE_SESSION)?.or_else(|| self.profile.secret("role-session-name"));
                (self.profile.secret("role-arn"), session)
            }
        };
        match (option("role-arn").or(arn), option("role-session-name").or(session)) {
            (Some(arn), session) => Ok(Some((arn, session.unwrap_or_else(|| "tc-core".to_owned())))),
            (None, Some(session)) => Err(configuration(format!(
                "the session `{session}` of a role is named, but no role: set --role-arn or {}",
                ROLE_ARN[0]
            ))),
            (None, None) => Ok(None),
        }
    }

    /// Other settings of the role that the environment names, by their variables.
    pub(crate) fn role_details(&self, options: &Options) -> Vec<(&'static str, String)> {
        if options.has("role-arn") || ROLE_ARN.iter().all(|name| self.environment(name).is_none()) {
            return Vec::new();
        }
        let names = ["TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION", "TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID"];
        names.into_iter().filter_map(|name| Some((name, self.environment(name)?))).collect()
    }

    /// Where the credential comes from.
    ///
    /// # Errors
    /// The profile that `--profile` names does not exist, or only a part of a key or of a role was given.
    pub fn keys(&self, options: &Options) -> Result<Keys, Error> {
        let complete = options.has("secretId") && options.has("secretKey");
        let environment =
            if complete || options.has("use-cvm-role") { None } else { self.credential_of_environment()? };
        let from_environment = environment.is_some();
        let (stored_id, stored_key, stored_token) = match environment {
            Some(found) => (
                Some(found.secret_id().to_owned()),
                Some(found.secret_key().to_owned()),
                found.token().map(str::to_owned),
            ),
            None => (self.profile.secret("secretId"), self.profile.secret("secretKey"), self.profile.secret("token")),
        };
        let given = ["secretId", "secretKey", "role-arn", "role-session-name"].iter().any(|name| options.has(name));
        let is_machine = self.profile.secret("type").as_deref() == Some("cvm-role");
        if options.has("use-cvm-role")
            || (is_machine && !given && !from_environment && self.one_of(ROLE_ARN)?.is_none())
        {
            return Ok(Keys::CvmRole);
        }
        let role = self.role(options)?;
        let own = |name: &str, stored: Option<String>| options.get(name).map(str::to_owned).or(stored);
        let pod = ["TKE_REGION", "TKE_PROVIDER_ID", "TKE_WEB_IDENTITY_TOKEN_FILE", "TKE_ROLE_ARN"];
        if role.is_none() && pod.iter().all(|name| variable(name).is_some()) {
            return Ok(Keys::TkeOidc);
        }
        // A key that is given as an option does not use the stored token of another key.
        let stored_token = if options.has("secretId") { None } else { stored_token };
        if options.get("secretId").is_some_and(|id| stored_id.as_deref() != Some(id))
            && !options.has("secretKey")
            && stored_key.is_some()
        {
            return Err(configuration(
                "--secretId needs --secretKey: the stored SecretKey belongs to another SecretId",
            ));
        }
        let login = matches!(self.profile.secret("type").as_deref(), Some("oauth" | "sso"));
        match (own("secretId", stored_id), own("secretKey", stored_key)) {
            (Some(_), Some(_)) if login && !given && !from_environment => {
                Ok(Keys::Profile(self.profile.name().to_owned()))
            }
            (Some(secret_id), Some(secret_key)) => {
                Ok(Keys::Static { secret_id, secret_key, token: own("token", stored_token), role })
            }
            (Some(_), None) => Err(configuration("secretKey is invalid: there is a secretId without a secretKey")),
            (None, Some(_)) => Err(configuration("secretId is invalid: there is a secretKey without a secretId")),
            (None, None) if self.explicit => Ok(Keys::Profile(self.profile.name().to_owned())),
            (None, None) => {
                if variable("TCCLI_PROFILE").is_some_and(|name| name == self.profile.name()) {
                    self.must_exist(", which the variable TCCLI_PROFILE names")?;
                }
                Ok(Keys::Chain)
            }
        }
    }
}

/// The names of the role and of its session, in tccli and in terraform.
const ROLE_ARN: [&str; 2] = ["TENCENTCLOUD_ROLE_ARN", "TENCENTCLOUD_ASSUME_ROLE_ARN"];
const ROLE_SESSION: [&str; 2] = ["TENCENTCLOUD_ROLE_SESSION_NAME", "TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME"];

/// A variable of the environment that is not empty.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The value of `--waiter`.
///
/// # Errors
/// The text is neither JSON nor a dictionary, or lacks `expr` or `to`.
pub(crate) fn waiter(text: &str) -> Result<serde_json::Map<String, serde_json::Value>, Error> {
    let refused = |reason: &str| arguments(format!("`--waiter` {reason}: write {{\"expr\":\"…\",\"to\":\"…\"}}"));
    let value = parse_literal(text).map_err(|reason| refused(&format!("cannot be read ({reason})")))?;
    let serde_json::Value::Object(waiter) = value else { return Err(refused("is not an object")) };
    for name in ["expr", "to"] {
        if !waiter.contains_key(name) {
            return Err(arguments(format!("`{name}` in `--waiter` must be defined")));
        }
    }
    Ok(waiter)
}
