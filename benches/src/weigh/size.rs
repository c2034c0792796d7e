//! The size of a program with one call: CPU time of a clean release build, stripped size, number of crates.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Error, Result};
use std::path::Path;
use std::process::Command;

use super::programs::{Program, peers, programs};
use super::{cargo_here, cargo_with, cpu_of_children, folder, write};
use crate::measure::Options;
use crate::table::Table;

/// The result for a program.
struct Weight {
    cpu: f64,
    megabytes: f64,
    crates: f64,
    /// The size of the system's OpenSSL in MB, if the program is linked to it.
    openssl: f64,
}

/// Builds each program from scratch and prints its size.
///
/// # Errors
/// A program does not build.
pub fn weigh(options: Options) -> Result<()> {
    weigh_ours(options).map(drop)
}

/// The same, and the programs with other clients in the same run.
///
/// # Errors
/// A program does not build.
pub fn weigh_peers(options: Options) -> Result<()> {
    let ours = weigh_ours(options)?;
    let mut table = Table::new("peers_size", "a release program that makes one call");
    for (program, weight) in &ours {
        line(&mut table, program, weight);
    }
    let mut ratios = Vec::new();
    for program in peers() {
        let weight = build(&program)?;
        line(&mut table, &program, &weight);
        for (transport, at) in [("hyper", 1), ("reqwest", 0)] {
            let ratio = ours[at].1.megabytes / weight.megabytes;
            ratios.push((format!("stripped size, ours on {transport} / {}", program.name_alone()), ratio));
        }
    }
    for (name, ratio) in ratios {
        table.figure(&name, ratio, "×", Some(1.0));
    }
    table.keep(options)
}

fn weigh_ours(options: Options) -> Result<Vec<(Program, Weight)>> {
    let mut table = Table::new("size", "a release program that makes one call");
    let mut weighed = Vec::new();
    for program in programs() {
        let weight = build(&program)?;
        line(&mut table, &program, &weight);
        let what = program.what;
        if program.crates.is_some() {
            table.figure(&format!("crates, {what}"), weight.crates, "", program.crates);
            table.figure(&format!("stripped size, {what}"), weight.megabytes, "MB", program.megabytes);
        }
        weighed.push((program, weight));
    }
    table.keep(options)?;
    Ok(weighed)
}

fn line(table: &mut Table, program: &Program, weight: &Weight) {
    let Weight { cpu, megabytes, crates, openssl } = weight;
    let system = if *openssl > 0.0 { format!(" + {openssl:.1} MB of OpenSSL") } else { String::new() };
    let figures = [format!("{cpu:.0} s of CPU"), format!("{megabytes:.2} MB{system}"), format!("{crates} crates")];
    table.line(program.what, figures.into());
}

fn build(program: &Program) -> Result<Weight> {
    let folder = folder().join("size").join(program.name);
    write(&folder.join("Cargo.toml"), &manifest(program))?;
    write(&folder.join("src/main.rs"), program.main)?;
    let tree = tree(&folder, &program.lock)?;
    let target = folder.join("target");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let cpu = cpu_of_children(|| cargo_with(&program.lock, &folder, &["build", "--release", "--quiet"]).map(drop))?;
    let binary = target.join("release").join(program.name);
    let megabytes = megabytes(&binary)?;
    #[allow(clippy::cast_precision_loss)]
    Ok(Weight { cpu, megabytes, crates: tree.len() as f64, openssl: openssl(&binary)? })
}

#[allow(clippy::cast_precision_loss)]
fn megabytes(file: &Path) -> Result<f64> {
    Ok(fs::metadata(file)?.len() as f64 / 1e6)
}

/// The size of the system's OpenSSL if the program is linked to it. It has to be installed with the program.
fn openssl(binary: &Path) -> Result<f64> {
    let linked = Command::new("ldd").arg(binary).output()?.stdout;
    let linked = String::from_utf8_lossy(&linked);
    let libraries = linked.lines().filter(|line| line.contains("libssl") || line.contains("libcrypto"));
    libraries.filter_map(|line| line.split_whitespace().nth(2)).map(|path| megabytes(Path::new(path))).sum()
}

/// Checks that with the feature `hyper` only, reqwest is not a dependency.
///
/// # Errors
/// reqwest is a dependency, or cargo cannot be run.
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
            return Err(Error::other(format!("reqwest is a dependency with the feature {features}: {found}")));
        }
    }
    println!("reqwest is a dependency with the feature `reqwest`, and not with `hyper`");
    Ok(())
}

/// All crates that a program depends on.
fn tree(folder: &Path, lock: &Path) -> Result<BTreeSet<String>> {
    let tree = cargo_with(lock, folder, &["tree", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"])?;
    let lines = tree.lines().skip(1).map(|line| line.trim_end_matches(" (*)").to_owned());
    Ok(lines.filter(|line| !line.is_empty()).collect())
}

fn manifest(program: &Program) -> String {
    let Program { name, dependencies, profile, .. } = program;
    format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\n{dependencies}\n[profile.release]\nstrip = true\n{profile}"
    )
}
