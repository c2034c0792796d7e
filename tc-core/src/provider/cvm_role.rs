//! Credentials of the role that is bound to this CVM, from the metadata service.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use serde_json::Value;
use tokio::time::Instant;

use super::http_source::{fetch, printable, wipe};
use super::{ProvideCredential, ProviderError, json, seconds, temporary};
use crate::credential::Credential;
use crate::deadline::after;
use crate::transport::{BoxFuture, Proxy, Transport, TransportError, TransportOptions, connect, runtime, timeout_at};

const PLACE: &str = "CVM role";
/// The timeout while it is not known whether this machine is a CVM: the longest delay of a chain elsewhere.
const OFF_CLOUD: Duration = Duration::from_secs(1);
/// The timeout on a CVM, where the service is sometimes slow.
const ON_CLOUD: Duration = Duration::from_secs(5);
/// The longest time that a first response is waited for in the background.
const LATE: Duration = Duration::from_secs(10);

/// The role that is bound to this CVM; its credential comes from the metadata service.
///
/// On other machines the request times out after one second, and the chain continues. If a response arrives later, within ten
/// seconds, the next call waits longer for the service. No proxy is used, because the service has a link-local address. A client
/// caches the credential of every provider; without a client, use a [`CredentialCache`](super::CredentialCache).
///
/// ```
/// use tc_core::Client;
/// use tc_core::provider::CvmRole;
/// let client = Client::builder().provider(CvmRole::new()).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
#[derive(Debug)]
pub struct CvmRole {
    base: String,
    transport: OnceLock<Arc<dyn Transport>>,
    /// Whether the service has responded before.
    seen: Arc<AtomicBool>,
    /// Whether a request in the background waits for a late response.
    waiting: Arc<AtomicBool>,
}

impl CvmRole {
    /// Creates a provider for the role of this machine.
    pub fn new() -> Self {
        Self {
            base: "http://metadata.tencentyun.com".into(),
            transport: OnceLock::new(),
            seen: Arc::default(),
            waiting: Arc::default(),
        }
    }

    /// Sets the URL of the service, for example `http://127.0.0.1:8080`.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base = url.into();
        self
    }

    /// Sets the transport for requests to the service.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = OnceLock::from(Arc::new(transport) as Arc<dyn Transport>);
        self
    }

    async fn role_credential(&self) -> Result<Credential, ProviderError> {
        let role = self.get("").await?;
        let role = std::str::from_utf8(&role).unwrap_or_default().trim();
        // The name becomes part of a path, and the response may be an HTML page instead.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.+=,@".contains(&byte);
        if role.is_empty() || role.len() > 128 || !role.bytes().all(plain) {
            return Err(ProviderError::failed(PLACE, "cannot be read: the response is not from the metadata service"));
        }
        self.seen.store(true, Ordering::Relaxed);
        let body = self.get(role).await?;
        let read = json(&body);
        wipe(body);
        let Some(Value::Object(mut members)) = read else {
            return Err(ProviderError::failed(
                PLACE,
                "cannot be read: the response of the metadata service is not JSON",
            )
            .retryable());
        };
        // Any other code is a refusal, also one that is not a text.
        let code = members.get("Code").filter(|code| !code.is_null() && *code != "Success");
        if let Some(code) = code {
            let code = code.as_str().map_or_else(|| code.to_string(), str::to_owned);
            let reason = format!("is refused by the metadata service: {}", printable(&code));
            return Err(ProviderError::failed(PLACE, reason).retryable());
        }
        let expiry = members.get("ExpiredTime").and_then(seconds);
        temporary(PLACE, "the response of the metadata service", &mut members, expiry)
    }

    /// Boxed because it is used twice.
    fn get<'a>(&'a self, path: &'a str) -> BoxFuture<'a, Result<Bytes, ProviderError>> {
        Box::pin(self.request(path))
    }

    async fn request(&self, path: &str) -> Result<Bytes, ProviderError> {
        let seen = self.seen.load(Ordering::Relaxed);
        let url = format!("{}/latest/meta-data/cam/security-credentials/{path}", self.base.trim_end_matches('/'));
        let request = http::Request::get(url)
            .body(Bytes::new())
            .map_err(|_| ProviderError::failed(PLACE, "cannot be fetched: the base URL is invalid"))?;
        let transport = self
            .transport_or_default()
            .map_err(|error| ProviderError::failed(PLACE, format!("cannot be fetched: {error}")).with_source(error))?;
        let answer = if seen {
            fetch(&**transport, request, ON_CLOUD).await
        } else {
            self.first_request(Arc::clone(transport), request).await
        };
        match answer {
            Ok(response) if response.status() == StatusCode::OK => Ok(response.into_body()),
            Ok(response) if response.status() == StatusCode::NOT_FOUND => {
                Err(ProviderError::absent(PLACE, "does not exist: no role is bound to this machine"))
            }
            Ok(response) => {
                let error = ProviderError::failed(
                    PLACE,
                    format!("is refused by the metadata service with status {}", response.status().as_u16()),
                );
                Err(if response.status().is_server_error() { error.retryable() } else { error })
            }
            Err(error) if seen => {
                Err(ProviderError::failed(PLACE, format!("cannot be fetched: {error}")).retryable().with_source(error))
            }
            Err(error) => {
                let reason = format!(
                    "is not available: the metadata service does not respond, so this machine is not a CVM: {error}"
                );
                Err(ProviderError::absent(PLACE, reason).with_source(error))
            }
        }
    }

    /// Sends a request to a service that has not responded before. Callers wait only briefly, but a late response shows that this
    /// machine is a CVM.
    async fn first_request(
        &self,
        transport: Arc<dyn Transport>,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let runtime = runtime()?;
        if self.waiting.swap(true, Ordering::Relaxed) {
            // Another request already waits in the background.
            return fetch(&*transport, request, OFF_CLOUD).await;
        }
        let waiting = Waiting(Arc::clone(&self.waiting));
        let seen = Arc::clone(&self.seen);
        let request = runtime.spawn(async move {
            let answer = fetch(&*transport, request, LATE).await;
            if answer.as_ref().is_ok_and(|answer| answer.status() == StatusCode::OK) {
                seen.store(true, Ordering::Relaxed);
            }
            drop(waiting);
            answer
        });
        match timeout_at(after(Instant::now(), OFF_CLOUD), request).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) | Err(_) => Err(TransportError::timeout("the response", OFF_CLOUD)),
        }
    }

    /// The transport that was set, or one without a proxy: the service has a link-local address.
    fn transport_or_default(&self) -> Result<&Arc<dyn Transport>, TransportError> {
        if let Some(transport) = self.transport.get() {
            return Ok(transport);
        }
        let made = connect(&TransportOptions::default().proxy(Proxy::None).connect_timeout(ON_CLOUD))?;
        Ok(self.transport.get_or_init(|| made))
    }
}

/// Resets the flag when it is dropped, also if the runtime ends.
struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Default for CvmRole {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredential for CvmRole {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(self.role_credential())
    }
}
