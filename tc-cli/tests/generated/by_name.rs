// Cargo.toml: tc-core with the feature `catalog`, tokio with `macros` and `rt-multi-thread`.
use tc_core::serde_json::json;
use tc_core::{AnyAction, Client};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().region("ap-guangzhou").build()?;
    let request = AnyAction::from_catalog("cvm", "2017-03-12", "DescribeInstances")?.params(json!({
        "InstanceIds": [],
        "Limit": 9007199254740993_u64,
    }));
    let response = client.send(&request).await?;
    println!("{:#?}\nrequest {}", *response, response.request_id());
    Ok(())
}
