//! A program that makes the one call of tencentcloud-sdk-sms. BENCHMARKS.md has its size.

use tencentcloud_sdk_sms::client::{Client, SendSmsRequest};
use tencentcloud_sdk_sms::credentials::Credential;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (id, key) = (std::env::var("TENCENTCLOUD_SECRET_ID")?, std::env::var("TENCENTCLOUD_SECRET_KEY")?);
    let client = Client::new(Credential::new(id, key, None), "ap-guangzhou");
    let phones = vec!["+8618511122233".to_owned()];
    let request = SendSmsRequest::new(phones, "1400006666", "1110", "Tencent", vec!["1234".to_owned()]);
    let sent = runtime.block_on(client.send_sms(request))?;
    println!("{}", sent.response.request_id);
    Ok(())
}
