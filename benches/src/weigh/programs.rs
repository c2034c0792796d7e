//! The measured programs, each of which makes one call: with this project, with an HTTP library only, and with other clients.

use std::path::PathBuf;

use super::root;

/// A program with the budgets of its size.
pub(super) struct Program {
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    pub(super) dependencies: String,
    pub(super) main: &'static str,
    /// The settings of its release profile other than `strip`.
    pub(super) profile: &'static str,
    /// The lock file with the versions of its dependencies.
    pub(super) lock: PathBuf,
    pub(super) crates: Option<f64>,
    pub(super) megabytes: Option<f64>,
}

impl Program {
    /// The name without the version.
    pub(super) fn name_alone(&self) -> &str {
        self.what.split(' ').next().unwrap_or_default()
    }
}

const TOKIO: &str = "tokio = { version = \"1\", features = [\"rt\", \"net\", \"time\"] }\n";
const SERDE: &str = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n";

const THIN: &str = "lto = \"thin\"\ncodegen-units = 1\n";

/// Programs with each transport, without this project, and with a release profile for small size.
pub(super) fn programs() -> Vec<Program> {
    let ours = |features: &str| {
        let path = root().join("tc-apis");
        let path = path.display();
        format!("{TOKIO}tc-apis = {{ path = \"{path}\", default-features = false, features = [{features:?}] }}\n")
            + &format!("tc-core = {{ path = \"{}\", default-features = false }}\n", root().join("tc-core").display())
    };
    let lock = root().join("Cargo.lock");
    vec![
        Program {
            name: "ours_reqwest",
            what: "ours, reqwest transport",
            dependencies: ours("reqwest"),
            main: OURS,
            profile: "",
            lock: lock.clone(),
            crates: Some(122.0),
            megabytes: Some(4.0),
        },
        Program {
            name: "ours_hyper",
            what: "ours, only the hyper transport",
            dependencies: ours("hyper"),
            main: OURS,
            profile: "",
            lock: lock.clone(),
            crates: Some(80.0),
            megabytes: Some(3.2),
        },
        Program {
            name: "raw_reqwest",
            what: "raw reqwest and serde, without a signature",
            dependencies: format!(
                "{TOKIO}reqwest = {{ version = \"0.13\", default-features = false, \
                 features = [\"rustls-no-provider\"] }}\nrustls = {{ version = \"0.23\", default-features = false, \
                 features = [\"ring\", \"std\", \"tls12\"] }}\n{SERDE}"
            ),
            main: RAW,
            profile: "",
            lock: lock.clone(),
            crates: None,
            megabytes: None,
        },
        Program {
            name: "raw_hyper",
            what: "raw hyper-util, hyper-rustls and serde, without a signature",
            dependencies: format!(
                "{TOKIO}bytes = \"1\"\nhttp = \"1\"\nhttp-body-util = \"0.1\"\n\
                 hyper-rustls = {{ version = \"0.27\", default-features = false, \
                 features = [\"http1\", \"ring\", \"webpki-tokio\"] }}\n\
                 hyper-util = {{ version = \"0.1\", features = [\"client-legacy\", \"http1\", \"tokio\"] }}\n\
                 rustls = {{ version = \"0.23\", default-features = false, \
                 features = [\"ring\", \"std\", \"tls12\"] }}\n{SERDE}"
            ),
            main: RAW_HYPER,
            profile: "",
            lock: lock.clone(),
            crates: None,
            megabytes: None,
        },
        Program {
            name: "ours_reqwest_lto",
            what: "ours, reqwest transport, thin LTO and one codegen unit",
            dependencies: ours("reqwest"),
            main: OURS,
            profile: THIN,
            lock: lock.clone(),
            crates: None,
            megabytes: None,
        },
        Program {
            name: "ours_hyper_lto",
            what: "ours, only the hyper transport, thin LTO and one codegen unit",
            dependencies: ours("hyper"),
            main: OURS,
            profile: THIN,
            lock,
            crates: None,
            megabytes: None,
        },
    ]
}

