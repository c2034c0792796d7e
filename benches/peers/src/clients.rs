//! Each client with the settings of its users, making the calls that it supports.

use std::time::Duration;

use serde::Deserialize;
use tc_apis::mps::DescribePersonSamples;
use tc_benches::Case;
use tc_benches::calls::{case, client};
use tc_benches::samples::{
    PlainEnvelope, PlainPerson, PlainRequest, PlainResponse, credential, plain_request, request,
};
use tc_core::transport::Transport;
use tc_core::{Call, request as build, tc_action, tc_model};
use tencent_cloud_sdk::utils::http::HttpClient;
use tencent_cloud_sdk::utils::signature::SignatureBuilder;
use tencentcloud_sdk_core::http::{ReqwestTransport, TencentCloudServiceClient, TencentCloudServiceConfig};
use tencentcloud_sdk_core::tc3::Tc3Credentials;
use tencentcloud_sdk_foundation::{Client as FoundationClient, Credentials, Endpoint, Operation};
use tokio::runtime::Runtime;

/// The number of calls in flight.
const IN_FLIGHT: u64 = 32;

/// The response for clients that read `RequestId` themselves.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Samples {
    pub(crate) total_count: u64,
    pub(crate) person_set: Vec<PlainPerson>,
}

impl Samples {
    fn is_right(&self) -> bool {
        self.total_count == 1 && self.person_set.len() == 1
    }
}

pub(crate) fn id() -> String {
    credential().secret_id().to_string()
}

pub(crate) fn key() -> String {
    credential().secret_key().to_string()
}

/// Any call with this project.
pub(crate) fn ours<'a, A>(runtime: &'a Runtime, name: &str, url: &str, transport: impl Transport, action: A) -> Case<'a>
where
    A: Call + Clone + Send + Sync + 'static,
{
    let client = client(url, transport);
    case(runtime, name, IN_FLIGHT, move || {
        let found = client.send(&action);
        async move { assert!(!found.await.expect("an answer").request_id().is_empty()) }
    })
}

/// The call that most clients support.
pub(crate) fn samples() -> DescribePersonSamples {
    request(1)
}

/// The call of tencent-sdk that costs it least.
#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
#[derive(Debug, Clone)]
pub(crate) struct StartInstances {
    #[tc(items = 1..=100)]
    pub(crate) instance_ids: Vec<String>,
}

/// The only call of tencentcloud-sdk-sms.
#[tc_action(service = "sms", version = "2021-01-11")]
#[derive(Debug, Clone)]
pub(crate) struct SendSms {
    pub(crate) phone_number_set: Vec<String>,
    pub(crate) sms_sdk_app_id: String,
    pub(crate) template_id: String,
    pub(crate) sign_name: Option<String>,
    pub(crate) template_param_set: Vec<String>,
}

#[tc_model]
#[derive(Debug, Clone)]
pub(crate) struct SendSmsResponse {
    pub(crate) send_status_set: Vec<SendStatus>,
}

#[tc_model]
#[derive(Debug, Clone)]
pub(crate) struct SendStatus {
    pub(crate) serial_no: String,
    pub(crate) phone_number: String,
    pub(crate) fee: i64,
    pub(crate) session_context: String,
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) iso_code: String,
}

pub(crate) const STARTED: &[u8] = br#"{"Response":{"RequestId":"671f0a1d-2b35-47c4-b9d1-b18053f71a04"}}"#;
pub(crate) const SENT: &[u8] = br#"{"Response":{"SendStatusSet":[{"SerialNo":"5000:1045710669157053657849499619","PhoneNumber":"+8618511122233","Fee":1,"SessionContext":"test","Code":"Ok","Message":"send success","IsoCode":"CN"}],"RequestId":"a0aabda6-cf91-4f3e-a81f-9198114a2279"}}"#;

const PHONE: &str = "+8618511122233";

pub(crate) fn start() -> StartInstances {
    build!(StartInstances { instance_ids: ["ins-r8hr2upy"] })
}

pub(crate) fn sms() -> SendSms {
    build!(SendSms {
        phone_number_set: [PHONE],
        sms_sdk_app_id: "1400006666",
        template_id: "1110",
        sign_name: "Tencent",
        template_param_set: ["1234"],
    })
}

pub(crate) fn foundation_client(endpoint: Endpoint) -> tencentcloud_sdk_foundation::ClientBuilder {
    let keys = Credentials::new(id(), key()).expect("credentials");
    FoundationClient::builder().credentials(keys).endpoint("mps", endpoint)
}

pub(crate) fn describe_samples() -> Operation {
    Operation::new("mps", "2019-06-12", "DescribePersonSamples").expect("an operation")
}

pub(crate) fn foundation<'a>(runtime: &'a Runtime, url: &str) -> Case<'a> {
    let client = foundation_client(Endpoint::loopback_http(url).expect("an endpoint")).build().expect("a client");
    let (operation, input) = (describe_samples(), plain_request(1));
    case(runtime, "tencentcloud-sdk-foundation 0.2.1", IN_FLIGHT, move || {
        let (client, operation, input) = (client.clone(), operation.clone(), input.clone());
        async move {
            let found = client.execute::<_, Samples>(&operation, &input).await.expect("an answer");
            assert!(found.data.is_right() && found.metadata.request_id.is_some());
        }
    })
}

pub(crate) fn core_config(host: &str) -> TencentCloudServiceConfig {
    TencentCloudServiceConfig::new("mps", host, None::<String>, "2019-06-12", format!("http://{host}"))
}

