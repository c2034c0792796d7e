//! Actions that are looked up when a request arrives, instead of being registered one by one.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::handlers::{self, Reply};
use crate::spec::ActionSpec;

/// Finds and answers actions that are not registered with the emulator.
///
/// ```
/// use serde_json::{Value, json};
/// use tc_core::emulator::{Directory, Emulator, Reply, Unknown};
/// use tc_core::spec::{ActionSpec, ModelSpec};
/// use tc_core::AnyAction;
///
/// const REQUEST: &ModelSpec = &ModelSpec::new("DescribeZones", &[]);
///
/// struct Zones;
///
/// impl Directory for Zones {
///     fn find(&self, service: &str, version: &str, action: &str) -> Result<ActionSpec, Unknown> {
///         match (service, version, action) {
///             ("cvm", "2017-03-12", "DescribeZones") => Ok(ActionSpec::new("cvm", "2017-03-12", "DescribeZones", REQUEST)),
///             ("cvm", "2017-03-12", _) => Err(Unknown::Action),
///             ("cvm", ..) => Err(Unknown::Version),
///             _ => Err(Unknown::Service),
///         }
///     }
///
///     fn answer(&self, _: &ActionSpec, _: Value) -> Reply<Value> {
///         Reply::json(json!({"TotalCount": 3}))
///     }
/// }
///
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
/// # runtime.block_on(async {
/// let emulator = Emulator::builder().directory(Zones).start().await?;
/// let zones = emulator.client().send(&AnyAction::new("cvm", "2017-03-12", "DescribeZones")).await?;
/// assert_eq!(zones["TotalCount"], 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Directory: Send + Sync + 'static {
    /// Returns the spec of an action; the request is checked against it.
    ///
    /// # Errors
    /// The name that is unknown.
    fn find(&self, service: &str, version: &str, action: &str) -> Result<ActionSpec, Unknown>;

    /// Answers a request that passed all checks.
    fn answer(&self, spec: &ActionSpec, params: Value) -> Reply<Value>;

    /// Returns the service of an action, for requests that do not contain it: those with signature v1 to a host that is not one of
    /// the cloud.
    fn service_of(&self, version: &str, action: &str) -> Option<String> {
        let _ = (version, action);
        None
    }
}

/// The name that does not exist in a [`Directory`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unknown {
    /// The service: `NoSuchProduct`.
    Service,
    /// The version of the service: `NoSuchVersion`.
    Version,
    /// The action in this version: `InvalidAction`.
    Action,
}

impl Unknown {
    /// The error code of the gateway.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Service => "NoSuchProduct",
            Self::Version => "NoSuchVersion",
            Self::Action => "InvalidAction",
        }
    }
}

/// The directory of an emulator, if it has one.
#[derive(Clone, Default)]
pub(super) struct Lookup(pub(super) Option<Arc<dyn Directory>>);

impl Lookup {
    /// The handler of an action that the directory found.
    pub(super) fn handler(&self, spec: ActionSpec) -> Option<handlers::Handler> {
        let directory = Arc::clone(self.0.as_ref()?);
        Some(handlers::untyped(move |params| directory.answer(&spec, params)))
    }
}

impl fmt::Debug for Lookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Directory" } else { "none" })
    }
}
