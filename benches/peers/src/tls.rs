//! A certificate for loopback, made for each run.

use std::ffi::OsString;
use std::fs;
use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

const FOLDER: &str = "TC_PEERS_IDENTITY";

/// A certificate and its key, in a folder.
pub(crate) struct Identity(PathBuf);

impl Identity {
    /// Makes a certificate for the address of the https server.
    pub(crate) fn new() -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("tc-peers-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let host = crate::server::HTTPS_IP.to_string();
        let made = rcgen::generate_simple_self_signed([host]).map_err(Error::other)?;
        fs::write(folder.join("certificate.pem"), made.cert.pem())?;
        fs::write(folder.join("key.pem"), made.signing_key.serialize_pem())?;
        Ok(Self(folder))
    }

    /// The certificate that the parent process made.
    pub(crate) fn from_env() -> Option<Self> {
        Some(Self(std::env::var_os(FOLDER)?.into()))
    }

    pub(crate) fn env(&self) -> [(&'static str, OsString); 1] {
        [(FOLDER, self.0.clone().into())]
    }

    pub(crate) fn certificate(&self) -> PathBuf {
        self.0.join("certificate.pem")
    }

    pub(crate) fn remove(&self) {
        let _ = fs::remove_dir_all(&self.0);
    }

    /// The TLS acceptor of the server.
    pub(crate) fn acceptor(&self) -> Result<TlsAcceptor> {
        let chain = vec![read(&self.certificate(), CertificateDer::from_pem_slice)?];
        let key = read(&self.0.join("key.pem"), PrivateKeyDer::from_pem_slice)?;
        let config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key);
        Ok(TlsAcceptor::from(Arc::new(config.map_err(Error::other)?)))
    }
}

fn read<T, E: std::error::Error + Send + Sync + 'static>(
    path: &Path,
    parse: impl FnOnce(&[u8]) -> std::result::Result<T, E>,
) -> Result<T> {
    parse(&fs::read(path)?).map_err(Error::other)
}
