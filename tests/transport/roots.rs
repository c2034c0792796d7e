//! Root certificates in `SSL_CERT_FILE` and of the operating system.

use crate::transport::process::{send, send_with_system_roots};
use crate::transport::runtime;
use crate::transport::trust::Authority;

/// A temporary file, removed when dropped.
struct Pem(std::path::PathBuf);

impl Pem {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tc-roots-{}-{name}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Pem {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

#[test]
fn both_transports_trust_the_certificates_in_ssl_cert_file() {
    let (authority, other) = (Authority::new(), Authority::new());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let (port, _server) = runtime.block_on(authority.serve("localhost", false));
    let url = format!("https://localhost:{port}/");
    // Certificates that cannot be parsed are skipped.
    let old = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let (file, others) =
        (Pem::new("both", &[old, &other.pem(), &authority.pem()].concat()), Pem::new("other", &other.pem()));
    let variable = |path| [("SSL_CERT_FILE", path)];
    for outcomes in [send(&url, &variable(file.path())), send_with_system_roots(&url, &variable(file.path()))] {
        assert_eq!((&*outcomes.reqwest, &*outcomes.hyper), ("200", "200"));
    }
    for outcomes in [
        send(&url, &[]),
        send(&url, &variable("")),
        send(&url, &variable(others.path())),
        send_with_system_roots(&url, &variable(others.path())),
    ] {
        for outcome in [outcomes.reqwest, outcomes.hyper] {
            assert!(outcome.contains("invalid peer certificate"), "{outcome}");
        }
    }
}

#[test]
fn an_unusable_certificate_file_is_refused() {
    let (empty, text, broken) = (
        Pem::new("empty", ""),
        Pem::new("text", "hello"),
        Pem::new("broken", "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n"),
    );
    for path in ["/nowhere/roots.pem", empty.path(), text.path(), broken.path(), "/"] {
        let outcomes = send("https://127.0.0.1:1/", &[("SSL_CERT_FILE", path)]);
        for outcome in [outcomes.reqwest, outcomes.hyper] {
            assert!(outcome.starts_with(&format!("refused: the certificates of SSL_CERT_FILE ({path})")), "{outcome}");
        }
        // rustls-native-certs reads the variable differently, but trusts no server without a certificate either.
        let outcomes = send_with_system_roots("https://127.0.0.1:1/", &[("SSL_CERT_FILE", path)]);
        for outcome in [outcomes.reqwest, outcomes.hyper] {
            assert!(outcome.starts_with("refused: "), "{path}: {outcome}");
        }
    }
}

#[test]
fn the_root_certificates_of_the_system_can_be_used() {
    // This machine does not trust a certificate created a moment ago, unless it is added.
    let authority = Authority::new();
    runtime().block_on(async {
        let (port, _server) = authority.serve("localhost", false).await;
        let request = || crate::transport::server::post(&format!("https://localhost:{port}/"));
        let Ok(transport) = tc_core::transport::connect(&crate::transport::direct().system_roots()) else {
            // The machine has no root certificates: `ca-certificates` is not installed.
            return;
        };
        let error = crate::transport::whole(&*transport, request()).await.unwrap_err();
        assert!(error.to_string().contains("UnknownIssuer"), "{error}");
        let options = crate::transport::direct().system_roots().root_certificate(authority.pem());
        for transport in crate::transport::both(&options) {
            assert_eq!(crate::transport::whole(&*transport, request()).await.unwrap().status(), 200);
        }
    });
}
