//! Credentials of the role bound to the machine, from its metadata service.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use serde_json::Value;
use tokio::runtime::Handle;

use super::http_source::{ask, printable, wipe};
use super::{ProvideCredential, ProviderError, json, temporary};
use crate::credential::Credential;
use crate::transport::{BoxFuture, Proxy, Transport, TransportError, TransportOptions, connect};

const PLACE: &str = "CVM role";
/// On a machine that is no CVM nobody answers: this is how long that may hold up a chain.
const OFF_CLOUD: Duration = Duration::from_secs(1);
/// On a machine known to be one, the service is slow at times.
const ON_CLOUD: Duration = Duration::from_secs(5);
/// A first answer that is later than this does not count any more.
const LATE: Duration = Duration::from_secs(10);

/// The role bound to this CVM, asked of its metadata service.
///
/// Off the cloud it gives up after one second: the chain goes on, and an answer that arrives later, within ten seconds,
/// is remembered, so that the next call waits for the service. No proxy is used: the service has a link-local address
/// that only this machine reaches. A client keeps what any provider gives; elsewhere put it behind a
/// [`CredentialCache`](super::CredentialCache).
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
    /// Whether the service has answered.
    seen: Arc<AtomicBool>,
    /// Whether a question is still waiting for a late answer.
    waiting: Arc<AtomicBool>,
}

impl CvmRole {
    /// The role of this machine.
    pub fn new() -> Self {
        Self {
            base: "http://metadata.tencentyun.com".into(),
            transport: OnceLock::new(),
            seen: Arc::default(),
            waiting: Arc::default(),
        }
    }

    /// Asks another service: `http://127.0.0.1:8080`.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base = url.into();
        self
    }

    /// Asks through this transport.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = OnceLock::from(Arc::new(transport) as Arc<dyn Transport>);
        self
    }

    async fn fetch(&self) -> Result<Credential, ProviderError> {
        let role = self.get("").await?;
        let role = std::str::from_utf8(&role).unwrap_or_default().trim();
        // It becomes part of a path, and an HTML page is no name.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.+=,@".contains(&byte);
        if role.is_empty() || role.len() > 128 || !role.bytes().all(plain) {
            return Err(ProviderError::failed(
                PLACE,
                "is unknown: what answered the metadata service's name is not it",
            ));
        }
        self.seen.store(true, Ordering::Relaxed);
        let body = self.get(role).await?;
        let read = json(&body);
        wipe(body);
        let Some(Value::Object(mut members)) = read else {
            return Err(
                ProviderError::failed(PLACE, "cannot be read: the metadata service answered no JSON").retryable()
            );
        };
        let code = members.get("Code").and_then(Value::as_str).unwrap_or("Success");
        if code != "Success" {
            let reason = format!("is refused by the metadata service: {}", printable(code));
            return Err(ProviderError::failed(PLACE, reason).retryable());
        }
        let expiry = members.get("ExpiredTime").and_then(Value::as_i64);
        temporary(PLACE, "the metadata service", &mut members, expiry)
    }

    /// Boxed, for it is asked twice.
    fn get<'a>(&'a self, path: &'a str) -> BoxFuture<'a, Result<Bytes, ProviderError>> {
        Box::pin(self.look_up(path))
    }

    async fn look_up(&self, path: &str) -> Result<Bytes, ProviderError> {
        let seen = self.seen.load(Ordering::Relaxed);
        let url = format!("{}/latest/meta-data/cam/security-credentials/{path}", self.base.trim_end_matches('/'));
        let request = http::Request::get(url)
            .body(Bytes::new())
            .map_err(|_| ProviderError::failed(PLACE, "cannot be asked: the base URL is invalid"))?;
        let transport = self
            .reach()
            .map_err(|error| ProviderError::failed(PLACE, format!("cannot be asked: {error}")).with_source(error))?;
        let answer = if seen {
            ask(&**transport, request, ON_CLOUD).await
        } else {
            self.ask_first(Arc::clone(transport), request).await
        };
        match answer {
            Ok(response) if response.status() == StatusCode::OK => Ok(response.into_body()),
            Ok(response) if response.status() == StatusCode::NOT_FOUND => {
                Err(ProviderError::absent(PLACE, "is not there: no role is bound to this machine"))
            }
            Ok(response) => {
                let error = ProviderError::failed(
                    PLACE,
                    format!("is refused: the metadata service answered with status {}", response.status().as_u16()),
                );
                Err(if response.status().is_server_error() { error.retryable() } else { error })
            }
            Err(error) if seen => {
                Err(ProviderError::failed(PLACE, format!("cannot be asked: {error}")).retryable().with_source(error))
            }
            Err(error) => {
                let reason = format!("is not there: the metadata service gave no answer, so this is no CVM: {error}");
                Err(ProviderError::absent(PLACE, reason).with_source(error))
            }
        }
    }

    /// Asks a service that has never answered: off the cloud nobody may wait for it, but an answer that comes late tells
    /// that this is a CVM.
    async fn ask_first(
        &self,
        transport: Arc<dyn Transport>,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let runtime = Handle::try_current().map_err(|_| TransportError::no_runtime())?;
        if self.waiting.swap(true, Ordering::Relaxed) {
            // One question is enough to wait for; this one may come in time.
            return ask(&*transport, request, OFF_CLOUD).await;
        }
        let waiting = Waiting(Arc::clone(&self.waiting));
        let seen = Arc::clone(&self.seen);
        let asking = runtime.spawn(async move {
            let answer = ask(&*transport, request, LATE).await;
            if answer.as_ref().is_ok_and(|answer| answer.status() == StatusCode::OK) {
                seen.store(true, Ordering::Relaxed);
            }
            drop(waiting);
            answer
        });
        match tokio::time::timeout(OFF_CLOUD, asking).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) | Err(_) => Err(TransportError::timeout("the answer", OFF_CLOUD)),
        }
    }

    /// The service has a link-local address that no proxy reaches.
    fn reach(&self) -> Result<&Arc<dyn Transport>, TransportError> {
        if let Some(transport) = self.transport.get() {
            return Ok(transport);
        }
        let made = connect(&TransportOptions::default().proxy(Proxy::None).connect_timeout(ON_CLOUD))?;
        Ok(self.transport.get_or_init(|| made))
    }
}

/// Ends the waiting when it is dropped, with the runtime too.
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
        Box::pin(self.fetch())
    }
}
