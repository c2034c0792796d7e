//! The transports with servers that fail in every possible way. Each test runs with both transports.

mod bodies;
mod layers;
mod process;
mod proxies;
mod roots;
mod server;
mod socks;
mod trust;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use server::{Server, Step, post};
use tc_core::transport::{
    BodyLimits, HyperTransport, Proxy, ReqwestTransport, Transport, TransportError, TransportErrorKind as Kind,
    TransportOptions, collect,
};

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

fn both(options: &TransportOptions) -> [Arc<dyn Transport>; 2] {
    [Arc::new(ReqwestTransport::new(options).unwrap()), Arc::new(HyperTransport::new(options).unwrap())]
}

fn direct() -> TransportOptions {
    TransportOptions::default().proxy(Proxy::None)
}

async fn whole(
    transport: &dyn Transport,
    request: http::Request<Bytes>,
) -> Result<http::Response<Bytes>, TransportError> {
    collect(transport.send(request).await?, BodyLimits::default()).await
}

/// The text of an error and its sources.
fn shown(error: &TransportError) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}");
    let mut next = error.source();
    while let Some(cause) = next {
        text += &["\n", &cause.to_string(), "\n", &format!("{cause:?}")].concat();
        next = cause.source();
    }
    text
}

/// Checks that a script gives this kind of error on both transports, and whether the request counts as sent.
#[track_caller]
fn fails(script: &'static [Step], kind: Kind, sent: bool) {
    runtime().block_on(async {
        for transport in both(&direct()) {
            let server = Server::start(&[script]).await;
            let error = whole(&*transport, server.request()).await.unwrap_err();
            assert_eq!((error.kind(), error.sent()), (kind, sent), "{transport:?}: {}", shown(&error));
            assert!(!shown(&error).contains("TOPSECRET"));
            assert_eq!(server.connections(), 1, "nothing is sent twice by a transport");
        }
    });
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn a_response_is_returned_whole() {
    runtime().block_on(async {
        for transport in both(&direct()) {
            let server = Server::start(&[&[Step::Read, Step::Send(OK)]]).await;
            let response = whole(&*transport, server.request()).await.unwrap();
            assert_eq!((response.status().as_u16(), response.body().as_ref()), (200, &b"{}"[..]));
        }
    });
}

#[test]
fn a_redirect_is_returned_and_not_followed() {
    runtime().block_on(async {
        for transport in both(&direct()) {
            let elsewhere = Server::start(&[&[Step::Read, Step::Send(OK)]]).await;
            let server = Server::start(&[&[
                Step::Read,
                Step::Send("HTTP/1.1 307 Go\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n"),
            ]])
            .await;
            assert_eq!(whole(&*transport, server.request()).await.unwrap().status(), 307);
            assert_eq!(elsewhere.requests(), 0);
        }
    });
}

#[test]
fn a_refused_connection_was_not_sent() {
    runtime().block_on(async {
        for transport in both(&direct()) {
            let error = whole(&*transport, post("http://127.0.0.1:1/")).await.unwrap_err();
            assert_eq!((error.kind(), error.sent()), (Kind::Connect, false), "{}", shown(&error));
            assert!(error.to_string().starts_with("127.0.0.1:1: no connection: "), "{error}");
        }
    });
}

#[test]
fn a_host_name_without_an_address_was_not_sent() {
    runtime().block_on(async {
        for transport in both(&direct()) {
            let error = whole(&*transport, post("http://nowhere.invalid/")).await.unwrap_err();
            assert_eq!((error.kind(), error.sent()), (Kind::Dns, false), "{}", shown(&error));
        }
    });
}

#[test]
fn an_endless_handshake_times_out_and_was_not_sent() {
    runtime().block_on(async {
        for transport in both(&direct().connect_timeout(Duration::from_millis(50))) {
            let server = Server::start(&[&[Step::Hang]]).await;
            let request = post(&format!("https://localhost:{}/", server.address.port()));
            let error = whole(&*transport, request).await.unwrap_err();
            assert_eq!((error.kind(), error.sent()), (Kind::Timeout, false), "{}", shown(&error));
        }
    });
}

#[test]
fn a_reset_before_the_response_may_have_been_sent() {
    fails(&[Step::Read, Step::Reset], Kind::Reset, true);
}

#[test]
fn a_close_before_the_response_may_have_been_sent() {
    fails(&[Step::Read], Kind::Closed, true);
}

#[test]
fn a_close_within_the_head_may_have_been_sent() {
    fails(&[Step::Read, Step::Send("HTTP/1.1 200 OK\r\ncontent-")], Kind::Closed, true);
}

#[test]
fn a_body_shorter_than_its_length_is_an_error() {
    fails(&[Step::Read, Step::Send("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{")], Kind::Closed, true);
}

#[test]
fn chunks_without_an_end_are_an_error() {
    fails(
        &[Step::Read, Step::Send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n")],
        Kind::Closed,
        true,
    );
}

#[test]
fn a_response_that_is_not_http_is_an_error() {
    fails(&[Step::Read, Step::Send("SSH-2.0-OpenSSH_9.6\r\n")], Kind::Protocol, true);
}

#[test]
fn a_hundred_and_one_headers_are_too_many() {
    static HEAD: std::sync::LazyLock<String> =
        std::sync::LazyLock::new(|| format!("HTTP/1.1 200 OK\r\n{}\r\n", "x-a: b\r\n".repeat(101)));
    static SCRIPT: std::sync::LazyLock<Vec<Step>> = std::sync::LazyLock::new(|| vec![Step::Read, Step::Send(&HEAD)]);
    fails(&SCRIPT, Kind::Protocol, true);
}

#[test]
fn every_maximum_of_headers_is_accepted() {
    static MANY: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        let headers: String =
            (0..30_000).flat_map(|number| ["x".to_owned(), number.to_string(), ":\r\n".to_owned()]).collect();
        format!("HTTP/1.1 200 OK\r\n{headers}content-length: 2\r\n\r\n{{}}")
    });
    static SCRIPT: std::sync::LazyLock<Vec<Step>> = std::sync::LazyLock::new(|| vec![Step::Read, Step::Send(&MANY)]);
    static SOME: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        format!("HTTP/1.1 200 OK\r\n{}content-length: 2\r\n\r\n{{}}", "x-a: b\r\n".repeat(300))
    });
    static SCRIPT_OF_SOME: std::sync::LazyLock<Vec<Step>> =
        std::sync::LazyLock::new(|| vec![Step::Read, Step::Send(&SOME)]);
    runtime().block_on(async {
        for most in [usize::MAX, 1 << 40, 100_000, 30_100, 101] {
            for transport in both(&direct().max_headers(most)) {
                let few = Server::start(&[&[Step::Read, Step::Send(OK)]]).await;
                assert_eq!(whole(&*transport, few.request()).await.unwrap().body(), "{}", "{most}");
                let many = Server::start(&[&SCRIPT]).await;
                let error = whole(&*transport, many.request()).await.unwrap_err();
                assert_eq!((error.kind(), error.sent()), (Kind::Protocol, true), "{most}: {}", shown(&error));
            }
        }
        // 300 headers with a larger maximum.
        for transport in both(&direct().max_headers(1000)) {
            let some = Server::start(&[&SCRIPT_OF_SOME]).await;
            assert_eq!(whole(&*transport, some.request()).await.unwrap().headers().len(), 301);
        }
    });
}

