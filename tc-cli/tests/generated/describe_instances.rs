// Cargo.toml: tc-core with the feature `catalog`, tokio with `macros` and `rt-multi-thread`.
use tc_core::{Client, request};

tc_core::import! {
    mod cvm { DescribeInstances }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().region("ap-guangzhou").build()?;
    let request = request!(cvm::DescribeInstances {
        instance_ids: ["InstanceIds-2f55"],
        filters: [cvm::Filter {
            name: "Name 1",
            values: ["Values-059a"],
        }],
        offset: 0,
        limit: 20,
    });
    let response = client.send(&request).await?;
    println!("{:#?}\nrequest {}", *response, response.request_id());
    Ok(())
}
