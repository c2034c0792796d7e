//! A server that follows a script on each connection.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// A step of a script.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    /// Reads one request, head and body.
    Read,
    /// Sends these bytes.
    Send(&'static str),
    /// Sends this byte every 5 ms until the connection is closed.
    Drip(u8),
    /// Leaves the connection open and sends nothing.
    Hang,
    /// Resets the connection.
    Reset,
}

/// A server on loopback. Each connection follows the next script; further ones follow the last. It ends when dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    requests: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
    ended: Arc<AtomicUsize>,
    _tasks: JoinSet<()>,
}

impl Server {
    pub(crate) async fn start(scripts: &[&'static [Step]]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let [requests, connections, ended] = [(); 3].map(|()| Arc::new(AtomicUsize::new(0)));
        let (counted, accepted, over, scripts) =
            (requests.clone(), connections.clone(), ended.clone(), scripts.to_vec());
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let number = accepted.fetch_add(1, Ordering::SeqCst);
                let script = scripts[number.min(scripts.len() - 1)];
                let (counted, over) = (counted.clone(), over.clone());
                open.spawn(async move {
                    follow(stream, script, counted).await;
                    over.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        Self { address, requests, connections, ended, _tasks: tasks }
    }

    pub(crate) fn request(&self) -> http::Request<bytes::Bytes> {
        post(&format!("http://{}/", self.address))
    }

    /// The number of requests that arrived whole.
    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    /// The number of connections whose script has ended, and which the client has closed.
    pub(crate) fn ended(&self) -> usize {
        self.ended.load(Ordering::SeqCst)
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

pub(crate) fn post(url: &str) -> http::Request<bytes::Bytes> {
    http::Request::post(url).header("x-tc-token", "TOPSECRET").body("{\"A\":1}".into()).unwrap()
}

async fn follow(mut stream: TcpStream, script: &[Step], requests: Arc<AtomicUsize>) {
    for step in script {
        match step {
            Step::Read => {
                if read(&mut stream).await.is_none() {
                    return;
                }
                requests.fetch_add(1, Ordering::SeqCst);
            }
            Step::Send(text) => drop(stream.write_all(text.as_bytes()).await),
            Step::Drip(byte) => {
                while stream.write_all(&[*byte]).await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            }
            Step::Hang => std::future::pending().await,
            Step::Reset => {
                stream.set_zero_linger().unwrap();
                return;
            }
        }
    }
    stream.shutdown().await.ok();
    let mut rest = [0; 64];
    while stream.read(&mut rest).await.is_ok_and(|read| read > 0) {}
}

/// Reads one request whose body is seven bytes.
pub(crate) async fn read(stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> Option<Vec<u8>> {
    let mut seen = Vec::new();
    let mut buffer = [0; 1024];
    loop {
        let head = seen.windows(4).position(|bytes| bytes == b"\r\n\r\n");
        if head.is_some_and(|end| seen.len() >= end + 4 + 7) {
            return Some(seen);
        }
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => seen.extend_from_slice(&buffer[..read]),
        }
    }
}
