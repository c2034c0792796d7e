//! A program that makes one call with tencent-sdk, which does not support the call of the other programs. BENCHMARKS.md has its size.

use tencent_sdk::types::cvm::StartInstancesRequest;
use tencent_sdk::{Auth, Client};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (id, key) = (std::env::var("TENCENTCLOUD_SECRET_ID")?, std::env::var("TENCENTCLOUD_SECRET_KEY")?);
    let client = Client::builder_tencent_cloud()?.auth(Auth::tc3(id, key)).build()?.cvm();
    let request = StartInstancesRequest::new("ap-guangzhou", ["ins-r8hr2upy"]);
    let started = runtime.block_on(client.start_instances(&request))?;
    println!("{}", started.response.request_id);
    Ok(())
}
