//! The server: always sends the same response, with or without TLS, and keeps the first request.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use tc_benches::server::{response, serve};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// The address of the https server. It is a constant, because one client needs a constant host: an address of the loopback
/// network that nothing else uses.
pub(crate) const HTTPS: &str = "127.91.18.7:44391";
pub(crate) const HTTPS_IP: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 91, 18, 7));

/// A server in a separate thread. It ends with the process.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    first: Arc<Mutex<Vec<u8>>>,
}

impl Server {
    /// A server for plain HTTP.
    pub(crate) fn http(body: &[u8]) -> std::io::Result<Self> {
        Self::start("127.0.0.1:0", body, None)
    }

    /// A server for TLS.
    pub(crate) fn https(body: &[u8], acceptor: TlsAcceptor) -> std::io::Result<Self> {
        Self::start(HTTPS, body, Some(acceptor))
    }

    fn start(address: &str, body: &[u8], acceptor: Option<TlsAcceptor>) -> std::io::Result<Self> {
        let listener = std::net::TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let answer: &'static [u8] = response(body).leak();
        let first = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&first);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        std::thread::Builder::new().name("server".into()).spawn(move || {
            runtime.block_on(async move {
                let Ok(listener) = TcpListener::from_std(listener) else { return };
                while let Ok((stream, _)) = listener.accept().await {
                    let _ = stream.set_nodelay(true);
                    let (seen, acceptor) = (Arc::clone(&seen), acceptor.clone());
                    let keep = move |request: &[u8]| {
                        *seen.lock().unwrap_or_else(PoisonError::into_inner) = request.to_vec();
                    };
                    tokio::spawn(async move {
                        match acceptor {
                            None => serve(stream, answer, keep).await,
                            Some(acceptor) => serve(acceptor.accept(stream).await?, answer, keep).await,
                        }
                    });
                }
            });
        })?;
        Ok(Self { address, first })
    }

    /// The first request of the newest connection.
    pub(crate) fn first(&self) -> Vec<u8> {
        std::mem::take(&mut self.first.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
