//! The TLS configuration of an emulator: its certificate chain and private key, read from PEM.

use std::fmt::Display;
use std::io::{Error, ErrorKind, Result};
use std::sync::Arc;

use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{RootCertStore, ServerConfig};
use tokio_rustls::TlsAcceptor;

/// Creates the acceptor of TLS connections, with ring as the crypto provider.
pub(super) fn acceptor(certificates: &[u8], key: &[u8]) -> Result<TlsAcceptor> {
    let chain = CertificateDer::pem_slice_iter(certificates).collect::<std::result::Result<Vec<_>, _>>();
    let chain = chain.map_err(|_| unusable("the certificate chain is not in PEM"))?;
    if chain.is_empty() {
        return Err(unusable("the certificate chain contains no `-----BEGIN CERTIFICATE-----`"));
    }
    // The client of the emulator trusts these certificates, so each of them must be readable.
    let mut roots = RootCertStore::empty();
    for certificate in &chain {
        roots
            .add(certificate.clone())
            .map_err(|error| unusable(format!("a certificate of the chain cannot be read: {error}")))?;
    }
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|error| match error {
        pem::Error::NoItemsFound => unusable("the private key contains no `-----BEGIN PRIVATE KEY-----`"),
        _ => unusable("the private key is not in PEM"),
    })?;
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| unusable(format!("TLS cannot be configured: {error}")))?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| unusable(format!("the certificate and its private key cannot be used: {error}")))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn unusable(reason: impl Display) -> Error {
    Error::new(ErrorKind::InvalidInput, reason.to_string())
}
