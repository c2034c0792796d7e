//! The options of an emulator.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use tokio::net::TcpListener;

use super::cloud::{Cloud, Observer};
use super::directory::{Directory, Lookup};
use super::{Emulator, Received, SECRET_ID, SECRET_KEY, server, tls};
use crate::credential::Credential;

/// The options of an [`Emulator`].
///
/// Its `Debug` shows no key.
#[derive(Default)]
pub struct EmulatorBuilder {
    keys: Vec<(String, String, Option<String>)>,
    port: u16,
    seed: Option<u64>,
    at: Option<DateTime<Utc>>,
    rates: bool,
    tls: Option<(Bytes, Bytes)>,
    without_recording: bool,
    lookup: Lookup,
    observer: Option<Observer>,
}

impl EmulatorBuilder {
    /// Adds a key, which replaces the default key. [`Emulator::client`] uses the first key that was added.
    #[must_use]
    pub fn key(mut self, secret_id: impl Into<String>, secret_key: impl Into<String>) -> Self {
        self.keys.push((secret_id.into(), secret_key.into(), None));
        self
    }

    /// Adds a temporary key; its requests must contain the token.
    #[must_use]
    pub fn temporary_key(
        mut self,
        secret_id: impl Into<String>,
        secret_key: impl Into<String>,
        token: impl Into<String>,
    ) -> Self {
        self.keys.push((secret_id.into(), secret_key.into(), Some(token.into())));
        self
    }

    /// Sets the port of 127.0.0.1. Default: a free port.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the seed of the random numbers, so that chances of faults and RequestIds are the same in every run.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Stops the clock at this instant.
    #[must_use]
    pub fn clock_at(mut self, at: DateTime<Utc>) -> Self {
        self.at = Some(at);
        self
    }

    /// Enforces the documented calls per second.
    #[must_use]
    pub fn enforce_rates(mut self) -> Self {
        self.rates = true;
        self
    }

    /// Serves HTTPS with this certificate chain and this private key, both in PEM. The certificate must be valid for `127.0.0.1`.
    ///
    /// The chain begins with the certificate of the server. [`Emulator::client_builder`] trusts all certificates of the chain, so
    /// the last one is that of the certificate authority, or the only one is self-signed.
    ///
    /// ```
    /// use tc_core::emulator::Emulator;
    ///
    /// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    /// # runtime.block_on(async {
    /// let error = Emulator::builder().tls("no certificate", "no key").start().await.unwrap_err();
    /// assert_eq!(error.to_string(), "the certificate chain contains no `-----BEGIN CERTIFICATE-----`");
    /// # });
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn tls(mut self, certificates: impl Into<Bytes>, key: impl Into<Bytes>) -> Self {
        self.tls = Some((certificates.into(), key.into()));
        self
    }

    /// Does not record requests, for runs of many calls: [`Emulator::received`] stays empty.
    #[must_use]
    pub fn without_recording(mut self) -> Self {
        self.without_recording = true;
        self
    }

    /// Looks up actions in this directory if they are not registered with [`Emulator::on`], [`Emulator::register`] or
    /// [`Emulator::answer`].
    #[must_use]
    pub fn directory(mut self, directory: impl Directory) -> Self {
        self.lookup = Lookup(Some(Arc::new(directory)));
        self
    }

    /// Calls `observer` with every request, before it is answered. If it panics, the response is an error, as for a
    /// [handler](Emulator::on).
    #[must_use]
    pub fn observer(mut self, observer: impl Fn(&Received) + Send + Sync + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// Starts the emulator on the current tokio runtime.
    ///
    /// # Errors
    /// If the port cannot be opened, a key is invalid (empty, for example), or the certificate chain and its private key cannot be
    /// used.
    pub async fn start(self) -> io::Result<Emulator> {
        for (secret_id, secret_key, token) in &self.keys {
            credential(secret_id, secret_key, token.as_deref())
                .check()
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        }
        let acceptor = match &self.tls {
            Some((certificates, key)) => Some(tls::acceptor(certificates, key)?),
            None => None,
        };
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await?;
        let address = listener.local_addr()?;
        let cloud = Arc::new(Cloud::new(self.seed, self.lookup, self.observer));
        cloud.freeze(self.at.map(|at| at.timestamp()));
        cloud.enforce_rates.store(self.rates, Ordering::Relaxed);
        cloud.recording.store(!self.without_recording, Ordering::Relaxed);
        let example = || (SECRET_ID.to_owned(), SECRET_KEY.to_owned(), None);
        let key = self.keys.first().cloned().unwrap_or_else(example);
        let scheme = if acceptor.is_some() { "https" } else { "http" };
        let serving = tokio::spawn(server::serve(listener, address, acceptor, Arc::clone(&cloud)));
        let url = format!("{scheme}://{address}");
        let certificates = self.tls.map(|(certificates, _)| certificates);
        let emulator = Emulator { cloud, url, certificates, key, serving };
        let (secret_id, secret_key, token) = &emulator.key;
        emulator.insert_key(secret_id, secret_key, token.clone());
        for (secret_id, secret_key, token) in self.keys {
            emulator.insert_key(&secret_id, &secret_key, token);
        }
        Ok(emulator)
    }
}

/// A key as a client's credential.
pub(super) fn credential(secret_id: &str, secret_key: &str, token: Option<&str>) -> Credential {
    let credential = Credential::new(secret_id, secret_key);
    match token {
        Some(token) => credential.with_token(token),
        None => credential,
    }
}

impl fmt::Debug for EmulatorBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmulatorBuilder")
            .field("keys", &self.keys.len())
            .field("port", &self.port)
            .field("tls", &self.tls.is_some())
            .finish_non_exhaustive()
    }
}
