//! The network options of a client, for the services that its credentials come from.

use std::sync::Arc;
use std::time::Duration;

use crate::endpoint::{ConnectTo, Endpoint};
use crate::transport::Transport;

/// How a client reaches the cloud: its transport, with its proxy and trusted roots, and its timeout for an attempt.
///
/// A client hands it to its provider with [`ProvideCredential::network`](super::ProvideCredential::network), so that
/// the service that credentials come from is reached in the same way.
#[derive(Debug, Clone)]
pub struct Network {
    transport: Arc<dyn Transport>,
    timeout: Duration,
    endpoint: Endpoint,
    connect_to: Option<ConnectTo>,
}

impl Network {
    /// A network that is reached by this transport. The timeout of an attempt is 30 s.
    pub fn new(transport: impl Transport) -> Self {
        Self {
            transport: Arc::new(transport),
            timeout: Duration::from_secs(30),
            endpoint: Endpoint::default(),
            connect_to: None,
        }
    }

    /// Sets how long one attempt may take.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets where the client's own calls go.
    pub(crate) fn with_destination(mut self, endpoint: &Endpoint, connect_to: Option<&ConnectTo>) -> Self {
        self.endpoint = endpoint.of_other_services();
        self.connect_to = connect_to.cloned();
        self
    }

    /// What requests are sent through.
    pub fn transport(&self) -> &Arc<dyn Transport> {
        &self.transport
    }

    /// How long one attempt may take, the body included.
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    pub(super) fn connect_to(&self) -> Option<&ConnectTo> {
        self.connect_to.as_ref()
    }
}
