//! The lean transport: hyper-util's pooled client over rustls and ring, without proxies.

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
use tower_service::Service;

use super::cause::{Stage, transport_error};
use super::hyper_body::body;
use super::options::MAX_HEADERS;
use super::per_runtime::PerRuntime;
use super::proxies::Proxies;
use super::{Body, BoxFuture, Transport, TransportError, TransportOptions, tls};
use crate::deadline::bounded;

/// The lean transport: hyper-util's pooled client. Cheap to clone; clones share their connections. Usable from any number
/// of tokio runtimes at once: each has a pool of its own.
///
/// It takes less CPU for a call than reqwest, and knows no proxies: where the environment names one, it cannot be made
/// without [`Proxy::None`](super::Proxy::None).
///
/// ```
/// use tc_core::Client;
/// use tc_core::transport::{HyperTransport, TransportOptions};
/// let client = Client::builder().transport(HyperTransport::new(&TransportOptions::default())?).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
#[derive(Clone)]
pub struct HyperTransport {
    clients: Arc<PerRuntime<Client<Timed, Full<Bytes>>>>,
}

impl HyperTransport {
    /// A transport with a pool of its own.
    ///
    /// # Errors
    /// A root certificate that cannot be read; a proxy, in the option or in a variable, since it knows none.
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
        let connector = Timed { https, timeout: options.connect_timeout };
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
        let asked = request.uri().authority().cloned();
        let response = self.clients.with(|client| client.request(request.map(Full::new)));
        Box::pin(async move {
            match response?.await {
                Ok(mut response) => {
                    if let Some(served) = response.extensions_mut().remove::<Served>() {
                        served.0.fetch_add(1, Ordering::Relaxed);
                    }
                    Ok(response.map(|pieces| body(pieces, asked)))
                }
                Err(error) => {
                    let served = error.connect_info().and_then(|connected| {
                        let mut extensions = http::Extensions::new();
                        connected.get_extras(&mut extensions);
                        extensions.remove::<Served>()
                    });
                    let failed = transport_error(error.into(), asked.as_ref(), Stage::Request);
                    Err(match served {
                        Some(served) => failed.reused(served.0.load(Ordering::Relaxed) > 0),
                        None => failed,
                    })
                }
            }
        })
    }
}

/// How many requests a connection has served.
#[derive(Debug, Clone)]
struct Served(Arc<AtomicU32>);

/// Connects within a timeout that covers name service, TCP and TLS; the connector's own covers TCP alone.
#[derive(Debug, Clone)]
struct Timed {
    https: HttpsConnector<HttpConnector>,
    timeout: Duration,
}

impl Service<Uri> for Timed {
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
            match tokio::time::timeout(timeout, connecting).await {
                Ok(stream) => Ok(Stream { io: stream?, served: Served(Arc::default()) }),
                Err(_) => Err(std::io::Error::from(std::io::ErrorKind::TimedOut).into()),
            }
        })
    }
}

struct Stream {
    io: MaybeHttpsStream<TokioIo<TcpStream>>,
    served: Served,
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        // Not the connector's own: its addresses would be copied into every response, and HTTP/2 and proxies it knows none.
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
