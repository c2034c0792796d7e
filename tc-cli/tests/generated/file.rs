// Cargo.toml: tc-core with the feature `catalog`, tokio with `macros` and `rt-multi-thread`.
use tc_core::{Client, request};

tc_core::import! {
    mod cii { UploadMedicalFile }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().region("ap-guangzhou").build()?;
    let request = request!(cii::UploadMedicalFile {
        file: std::fs::read("report.pdf")?,
    });
    let response = client.send(&request).await?;
    println!("{:#?}\nrequest {}", *response, response.request_id());
    Ok(())
}