/// The programs with other clients. They are examples of `benches/peers`, so that `cargo check` compiles them.
pub(super) fn peers() -> Vec<Program> {
    let program = |what, name, dependency: &str, main| Program {
        name,
        what,
        dependencies: format!("{TOKIO}{SERDE}{dependency}\n"),
        main,
        profile: "",
        lock: root().join("benches/peers/Cargo.lock"),
        crates: None,
        megabytes: None,
    };
    vec![
        program(
            "tencentcloud 0.3.0",
            "tencentcloud",
            "tencentcloud = \"=0.3.0\"",
            include_str!("../../peers/examples/tencentcloud.rs"),
        ),
        program(
            "tencentcloud-sdk-foundation 0.2.1",
            "foundation",
            "tencentcloud-sdk-foundation = { version = \"=0.2.1\", features = [\"transport-reqwest\"] }",
            include_str!("../../peers/examples/foundation.rs"),
        ),
        program(
            "tencentcloud-sdk-core 0.1.0",
            "core_sdk",
            "tencentcloud-sdk-core = \"=0.1.0\"",
            include_str!("../../peers/examples/core.rs"),
        ),
        program(
            "tencent-sdk 0.1.5",
            "tencent_sdk",
            "tencent-sdk = \"=0.1.5\"",
            include_str!("../../peers/examples/tencent_sdk.rs"),
        ),
        program(
            "tencent_cloud_sdk 0.0.3",
            "cloud",
            "tencent_cloud_sdk = \"=0.0.3\"",
            include_str!("../../peers/examples/cloud.rs"),
        ),
        program(
            "tencentcloud-sdk-rs 0.1.0",
            "sdk_rs",
            "tencentcloud-sdk-rs = \"=0.1.0\"",
            include_str!("../../peers/examples/sdk_rs.rs"),
        ),
        program(
            "tencentcloud-sdk-sms 0.2.1",
            "sms",
            "tencentcloud-sdk-sms = \"=0.2.1\"",
            include_str!("../../peers/examples/sms.rs"),
        ),
    ]
}

const OURS: &str = r#"fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = tc_core::Client::from_env()?;
    let action = tc_apis::mps::DescribePersonSamples::new().names(["John Smith"]).limit(20);
    let found = runtime.block_on(client.send(&action))?;
    println!("{}", found.total_count);
    Ok(())
}
"#;

const RAW: &str = r#"#[derive(serde::Serialize)]
#[serde(rename_all = "PascalCase")]
struct Request { names: Vec<String>, limit: u64 }

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope { response: Response }

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Response { total_count: u64 }

fn main() -> Result<(), Box<dyn std::error::Error>> {
    rustls::crypto::ring::default_provider().install_default().ok();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let body = serde_json::to_vec(&Request { names: vec!["John Smith".into()], limit: 20 })?;
    let read = runtime.block_on(async {
        let client = reqwest::Client::new();
        let request = client.post("https://mps.tencentcloudapi.com").header("content-type", "application/json");
        request.body(body).send().await?.bytes().await
    })?;
    println!("{}", serde_json::from_slice::<Envelope>(&read)?.response.total_count);
    Ok(())
}
"#;

const RAW_HYPER: &str = r#"use http_body_util::{BodyExt, Full};

#[derive(serde::Serialize)]
#[serde(rename_all = "PascalCase")]
struct Request { names: Vec<String>, limit: u64 }

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope { response: Response }

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Response { total_count: u64 }

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let https = hyper_rustls::HttpsConnectorBuilder::new()
        .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())?
        .https_or_http()
        .enable_http1()
        .build();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let body = serde_json::to_vec(&Request { names: vec!["John Smith".into()], limit: 20 })?;
    let read = runtime.block_on(async {
        let client = hyper_util::client::legacy::Client::builder(hyper_util::rt::TokioExecutor::new()).build(https);
        let request = http::Request::post("https://mps.tencentcloudapi.com").header("content-type", "application/json");
        let response = client.request(request.body(Full::new(bytes::Bytes::from(body)))?).await?;
        Ok::<_, Box<dyn std::error::Error>>(response.into_body().collect().await?.to_bytes())
    })?;
    println!("{}", serde_json::from_slice::<Envelope>(&read)?.response.total_count);
    Ok(())
}
"#;
