//! What the other crates for the same cloud cost, beside ours: `cargo run --release -- [row …] [--record|--quick]`.
//!
//! Each peer is called through what it makes public. A peer whose signer or decoder is private has no figure in that
//! row; all that can be called over a network are in the rows of calls.

mod calls;
mod check;
mod clients;
mod decoding;
mod memory;
mod quiet;
mod server;
mod signing;
mod tls;

use std::io::{Error, Result};
use std::process::Command;

use tc_benches::Options;

/// The peers that speak only https take their roots from here, when they are made.
const ROOTS: &str = "SSL_CERT_FILE";

type Row = (&'static str, fn(Options) -> Result<()>);

const ROWS: [Row; 5] = [
    ("signing", signing::compare),
    ("decoding", decoding::compare),
    ("memory", memory::compare),
    ("calls", calls::compare),
    ("tls", calls::compare_tls),
];

fn main() -> Result<()> {
    match tls::Identity::from_env() {
        Some(_) => rows(),
        None => again(),
    }
}

fn rows() -> Result<()> {
    // The process has one, as the peers expect who ask for none: all speak TLS by the same library where they use rustls.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let options = Options::from_args();
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let chosen = |name: &str| wanted.is_empty() || wanted.iter().any(|word| word == name);
    for (_, row) in ROWS.iter().filter(|(name, _)| chosen(name)) {
        row(options)?;
    }
    Ok(())
}

/// Runs this program once more, with a certificate of its own among the roots: a process may not change its environment.
fn again() -> Result<()> {
    let identity = tls::Identity::new()?;
    let mut program = Command::new(std::env::current_exe()?);
    program.args(std::env::args_os().skip(1)).env(ROOTS, identity.certificate()).envs(identity.env());
    let status = program.status();
    identity.remove();
    if status?.success() { Ok(()) } else { Err(Error::other("a row failed")) }
}