#[test]
fn a_dropped_future_closes_its_connection() {
    const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n";
    runtime().block_on(async {
        for transport in both(&direct()) {
            let server = Server::start(&[&[Step::Read, Step::Send(HEAD), Step::Drip(b' ')]]).await;
            let attempt = tokio::time::timeout(Duration::from_millis(50), whole(&*transport, server.request())).await;
            assert!(attempt.is_err(), "the body drips for minutes");
            let freed = async {
                while server.ended() == 0 {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            };
            tokio::time::timeout(Duration::from_secs(5), freed).await.expect("the server sees the connection go");
        }
    });
}

#[test]
fn a_connection_serves_many_requests() {
    runtime().block_on(async {
        for transport in both(&direct()) {
            let server =
                Server::start(&[&[Step::Read, Step::Send(OK), Step::Read, Step::Send(OK), Step::Read, Step::Send(OK)]])
                    .await;
            for _ in 0..3 {
                whole(&*transport, server.request()).await.unwrap();
            }
            assert_eq!((server.connections(), server.requests()), (1, 3));
        }
    });
}

#[test]
fn a_closed_pooled_connection_is_not_used_again() {
    runtime().block_on(async {
        for transport in both(&direct()) {
            let server = Server::start(&[&[Step::Read, Step::Send(OK)]]).await;
            for _ in 0..5 {
                whole(&*transport, server.request()).await.unwrap();
                // The pool notices the close before the next request.
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            assert_eq!(server.requests(), 5);
        }
    });
}

#[test]
fn the_hyper_transport_reports_whether_a_broken_connection_was_reused() {
    runtime().block_on(async {
        let transport = HyperTransport::new(&direct()).unwrap();
        let server = Server::start(&[&[Step::Read, Step::Send(OK), Step::Read, Step::Reset]]).await;
        whole(&transport, server.request()).await.unwrap();
        let error = whole(&transport, server.request()).await.unwrap_err();
        assert_eq!((error.is_reused(), error.sent()), (Some(true), true));
        let error = whole(&transport, server.request()).await;
        assert!(error.is_ok(), "the next request opens a new connection");
    });
}

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

#[test]
fn requests_go_to_the_proxy_instead_of_the_host() {
    runtime().block_on(async {
        let proxy = Server::start(&[&[Step::Read, Step::Send(OK)]]).await;
        let options = direct().proxy(Proxy::Url(format!("http://{}", proxy.address)));
        let transport = ReqwestTransport::new(&options).unwrap();
        whole(&transport, post("http://cloud.invalid/")).await.unwrap();
        assert_eq!(proxy.requests(), 1);
    });
}
