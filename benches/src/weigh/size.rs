//! What a program with one call weighs: CPU of a clean release build, stripped size, crates in its tree.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Error, Result};
use std::path::Path;
use std::process::Command;

use super::programs::{Program, peers, programs};
use super::{cargo_here, cargo_with, cpu_of_children, folder, write};
use crate::measure::Options;
use crate::table::Table;

/// What a program came to.
struct Weight {
    cpu: f64,
    megabytes: f64,
    crates: f64,
    /// Of the system's OpenSSL, where the program is linked to it.
    openssl: f64,
}

/// Builds each program from nothing and prints what it weighs.
///
/// # Errors
/// A program that does not build.
pub fn weigh(options: Options) -> Result<()> {
    weigh_ours(options).map(drop)
}

/// The same, and the peers in the same run.
///
/// # Errors
/// A program that does not build.
pub fn weigh_peers(options: Options) -> Result<()> {
    let ours = weigh_ours(options)?;
    let mut table = Table::new("peers_size", "a release binary that makes one call, built from nothing");
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
    let mut table = Table::new("size", "a release binary that makes one call, built from nothing");
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

/// The size of the system's OpenSSL, if that is what the program speaks TLS with: it is shipped all the same.
fn openssl(binary: &Path) -> Result<f64> {
    let linked = Command::new("ldd").arg(binary).output()?.stdout;
    let linked = String::from_utf8_lossy(&linked);
    let libraries = linked.lines().filter(|line| line.contains("libssl") || line.contains("libcrypto"));
    libraries.filter_map(|line| line.split_whitespace().nth(2)).map(|path| megabytes(Path::new(path))).sum()
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
