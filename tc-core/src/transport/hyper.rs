//! The small transport: the pooled client of hyper-util, with rustls and ring, without proxies.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use ::hyper::rt::{Read, ReadBufCursor, Write};
use bytes::Bytes;
use http::Uri;
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::time::Instant;
use tower_service::Service;

use super::cause::{Stage, transport_error};
use super::hyper_body::body;
use super::options::MAX_HEADERS;
use super::peer::Peer;
use super::per_runtime::PerRuntime;
use super::proxies::Proxies;
use super::timer::timeout_at;
use super::{Body, BoxFuture, Transport, TransportError, TransportOptions, tls};
use crate::deadline::{after, bounded};

/// The small transport: the pooled client of hyper-util. It is cheap to clone; clones share their connections. It can be used from
/// several tokio runtimes at the same time: each has its own pool.
///
/// It takes less CPU per call than reqwest. It does not support proxies: if an environment variable sets one, creating the
/// transport fails without [`Proxy::None`](super::Proxy::None).
///
/// ```
/// use tc_core::Client;
/// use tc_core::transport::{HyperTransport, TransportOptions};
/// let client = Client::builder().transport(HyperTransport::new(&TransportOptions::default())?).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
#[derive(Clone)]
pub struct HyperTransport {
    clients: Arc<PerRuntime<Client<TimedConnector, Full<Bytes>>>>,
}

impl HyperTransport {
    /// Creates a transport with its own pool.
    ///
    /// # Errors
    /// A root certificate cannot be read, or a proxy is set by the option or by an environment variable.
    pub fn new(options: &TransportOptions) -> Result<Self, TransportError> {
        Proxies::of(&options.proxy)?.refuse()?;
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_nodelay(true);
        let https = HttpsConnectorBuilder::new()
            .with_tls_config(tls::config(options)?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(http);
        let mut builder = Client::builder(TokioExecutor::new());
        if options.max_headers != MAX_HEADERS {
            builder.http1_max_headers(options.max_headers);
        }
        builder
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(bounded(options.idle_timeout))
            .pool_max_idle_per_host(options.max_idle);
        let connector = TimedConnector { https, timeout: options.connect_timeout };
        let make = move || Ok(builder.build(connector.clone()));
        Ok(Self { clients: Arc::new(PerRuntime::new(options.idle_timeout, make)?) })
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport").finish_non_exhaustive()
    }
}

impl Transport for HyperTransport {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let peer = Peer::direct(request.uri());
        let response = self.clients.with(|client| client.request(request.map(Full::new)));
        Box::pin(async move {
            match response?.await {
                Ok(response) => {
                    if let Some(served) = response.extensions().get::<UseCount>() {
                        served.0.fetch_add(1, Ordering::Relaxed);
                    }
                    Ok(response.map(|content| body(content, peer)))
                }
                Err(error) => {
                    let served = error.connect_info().and_then(|connected| {
                        let mut extensions = http::Extensions::new();
                        connected.get_extras(&mut extensions);
                        extensions.remove::<UseCount>()
                    });
                    let failed = transport_error(error.into(), &peer, Stage::Request);
                    Err(match served {
                        Some(served) => failed.reused(served.0.load(Ordering::Relaxed) > 0),
                        None => failed,
                    })
                }
            }
        })
    }
}

/// The number of requests that used a connection before.
#[derive(Debug, Clone)]
struct UseCount(Arc<AtomicU32>);

/// Connects with a timeout for DNS, TCP and TLS together; the timeout of the inner connector covers only TCP.
#[derive(Debug, Clone)]
struct TimedConnector {
    https: HttpsConnector<HttpConnector>,
    timeout: Duration,
}

impl Service<Uri> for TimedConnector {
    type Response = Stream;
    type Error = Box<dyn Error + Send + Sync>;
    type Future = Pin<Box<dyn Future<Output = Result<Stream, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.https.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = self.https.call(uri);
        let timeout = self.timeout;
        Box::pin(async move {
            match timeout_at(after(Instant::now(), timeout), connecting).await {
                Ok(stream) => Ok(Stream { io: stream?, served: UseCount(Arc::default()) }),
                Err(_) => Err(std::io::Error::from(std::io::ErrorKind::TimedOut).into()),
            }
        })
    }
}

struct Stream {
    io: MaybeHttpsStream<TokioIo<TcpStream>>,
    served: UseCount,
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        // Not that of the inner connector, which would copy the addresses into every response.
        Connected::new().extra(self.served.clone())
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.io).poll_read(context, buffer)
    }
}

impl Write for Stream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[std::io::IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.io).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }
}
