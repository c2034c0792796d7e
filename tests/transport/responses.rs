//! Whole, cut, invalid and oversized responses.

use tc_core::transport::TransportErrorKind as Kind;

use super::server::{Server, Step};
use super::{OK, both, direct, fails, runtime, shown, whole};

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
