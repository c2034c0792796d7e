//! TLS configuration: the trusted roots, checked by rustls on ring.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use super::{TransportError, TransportErrorKind, TransportOptions};

/// Creates the configuration of both transports. It names its crypto provider, so it does not depend on the global one of the
/// process. The default root certificates are compiled in, so a container without `ca-certificates` works.
pub(super) fn config(options: &TransportOptions) -> Result<ClientConfig, TransportError> {
    let mut roots = if options.system_roots {
        system()?
    } else {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        add_file(&mut roots)?;
        roots
    };
    for pem in &options.roots {
        let mut found = 0;
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|_| refused("a root certificate is not in PEM"))?;
            roots.add(certificate).map_err(|_| refused("a root certificate cannot be read"))?;
            found += 1;
        }
        if found == 0 {
            return Err(refused("a root certificate contains no `-----BEGIN CERTIFICATE-----`"));
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| {
            TransportError::new(TransportErrorKind::Options, "TLS cannot be configured").with_source(error)
        })?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}

/// Adds the root certificates in the file named by `SSL_CERT_FILE`. Certificates that cannot be parsed are skipped, as in other
/// programs, since many bundles contain old ones.
fn add_file(roots: &mut RootCertStore) -> Result<(), TransportError> {
    let Some(path) = std::env::var_os("SSL_CERT_FILE").filter(|path| !path.is_empty()) else { return Ok(()) };
    let failed = |reason: &str| refused(&format!("the certificates of SSL_CERT_FILE ({}) {reason}", path.display()));
    let pem = std::fs::read(&path).map_err(|error| failed(&format!("cannot be read: {error}")))?;
    let found = CertificateDer::pem_slice_iter(&pem).collect::<Result<Vec<_>, _>>();
    let found = found.map_err(|_| failed("are not in PEM"))?;
    match roots.add_parsable_certificates(found) {
        (0, _) => Err(failed("cannot be used: no certificate can be parsed")),
        _ => Ok(()),
    }
}

/// The root certificates of the operating system.
#[cfg(feature = "native-roots")]
fn system() -> Result<RootCertStore, TransportError> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    match (roots.add_parsable_certificates(found.certs), found.errors.into_iter().next()) {
        ((0, _), Some(error)) => Err(refused("the root certificates of the system cannot be read").with_source(error)),
        ((0, _), None) => Err(refused("the system has no root certificates")),
        _ => Ok(roots),
    }
}

#[cfg(not(feature = "native-roots"))]
fn system() -> Result<RootCertStore, TransportError> {
    Err(refused("the root certificates of the system need the feature `native-roots` of tc-core"))
}

fn refused(reason: &str) -> TransportError {
    TransportError::new(TransportErrorKind::Options, reason).unsent()
}
