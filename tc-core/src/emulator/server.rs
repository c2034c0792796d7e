//! The server: HTTP/1.1 by hyper, and direct writes to the socket for faults that hyper cannot send.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::header::HeaderValue;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::upgrade::OnUpgrade;
use hyper::{Method, Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::answer::{Step, WireResponse};
use super::cloud::Cloud;
use super::faults::Stage;
use super::gateway::{self, Checked};
use super::handlers::{self, RawReply};
use super::request::{Arrived, Claims};
use super::socket::Socket;
use super::{Fault, Received, body};

/// The longest time for a TLS handshake.
const HANDSHAKE: Duration = Duration::from_secs(60);

/// The longest time for the head of a request, including the idle time before it.
const HEAD: Duration = Duration::from_secs(60);

/// The largest head: more than the 32 KB of query that the gateway accepts, so that the gateway reports the error.
const HEAD_SIZE: usize = 256 * 1024;

/// Accepts connections, with TLS if there is an `acceptor`. All of them end when this future is dropped.
pub(super) async fn serve(
    listener: TcpListener,
    address: SocketAddr,
    acceptor: Option<TlsAcceptor>,
    cloud: Arc<Cloud>,
) {
    let mut connections = JoinSet::new();
    let mut listening = cloud.listening.subscribe();
    let mut listener = Some(listener);
    loop {
        if !*listening.borrow_and_update() {
            listener = None;
        } else if listener.is_none() {
            listener = TcpListener::bind(address).await.ok();
        }
        tokio::select! {
            changed = listening.changed() => {
                if changed.is_err() {
                    return;
                }
            }
            accepted = accept(listener.as_ref()) => {
                if let Some(stream) = accepted {
                    let index = cloud.connections.fetch_add(1, Ordering::Relaxed);
                    connections.spawn(connection(Socket::new(stream), index, acceptor.clone(), Arc::clone(&cloud)));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn accept(listener: Option<&TcpListener>) -> Option<TcpStream> {
    match listener {
        Some(listener) => {
            let accepted = listener.accept().await;
            if accepted.is_err() {
                // For example, no file descriptor is left: wait until a connection ends.
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            accepted.ok().map(|(stream, _)| stream)
        }
        None => std::future::pending().await,
    }
}

/// What happens to a connection after hyper.
enum Takeover {
    /// These steps.
    Run(Vec<Step>),
    /// The client sent CONNECT: serve it as if it were connected to that host.
    Tunnel(OnUpgrade),
}

async fn connection(mut stream: Socket, index: u64, acceptor: Option<TlsAcceptor>, cloud: Arc<Cloud>) {
    if let Some(fault) = cloud.fault(Stage::Connect, "") {
        let step = if fault == Fault::ResetOnConnect { Step::Reset } else { Step::Close };
        return run(stream, vec![step]).await;
    }
    loop {
        if let Some(acceptor) = &acceptor {
            let handshake = tokio::time::timeout(HANDSHAKE, stream.secured(acceptor));
            let Ok(Ok(secured)) = handshake.await else { return };
            stream = secured;
        }
        let Some(tunnel) = requests(stream, index, &cloud).await else { return };
        let Ok(upgraded) = tunnel.await else { return };
        let Ok(parts) = upgraded.downcast::<TokioIo<Socket>>() else { return };
        stream = parts.io.into_inner();
    }
}

/// Serves a connection until it ends or becomes a tunnel.
async fn requests(stream: Socket, index: u64, cloud: &Arc<Cloud>) -> Option<OnUpgrade> {
    let (takeovers, mut takeover_requests) = unbounded_channel();
    let busy = Arc::new(AtomicBool::new(false));
    let service = service_fn(|request| {
        let (cloud, takeovers, busy) = (Arc::clone(cloud), takeovers.clone(), Arc::clone(&busy));
        async move {
            busy.store(true, Ordering::Relaxed);
            let answer = answer(request, index, &cloud, &takeovers).await;
            busy.store(false, Ordering::Relaxed);
            Ok::<_, Infallible>(answer)
        }
    });
    let service = service_fn(move |request| Box::pin(hyper::service::Service::call(&service, request)));
    let mut serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_SIZE)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut sweep = cloud.sweep.subscribe();
    let mut tunnel = None;
    loop {
        tokio::select! {
            Some(takeover) = takeover_requests.recv() => match takeover {
                Takeover::Run(steps) => {
                    let parts = serving.into_parts()?;
                    run(parts.io.into_inner(), steps).await;
                    return None;
                }
                Takeover::Tunnel(upgrade) => tunnel = Some(upgrade),
            },
            _ = &mut serving => return match takeover_requests.try_recv() {
                Ok(Takeover::Tunnel(upgrade)) => Some(upgrade),
                _ => tunnel,
            },
            _ = sweep.changed() => {
                if !busy.load(Ordering::Relaxed) {
                    return None;
                }
            }
        }
    }
}

async fn answer(
    request: Request<Incoming>,
    index: u64,
    cloud: &Cloud,
    takeovers: &UnboundedSender<Takeover>,
) -> Response<ChunkedBody> {
    if request.method() == Method::CONNECT {
        let _ = takeovers.send(Takeover::Tunnel(hyper::upgrade::on(request)));
        return Response::new(ChunkedBody::default());
    }
    let (head, body) = request.into_parts();
    let mut arrived = Arrived {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect(),
        body: Bytes::new(),
        size: 0,
    };
    let claims = Claims::of_headers(&arrived);
    if let Some(fault) = cloud.fault(Stage::Head, &claims.action) {
        // The connection is reset, so a panic of the observer cannot be reported.
        let _ = cloud.record(received(index, arrived, Checked::unread(claims, None), Some(fault), String::new()));
        return take_over(takeovers, vec![Step::Reset]).await;
    }
    match body::read(body).await {
        Ok(body) => (arrived.body, arrived.size) = (body.kept, body.size),
        Err(error) => {
            let unread = Checked::unread(claims, Some(error.clone()));
            let observed = cloud.record(received(index, arrived, unread, None, String::new()));
            let error = observed.err().unwrap_or(error);
            let wire = WireResponse::envelope(&RawReply::error(error), &cloud.request_id(), date(cloud));
            let mut answer = response(wire);
            answer.headers_mut().insert(hyper::header::CONNECTION, HeaderValue::from_static("close"));
            return answer;
        }
    }
    let checked = gateway::check(&arrived, cloud);
    let fault = cloud.fault(Stage::Answer, &checked.claims.action);
    let mut answer = match (&checked.error, &checked.handler) {
        (Some(error), _) => RawReply::error(error.clone()),
        (None, Some(handler)) if fault.as_ref().is_none_or(Fault::runs_handler) => {
            handlers::call(handler, &checked.claims.action, checked.params.clone())
        }
        (None, _) => RawReply::empty(),
    };
    let request_id = answer.request_id.clone().unwrap_or_else(|| cloud.request_id());
    if let Err(panic) = cloud.record(received(index, arrived, checked, fault.clone(), request_id.clone())) {
        answer = RawReply::error(panic);
    }

    let mut delay = answer.delay;
    if let Some(Fault::Late(late)) = &fault {
        delay = delay.saturating_add(*late);
    }
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let wire = WireResponse::envelope(&answer, &request_id, date(cloud));
    match fault.map(|fault| wire.clone().with_fault(&fault, &request_id)) {
        None => response(wire),
        Some(Ok(faulty)) => response(faulty),
        Some(Err(steps)) => take_over(takeovers, steps).await,
    }
}

/// Ends the work of hyper on this connection, and runs `steps` instead.
async fn take_over(takeovers: &UnboundedSender<Takeover>, steps: Vec<Step>) -> Response<ChunkedBody> {
    let _ = takeovers.send(Takeover::Run(steps));
    std::future::pending().await
}

fn received(connection: u64, arrived: Arrived, checked: Checked, fault: Option<Fault>, request_id: String) -> Received {
    let target = if arrived.query.is_empty() { arrived.path } else { format!("{}?{}", arrived.path, arrived.query) };
    let text = |value: Vec<u8>| String::from_utf8_lossy(&value).into_owned();
    let Checked { claims, params, coercions, canonical, error, .. } = checked;
    let Claims { service, version, action, region, secret_id, .. } = claims;
    Received {
        connection,
        method: arrived.method,
        target,
        headers: arrived.headers.into_iter().map(|(name, value)| (name, text(value))).collect(),
        body: arrived.body,
        service,
        version,
        action,
        region,
        secret_id,
        params,
        coercions,
        canonical,
        error,
        fault,
        request_id,
        weight: 0,
    }
}

fn date(cloud: &Cloud) -> String {
    let at = chrono::DateTime::from_timestamp(cloud.now(), 0).unwrap_or_default();
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn response(wire: WireResponse) -> Response<ChunkedBody> {
    let mut response = Response::builder().status(wire.status);
    for (name, value) in wire.headers {
        response = response.header(name, value);
    }
    // Invalid only if a RequestId or Content-Type from a handler cannot be a header.
    response
        .body(ChunkedBody { chunks: wire.chunks, stream: wire.stream, pace: wire.pace, pause: None })
        .unwrap_or_default()
}

/// A body that is sent in chunks, each before the next one is produced.
#[derive(Default)]
struct ChunkedBody {
    chunks: VecDeque<Bytes>,
    stream: bool,
    pace: Duration,
    /// The pause before the next chunk of a stream, if it has begun.
    pause: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

impl Body for ChunkedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(pause) = &mut self.pause {
            // During the pause hyper sends what it has, so each of these chunks is a separate chunk on the wire.
            std::task::ready!(pause.as_mut().poll(cx));
        }
        self.pause = match (self.stream, self.pace) {
            (false, _) => None,
            (true, Duration::ZERO) => Some(Box::pin(tokio::task::yield_now())),
            (true, pace) => Some(Box::pin(tokio::time::sleep(pace))),
        };
        Poll::Ready(self.chunks.pop_front().map(|chunk| Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.chunks.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        if self.stream {
            return SizeHint::default();
        }
        SizeHint::with_exact(self.chunks.iter().map(|chunk| chunk.len() as u64).sum())
    }
}

/// Runs `steps`, and ends the connection. Each write is flushed, because TLS buffers what the socket does not accept at once.
async fn run(mut stream: Socket, steps: Vec<Step>) {
    for step in steps {
        let done = match step {
            Step::Send(bytes) => send(&mut stream, &bytes).await,
            Step::SendAgain(bytes, times) => send_again(&mut stream, &bytes, times).await,
            Step::Drip(bytes, every) => drip(&mut stream, &bytes, every).await,
            Step::Hang => {
                let mut rest = [0; 1024];
                while stream.read(&mut rest).await.is_ok_and(|read| read > 0) {}
                return;
            }
            Step::Close => {
                let _ = stream.shutdown().await;
                return;
            }
            Step::Reset => {
                stream.reset();
                return;
            }
        };
        if done.is_err() {
            return;
        }
    }
}

async fn send(stream: &mut Socket, bytes: &[u8]) -> std::io::Result<()> {
    stream.write_all(bytes).await?;
    stream.flush().await
}

async fn send_again(stream: &mut Socket, bytes: &[u8], times: u64) -> std::io::Result<()> {
    for _ in 0..times {
        stream.write_all(bytes).await?;
    }
    stream.flush().await
}

async fn drip(stream: &mut Socket, bytes: &[u8], every: Duration) -> std::io::Result<()> {
    for byte in bytes {
        send(stream, std::slice::from_ref(byte)).await?;
        tokio::time::sleep(every).await;
    }
    Ok(())
}
