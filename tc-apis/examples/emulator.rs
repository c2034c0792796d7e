//! The emulator as a program, for clients in any language. It has the two documented actions and the example data of the
//! documentation.
//!
//! `cargo run --example emulator` prints its URL and its key, and ends when its standard input ends; with `-- --seconds 60` it ends
//! after that time. `-- --port-file PATH` writes the port to a file. At the end it prints a line for every request: method, action,
//! and `ok` or the error code.

#[path = "quickstart/documented.rs"]
mod documented;

use std::error::Error;
use std::time::Duration;

use tc_core::emulator::{ErrorResponse, SECRET_ID, SECRET_KEY};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = documented::emulator().await?;
    println!("url {}\nsecret-id {SECRET_ID}\nsecret-key {SECRET_KEY}", emulator.url());
    if let Some(path) = option("--port-file") {
        let port = emulator.url().rsplit(':').next().unwrap_or_default();
        // Rename, so that a process that waits for the file never reads a part of it.
        std::fs::write(format!("{path}.new"), port)?;
        std::fs::rename(format!("{path}.new"), path)?;
    }
    match option("--seconds") {
        Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds.parse()?)).await,
        None => end_of_input().await,
    }
    for received in emulator.received() {
        let result = received.error.as_ref().map_or("ok", ErrorResponse::code);
        println!("{} {} {result}", received.method, received.action);
    }
    Ok(())
}

/// The argument after `name`.
fn option(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

async fn end_of_input() {
    let (ended, end) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        ended.send(())
    });
    let _ = end.await;
}
