//! What ten thousand calls in flight hold in memory: by themselves, and with the connections under them.

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
    let gate = Arc::new(Semaphore::new(0));
    let held = held(&runtime, &client("http://127.0.0.1:1", Parked(Arc::clone(&gate))), calls, &gate);
    table.figure(&format!("a call of ours, {calls} in flight over no network"), held, "KB", None);

    // Two descriptors a connection, one on each side, within what a process may have.
    let calls = if quick { 100 } else { 5_000 };
    let with = |name: &str, transport: Arc<dyn Transport>, table: &mut Table| -> std::io::Result<()> {
        let gate = Arc::new(Semaphore::new(0));
        let address = slow_server(Arc::clone(&gate))?;
        let held = self::held(&runtime, &client(&format!("http://{address}"), transport), calls, &gate);
        table.figure(&format!("a call and its connection, {name}, {calls} in flight"), held, "KB", None);
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

/// The KB that each of so many calls holds while none has an answer; then all must get theirs.
#[allow(clippy::cast_precision_loss)]
fn held(runtime: &Runtime, client: &Client, calls: u32, gate: &Semaphore) -> f64 {
    runtime.block_on(async {
        let action: DescribePersonSamples = request(1);
        let before = alloc::count().live;
        let tasks: Vec<_> = (0..calls).map(|_| tokio::spawn(client.send(&action))).collect();
        // Until everybody has come as far as it can: to the other side's silence.
        while idle().await > 64 {}
        let after = alloc::count().live;
        gate.add_permits(usize::try_from(calls).unwrap_or_default());
        for task in tasks {
            task.await.expect("a task that ends").expect("an answer");
        }
        (after - before) as f64 / f64::from(calls) / 1024.0
    })
}

/// How much was allocated in a while in which nothing new was asked for.
async fn idle() -> u64 {
    let before = alloc::count().calls;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    alloc::count().calls - before
}

/// Holds every request until the gate opens.
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

/// A server in a thread of its own that answers once the gate opens.
fn slow_server(gate: Arc<Semaphore>) -> std::io::Result<SocketAddr> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    std::thread::spawn(move || {
        runtime.block_on(async move {
            let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
            while let Ok((mut stream, _)) = listener.accept().await {
                let gate = Arc::clone(&gate);
                tokio::spawn(async move {
                    let mut read = [0; 4096];
                    let body = answer(1);
                    let head =
                        format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
                    let _ = stream.read(&mut read).await;
                    let _pass = gate.acquire().await;
                    let _ = stream.write_all(head.as_bytes()).await;
                    let _ = stream.write_all(&body).await;
                });
            }
        });
    });
    Ok(address)
}
