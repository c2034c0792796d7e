//! A program that makes one call with tencentcloud. BENCHMARKS.md has its size.

use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Request {
    names: Vec<String>,
    limit: u64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Response {
    total_count: u64,
}

#[derive(Debug)]
struct DescribePersonSamples;

impl tencentcloud::api::Api for DescribePersonSamples {
    type Request<'a> = Request;
    type Response = Response;
    const VERSION: &'static str = "2019-06-12";
    const ACTION: &'static str = "DescribePersonSamples";
    const SERVICE: &'static str = "mps";
    const HOST: &'static str = "mps.tencentcloudapi.com";
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (id, key) = (std::env::var("TENCENTCLOUD_SECRET_ID")?, std::env::var("TENCENTCLOUD_SECRET_KEY")?);
    let client = tencentcloud::Client::new("ap-guangzhou".into(), tencentcloud::Auth::new(key, id), None);
    let request = Request { names: vec!["John Smith".into()], limit: 20 };
    let (found, _) = runtime.block_on(client.send::<DescribePersonSamples>(&request))?;
    println!("{}", found.total_count);
    Ok(())
}
