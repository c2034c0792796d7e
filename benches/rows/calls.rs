//! The cost of a call over loopback for the client, compared with the HTTP libraries.
//!
//! Client and libraries run in turns on one thread. The server runs on another thread, whose time does not count.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderMap, HeaderValue};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tc_apis::iai::GetPersonGroupInfo;
use tc_benches::calls::{case, client, lines};
use tc_benches::measure::measure;
use tc_benches::samples::credential;
use tc_benches::samples::{
    GROUPS_ANSWER, PlainEnvelope, PlainGroupsEnvelope, answer, plain_groups_request, plain_request, request,
};
use tc_benches::{Options, Table, server};
use tc_core::signing::{PayloadHash, Tc3};
use tc_core::transport::{HyperTransport, ReqwestTransport, Transport, TransportOptions};
use tc_core::{Call, Clock, Credential, Method, SystemClock, encode_json};
use tokio::runtime::Runtime;

fn main() -> std::io::Result<()> {
    let options = Options::from_args();
    // The raw reqwest client needs a provider even if it never uses TLS.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let groups = Exchange {
        action: GetPersonGroupInfo::new("2001").offset(0).limit(10),
        names: ["iai", "2020-03-03", "GetPersonGroupInfo"],
        encode: || serde_json::to_vec(&plain_groups_request()).unwrap_or_default(),
        decode: |body| serde_json::from_slice::<PlainGroupsEnvelope>(body).is_ok(),
        address: server::start(GROUPS_ANSWER)?,
    };
    groups.compare(options, &runtime, "calls_1", "GetPersonGroupInfo, 1 in flight", 1)?;
    groups.compare(options, &runtime, "calls_32", "GetPersonGroupInfo, 32 in flight", 32)?;
    let samples = Exchange {
        action: request(1),
        names: ["mps", "2019-06-12", "DescribePersonSamples"],
        encode: || serde_json::to_vec(&plain_request(1)).unwrap_or_default(),
        decode: |body| serde_json::from_slice::<PlainEnvelope>(body).is_ok(),
        address: server::start(&answer(1))?,
    };
    samples.compare(options, &runtime, "calls_samples", "DescribePersonSamples, 32 in flight", 32)
}

/// A call, the same request and response for the libraries, and the address of the server.
struct Exchange<A> {
    action: A,
    /// Service, version and name.
    names: [&'static str; 3],
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
        let (encode, decode, names) = (self.encode, self.decode, self.names);
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
            case(runtime, "minimal signed call on reqwest", in_flight, {
                let (url, host, credential) = (url.clone(), self.address.to_string(), credential());
                move || {
                    let (body, headers) = minimal(encode, names, &host, &credential);
                    let sent = by_reqwest.post(&url).headers(headers).body(body).send();
                    async move { assert!(decode(&sent.await.expect("a response").bytes().await.expect("a body"))) }
                }
            }),
            case(runtime, "minimal signed call on hyper-util", in_flight, {
                let (host, credential) = (self.address.to_string(), credential());
                move || {
                    let (body, headers) = minimal(encode, names, &host, &credential);
                    let mut request = http::Request::post(&url).body(Full::new(body)).expect("a request");
                    *request.headers_mut() = headers;
                    let sent = by_hyper.request(request);
                    async move {
                        let body = sent.await.expect("a response").into_body().collect().await.expect("a body");
                        assert!(decode(&body.to_bytes()));
                    }
                }
            }),
        ];
        let run = measure(options.of_calls(), cases);
        let mut table = Table::new(id, &format!("a call over loopback: {name}"));
        lines(&mut table, &run);
        table.ratio(&run, "ours on reqwest / raw reqwest", 0, &[1], Some(1.15));
        table.ratio(&run, "ours on reqwest / minimal signed call on reqwest", 0, &[4], None);
        table.ratio(&run, "ours on hyper / raw hyper-util", 2, &[3], Some(1.4));
        table.ratio(&run, "ours on hyper / minimal signed call on hyper-util", 2, &[5], None);
        table.ratio(&run, "ours on hyper / raw reqwest", 2, &[1], Some(1.0));
        table.ratio(&run, "minimal signed call on reqwest / raw reqwest", 4, &[1], None);
        table.ratio(&run, "minimal signed call on hyper-util / raw hyper-util", 5, &[3], None);
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

/// A minimal signed call: `to_vec`, our signature, and the headers that the cloud needs.
fn minimal(
    encode: fn() -> Vec<u8>,
    [service, version, action]: [&'static str; 3],
    host: &str,
    credential: &Credential,
) -> (Bytes, HeaderMap) {
    let body = Bytes::from(encode());
    let at = SystemClock.now();
    let payload = PayloadHash::of(&body);
    let content_type = "application/json";
    let mut authorization = Vec::with_capacity(512);
    let tc3 = Tc3 { method: Method::Post, query: "", content_type, host, action, payload, service, at };
    tc3.authorize(credential, &mut authorization);
    let mut headers = HeaderMap::with_capacity(7);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(HOST, HeaderValue::from_str(host).expect("a host"));
    headers.insert("x-tc-action", HeaderValue::from_static(action));
    headers.insert("x-tc-version", HeaderValue::from_static(version));
    headers.insert("x-tc-timestamp", HeaderValue::from(at.as_unix()));
    headers.insert(AUTHORIZATION, HeaderValue::from_maybe_shared(Bytes::from(authorization)).expect("a header"));
    (body, headers)
}
