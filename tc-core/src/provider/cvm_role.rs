//! Credentials of the role bound to the machine, from its metadata service.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use serde_json::Value;

use super::door::Door;
use super::{ProvideCredential, ProviderError, json, temporary};
use crate::credential::Credential;
use crate::transport::{BoxFuture, Transport};

const PLACE: &str = "CVM role";
/// On a machine that is no CVM nobody answers: this is how long that may hold up a chain.
const OFF_CLOUD: Duration = Duration::from_secs(1);
/// On a machine known to be one, the service is slow at times.
const ON_CLOUD: Duration = Duration::from_secs(5);

/// The role bound to this CVM, asked of its metadata service.
///
/// Off the cloud it gives up after one second. A client keeps what any provider gives; elsewhere put it behind a
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
    door: Door,
    seen: AtomicBool,
}

impl CvmRole {
    /// The role of this machine.
    pub fn new() -> Self {
        Self { base: "http://metadata.tencentyun.com".into(), door: Door::default(), seen: AtomicBool::new(false) }
    }

    /// Asks another service: `http://127.0.0.1:8080`.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base = url.into();
        self
    }

    /// Asks through this transport.
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.door = Door::through(transport);
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
        let Some(Value::Object(mut members)) = json(&body) else {
            return Err(ProviderError::failed(PLACE, "cannot be read: the metadata service answered no JSON").passing());
        };
        let code = members.get("Code").and_then(Value::as_str).unwrap_or("Success");
        if code != "Success" {
            let code: String = code.chars().filter(|character| !character.is_control()).take(64).collect();
            return Err(ProviderError::failed(PLACE, format!("is refused by the metadata service: {code}")).passing());
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
        let limit = if seen { ON_CLOUD } else { OFF_CLOUD };
        let url = format!("{}/latest/meta-data/cam/security-credentials/{path}", self.base.trim_end_matches('/'));
        let request = http::Request::get(url)
            .body(Bytes::new())
            .map_err(|_| ProviderError::failed(PLACE, "cannot be asked: the base URL is none"))?;
        match self.door.ask(request, limit).await {
            Ok(response) if response.status() == StatusCode::OK => Ok(response.into_body()),
            Ok(response) if response.status() == StatusCode::NOT_FOUND => {
                Err(ProviderError::absent(PLACE, "is not there: no role is bound to this machine"))
            }
            Ok(response) => {
                let error = ProviderError::failed(
                    PLACE,
                    format!("is refused: the metadata service answered with status {}", response.status().as_u16()),
                );
                Err(if response.status().is_server_error() { error.passing() } else { error })
            }
            Err(error) if seen => {
                Err(ProviderError::failed(PLACE, format!("cannot be asked: {error}")).passing().with_source(error))
            }
            Err(error) => {
                let reason = format!("is not there: the metadata service gave no answer, so this is no CVM: {error}");
                Err(ProviderError::absent(PLACE, reason).with_source(error))
            }
        }
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
