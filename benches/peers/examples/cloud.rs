//! A program that makes one call with tencent_cloud_sdk. BENCHMARKS.md has its size.

use serde::{Deserialize, Serialize};
use tencent_cloud_sdk::TencentCloudClient;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Request {
    names: Vec<String>,
    limit: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope {
    response: Response,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Response {
    total_count: u64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (id, key) = (std::env::var("TENCENTCLOUD_SECRET_ID")?, std::env::var("TENCENTCLOUD_SECRET_KEY")?);
    let client = TencentCloudClient::new(id, key);
    let request = Request { names: vec!["John Smith".into()], limit: 20 };
    let call = client.request("DescribePersonSamples", &request, "mps", "2019-06-12", Some("ap-guangzhou"));
    let found: Envelope = runtime.block_on(call)?;
    println!("{}", found.response.total_count);
    Ok(())
}
