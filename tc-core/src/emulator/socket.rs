//! A connection, plain or with TLS, whose writes fail if the client does not read for too long.

use std::io::{Error, ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// The longest time that a client may leave sent bytes unread.
const UNREAD: Duration = Duration::from_secs(60);

/// The socket of one connection.
pub(super) enum Socket {
    Tcp(TcpSocket),
    /// TLS inside another socket: a TCP connection, or a tunnel that has TLS already.
    Tls(Box<TlsStream<Socket>>),
}

/// A TCP connection with a limit for the time of a write.
pub(super) struct TcpSocket {
    stream: TcpStream,
    /// Runs while a write waits for the client.
    deadline: Option<Pin<Box<Sleep>>>,
}

trait Connection: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Connection for T {}

impl Socket {
    pub(super) fn new(stream: TcpStream) -> Self {
        // A response is written at once, so Nagle's algorithm would only delay it.
        let _ = stream.set_nodelay(true);
        Self::Tcp(TcpSocket { stream, deadline: None })
    }

    /// Returns the socket after a TLS handshake inside it.
    pub(super) async fn secured(self, acceptor: &TlsAcceptor) -> Result<Self> {
        Ok(Self::Tls(Box::new(acceptor.accept(self).await?)))
    }

    /// Makes the connection end with a reset when the socket is dropped.
    pub(super) fn reset(&self) {
        match self {
            Self::Tcp(socket) => {
                let _ = socket.stream.set_zero_linger();
            }
            Self::Tls(stream) => stream.get_ref().0.reset(),
        }
    }

    fn connection(&mut self) -> Pin<&mut dyn Connection> {
        match self {
            Self::Tcp(socket) => Pin::new(socket),
            Self::Tls(stream) => Pin::new(&mut **stream),
        }
    }
}

impl TcpSocket {
    /// Returns the result of a write, or an error if the write has waited for too long.
    fn limited<T>(&mut self, context: &mut Context<'_>, written: Poll<Result<T>>) -> Poll<Result<T>> {
        if written.is_ready() {
            self.deadline = None;
            return written;
        }
        let deadline = self.deadline.get_or_insert_with(|| Box::pin(tokio::time::sleep(UNREAD)));
        deadline.as_mut().poll(context).map(|()| Err(Error::new(ErrorKind::TimedOut, "the client does not read")))
    }
}

impl AsyncRead for TcpSocket {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, read: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, read)
    }
}

impl AsyncWrite for TcpSocket {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.limited(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.limited(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.limited(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl AsyncRead for Socket {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, read: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        self.connection().poll_read(context, read)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        self.connection().poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        self.connection().poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        match self {
            Self::Tcp(socket) => socket.is_write_vectored(),
            Self::Tls(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        self.connection().poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        self.connection().poll_shutdown(context)
    }
}
