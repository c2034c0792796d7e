// Cargo.toml: tc-core with the feature `catalog`, tokio with `macros` and `rt-multi-thread`.
use tc_core::{Client, request};

tc_core::import! {
    mod iai { GetPersonGroupInfo }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().region("ap-guangzhou").build()?;
    let request = request!(iai::GetPersonGroupInfo {
        person_id: "\"; exit() # ' ` \\ \\\" ${HOME} $(id) %s {0} #{x} \r\n\t\u{b}\u{1b}[0m \u{7f}\u{85}\u{2028}\u{202e}\u{feff} é 中 😀 */ --> </script> \\u0041 \\x41",
    });
    let response = client.send(&request).await?;
    println!("{:#?}\nrequest {}", *response, response.request_id());
    Ok(())
}