pub(crate) fn core_keys() -> Tc3Credentials {
    Tc3Credentials { secret_id: id(), secret_key: key() }
}

pub(crate) fn core<'a>(runtime: &'a Runtime, host: &str) -> Case<'a> {
    let transport = ReqwestTransport::new(Duration::from_secs(30)).expect("a transport");
    let client = TencentCloudServiceClient::with_transport(core_config(host), core_keys(), transport);
    let input = plain_request(1);
    case(runtime, "tencentcloud-sdk-core 0.1.0", IN_FLIGHT, move || {
        let (client, input) = (client.clone(), input.clone());
        async move {
            let found: Samples = client.call_action("DescribePersonSamples", &input).await.expect("an answer");
            assert!(found.is_right());
        }
    })
}

/// Its client accepts no address, but its two parts are public: this does the same as the client.
pub(crate) fn cloud<'a>(runtime: &'a Runtime, host: &str) -> Case<'a> {
    let http: &'static HttpClient = Box::leak(Box::new(HttpClient::new()));
    let (host, input) = (host.to_owned(), plain_request(1));
    let (id, key) = (id(), key());
    case(runtime, "tencent_cloud_sdk 0.0.3", IN_FLIGHT, move || {
        let payload = serde_json::to_value(&input).expect("a body").to_string();
        let builder = SignatureBuilder::new(id.clone(), key.clone(), "mps".into(), host.clone());
        let builder = builder.action("DescribePersonSamples".into()).version("2019-06-12".into()).payload(payload);
        let mut signed = builder.build();
        signed.url = format!("http://{host}");
        async move {
            let found: PlainEnvelope = http.send_request(signed).await.expect("an answer");
            assert_eq!(found.response.total_count, 1);
        }
    })
}

pub(crate) fn tencent_sdk<'a>(runtime: &'a Runtime, url: &str) -> Case<'a> {
    use tencent_sdk::client::EndpointMode;
    use tencent_sdk::types::cvm::StartInstancesRequest;

    let builder = tencent_sdk::Client::builder(url).expect("an address").endpoint_mode(EndpointMode::FixedHost);
    let client = builder.auth(tencent_sdk::Auth::tc3(id(), key())).build().expect("a client").cvm();
    case(runtime, "tencent-sdk 0.1.5", IN_FLIGHT, move || {
        let client = client.clone();
        async move {
            let request = StartInstancesRequest::new("ap-guangzhou", ["ins-r8hr2upy"]);
            let found = client.start_instances(&request).await.expect("an answer");
            assert!(!found.response.request_id.as_str().is_empty());
        }
    })
}

pub(crate) fn sms_sdk<'a>(runtime: &'a Runtime, host: &str) -> Case<'a> {
    use tencentcloud_sdk_sms::client::{Client, SendSmsRequest};
    use tencentcloud_sdk_sms::client_profile::ClientProfile;
    use tencentcloud_sdk_sms::credentials::Credential;
    use tencentcloud_sdk_sms::http_profile::HttpProfile;

    let http_profile = HttpProfile { scheme: "http".to_owned(), ..HttpProfile::default() };
    let profile = ClientProfile { http_profile, ..ClientProfile::default() };
    let client = Client::new_with_client_profile(Credential::new(id(), key(), None), "ap-guangzhou".into(), profile);
    let host = host.to_owned();
    case(runtime, "tencentcloud-sdk-sms 0.2.1", IN_FLIGHT, move || {
        let params = vec!["1234".to_owned()];
        let mut request = SendSmsRequest::new(vec![PHONE.to_owned()], "1400006666", "1110", "Tencent", params);
        request.domain.clone_from(&host);
        // A call consumes the client.
        let client = client.clone();
        async move {
            let found = client.send_sms(request).await.expect("an answer");
            assert!(found.check_is_success(PHONE.to_owned()));
        }
    })
}

/// The action for `tencentcloud`: the host is a constant, and the protocol is always https.
#[derive(Debug)]
struct AtServer;

impl tencentcloud::api::Api for AtServer {
    type Request<'a> = PlainRequest;
    type Response = Samples;
    const VERSION: &'static str = "2019-06-12";
    const ACTION: &'static str = "DescribePersonSamples";
    const SERVICE: &'static str = "mps";
    const HOST: &'static str = crate::server::HTTPS;
}

pub(crate) fn tencentcloud(runtime: &Runtime) -> Case<'_> {
    let auth = tencentcloud::Auth::new(key(), id());
    let client = tencentcloud::Client::new("ap-guangzhou".into(), auth, None);
    let input = plain_request(1);
    case(runtime, "tencentcloud 0.3.0", IN_FLIGHT, move || {
        let (client, input) = (client.clone(), input.clone());
        async move {
            let (found, _) = client.send::<AtServer>(&input).await.expect("an answer");
            assert!(found.is_right());
        }
    })
}

pub(crate) fn sdk_rs(runtime: &Runtime) -> Case<'_> {
    use tencentcloud_sdk_rs::client::ReqClient;

    let host = crate::server::HTTPS.to_owned();
    let client: &'static ReqClient = Box::leak(Box::new(ReqClient::new(id(), key(), host, "mps".into())));
    let input = plain_request(1);
    case(runtime, "tencentcloud-sdk-rs 0.1.0", IN_FLIGHT, move || {
        let input = input.clone();
        async move {
            let found = client.send::<_, PlainResponse>("DescribePersonSamples".into(), input).await;
            let count = found.map_or(0, |found| found.response.total_count);
            assert_eq!(count, 1);
        }
    })
}
