//! The network options of a client, for the services that issue its credentials.

use std::sync::Arc;
use std::time::Duration;

use crate::endpoint::{ConnectTo, Endpoint};
use crate::transport::Transport;

/// The network options of a client: its transport, which contains proxy and trusted roots, and its timeout for an attempt.
///
/// A client passes it to its provider with [`ProvideCredential::network`](super::ProvideCredential::network), so that the provider
/// sends its requests in the same way.
#[derive(Debug, Clone)]
pub struct Network {
    transport: Arc<dyn Transport>,
    timeout: Duration,
    endpoint: Endpoint,
    connect_to: Option<ConnectTo>,
}

impl Network {
    /// Creates a network with this transport. The timeout of an attempt is 30 s.
    pub fn new(transport: impl Transport) -> Self {
        Self {
            transport: Arc::new(transport),
            timeout: Duration::from_secs(30),
            endpoint: Endpoint::default(),
            connect_to: None,
        }
    }

    /// Sets the timeout of one attempt.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the endpoint and the address of the client's calls.
    pub(crate) fn with_destination(mut self, endpoint: &Endpoint, connect_to: Option<&ConnectTo>) -> Self {
        self.endpoint = endpoint.of_other_services();
        self.connect_to = connect_to.cloned();
        self
    }

    /// The transport.
    pub fn transport(&self) -> &Arc<dyn Transport> {
        &self.transport
    }

    /// The timeout of one attempt, including the body.
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
