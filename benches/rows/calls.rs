//! What a whole call costs the client on loopback, beside the HTTP libraries alone.
//!
//! Client and libraries run on one thread each in turns; the server is another thread, whose time does not count.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tc_apis::iai::GetPersonGroupInfo;
use tc_benches::calls::{case, client, lines};
use tc_benches::measure::measure;
use tc_benches::samples::{
    GROUPS_ANSWER, PlainEnvelope, PlainGroupsEnvelope, answer, plain_groups_request, plain_request, request,
};
use tc_benches::{Options, Table, server};
use tc_core::transport::{HyperTransport, ReqwestTransport, Transport, TransportOptions};
use tc_core::{Call, encode_json};
use tokio::runtime::Runtime;

fn main() -> std::io::Result<()> {
    let options = Options::from_args();
    // The raw client asks for one even where it never speaks TLS.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let groups = Exchange {
        action: GetPersonGroupInfo::new("2001").offset(0).limit(10),
        encode: || serde_json::to_vec(&plain_groups_request()).unwrap_or_default(),
        decode: |body| serde_json::from_slice::<PlainGroupsEnvelope>(body).is_ok(),
        address: server::start(GROUPS_ANSWER)?,
    };
    groups.compare(options, &runtime, "calls_1", "GetPersonGroupInfo, 1 in flight", 1)?;
    groups.compare(options, &runtime, "calls_32", "GetPersonGroupInfo, 32 in flight", 32)?;
    let samples = Exchange {
        action: request(1),
        encode: || serde_json::to_vec(&plain_request(1)).unwrap_or_default(),
        decode: |body| serde_json::from_slice::<PlainEnvelope>(body).is_ok(),
        address: server::start(&answer(1))?,
    };
    samples.compare(options, &runtime, "calls_samples", "DescribePersonSamples, 32 in flight", 32)
}

/// A call, what the libraries send and read in its place, and who answers.
struct Exchange<A> {
    action: A,
    encode: fn() -> Vec<u8>,
    decode: fn(&[u8]) -> bool,
    address: SocketAddr,
}

impl<A: Call + Clone + Send + Sync + 'static> Exchange<A> {
    fn compare(
        &self,
        options: Options,
        runtime: &Runtime,
        id: &str,
        name: &str,
        in_flight: u64,
    ) -> std::io::Result<()> {
        let (encode, decode) = (self.encode, self.decode);
        let url = format!("http://{}", self.address);
        let body = Bytes::from(encode_json(&self.action).expect("a body"));
        assert_eq!(body, encode(), "the two bodies differ");
        let by_reqwest = reqwest::Client::new();
        let by_hyper: HyperClient<HttpConnector, Full<Bytes>> =
            HyperClient::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build_http();
        let transport = TransportOptions::default();
        let ours = |name: &str, transport: Arc<dyn Transport>| {
            let (client, action) = (client(&url, transport), self.action.clone());
            case(runtime, name, in_flight, move || {
                let found = client.send(&action);
                async move { assert!(!found.await.expect("an answer").request_id().is_empty()) }
            })
        };
        let cases = vec![
            ours("ours, reqwest transport", Arc::new(ReqwestTransport::new(&transport).expect("a transport"))),
            case(runtime, "raw reqwest POST", in_flight, {
                let (client, url, body) = (by_reqwest.clone(), url.clone(), body.clone());
                move || {
                    let read = reqwest_post(client.clone(), url.clone(), body.clone());
                    async { assert!(read.await.len() > 100) }
                }
            }),
            ours("ours, hyper transport", Arc::new(HyperTransport::new(&transport).expect("a transport"))),
            case(runtime, "raw hyper-util client", in_flight, {
                let (client, url, body) = (by_hyper.clone(), url.clone(), body);
                move || {
                    let read = hyper_post(client.clone(), url.clone(), body.clone());
                    async { assert!(read.await.len() > 100) }
                }
            }),
            case(runtime, "reqwest, to_vec and from_slice, unsigned", in_flight, {
                let url = url.clone();
                move || {
                    let read = reqwest_post(by_reqwest.clone(), url.clone(), encode().into());
                    async move { assert!(decode(&read.await)) }
                }
            }),
            case(runtime, "hyper-util, to_vec and from_slice, unsigned", in_flight, {
                move || {
                    let read = hyper_post(by_hyper.clone(), url.clone(), encode().into());
                    async move { assert!(decode(&read.await)) }
                }
            }),
        ];
        // A batch holds some hundred calls, so that what the runtime does between two of them evens out.
        let run = measure(Options { batch: options.batch * 5, ..options }, cases);
        let mut table = Table::new(id, &format!("a whole call on loopback, {name}: the client's CPU"));
        lines(&mut table, &run);
        table.ratio(&run, "ours on reqwest / raw reqwest", 0, &[1], Some(1.15));
        table.ratio(&run, "ours on reqwest / reqwest and serde, unsigned", 0, &[4], None);
        table.ratio(&run, "ours on hyper / raw hyper-util", 2, &[3], Some(1.4));
        table.ratio(&run, "ours on hyper / hyper-util and serde, unsigned", 2, &[5], None);
        table.ratio(&run, "ours on hyper / raw reqwest", 2, &[1], Some(1.0));
        table.keep(options)
    }
}

async fn reqwest_post(client: reqwest::Client, url: String, body: Bytes) -> Bytes {
    let request = client.post(url).header("content-type", "application/json").body(body);
    request.send().await.expect("a response").bytes().await.expect("a body")
}

async fn hyper_post(client: HyperClient<HttpConnector, Full<Bytes>>, url: String, body: Bytes) -> Bytes {
    let request = http::Request::post(url).header("content-type", "application/json").body(Full::new(body));
    let response = client.request(request.expect("a request")).await.expect("a response");
    response.into_body().collect().await.expect("a body").to_bytes()
}
