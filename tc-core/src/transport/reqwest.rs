//! The default transport: reqwest with rustls and ring, with a pool of connections and proxies.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use reqwest::{NoProxy, redirect};

use super::cause::{Stage, transport_error};
use super::hyper_body::body;
use super::options::MAX_HEADERS;
use super::peer::Peer;
use super::per_runtime::PerRuntime;
use super::proxies::{Proxies, ProxyLabels, ProxyUrl};
use super::reqwest_url::ReqwestUrls;
use super::{Body, BoxFuture, Transport, TransportError, TransportErrorKind, TransportOptions, tls};
use crate::deadline::bounded;

/// The default transport: [reqwest](https://docs.rs/reqwest) with rustls and ring. It is cheap to clone; clones share their
/// connections. It can be used from several tokio runtimes at the same time: each has its own pool.
///
/// ```
/// use tc_core::Client;
/// use tc_core::transport::{Proxy, ReqwestTransport, TransportOptions};
/// let options = TransportOptions::default().proxy(Proxy::Url("http://proxy.example:3128".into()));
/// let client = Client::builder().transport(ReqwestTransport::new(&options)?).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
#[derive(Clone)]
pub struct ReqwestTransport {
    clients: Arc<PerRuntime<reqwest::Client>>,
    urls: Arc<ReqwestUrls>,
    /// `None` without a proxy.
    proxies: Option<Arc<ProxyLabels>>,
}

impl ReqwestTransport {
    /// Creates a transport with its own pool.
    ///
    /// # Errors
    /// The proxy in the option or in an environment variable is invalid, or a root certificate cannot be read.
    pub fn new(options: &TransportOptions) -> Result<Self, TransportError> {
        let (tls, proxies, copy) = (tls::config(options)?, Proxies::of(&options.proxy)?, options.clone());
        let labels = ProxyLabels::of(&proxies).map(Arc::new);
        let clients = PerRuntime::new(options.idle_timeout, move || client(&copy, tls.clone(), &proxies))?;
        Ok(Self { clients: Arc::new(clients), urls: Arc::default(), proxies: labels })
    }
}

/// Creates a client with its own pool.
fn client(
    options: &TransportOptions,
    tls: rustls::ClientConfig,
    proxies: &Proxies,
) -> Result<reqwest::Client, TransportError> {
    let mut builder = reqwest::Client::builder()
        // reqwest ignores environment variables that it cannot parse; ours are checked.
        .no_proxy()
        .tls_backend_preconfigured(tls)
        // A redirect would send the token and the body to a host that was not signed.
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .http1_only()
        .connect_timeout(bounded(options.connect_timeout))
        .pool_idle_timeout(bounded(options.idle_timeout))
        .pool_max_idle_per_host(options.max_idle)
        .tcp_nodelay(true);
    if options.max_headers != MAX_HEADERS {
        builder = builder.http1_max_headers(options.max_headers);
    }
    let except = proxies.except.as_deref().and_then(NoProxy::from_string);
    // The error of reqwest would show the URL with its password.
    let refused =
        |_| TransportError::new(TransportErrorKind::Options, "the proxy cannot be used: it is not a URL").unsent();
    if let Some(ProxyUrl { url, .. }) = &proxies.https {
        builder = builder.proxy(reqwest::Proxy::https(url).map_err(refused)?.no_proxy(except.clone()));
    }
    if let Some(ProxyUrl { url, .. }) = &proxies.http {
        builder = builder.proxy(reqwest::Proxy::http(url).map_err(refused)?.no_proxy(except));
    }
    builder.build().map_err(|error| {
        TransportError::new(TransportErrorKind::Options, "the transport cannot be created")
            .unsent()
            .with_source(error.without_url())
    })
}

/// Does not show the clients: their Debug would add much code to the binary.
impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}

impl ReqwestTransport {
    fn request(&self, request: http::Request<Bytes>) -> Result<reqwest::Request, TransportError> {
        let (head, content) = request.into_parts();
        let url = self.urls.url(&head.uri).map_err(|error| {
            TransportError::new(TransportErrorKind::Request, "the endpoint is not a valid URL")
                .unsent()
                .host(head.uri.host().unwrap_or_default())
                .with_source(error)
        })?;
        let mut request = reqwest::Request::new(head.method, url);
        *request.headers_mut() = head.headers;
        *request.body_mut() = Some(content.into());
        Ok(request)
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let proxy = self.proxies.as_ref().and_then(|proxies| proxies.label(request.uri()));
        let peer = Peer::through(request.uri(), proxy);
        let response = self.request(request).and_then(|request| self.clients.with(|client| client.execute(request)));
        Box::pin(async move {
            match response?.await {
                Ok(response) => Ok(http::Response::from(response).map(|content| body(content, peer))),
                // With signature v1, the URL of a GET contains the signature.
                Err(error) => Err(transport_error(error.without_url().into(), &peer, Stage::Request)),
            }
        })
    }
}
