//! The server of the benchmarks: it runs in a separate thread, reads requests and always writes the same response.

use std::net::SocketAddr;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;

/// Starts a server on loopback that answers every request with `body`. It ends with the process.
///
/// # Errors
/// A socket or a thread cannot be created.
pub fn start(body: &[u8]) -> std::io::Result<SocketAddr> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let answer: &'static [u8] = response(body).leak();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    std::thread::Builder::new().name("server".into()).spawn(move || {
        runtime.block_on(async move {
            let Ok(listener) = TcpListener::from_std(listener) else { return };
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                tokio::spawn(serve(stream, answer, |_| ()));
            }
        });
    })?;
    Ok(address)
}

/// A complete response with `body`.
pub fn response(body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// Answers every request of a connection with `answer`, and passes the first request to `first`.
///
/// # Errors
/// The connection fails.
pub async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    answer: &[u8],
    first: impl FnOnce(&[u8]),
) -> std::io::Result<()> {
    let mut first = Some(first);
    let mut read = Vec::with_capacity(16 << 10);
    loop {
        if stream.read_buf(&mut read).await? == 0 {
            return Ok(());
        }
        while let Some(size) = request(&read) {
            if let Some(first) = first.take() {
                first(&read[..size]);
            }
            read.drain(..size);
            stream.write_all(answer).await?;
        }
    }
}

/// The size of the first request, once it has arrived completely.
fn request(read: &[u8]) -> Option<usize> {
    let head = read.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&read[..head]).ok()?;
    let body = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        if name.eq_ignore_ascii_case("content-length") { value.trim().parse::<usize>().ok() } else { None }
    });
    let size = head + body.unwrap_or(0);
    (read.len() >= size).then_some(size)
}
