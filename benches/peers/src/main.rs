//! Compares other clients for the same cloud with this project: `cargo run --release -- [row …] [--record|--quick]`.
//!
//! Each client is called through its public API. A client whose signer or decoder is private has no figure in that row;
//! all clients that can make a call over a network are in the rows of calls.

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

/// The clients that only support https read their trusted roots from here when they are created.
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
    // Some clients expect a provider for the process. All clients that use rustls have the same TLS library.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let options = Options::from_args();
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let chosen = |name: &str| wanted.is_empty() || wanted.iter().any(|word| word == name);
    for (_, row) in ROWS.iter().filter(|(name, _)| chosen(name)) {
        row(options)?;
    }
    Ok(())
}

/// Starts this program again with a trusted certificate for the run, because a process must not change its own environment.
fn again() -> Result<()> {
    let identity = tls::Identity::new()?;
    let mut program = Command::new(std::env::current_exe()?);
    program.args(std::env::args_os().skip(1)).env(ROOTS, identity.certificate()).envs(identity.env());
    let status = program.status();
    identity.remove();
    if status?.success() { Ok(()) } else { Err(Error::other("a row failed")) }
}
