//! The default transport: reqwest over rustls and ring, pooled, with proxies.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use reqwest::{NoProxy, redirect};

use super::cause::{Stage, transport_error};
use super::hyper_body::body;
use super::options::MAX_HEADERS;
use super::per_runtime::PerRuntime;
use super::proxies::Proxies;
use super::reqwest_url::ReqwestUrls;
use super::{Body, BoxFuture, Transport, TransportError, TransportErrorKind, TransportOptions, tls};
use crate::deadline::bounded;

/// The default transport: [reqwest](https://docs.rs/reqwest) over rustls and ring. Cheap to clone; clones share their
/// connections. Usable from any number of tokio runtimes at once: each has a pool of its own.
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
}

impl ReqwestTransport {
    /// A transport with a pool of its own.
    ///
    /// # Errors
    /// A proxy that cannot be used, in the option or in a variable, or a root certificate that cannot be read.
    pub fn new(options: &TransportOptions) -> Result<Self, TransportError> {
        let (tls, proxies, copy) = (tls::config(options)?, Proxies::of(&options.proxy)?, options.clone());
        let clients = PerRuntime::new(options.idle_timeout, move || client(&copy, tls.clone(), &proxies))?;
        Ok(Self { clients: Arc::new(clients), urls: Arc::default() })
    }
}

/// A client with a pool of its own.
fn client(
    options: &TransportOptions,
    tls: rustls::ClientConfig,
    proxies: &Proxies,
) -> Result<reqwest::Client, TransportError> {
    let mut builder = reqwest::Client::builder()
        // Its own reading of the environment ignores what it does not understand.
        .no_proxy()
        .tls_backend_preconfigured(tls)
        // A redirect would carry token and body to a host nobody signed for.
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
    // The library's error would show the URL, and with it the password.
    let refused =
        |_| TransportError::new(TransportErrorKind::Options, "the proxy cannot be used: it is not a URL").unsent();
    if let Some(url) = &proxies.https {
        builder = builder.proxy(reqwest::Proxy::https(url).map_err(refused)?.no_proxy(except.clone()));
    }
    if let Some(url) = &proxies.http {
        builder = builder.proxy(reqwest::Proxy::http(url).map_err(refused)?.no_proxy(except));
    }
    builder.build().map_err(|error| {
        TransportError::new(TransportErrorKind::Options, "the transport cannot be set up")
            .unsent()
            .with_source(error.without_url())
    })
}

/// Shows nothing of the client's own: its Debug is as large as all of this transport, for a line nobody asks for.
impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}

impl ReqwestTransport {
    fn request(&self, request: http::Request<Bytes>) -> Result<reqwest::Request, TransportError> {
        let (head, content) = request.into_parts();
        let url = self.urls.url(&head.uri).map_err(|error| {
            TransportError::new(TransportErrorKind::Request, "the endpoint is no URL that HTTP can ask")
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
        let asked = request.uri().authority().cloned();
        let response = self.request(request).and_then(|request| self.clients.with(|client| client.execute(request)));
        Box::pin(async move {
            match response?.await {
                Ok(response) => Ok(http::Response::from(response).map(|pieces| body(pieces, asked))),
                // The URL holds the signature where a GET is signed the old way.
                Err(error) => Err(transport_error(error.without_url().into(), asked.as_ref(), Stage::Request)),
            }
        })
    }
}
