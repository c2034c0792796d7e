//! Whom we believe: Mozilla's authorities and those the caller adds, checked by rustls on ring.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use super::{TransportError, TransportErrorKind, TransportOptions};

/// The configuration both transports share. Its provider is named, so nothing global of the process is touched, and
/// its roots are built in: a container without `ca-certificates` works, and no machine trusts more than another.
pub(super) fn config(options: &TransportOptions) -> Result<ClientConfig, TransportError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for pem in &options.roots {
        let mut found = 0;
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|_| refused("a root certificate is no PEM"))?;
            roots.add(certificate).map_err(|_| refused("a root certificate cannot be read"))?;
            found += 1;
        }
        if found == 0 {
            return Err(refused("a root certificate holds no `-----BEGIN CERTIFICATE-----`"));
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| TransportError::new(TransportErrorKind::Options, "TLS cannot be set up").with_source(error))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}

fn refused(reason: &str) -> TransportError {
    TransportError::new(TransportErrorKind::Options, reason).unsent()
}
