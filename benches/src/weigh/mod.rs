//! Compile time and program size: generates crates in `target/weigh`, builds and measures them.

pub mod compile;
mod programs;
pub mod size;

use std::fs;
use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the generated crates.
fn folder() -> PathBuf {
    root().join("target/weigh")
}

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Writes a file and creates its folder.
fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// Runs cargo in `folder`, without the environment variables of the outer cargo run.
fn cargo(folder: &Path, words: &[&str]) -> Result<String> {
    // With the dependency versions of the workspace.
    cargo_with(&root().join("Cargo.lock"), folder, words)
}

/// The same with another lock file.
fn cargo_with(lock: &Path, folder: &Path, words: &[&str]) -> Result<String> {
    fs::copy(lock, folder.join("Cargo.lock"))?;
    run(folder, words)
}

/// Runs cargo on this workspace.
fn cargo_here(words: &[&str]) -> Result<String> {
    run(&root(), words)
}

fn run(folder: &Path, words: &[&str]) -> Result<String> {
    let mut command = Command::new("cargo");
    command.args(words).current_dir(folder).env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS");
    let output = command.output()?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(Error::other(format!("cargo {} in {}:\n{message}", words.join(" "), folder.display())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The CPU time of the processes that `work` starts, and of their children, in seconds with a precision of 0.01 s.
///
/// # Errors
/// `work` fails, or the machine has no `/proc`.
fn cpu_of_children(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let before = children()?;
    work()?;
    Ok(children()? - before)
}

fn children() -> Result<f64> {
    // The name, in parentheses, may contain spaces; cutime and cstime are the 14th and 15th words after it.
    const TICKS_PER_SECOND: f64 = 100.0;
    let text = fs::read_to_string("/proc/self/stat")?;
    let words: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| words.get(at).and_then(|word| word.parse::<f64>().ok());
    match (ticks(13), ticks(14)) {
        (Some(user), Some(system)) => Ok((user + system) / TICKS_PER_SECOND),
        _ => Err(Error::other("/proc/self/stat cannot be parsed")),
    }
}
