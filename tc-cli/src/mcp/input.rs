//! The arguments of a tool.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::session::Session;
use crate::actions::{self, Target};
use crate::args::Options;
use crate::error::{Error, arguments};
use crate::profile::Settings;

/// Reads the arguments of a tool.
///
/// # Errors
/// One is missing, unknown, or of another type.
pub(super) fn read<T: DeserializeOwned>(arguments: Value) -> Result<T, Error> {
    serde_json::from_value(arguments)
        .map_err(|error| crate::error::arguments(format!("arguments of the tool: {error}")))
}

/// An action, and on whose behalf it is called.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CallInput {
    service: Option<String>,
    action: Option<String>,
    version: Option<String>,
    site: Option<String>,
    params: Option<Value>,
    profile: Option<String>,
    region: Option<String>,
    pub(super) filter: Option<String>,
    pub(super) cursor: Option<String>,
}

impl CallInput {
    /// The arguments of `whoami`.
    pub(super) fn of_whoami(profile: Option<String>, region: Option<String>) -> Self {
        let (service, action) = (Some("sts".to_owned()), Some("GetCallerIdentity".to_owned()));
        Self { service, action, profile, region, ..Self::default() }
    }

    /// The call that they mean.
    ///
    /// # Errors
    /// There is no such service, action or profile.
    pub(super) fn resolve(self, session: &Session) -> Result<Resolved, Error> {
        let mut options = session.options().clone();
        for (name, value) in
            [("version", &self.version), ("site", &self.site), ("profile", &self.profile), ("region", &self.region)]
        {
            if let Some(value) = value {
                options.set(name, value)?;
            }
        }
        let missing = |name: &str| arguments(format!("`{name}` is required"));
        let service = self.service.ok_or_else(|| missing("service"))?;
        let action = self.action.ok_or_else(|| missing("action"))?;
        let settings = Settings::load(&options)?;
        let target = actions::find(&service, &action, &settings, &options)?;
        let params = match self.params {
            Some(params @ Value::Object(_)) => params,
            None | Some(Value::Null) => Value::Object(Map::new()),
            Some(other) => {
                let kind = crate::args::kind(&other);
                return Err(arguments(format!("`params` is {kind}; give an object: {{\"Limit\": 20}}")));
            }
        };
        Ok(Resolved { options, settings, target, params })
    }
}

/// A call, with what the profile and the options say.
pub(super) struct Resolved {
    pub(super) options: Options,
    pub(super) settings: Settings,
    pub(super) target: Target,
    pub(super) params: Value,
}
