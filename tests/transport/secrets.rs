//! Secrets in URLs do not appear in errors.

use tc_core::transport::{HyperTransport, Proxy, ReqwestTransport, TransportErrorKind as Kind};

use super::server::{Server, Step, post};
use super::{both, direct, runtime, shown, whole};

#[test]
fn a_signature_in_the_query_is_not_shown() {
    runtime().block_on(async {
        for transport in both(&direct()) {
            let server = Server::start(&[&[Step::Read]]).await;
            let error =
                whole(&*transport, post(&format!("http://{}/?Signature=TOPSECRET", server.address))).await.unwrap_err();
            assert!(!shown(&error).contains("TOPSECRET"), "{}", shown(&error));
        }
    });
}

#[test]
fn a_proxy_with_a_password_is_not_shown() {
    let options = direct().proxy(Proxy::Url("not a url:TOPSECRET".into()));
    for error in [ReqwestTransport::new(&options).unwrap_err(), HyperTransport::new(&options).unwrap_err()] {
        assert_eq!(error.kind(), Kind::Options);
        assert!(!shown(&error).contains("TOPSECRET"), "{}", shown(&error));
    }
    assert!(!format!("{options:?}").contains("TOPSECRET"));
    let proxied = direct().proxy(Proxy::Url("http://user:TOPSECRET@127.0.0.1:1".into()));
    let transport = ReqwestTransport::new(&proxied).unwrap();
    assert!(!format!("{transport:?}").contains("TOPSECRET"), "{transport:?}");
    let error = runtime().block_on(whole(&transport, post("http://cloud.example/"))).unwrap_err();
    assert_eq!((error.kind(), error.sent()), (Kind::Connect, false), "{}", shown(&error));
    assert!(!shown(&error).contains("TOPSECRET"), "{}", shown(&error));
}
