//! The emulator with TLS: both transports, faults, its use as a proxy, and certificates that cannot be used.

use std::io::ErrorKind;

use rcgen::{CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use serde_json::json;
use tc_apis::mps::DescribePersonSamples;
use tc_core::emulator::{Emulator, Fault};
use tc_core::transport::{HyperTransport, Proxy, ReqwestTransport, TransportErrorKind, TransportOptions};
use tc_core::{Client, ErrorKind as CallError, Region, RetryPolicy};

use crate::emulator::run;

/// A certificate chain for these names, and the private key of its first certificate.
fn certificate(names: &[&str]) -> (String, String) {
    let mut authority = CertificateParams::new(Vec::new()).expect("parameters");
    authority.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    authority.distinguished_name.push(rcgen::DnType::CommonName, "an authority");
    let authority =
        CertifiedIssuer::self_signed(authority, KeyPair::generate().expect("a key")).expect("a certificate");
    let key = KeyPair::generate().expect("a key");
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let server = CertificateParams::new(names).expect("parameters").signed_by(&key, &authority).expect("a certificate");
    (server.pem() + &authority.as_ref().pem(), key.serialize_pem())
}

async fn secured(chain: &str, key: &str) -> Emulator {
    let emulator = Emulator::builder().seed(7).tls(chain.to_owned(), key.to_owned()).start().await.expect("it starts");
    emulator.answer("mps", "2019-06-12", "DescribePersonSamples", |_| json!({"TotalCount": 0, "PersonSet": []}));
    emulator
}

fn options(chain: &str) -> TransportOptions {
    TransportOptions::default().proxy(Proxy::None).root_certificate(chain.to_owned())
}

/// A client with each transport, without retries.
fn clients(emulator: &Emulator, options: &TransportOptions) -> [Client; 2] {
    let builder = || emulator.client_builder().retry(RetryPolicy::none());
    [
        builder().transport(ReqwestTransport::new(options).expect("a transport")).build().expect("a client"),
        builder().transport(HyperTransport::new(options).expect("a transport")).build().expect("a client"),
    ]
}

#[test]
fn calls_arrive_over_tls_with_both_transports() {
    run(async {
        let (chain, key) = certificate(&["127.0.0.1"]);
        let emulator = secured(&chain, &key).await;
        assert_eq!(emulator.url(), format!("https://{}", emulator.host()));
        let [first, second] = clients(&emulator, &options(&chain));
        for client in [emulator.client(), first, second] {
            client.send(&DescribePersonSamples::new().limit(20)).await.expect("a response");
            client.send(&DescribePersonSamples::new().limit(21)).await.expect("a response on the same connection");
        }
        let limits: Vec<_> = emulator.received().iter().map(|received| received.params["Limit"].clone()).collect();
        assert_eq!(limits, [20, 21, 20, 21, 20, 21]);
        assert_eq!(emulator.connections(), 3);
    });
}

#[test]
fn a_self_signed_certificate_is_trusted_by_the_client_of_the_emulator() {
    run(async {
        let signed = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
        let emulator = secured(&signed.cert.pem(), &signed.signing_key.serialize_pem()).await;
        emulator.client().send(&DescribePersonSamples::new()).await.expect("a response");
    });
}

#[test]
fn a_client_that_does_not_trust_the_authority_sends_nothing() {
    run(async {
        let (chain, key) = certificate(&["127.0.0.1"]);
        let emulator = secured(&chain, &key).await;
        let (other, _) = certificate(&["127.0.0.1"]);
        for options in [TransportOptions::default().proxy(Proxy::None), options(&other)] {
            for client in clients(&emulator, &options) {
                let error = client.send(&DescribePersonSamples::new()).await.expect_err("no response");
                let CallError::Transport(error) = error.kind() else { panic!("{error}") };
                assert_eq!((error.kind(), error.sent()), (TransportErrorKind::Tls, false), "{error}");
            }
        }
        assert_eq!(emulator.received().len(), 0);
        // The emulator survives failed handshakes.
        emulator.client().send(&DescribePersonSamples::new()).await.expect("a response");
    });
}

#[test]
fn faults_have_the_same_effect_as_without_tls() {
    let faults = [
        Fault::ResetOnConnect,
        Fault::CloseOnConnect,
        Fault::ResetInRequest,
        Fault::ResetAfterRequest,
        Fault::CloseAfterRequest,
        Fault::ResetInBody,
        Fault::CloseInBody,
        Fault::CloseInChunks,
        Fault::Drip { every: std::time::Duration::from_millis(1) },
        Fault::Status(502),
        Fault::EmptyBody,
        Fault::TruncatedJson,
        Fault::Gzip,
        Fault::Huge(1 << 20),
        Fault::ManyHeaders,
        Fault::CloseAfterAnswer,
    ];
    run(async {
        let (chain, key) = certificate(&["127.0.0.1"]);
        let emulator = secured(&chain, &key).await;
        let plain = Emulator::start().await.expect("a free port");
        plain.answer("mps", "2019-06-12", "DescribePersonSamples", |_| json!({"TotalCount": 0, "PersonSet": []}));
        for fault in faults {
            let options = options(&chain);
            for (client, reference) in clients(&emulator, &options).iter().zip(clients(&plain, &options)) {
                emulator.inject(fault.clone());
                plain.inject(fault.clone());
                let result = client.send(&DescribePersonSamples::new()).await;
                let expected = reference.send(&DescribePersonSamples::new()).await;
                assert_eq!(result.is_ok(), expected.is_ok(), "{fault:?}: {result:?}, {expected:?}");
                client.send(&DescribePersonSamples::new()).await.expect("the next call succeeds");
            }
        }
    });
}

#[test]
fn a_tunnel_for_another_host_speaks_tls_inside_tls() {
    run(async {
        let (chain, key) = certificate(&["127.0.0.1", "*.tencentcloudapi.com"]);
        let emulator = secured(&chain, &key).await;
        let options = options(&chain).proxy(Proxy::from(emulator.url().to_owned()));
        let client = Client::builder()
            .credential(tc_core::Credential::new(tc_core::emulator::SECRET_ID, tc_core::emulator::SECRET_KEY))
            .region(Region::new("ap-guangzhou"))
            .transport(ReqwestTransport::new(&options).expect("a transport"))
            .retry(RetryPolicy::none())
            .build()
            .expect("a client");
        client.send(&DescribePersonSamples::new()).await.expect("a response");
        let received = emulator.received();
        let host = received[0].headers.iter().find(|(name, _)| name == "host").map(|(_, value)| value.as_str());
        assert_eq!(host, Some("mps.tencentcloudapi.com"));
    });
}

#[test]
fn certificates_and_keys_that_cannot_be_used_are_errors_of_the_start() {
    let (chain, key) = certificate(&["127.0.0.1"]);
    let (_, other_key) = certificate(&["127.0.0.1"]);
    let rubbish = "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
    let rubbish_key = "-----BEGIN PRIVATE KEY-----\naGVsbG8=\n-----END PRIVATE KEY-----\n";
    for (chain, key, expected) in [
        ("", &*key, "the certificate chain contains no `-----BEGIN CERTIFICATE-----`"),
        ("hello", &key, "the certificate chain contains no `-----BEGIN CERTIFICATE-----`"),
        (&key, &key, "the certificate chain contains no `-----BEGIN CERTIFICATE-----`"),
        ("-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n", &key, "the certificate chain is not in PEM"),
        (rubbish, &key, "a certificate of the chain cannot be read"),
        (&format!("{chain}{rubbish}"), &key, "a certificate of the chain cannot be read"),
        (&chain, "", "the private key contains no `-----BEGIN PRIVATE KEY-----`"),
        (&chain, &chain, "the private key contains no `-----BEGIN PRIVATE KEY-----`"),
        (&chain, "-----BEGIN PRIVATE KEY-----\n!!\n-----END PRIVATE KEY-----\n", "the private key is not in PEM"),
        (&chain, rubbish_key, "the certificate and its private key cannot be used"),
        (&chain, &other_key, "the certificate and its private key cannot be used"),
    ] {
        let start = Emulator::builder().tls(chain.to_owned(), key.to_owned()).start();
        let error = run(start).expect_err("the emulator does not start");
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{expected}");
        let message = error.to_string();
        assert!(message.starts_with(expected) && !message.contains(key.trim_end()) | key.is_empty(), "{message}");
    }
}
