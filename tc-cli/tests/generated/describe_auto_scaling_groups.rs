// Cargo.toml: tc-core with the feature `catalog`, tokio with `macros` and `rt-multi-thread`.
use tc_core::{Client, request};

tc_core::import! {
    mod autoscaling { DescribeAutoScalingGroups }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().region("ap-guangzhou").build()?;
    let request = request!(autoscaling::DescribeAutoScalingGroups {
        auto_scaling_group_ids: ["AutoScalingGroupIds-c39f"],
        limit: 20,
        offset: 0,
    });
    let response = client.send(&request).await?;
    println!("{:#?}\nrequest {}", *response, response.request_id());
    Ok(())
}
