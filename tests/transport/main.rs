//! The transports with servers that fail in every possible way. Each test runs with both transports.

mod bodies;
mod connections;
mod layers;
mod process;
mod proxies;
mod responses;
mod roots;
mod secrets;
mod server;
mod socks;
mod trust;

use std::error::Error;
use std::sync::Arc;

use bytes::Bytes;
use server::{Server, Step};
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
