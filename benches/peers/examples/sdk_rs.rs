//! A program that makes one call with tencentcloud-sdk-rs. BENCHMARKS.md has its size.

use serde::{Deserialize, Serialize};
use tencentcloud_sdk_rs::client::ReqClient;

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
    let (id, key) = (std::env::var("TENCENTCLOUD_SECRET_ID")?, std::env::var("TENCENTCLOUD_SECRET_KEY")?);
    let client = ReqClient::new(id, key, "mps.tencentcloudapi.com".into(), "mps".into());
    let request = Request { names: vec!["John Smith".into()], limit: 20 };
    let found = runtime.block_on(client.send::<_, Response>("DescribePersonSamples".into(), request))?;
    println!("{}", found.response.total_count);
    Ok(())
}
