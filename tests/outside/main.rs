//! A crate outside the workspace that depends on tc-core alone, by path: it defines an action and calls it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const MAIN: &str = r#"
use tc_core::emulator::Emulator;
use tc_core::{tc_action, tc_model};

#[tc_action(service = "cvm", version = "2017-03-12", response = DescribeZonesResponse)]
pub struct DescribeZones {
    #[tc(range = ..=100)]
    pub limit: Option<u64>,
}

#[tc_model]
pub struct DescribeZonesResponse {
    pub total_count: u64,
    pub zone_set: Vec<ZoneInfo>,
}

#[tc_model]
pub struct ZoneInfo {
    pub zone: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tc_core::tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let emulator = Emulator::start().await?;
        emulator.on::<DescribeZones>(|request| {
            let zones = (1..=request.limit.unwrap_or(20)).map(|number| ZoneInfo::new(format!("ap-guangzhou-{number}")));
            DescribeZonesResponse::new(7).zone_set(zones)
        });
        let found = emulator.client().send(&tc_core::request!(DescribeZones { limit: 2 })).await?;
        println!("{} zones, the last is {}", found.total_count, found.zone_set[1].zone);
        let refused = emulator.client().send(&DescribeZones::new().limit(101)).await.unwrap_err();
        println!("{refused}");
        Ok(())
    })
}
"#;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn a_crate_that_depends_on_tc_core_alone_defines_and_calls_an_action() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outside");
    fs::create_dir_all(folder.join("src")).expect("a folder");
    let core = workspace().join("tc-core").canonicalize().expect("tc-core");
    let manifest = format!(
        "[package]\nname = \"outside\"\nedition = \"2021\"\nversion = \"0.0.0\"\n\n[workspace]\n\n[dependencies]\n\
         tc-core = {{ path = {core:?}, features = [\"emulator\"] }}\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
    fs::write(folder.join("src/main.rs"), MAIN).expect("a source");
    // The workspace's own versions, so that nothing has to be looked up.
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .expect("cargo");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{err}");
    assert_eq!(
        out, "7 zones, the last is ap-guangzhou-2\nDescribeZones: `Limit` is 101; at most 100 is accepted\n",
        "{err}"
    );
}
