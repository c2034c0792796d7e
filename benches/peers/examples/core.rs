//! A program that makes one call with tencentcloud-sdk-core. BENCHMARKS.md has its size.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tencentcloud_sdk_core::http::{ReqwestTransport, TencentCloudServiceClient, TencentCloudServiceConfig};
use tencentcloud_sdk_core::tc3::Tc3Credentials;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Request {
    names: Vec<String>,
    limit: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Response {
    total_count: u64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (secret_id, secret_key) = (std::env::var("TENCENTCLOUD_SECRET_ID")?, std::env::var("TENCENTCLOUD_SECRET_KEY")?);
    let host = "mps.tencentcloudapi.com";
    let config =
        TencentCloudServiceConfig::new("mps", host, Some("ap-guangzhou"), "2019-06-12", format!("https://{host}"));
    let transport = ReqwestTransport::new(Duration::from_secs(30))?;
    let client = TencentCloudServiceClient::with_transport(config, Tc3Credentials { secret_id, secret_key }, transport);
    let request = Request { names: vec!["John Smith".into()], limit: 20 };
    let found: Response = runtime.block_on(client.call_action("DescribePersonSamples", &request))?;
    println!("{}", found.total_count);
    Ok(())
}
