//! A program that makes one call with tencentcloud-sdk-foundation. BENCHMARKS.md has its size.

use serde::{Deserialize, Serialize};
use tencentcloud_sdk_foundation::{Client, Operation};

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
    let client = Client::builder().credentials_from_env().region("ap-guangzhou").build()?;
    let operation = Operation::new("mps", "2019-06-12", "DescribePersonSamples")?;
    let request = Request { names: vec!["John Smith".into()], limit: 20 };
    let found = runtime.block_on(client.execute::<_, Response>(&operation, &request))?;
    println!("{}", found.data.total_count);
    Ok(())
}
