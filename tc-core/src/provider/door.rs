//! How providers ask a service: bounded in time and size, and never through a proxy of the environment.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;

use crate::transport::{BodyLimits, BoxFuture, Proxy, Transport, TransportError, TransportOptions, collect, connect};

/// A transport that is given, or made when it is first needed.
#[derive(Debug, Clone, Default)]
pub(super) struct Door(OnceLock<Arc<dyn Transport>>);

impl Door {
    pub(super) fn through(transport: Arc<dyn Transport>) -> Self {
        Self(OnceLock::from(transport))
    }

    /// Sends a request and reads its whole answer, within `limit`.
    pub(super) fn ask(
        &self,
        request: http::Request<Bytes>,
        limit: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(self.answer(request, limit))
    }

    async fn answer(
        &self,
        request: http::Request<Bytes>,
        limit: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let transport = if let Some(transport) = self.0.get() {
            transport
        } else {
            // The metadata service answers on a link-local address that no proxy can reach.
            let made = connect(&TransportOptions::default().proxy(Proxy::None).connect_timeout(limit))?;
            self.0.get_or_init(|| made)
        };
        let answered = async {
            let limits = BodyLimits { bytes: 1 << 20, ..BodyLimits::default() };
            collect(transport.send(request).await?, limits).await
        };
        tokio::time::timeout(limit, answered)
            .await
            .unwrap_or_else(|_| Err(TransportError::timeout("the answer", limit)))
    }
}
