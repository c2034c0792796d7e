// Cargo.toml: tc-core with the feature `catalog`, tokio with `macros` and `rt-multi-thread`.
use tc_core::{Client, request};

tc_core::import! {
    mod vpc { CreateSecurityGroupPolicies }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().region("ap-guangzhou").build()?;
    let request = request!(vpc::CreateSecurityGroupPolicies {
        security_group_id: "sgi-03c9ebb4",
        security_group_policy_set: vpc::SecurityGroupPolicySet {},
    });
    let response = client.send(&request).await?;
    println!("{:#?}\nrequest {}", *response, response.request_id());
    Ok(())
}
