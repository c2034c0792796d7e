//! Calls to the real cloud, only if `TENCENTCLOUD_SECRET_ID` is set: `cargo test --test suite live -- --nocapture`.

use tc_apis::iai::GetPersonGroupInfo;
use tc_apis::mps::DescribePersonSamples;
use tc_apis::{Client, Error, Method, SignatureMethod, request};

/// A client, if keys are set; otherwise prints that the test is skipped.
fn client(test: &str) -> Option<Client> {
    if std::env::var_os("TENCENTCLOUD_SECRET_ID").is_none() {
        println!("{test}: SKIPPED, TENCENTCLOUD_SECRET_ID is not set");
        return None;
    }
    Some(Client::from_env().expect("a client"))
}

/// Checks that the cloud accepted signature and parameters. Error responses about the account or its services are accepted.
#[track_caller]
fn check_accepted(result: Result<String, Error>) {
    match result {
        Ok(request_id) => assert!(!request_id.is_empty()),
        Err(error) => {
            let code = error.code().unwrap_or_else(|| panic!("no response of the cloud: {error}")).to_string();
            assert!(!code.starts_with("AuthFailure.Signature") && !code.starts_with("InvalidParameter"), "{error}");
        }
    }
}

#[tokio::test]
async fn the_cloud_accepts_describe_person_samples_in_every_form() {
    let Some(client) = client("mps") else { return };
    let samples = request!(DescribePersonSamples { limit: 1 });
    for method in [Method::Post, Method::Get] {
        for signature in [SignatureMethod::Tc3, SignatureMethod::HmacSha256, SignatureMethod::HmacSha1] {
            let answer = client.call(&samples).method(method).signature(signature).send().await;
            check_accepted(answer.map(|found| found.request_id().to_owned()));
        }
    }
}

#[tokio::test]
async fn the_cloud_accepts_get_person_group_info() {
    let Some(client) = client("iai") else { return };
    let answer = client.send(&request!(GetPersonGroupInfo { person_id: "2001" })).await;
    check_accepted(answer.map(|found| found.request_id().to_owned()));
}
