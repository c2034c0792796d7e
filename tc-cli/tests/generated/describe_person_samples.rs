// Cargo.toml: tc-core with the feature `catalog`, tokio with `macros` and `rt-multi-thread`.
use tc_core::{Client, request};

tc_core::import! {
    mod mps { DescribePersonSamples }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().region("ap-guangzhou").build()?;
    let request = request!(mps::DescribePersonSamples {
        r#type: "UserDefine",
        person_ids: ["PersonIds-41cb"],
        names: ["Names-300f"],
        tags: ["Tags-7f91"],
        offset: 0,
        limit: 100,
    });
    let response = client.send(&request).await?;
    println!("{:#?}\nrequest {}", *response, response.request_id());
    Ok(())
}
