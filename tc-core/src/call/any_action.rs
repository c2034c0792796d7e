//! Any action of the cloud by its name, so that nobody waits for a model.

use std::fmt;

use serde_json::Value as Json;

use super::{Call, Target};
use crate::model::Violations;
use crate::payload::Params;
use crate::spec::{BodyForm, is_read};

/// An action that nobody modelled: its parameters and its answer are JSON.
///
/// Nothing is checked before it is sent. Its Debug shows the names of the parameters only.
///
/// ```
/// use tc_core::AnyAction;
/// let action = AnyAction::new("cvm", "2017-03-12", "DescribeInstances")
///     .params(serde_json::json!({"InstanceIds": ["ins-1"]}));
/// assert_eq!(format!("{action:?}"), "AnyAction(cvm 2017-03-12 DescribeInstances, parameters: InstanceIds)");
/// ```
#[derive(Clone, PartialEq)]
pub struct AnyAction {
    service: String,
    version: String,
    name: String,
    params: Json,
    skip_sign: bool,
}

impl AnyAction {
    /// The action of this service, version and name, without parameters.
    pub fn new(service: impl Into<String>, version: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            service: service.into(),
            version: version.into(),
            name: name.into(),
            params: Json::Null,
            skip_sign: false,
        }
    }

    /// With these parameters: a JSON object in the spelling of the wire.
    #[must_use]
    pub fn params(mut self, params: impl Into<Json>) -> Self {
        self.params = params.into();
        self
    }

    /// Sent with `Authorization: SKIP` and without a credential, as sts's `AssumeRoleWithWebIdentity` and
    /// `AssumeRoleWithSAML` want it.
    #[must_use]
    pub fn skip_sign(mut self) -> Self {
        self.skip_sign = true;
        self
    }
}

impl Call for AnyAction {
    type Response = Json;

    fn target(&self) -> Target {
        Target {
            service: self.service.clone().into(),
            version: self.version.clone().into(),
            name: self.name.clone().into(),
            body: BodyForm::Json,
            skip_sign: self.skip_sign,
            unsigned_payload: false,
            method: None,
            signature: None,
            idempotent: is_read(&self.name),
            rate: None,
            errors: &[],
        }
    }

    #[allow(private_interfaces)]
    fn parameters(&self) -> Params<'_> {
        Params::Json(&self.params)
    }

    fn judge(&self) -> Result<(), Violations> {
        Ok(())
    }
}

impl fmt::Debug for AnyAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AnyAction({} {} {}, parameters: ", self.service, self.version, self.name)?;
        match &self.params {
            Json::Object(members) => {
                for (index, name) in members.keys().enumerate() {
                    write!(f, "{}{name}", if index > 0 { ", " } else { "" })?;
                }
            }
            _ => f.write_str("none")?,
        }
        f.write_str(")")
    }
}
