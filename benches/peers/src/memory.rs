//! A call without a network: encode, sign, decode. For clients that accept a custom transport.

use async_trait::async_trait;
use bytes::Bytes;
use http::HeaderMap;
use tc_benches::calls::{case, client};
use tc_benches::measure::measure;
use tc_benches::samples::{answer, plain_request, request};
use tc_benches::{Options, Table};
use tc_core::transport::{Body, BoxFuture, Transport, TransportError};
use tencentcloud_sdk_core::error::SdkError as CoreError;
use tencentcloud_sdk_core::http::{HttpResponse, TencentCloudServiceClient, Transport as CoreTransport};
use tencentcloud_sdk_foundation::transport::{Transport as FoundationTransport, TransportRequest, TransportResponse};
use tencentcloud_sdk_foundation::{BoxFuture as FoundationFuture, Endpoint, SdkError};

use crate::clients::{self, Samples};

pub(crate) fn compare(options: Options) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut table = Table::new("peers_memory", "a call over an in-memory transport: encode, sign, decode");
    for (size, persons) in [("1 KB", 2), ("45 KB", 100)] {
        let memory = Memory(answer(persons).into());
        let ours = client("https://mps.tencentcloudapi.com", memory.clone());
        let endpoint = Endpoint::https("https://mps.tencentcloudapi.com").expect("an endpoint");
        let foundation = clients::foundation_client(endpoint).transport(memory.clone()).build().expect("a client");
        let config = clients::core_config("mps.tencentcloudapi.com");
        let core = TencentCloudServiceClient::with_transport(config, clients::core_keys(), memory);
        let (action, operation) = (request(1), clients::describe_samples());
        let cases = vec![
            case(&runtime, &format!("ours, {size}"), 1, move || {
                let found = ours.send(&action);
                async move { assert_eq!(found.await.expect("an answer").person_set.len(), persons) }
            }),
            case(&runtime, &format!("tencentcloud-sdk-foundation 0.2.1, {size}"), 1, move || {
                let (client, operation) = (foundation.clone(), operation.clone());
                async move {
                    let found = client.execute::<_, Samples>(&operation, &plain_request(1)).await;
                    assert_eq!(found.expect("an answer").data.person_set.len(), persons);
                }
            }),
            case(&runtime, &format!("tencentcloud-sdk-core 0.1.0, {size}"), 1, move || {
                let client = core.clone();
                async move {
                    let found = client.call_action::<_, Samples>("DescribePersonSamples", &plain_request(1)).await;
                    assert_eq!(found.expect("an answer").person_set.len(), persons);
                }
            }),
        ];
        let run = measure(options, cases);
        table.cases(&run);
        table.ratio(&run, &format!("ours / tencentcloud-sdk-foundation, {size}"), 0, &[1], Some(1.0));
        table.ratio(&run, &format!("ours / tencentcloud-sdk-core, {size}"), 0, &[2], Some(1.0));
    }
    table.keep(options)
}

/// A transport that returns the same response at once.
#[derive(Debug, Clone)]
struct Memory(Bytes);

impl Transport for Memory {
    fn send(&self, _: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async { Ok(http::Response::new(Body::from(self.0.clone()))) })
    }
}

impl FoundationTransport for Memory {
    fn send(&self, _: TransportRequest) -> FoundationFuture<'_, Result<TransportResponse, SdkError>> {
        let response = TransportResponse::from_bytes(http::StatusCode::OK, HeaderMap::new(), self.0.clone());
        Box::pin(async { Ok(response) })
    }
}

#[async_trait]
impl CoreTransport for Memory {
    async fn post_json(&self, _: &str, _: HeaderMap, _: String) -> Result<HttpResponse, CoreError> {
        // It needs text, like its own transport.
        Ok(HttpResponse::new(200, String::from_utf8_lossy(&self.0)))
    }
}
