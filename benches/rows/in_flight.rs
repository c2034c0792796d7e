//! The memory of ten thousand calls in flight, without and with their connections.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use tc_apis::mps::DescribePersonSamples;
use tc_benches::samples::{answer, credential, request};
use tc_benches::{Options, Table, alloc};
use tc_core::transport::{
    Body, BoxFuture, HyperTransport, ReqwestTransport, Transport, TransportError, TransportOptions,
};
use tc_core::{Client, Throttle};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;

fn main() -> std::io::Result<()> {
    let options = Options::from_args();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let quick = options.rounds < 10;
    let mut table = Table::new("in_flight", "memory of calls in flight");

    let calls = if quick { 500 } else { 10_000 };
    let released = Arc::new(Semaphore::new(0));
    let held = held(&runtime, &client("http://127.0.0.1:1", Parked(Arc::clone(&released))), calls, &released);
    table.figure(&format!("one call, {calls} in flight, without a network"), held, "KB", None);

    // A connection has two descriptors, one on each side. The number stays below the limit of a process.
    let calls = if quick { 100 } else { 5_000 };
    let with = |name: &str, transport: Arc<dyn Transport>, table: &mut Table| -> std::io::Result<()> {
        let released = Arc::new(Semaphore::new(0));
        let address = slow_server(Arc::clone(&released))?;
        let held = self::held(&runtime, &client(&format!("http://{address}"), transport), calls, &released);
        table.figure(&format!("one call and its connection, {name}, {calls} in flight"), held, "KB", None);
        Ok(())
    };
    let connect = TransportOptions::default();
    with("hyper", Arc::new(HyperTransport::new(&connect).expect("a transport")), &mut table)?;
    with("reqwest", Arc::new(ReqwestTransport::new(&connect).expect("a transport")), &mut table)?;
    table.keep(options)
}

fn client(url: &str, transport: impl Transport) -> Client {
    Client::builder()
        .credential(credential())
        .throttle(Throttle::Off)
        .endpoint(url)
        .transport(transport)
        .build()
        .expect("a client")
}

/// The memory in KB of each call while none has a response. Then all must get one.
#[allow(clippy::cast_precision_loss)]
fn held(runtime: &Runtime, client: &Client, calls: u32, released: &Semaphore) -> f64 {
    runtime.block_on(async {
        let action: DescribePersonSamples = request(1);
        let before = alloc::count().live;
        let tasks: Vec<_> = (0..calls).map(|_| tokio::spawn(client.send(&action))).collect();
        // Until all calls wait for their responses.
        while idle().await > 64 {}
        let after = alloc::count().live;
        released.add_permits(usize::try_from(calls).unwrap_or_default());
        for task in tasks {
            task.await.expect("a task that ends").expect("an answer");
        }
        (after - before) as f64 / f64::from(calls) / 1024.0
    })
}

/// The number of allocations during a pause without new calls.
async fn idle() -> u64 {
    let before = alloc::count().calls;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    alloc::count().calls - before
}

/// Delays every response until the semaphore has permits.
#[derive(Debug)]
struct Parked(Arc<Semaphore>);

impl Transport for Parked {
    fn send(&self, _: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            let _pass = self.0.acquire().await;
            Ok(http::Response::new(Body::from(answer(1))))
        })
    }
}

/// A server in a separate thread that answers once the semaphore has permits.
fn slow_server(released: Arc<Semaphore>) -> std::io::Result<SocketAddr> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    std::thread::spawn(move || {
        runtime.block_on(async move {
            let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
            while let Ok((mut stream, _)) = listener.accept().await {
                let released = Arc::clone(&released);
                tokio::spawn(async move {
                    let mut read = [0; 4096];
                    let body = answer(1);
                    let head =
                        format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
                    let _ = stream.read(&mut read).await;
                    let _pass = released.acquire().await;
                    let _ = stream.write_all(head.as_bytes()).await;
                    let _ = stream.write_all(&body).await;
                });
            }
        });
    });
    Ok(address)
}
