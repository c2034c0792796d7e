//! What a whole call costs the client on loopback, beside the HTTP libraries alone.
//!
//! Client and libraries run on one thread each in turns; the server is another thread, whose time does not count.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tc_benches::measure::measure;
use tc_benches::samples::{answer, credential, request};
use tc_benches::{Case, Options, Table, server};
use tc_core::transport::{HyperTransport, ReqwestTransport, Transport, TransportOptions};
use tc_core::{Client, Throttle, encode_json};
use tokio::runtime::Runtime;

const ONE: &str = "1 in flight";
const MANY: &str = "32 in flight";

fn main() -> std::io::Result<()> {
    let options = Options::from_args();
    // The raw client asks for one even where it never speaks TLS.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let address = server::start(&answer(1))?;
    for (id, name, in_flight) in [("calls_1", ONE, 1), ("calls_32", MANY, 32)] {
        compare(options, &runtime, address, (id, name), in_flight)?;
    }
    Ok(())
}

fn compare(
    options: Options,
    runtime: &Runtime,
    address: SocketAddr,
    (id, name): (&str, &str),
    in_flight: u64,
) -> std::io::Result<()> {
    let url = format!("http://{address}");
    let body = Bytes::from(encode_json(&request(1)).expect("a body"));
    let raw_reqwest = reqwest::Client::builder().no_proxy().http1_only().build().expect("a client");
    let raw_hyper: HyperClient<HttpConnector, Full<Bytes>> =
        HyperClient::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build_http();
    let transport = TransportOptions::default();

    let ours_by = |name: &str, client: Client| {
        let action = request(1);
        case(runtime, name, in_flight, move || {
            let found = client.send(&action);
            async move { assert_eq!(found.await.expect("an answer").total_count, 1) }
        })
    };
    let cases = vec![
        ours_by("ours, reqwest transport", ours(&url, ReqwestTransport::new(&transport).expect("a transport"))),
        {
            let (url, body) = (url.clone(), body.clone());
            case(runtime, "raw reqwest POST", in_flight, move || {
                by_reqwest(raw_reqwest.clone(), url.clone(), body.clone())
            })
        },
        ours_by("ours, hyper transport", ours(&url, HyperTransport::new(&transport).expect("a transport"))),
        {
            let (url, body) = (url.clone(), body.clone());
            case(runtime, "raw hyper-util client", in_flight, move || {
                by_hyper(raw_hyper.clone(), url.clone(), body.clone())
            })
        },
    ];
    // A batch holds some hundred calls, so that what the runtime does between two of them evens out.
    let run = measure(Options { batch: options.batch * 10, ..options }, cases);
    let mut table = Table::new(id, &format!("a whole call on loopback, {name}: the client's CPU"));
    for (at, case) in run.0.iter().enumerate() {
        let calls = 1e9 / run.wall(at);
        let figures = vec![
            format!("{:.2} µs", run.cpu(at) / 1e3),
            format!("{calls:.0} calls/s"),
            format!("{:.0} allocations", case.allocations),
        ];
        table.line(&case.name, figures);
    }
    table.ratio(&run, &format!("ours on reqwest / raw reqwest, {name}"), 0, &[1], Some(1.15));
    table.ratio(&run, &format!("ours on hyper / raw hyper-util, {name}"), 2, &[3], Some(1.4));
    table.ratio(&run, &format!("ours on hyper / raw reqwest, {name}"), 2, &[1], Some(1.0));
    table.keep(options)
}

fn ours(url: &str, transport: impl Transport) -> Client {
    let client = Client::builder().credential(credential()).throttle(Throttle::Off).endpoint(url).transport(transport);
    client.timeout(Duration::from_secs(30)).build().expect("a client")
}

async fn by_reqwest(client: reqwest::Client, url: String, body: Bytes) {
    let request = client.post(url).header("content-type", "application/json").body(body);
    let read = request.send().await.expect("a response").bytes().await.expect("a body");
    assert!(read.len() > 400);
}

async fn by_hyper(client: HyperClient<HttpConnector, Full<Bytes>>, url: String, body: Bytes) {
    let request = http::Request::post(url).header("content-type", "application/json").body(Full::new(body));
    let response = client.request(request.expect("a request")).await.expect("a response");
    let read = response.into_body().collect().await.expect("a body").to_bytes();
    assert!(read.len() > 400);
}

/// A case that makes its calls so many at once, each line of calls a task.
fn case<'a, F>(
    runtime: &'a Runtime,
    name: &str,
    in_flight: u64,
    call: impl Fn() -> F + Send + Sync + 'static,
) -> Case<'a>
where
    F: Future<Output = ()> + Send + 'static,
{
    let call = Arc::new(call);
    Case::many(name, move |times| {
        let left = Arc::new(AtomicU64::new(times));
        let lines: Vec<_> = (0..in_flight.min(times))
            .map(|_| {
                let (call, left) = (Arc::clone(&call), Arc::clone(&left));
                runtime.spawn(async move {
                    while left.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_ok() {
                        call().await;
                    }
                })
            })
            .collect();
        runtime.block_on(async {
            for line in lines {
                line.await.expect("every call is answered");
            }
        });
    })
}
