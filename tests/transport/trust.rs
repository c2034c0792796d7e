//! Certificates: from unknown issuers, of other hosts, expired, and with an added root certificate.

use std::sync::Arc;

use rcgen::{CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use tc_core::transport::{Transport, TransportErrorKind as Kind, TransportOptions};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::transport::server::{post, read};
use crate::transport::{OK, both, direct, runtime, shown, whole};

pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub(crate) fn pem(&self) -> String {
        self.0.as_ref().pem()
    }

    fn trusted(&self) -> TransportOptions {
        direct().root_certificate(self.pem())
    }

    /// A server on loopback with a certificate for `name`; returns its port.
    pub(crate) async fn serve(&self, name: &str, expired: bool) -> (u16, JoinSet<()>) {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        if expired {
            params.not_before = date_time_ymd(2001, 1, 1);
            params.not_after = date_time_ymd(2002, 1, 1);
        }
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                if read(&mut stream).await.is_some() {
                    stream.write_all(OK.as_bytes()).await.ok();
                    stream.shutdown().await.ok();
                }
            }
        });
        (port, tasks)
    }
}

/// Checks that both transports refuse the server with this reason and this advice.
#[track_caller]
fn refused(
    authority: &Authority,
    options: &TransportOptions,
    (name, expired): (&str, bool),
    [reason, advice]: [&str; 2],
) {
    runtime().block_on(async {
        let (port, _server) = authority.serve(name, expired).await;
        for transport in both(options) {
            let error = ask(&*transport, port).await.unwrap_err();
            assert_eq!((error.kind(), error.sent()), (Kind::Tls, false), "{}", shown(&error));
            let text = error.to_string();
            assert!(text.contains(reason) && text.ends_with(&format!(" ({advice})")), "{text}");
        }
    });
}

async fn ask(
    transport: &dyn Transport,
    port: u16,
) -> Result<http::Response<bytes::Bytes>, tc_core::transport::TransportError> {
    whole(transport, post(&format!("https://localhost:{port}/"))).await
}

#[test]
fn an_added_root_certificate_is_trusted() {
    runtime().block_on(async {
        let authority = Authority::new();
        let (port, _server) = authority.serve("localhost", false).await;
        for transport in both(&authority.trusted()) {
            assert_eq!(ask(&*transport, port).await.unwrap().status(), 200);
        }
    });
}

#[test]
fn a_certificate_of_an_unknown_issuer_is_refused() {
    let advice = "add the root certificate of the issuer with root_certificate(..) or to the file that SSL_CERT_FILE names, \
                  or trust those of the operating system with system_roots()";
    refused(&Authority::new(), &direct(), ("localhost", false), ["UnknownIssuer", advice]);
}

#[test]
fn a_certificate_of_another_host_is_refused() {
    let authority = Authority::new();
    let advice = "check the host name of the endpoint; the certificate belongs to another host";
    refused(&authority, &authority.trusted(), ("other.example", false), ["not valid for name", advice]);
}

#[test]
fn an_expired_certificate_is_refused() {
    let authority = Authority::new();
    let advice = "check the clock of this machine; if it is right, the server needs a new certificate";
    refused(&authority, &authority.trusted(), ("localhost", true), ["expired", advice]);
}

#[test]
fn an_invalid_root_certificate_is_refused() {
    for pem in ["", "hello", "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n"] {
        let error = tc_core::transport::connect(&direct().root_certificate(pem)).unwrap_err();
        assert_eq!(error.kind(), Kind::Options, "{pem:?}");
    }
}
