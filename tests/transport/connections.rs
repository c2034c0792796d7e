//! Connections that cannot be opened, that end early, and that serve many requests.

use std::time::Duration;

use tc_core::transport::{HyperTransport, Proxy, ReqwestTransport, TransportErrorKind as Kind};

use super::server::{Server, Step, post};
use super::{OK, both, direct, fails, runtime, shown, whole};

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
            // The system refuses such a name without a question to a name server, which may be out of reach of this machine.
            let error = whole(&*transport, post("http://-nowhere.invalid/")).await.unwrap_err();
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

/// Waits until `condition` holds.
async fn wait_until(condition: impl Fn() -> bool) {
    let holds = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), holds).await.expect("the server notices it");
}

#[test]
fn a_dropped_future_closes_its_connection() {
    const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n";
    runtime().block_on(async {
        for transport in both(&direct()) {
            let server = Server::start(&[&[Step::Read, Step::Send(HEAD), Step::Drip(b' ')]]).await;
            let arrived = wait_until(|| server.requests() == 1);
            tokio::select! {
                response = whole(&*transport, server.request()) => panic!("{response:?}; the body drips for minutes"),
                () = arrived => {}
            }
            wait_until(|| server.ended() == 1).await;
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
            for round in 1..=5 {
                whole(&*transport, server.request()).await.unwrap();
                // The pool notices the close before the next request.
                wait_until(|| server.ended() == round).await;
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
fn requests_go_to_the_proxy_instead_of_the_host() {
    runtime().block_on(async {
        let proxy = Server::start(&[&[Step::Read, Step::Send(OK)]]).await;
        let options = direct().proxy(Proxy::Url(format!("http://{}", proxy.address)));
        let transport = ReqwestTransport::new(&options).unwrap();
        whole(&transport, post("http://cloud.invalid/")).await.unwrap();
        assert_eq!(proxy.requests(), 1);
    });
}
