//! What a program with one call weighs: CPU of a clean release build, stripped size, crates in its tree.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Error, Result};
use std::path::Path;

use super::{cargo, cargo_here, cpu_of_children, folder, root, write};
use crate::measure::Options;
use crate::table::Table;

struct Program {
    name: &'static str,
    what: &'static str,
    dependencies: String,
    main: &'static str,
    crates: Option<f64>,
    megabytes: Option<f64>,
}

/// Builds each program from nothing and prints what it weighs.
///
/// # Errors
/// A program that does not build, and one that has a library which its features leave out.
pub fn weigh(options: Options) -> Result<()> {
    let mut table = Table::new("size", "a release binary that makes one call, built from nothing");
    for program in programs() {
        let folder = folder().join("size").join(program.name);
        write(&folder.join("Cargo.toml"), &manifest(&program))?;
        write(&folder.join("src/main.rs"), program.main)?;
        let tree = tree(&folder)?;
        let target = folder.join("target");
        if target.exists() {
            fs::remove_dir_all(&target)?;
        }
        let cpu = cpu_of_children(|| cargo(&folder, &["build", "--release", "--quiet"]).map(drop))?;
        let bytes = fs::metadata(target.join("release").join(program.name))?.len();
        #[allow(clippy::cast_precision_loss)]
        let (megabytes, crates) = (bytes as f64 / 1e6, tree.len() as f64);
        let Program { what, .. } = program;
        table.line(what, vec![format!("{cpu:.0} s of CPU"), format!("{megabytes:.2} MB"), format!("{crates} crates")]);
        if program.crates.is_some() {
            table.figure(&format!("crates, {what}"), crates, "", program.crates);
            table.figure(&format!("stripped size, {what}"), megabytes, "MB", program.megabytes);
        }
    }
    table.keep(options)
}

/// Fails where the feature `hyper` alone does not leave reqwest out of the tree.
///
/// # Errors
/// That it does not, and a machine without cargo.
pub fn look_for_reqwest() -> Result<()> {
    for (features, expected) in [("hyper", false), ("reqwest", true)] {
        let tree = cargo_here(&[
            "tree",
            "--locked",
            "-p",
            "tc-apis",
            "--no-default-features",
            "--features",
            features,
            "--edges",
            "normal,build",
            "--prefix",
            "none",
        ])?;
        let found = tree.lines().any(|line| line.starts_with("reqwest "));
        if found != expected {
            return Err(Error::other(format!("reqwest in the tree of the feature {features}: {found}")));
        }
    }
    println!("reqwest is in the tree of the feature reqwest, and not of hyper");
    Ok(())
}

/// All crates of a program but itself.
fn tree(folder: &Path) -> Result<BTreeSet<String>> {
    let tree = cargo(folder, &["tree", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"])?;
    let lines = tree.lines().skip(1).map(|line| line.trim_end_matches(" (*)").to_owned());
    Ok(lines.filter(|line| !line.is_empty()).collect())
}

fn manifest(program: &Program) -> String {
    let Program { name, dependencies, .. } = program;
    format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\n{dependencies}\n[profile.release]\nstrip = true\n"
    )
}

fn programs() -> [Program; 3] {
    let tokio = "tokio = { version = \"1\", features = [\"rt\", \"net\", \"time\"] }\n";
    let ours = |features: &str| {
        let path = root().join("tc-apis");
        let path = path.display();
        format!("{tokio}tc-apis = {{ path = \"{path}\", default-features = false, features = [{features:?}] }}\n")
            + &format!("tc-core = {{ path = \"{}\", default-features = false }}\n", root().join("tc-core").display())
    };
    [
        Program {
            name: "ours_reqwest",
            what: "ours, reqwest transport",
            dependencies: ours("reqwest"),
            main: OURS,
            crates: Some(122.0),
            megabytes: Some(4.0),
        },
        Program {
            name: "ours_hyper",
            what: "ours, hyper transport alone",
            dependencies: ours("hyper"),
            main: OURS,
            crates: Some(80.0),
            megabytes: Some(3.2),
        },
        Program {
            name: "raw_reqwest",
            what: "raw reqwest and serde, unsigned",
            dependencies: format!(
                "{tokio}reqwest = {{ version = \"0.13\", default-features = false, \
                 features = [\"rustls-no-provider\"] }}\nrustls = {{ version = \"0.23\", default-features = false, \
                 features = [\"ring\", \"std\", \"tls12\"] }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\n\
                 serde_json = \"1\"\n"
            ),
            main: RAW,
            crates: None,
            megabytes: None,
        },
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
