//! The options of one call.

use std::time::Duration;

use crate::credential::Credential;
use crate::endpoint::{ConnectTo, Endpoint, EndpointError};
use crate::region::Region;
use crate::request::Language;
use crate::retry::RetryPolicy;
use crate::signing::{Method, SignatureMethod};
use crate::throttle::Throttle;

/// The options of one call. `None` means that of the client.
#[derive(Debug, Clone, Default)]
pub(crate) struct CallOptions {
    pub(super) region: Option<Region>,
    pub(super) endpoint: Option<Result<Endpoint, EndpointError>>,
    pub(super) connect_to: Option<Result<ConnectTo, EndpointError>>,
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) method: Option<Method>,
    pub(super) signature: Option<SignatureMethod>,
    pub(super) language: Option<Language>,
    pub(super) credential: Option<Credential>,
    pub(super) retry: Option<RetryPolicy>,
    pub(super) throttle: Option<Throttle>,
    pub(super) unsigned_payload: bool,
    pub(super) unchecked: bool,
}
